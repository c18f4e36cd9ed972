"""Every case of a catalogue with what is derived from it on a day, by month, item and organisation.

Each question is about some cases, and asks the catalogue about no others; each answer is derived once.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from gongkai.casework.case_facts import CaseFacts, derive
from gongkai.casework.efficiency import Tally, tally
from gongkai.casework.working_days import WorkingCalendars
from gongkai.catalogue import Catalogue
from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalCase, Month, month_of
from gongkai.model.disclosure_vocabulary import CaseEventKind
from gongkai.model.item_terms import ItemTerms, terms_of
from gongkai.versions.history import history_of, in_force


@dataclass(frozen=True)
class CaseRegister:
    """The cases of a catalogue on a day; ``catalogue`` has those that are not public too: they are counted.

    The numbers of cases say when they were received (rules K001 and K011); lists of cases are in the order of their
    numbers. Cases of items that are not in the catalogue have a number and no facts; a catalogue without errors has
    none.
    """

    catalogue: Catalogue
    as_of: datetime.date

    def fact(self, number: str) -> CaseFacts | None:
        """Return what a case comes to; None for a case of an unknown item, or one that is not there.

        Limits are those of the item's version in force when the case was accepted, or received where it is not
        accepted. Whether an item is public is for the item as it is now to say.
        """
        return self.catalogue.memo.once(_fact, self, number, key=(self.as_of, number))

    def months(self) -> list[Month]:
        """Return the months in which cases were received, the oldest first."""
        this = (self.as_of.year, self.as_of.month)
        past = sorted(month for month in self.catalogue.case_months if month <= this)
        return past if past[-1:] != [this] or self.numbers_in(this) else past[:-1]

    def numbers_in(self, month: Month) -> tuple[str, ...]:
        """Return the numbers of the cases received in a month."""
        return self.catalogue.memo.once(_numbers_in, self, month, key=(self.as_of, month))

    def place(self, number: str) -> tuple[Month, int]:
        """Return where a case stands: its month, and how many cases of the month are before it.

        Raises KeyError for a case that is not there.
        """
        month = month_of(number)
        places = self.catalogue.memo.once(_places_in, self, month, key=(self.as_of, month))
        return month, places[number]

    def in_month(self, month: Month) -> tuple[CaseFacts, ...]:
        """Return the cases received in a month."""
        return self._facts(self.numbers_in(month))

    def newest_first(self) -> Iterator[CaseFacts]:
        """Yield all cases, the last number first; asks about as many as are taken."""
        for month in reversed(self.months()):
            found = (self.fact(number) for number in reversed(self.numbers_in(month)))
            yield from (fact for fact in found if fact is not None)

    @property
    def since(self) -> datetime.date:
        """The first day of the twelve months that figures are about."""
        day = self.as_of
        last = 28 if (day.month, day.day) == (2, 29) else day.day
        return day.replace(year=day.year - 1, day=last) + datetime.timedelta(days=1)

    def recent_about(self, code: str) -> tuple[CaseFacts, ...]:
        """Return the cases about an item that were received in the twelve months up to the day."""
        return self._facts(self.recent_numbers_about(code))

    def recent_numbers_about(self, code: str) -> list[str]:
        """Return the numbers of the cases about an item received in the twelve months up to the day."""
        return self._recent(self.catalogue.case_numbers_about(code))

    def recent_at(self, identity: str) -> tuple[CaseFacts, ...]:
        """Return the cases of the last twelve months that a department accepted, or a town with its villages."""
        town = self.catalogue.towns.get(identity)
        villages = [village.code for village in town.villages] if town is not None else []
        numbers = (number for one in (identity, *villages) for number in self.catalogue.case_numbers_at(one))
        return self._facts(self._recent(numbers))

    def recent_tallies(self) -> dict[Month, Tally]:
        """Return what is counted of the cases of the last twelve months, by month, the oldest first."""
        first = (self.since.year, self.since.month)
        once = self.catalogue.memo.once
        return {
            month: once(_recent_tally, self, month, key=(self.as_of, month))
            for month in self.months()
            if month >= first
        }

    def recent_in(self, month: Month) -> tuple[CaseFacts, ...]:
        """Return the cases received in a month, as far as it is one of the last twelve."""
        return self._facts(self._recent(self.numbers_in(month)))

    def _facts(self, numbers: Sequence[str]) -> tuple[CaseFacts, ...]:
        known = self.catalogue.memo.has
        self.catalogue.fetch_cases([number for number in numbers if not known(_fact, (self.as_of, number))])
        return tuple(fact for number in numbers if (fact := self.fact(number)) is not None)

    def _recent(self, numbers: Iterable[str]) -> list[str]:
        return _ordered(numbers, *self._twelve_months)

    @cached_property
    def _twelve_months(self) -> tuple[str, str]:
        """The first and the last day that figures are about, as numbers of cases write them."""
        return f"{self.since:%Y%m%d}", f"{self.as_of:%Y%m%d}"


def sequence(number: str) -> tuple[int, str]:
    """Return the key that sorts the numbers of one day: as they were given out, 0999 before 1000."""
    return int(number.rpartition("-")[2]), number


def _ordered(numbers: Iterable[str], first: str, last: str) -> list[str]:
    """Return the numbers of some days in order; ``first`` and ``last`` are written as in a number."""
    return sorted((n for n in numbers if first <= n[7:15] <= last), key=lambda n: (n[7:15], *sequence(n)))


def _numbers_in(register: CaseRegister, month: Month) -> tuple[str, ...]:
    return tuple(_ordered(register.catalogue.case_numbers_in(month), "", f"{register.as_of:%Y%m%d}"))


def _places_in(register: CaseRegister, month: Month) -> dict[str, int]:
    return {number: position for position, number in enumerate(register.numbers_in(month))}


def _recent_tally(register: CaseRegister, month: Month) -> Tally:
    return tally(register.recent_in(month))


def _fact(register: CaseRegister, number: str) -> CaseFacts | None:
    case = register.catalogue.case(number)
    if case is None:
        return None
    terms = _terms_of(register.catalogue, case)
    if terms is None:
        return None
    calendars = WorkingCalendars(register.catalogue.calendars)
    return derive(case, terms, calendars, register.as_of)


def _terms_of(catalogue: Catalogue, case: ApprovalCase) -> ItemTerms | None:
    """Return the version of a case's item that its limits come from."""
    current = catalogue.terms(case.code)
    if current is None or not _terms_changed(case.code, catalogue.adjustments_of(case.code)):
        return current
    began = next((event.on for event in case.events if event.kind is CaseEventKind.ACCEPTED), case.events[0].on)
    version = in_force(catalogue.memo.once(_terms_by_version, catalogue, case.code, key=case.code), began)
    return version.terms._replace(secrecy=current.secrecy) if version is not None else current


def _terms_changed(code: str, adjustments: Iterable[Adjustment]) -> bool:
    """Tell whether adjustments changed what cases go by of an item: only then are its versions worth rebuilding."""
    changes = (change for adjustment in adjustments for change in adjustment.changes if change.item == code)
    return any(element.path.partition(".")[0] in ItemTerms._fields for change in changes for element in change.elements)


class _TermsOfVersion(NamedTuple):
    """What is kept of each version of an item that has cases: a whole item is large."""

    number: int
    effective_on: datetime.date
    terms: ItemTerms


def _terms_by_version(catalogue: Catalogue, code: str) -> Sequence[_TermsOfVersion]:
    known = history_of(catalogue, code).versions
    return [_TermsOfVersion(version.number, version.effective_on, terms_of(version.item)) for version in known]
