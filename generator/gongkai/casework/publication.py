"""When the result of a case has to be public, and whether it was."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from gongkai.casework.working_days import WorkingCalendars
from gongkai.model.approval_case import Decision
from gongkai.model.disclosure_vocabulary import CaseResult
from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard
from gongkai.model.item_terms import ItemTerms
from gongkai.model.vocabulary import ItemType

PERMIT_LIMIT = 7
"""Working days after the decision on a permit (发改办财金〔2018〕424号)."""

GENERAL_LIMIT = 20
"""Working days after any other result (政府信息公开条例第二十六条)."""


@dataclass(frozen=True, slots=True)
class Publication:
    """公开: ``delay`` counts the working days from the decision to publication, or to the day of the question."""

    decided_on: datetime.date
    published_on: datetime.date | None
    delay: int
    limit: int
    due: datetime.date
    provisional: bool
    overdue: bool

    @property
    def overdue_by(self) -> int:
        """By how many working days the limit was passed, at least 1 once it was; 0 for what is on time."""
        return max(1, self.delay - self.limit) if self.overdue else 0


def publication_limit(item: Item | ItemCard | ItemTerms, decision: Decision) -> int:
    """Return within how many working days a result has to be published."""
    is_permit = item.type is ItemType.PERMIT and decision.result in (CaseResult.GRANTED, CaseResult.REFUSED)
    return PERMIT_LIMIT if is_permit else GENERAL_LIMIT


def publication(
    decided_on: datetime.date,
    decision: Decision,
    item: Item | ItemCard | ItemTerms,
    calendars: WorkingCalendars,
    as_of: datetime.date,
) -> Publication:
    """Return how the publication of a result stands on the day ``as_of``; what comes later is not known yet."""
    published_on = decision.published_on
    if published_on is not None and published_on > as_of:
        published_on = None
    until = published_on or as_of
    limit = publication_limit(item, decision)
    due = calendars.add_working_days(decided_on, limit)
    return Publication(
        decided_on=decided_on,
        published_on=published_on,
        delay=max(0, calendars.working_days_between(decided_on, until)),
        limit=limit,
        due=due.date,
        provisional=due.provisional,
        overdue=until > due.date,
    )
