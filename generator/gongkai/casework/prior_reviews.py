"""Prior reviews (前置审查) of a case: what was asked, by when it had to be answered, and what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gongkai.casework.working_days import WorkingCalendars
from gongkai.model.approval_case import CaseEvent
from gongkai.model.disclosure_vocabulary import CaseEventKind


class ReviewState(StrEnum):
    """前置审查的状态."""

    WAITING = "待答复"
    OVERDUE = "逾期未答复"
    ANSWERED = "按时答复"
    ANSWERED_LATE = "逾期答复"
    DEEMED_APPROVED = "超时默认同意"


@dataclass(frozen=True, slots=True)
class Review:
    """One prior review; ``overdue_by`` in working days, at least 1 once ``reply_by`` has passed without answer."""

    name: str
    organization: str | None
    asked_on: datetime.date
    reply_by: datetime.date | None
    ended_on: datetime.date | None
    state: ReviewState
    overdue_by: int


_ENDINGS = (CaseEventKind.REVIEW_ANSWERED, CaseEventKind.DEEMED_APPROVED)


def reviews_of(events: Iterable[CaseEvent], calendars: WorkingCalendars, until: datetime.date) -> tuple[Review, ...]:
    """Return the prior reviews in the order in which they were asked for.

    An answer belongs to the earliest open question of the same name. ``until`` is the day the case closed, or
    the day of the question.
    """
    asked: list[tuple[CaseEvent, CaseEvent | None]] = []
    for event in events:
        if event.kind is CaseEventKind.REVIEW_ASKED:
            asked.append((event, None))
        elif event.kind in _ENDINGS:
            for index, (question, ending) in enumerate(asked):
                if ending is None and question.review == event.review:
                    asked[index] = (question, event)
                    break
    return tuple(_review(question, ending, calendars, until) for question, ending in asked)


def _review(question: CaseEvent, ending: CaseEvent | None, calendars: WorkingCalendars, until: datetime.date) -> Review:
    end = ending.on if ending is not None else until
    late = question.reply_by is not None and end > question.reply_by
    overdue_by = 0
    if late and question.reply_by is not None:
        overdue_by = max(1, calendars.working_days_between(question.reply_by, end))
    if ending is None:
        state = ReviewState.OVERDUE if late else ReviewState.WAITING
    elif ending.kind is CaseEventKind.DEEMED_APPROVED:
        state = ReviewState.DEEMED_APPROVED
    else:
        state = ReviewState.ANSWERED_LATE if late else ReviewState.ANSWERED
    return Review(
        name=question.review or "",
        organization=question.organization,
        asked_on=question.on,
        reply_by=question.reply_by,
        ended_on=ending.on if ending is not None else None,
        state=state,
        overdue_by=overdue_by,
    )
