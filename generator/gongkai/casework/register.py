"""Every case of a catalogue with what is derived from it on a day, by month, item and organisation; derived once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gongkai.casework.case_facts import CaseFacts, derive
from gongkai.casework.working_days import WorkingCalendars
from gongkai.catalogue import Catalogue
from gongkai.model.approval_case import ApprovalCase
from gongkai.model.disclosure_vocabulary import CaseEventKind
from gongkai.model.item import Item
from gongkai.versions.history import ItemVersion, in_force, rebuild

Month = tuple[int, int]
"""Year and month."""


@dataclass(frozen=True)
class CaseRegister:
    """The cases of a catalogue on a day; ``catalogue`` has those that are not public too: they are counted."""

    catalogue: Catalogue
    as_of: datetime.date

    @cached_property
    def facts(self) -> tuple[CaseFacts, ...]:
        """The cases received up to the day, in the order of their receipt and number.

        Limits are those of the item's version in force when the case was accepted, or received where it is not
        accepted. Whether an item is public is for the item as it is now to say. Cases of unknown items are
        left out.
        """
        calendars = WorkingCalendars(self.catalogue.calendars)
        found = (
            derive(case, item, calendars, self.as_of)
            for case in self._cases
            if (item := self._item_of(case)) is not None
        )
        return tuple(fact for fact in found if fact is not None)

    @cached_property
    def _cases(self) -> list[ApprovalCase]:
        dated = ((day.date, case) for day, _, case in self.catalogue.cases())
        return [case for _, case in sorted(dated, key=lambda pair: (pair[0], *sequence(pair[1].number)))]

    @cached_property
    def _versions(self) -> dict[str, Sequence[ItemVersion]]:
        return {}

    def _item_of(self, case: ApprovalCase) -> Item | None:
        """Return the version of a case's item that its limits come from."""
        item = self.catalogue.items.get(case.code)
        if item is None:
            return None
        known = self._versions.get(item.code)
        if known is None:
            known = self._versions[item.code] = rebuild(item, self.catalogue.adjustments_of(item.code)).versions
        began = next((event.on for event in case.events if event.kind is CaseEventKind.ACCEPTED), case.events[0].on)
        version = in_force(known, began)
        if version is None or version.item.secrecy == item.secrecy:
            return version.item if version is not None else item
        return version.item.model_copy(update={"secrecy": item.secrecy})

    @cached_property
    def months(self) -> Mapping[Month, list[CaseFacts]]:
        """The cases by the month of their receipt, the oldest first."""
        groups: defaultdict[Month, list[CaseFacts]] = defaultdict(list)
        for fact in self.facts:
            groups[fact.received_on.year, fact.received_on.month].append(fact)
        return dict(sorted(groups.items()))

    @cached_property
    def places(self) -> Mapping[str, tuple[Month, int]]:
        """Where each case stands, by its number: its month, and how many cases of the month are before it."""
        return {
            fact.case.number: (month, position)
            for month, facts in self.months.items()
            for position, fact in enumerate(facts)
        }

    @cached_property
    def since(self) -> datetime.date:
        """The first day of the twelve months that figures are about."""
        day = self.as_of
        last = 28 if (day.month, day.day) == (2, 29) else day.day
        return day.replace(year=day.year - 1, day=last) + datetime.timedelta(days=1)

    @cached_property
    def recent(self) -> tuple[CaseFacts, ...]:
        """The cases received in the twelve months up to the day."""
        return tuple(fact for fact in self.facts if fact.received_on >= self.since)

    @cached_property
    def recent_by_item(self) -> Mapping[str, list[CaseFacts]]:
        """The cases of the last twelve months by item."""
        return _grouped((fact.case.code, fact) for fact in self.recent)

    @cached_property
    def recent_by_organization(self) -> Mapping[str, list[CaseFacts]]:
        """The cases of the last twelve months by department or town; a village's are its town's."""
        return _grouped((self.accepting(fact.case), fact) for fact in self.recent)

    def accepting(self, case: ApprovalCase) -> str:
        """Return the id of the department or town that stands for who accepted a case."""
        village = self.catalogue.villages.get(case.organization)
        return village[1].id if village is not None else case.organization


def sequence(number: str) -> tuple[int, str]:
    """Return the key that sorts the numbers of one day: as they were given out, 0999 before 1000."""
    return int(number.rpartition("-")[2]), number


def _grouped(pairs: Iterable[tuple[str, CaseFacts]]) -> dict[str, list[CaseFacts]]:
    groups: defaultdict[str, list[CaseFacts]] = defaultdict(list)
    for key, fact in pairs:
        groups[key].append(fact)
    return dict(groups)
