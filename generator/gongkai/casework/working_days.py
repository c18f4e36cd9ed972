"""Which days are worked, and how many of them lie between two days.

The statutory holidays and the weekends worked for them come from the library ``chinese_calendar``; years
that it does not know are read from ``data/calendar/``. In a year that neither knows, Monday to Friday are
taken for working days, and what was computed from them is provisional.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gongkai.model.calendar import WorkingCalendar

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a limit; ``provisional`` when a calendar that it depends on is not published yet."""

    date: datetime.date
    provisional: bool


@dataclass(frozen=True, slots=True)
class _Year:
    """The working days of one year, as ordinals in ascending order, and whether they are published."""

    days: tuple[int, ...]
    known: bool

    def worked_until(self, ordinal: int) -> int:
        """Return how many of the days lie on or before a day."""
        return bisect_right(self.days, ordinal)


class WorkingCalendars:
    """The working days of every year; cheap to make, because years are computed once and only when asked for.

    Made anew wherever days are counted: it asks for the calendar of a year only once.
    """

    def __init__(self, calendars: Mapping[str, WorkingCalendar]) -> None:
        self._calendars = calendars
        self._years: dict[int, _Year] = {}

    def knows(self, year: int) -> bool:
        """Tell whether the working days of a year are published."""
        return self._year(year).known

    def is_working_day(self, day: datetime.date) -> bool:
        """Tell whether a day is worked; a guess by the day of the week in a year that is not known."""
        year, ordinal = self._year(day.year), day.toordinal()
        position = year.worked_until(ordinal)
        return position > 0 and year.days[position - 1] == ordinal

    def add_working_days(self, first: datetime.date, number: int) -> Due:
        """Return the ``number``-th working day after ``first``; ``first`` itself is not counted (民法典第二百零一条).

        Zero gives ``first``. What would lie after the year 9999 ends, provisionally, on its last day.
        """
        if number <= 0:
            return Due(first, provisional=False)
        year, provisional = first.year, False
        position = self._year(year).worked_until(first.toordinal()) + number - 1
        if position >= len(self._year(year).days):
            position -= len(self._year(year).days)
            # The days of this year that were passed were working days only if its calendar is right.
            provisional = first < datetime.date(year, 12, 31) and not self._year(year).known
            year += 1
            while year <= datetime.MAXYEAR and position >= len(self._year(year).days):
                position -= len(self._year(year).days)
                provisional = provisional or not self._year(year).known
                year += 1
        if year > datetime.MAXYEAR:
            return Due(datetime.date.max, provisional=True)
        found = self._year(year)
        return Due(datetime.date.fromordinal(found.days[position]), provisional or not found.known)

    def on_or_after(self, day: datetime.date) -> Due:
        """Return the first working day that is not before ``day`` (民法典第二百零三条)."""
        if self.is_working_day(day):
            return Due(day, provisional=not self.knows(day.year))
        due = self.add_working_days(day, 1)
        return Due(due.date, due.provisional or not self.knows(day.year))

    def working_days_between(self, first: datetime.date, last: datetime.date) -> int:
        """Return how many working days lie after ``first`` up to and including ``last``.

        Negative when ``last`` is before ``first``: then those after ``last`` up to and including ``first``.
        """
        if last < first:
            return -self.working_days_between(last, first)
        between = sum(len(self._year(year).days) for year in range(first.year, last.year))
        before = self._year(first.year).worked_until(first.toordinal())
        return between + self._year(last.year).worked_until(last.toordinal()) - before

    def _year(self, year: int) -> _Year:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._compute(year)
        return found

    def _compute(self, year: int) -> _Year:
        published = _published(year)
        if published is not None:
            return published
        calendar = self._calendars.get(f"{year:04}")
        if calendar is not None:
            return _Year(declared_working_days(calendar), known=True)
        return _Year(_weekdays(year), known=False)


@lru_cache(maxsize=256)
def library_working_days(year: int) -> tuple[int, ...] | None:
    """Return the working days of a year as ordinals, or None for a year that the library does not know."""
    import chinese_calendar  # noqa: PLC0415 - few checks count working days

    try:
        return _days_of(year, chinese_calendar.is_workday)
    except NotImplementedError:
        # So the library says that it does not know a year.
        return None


@lru_cache(maxsize=256)
def _published(year: int) -> _Year | None:
    days = library_working_days(year)
    return _Year(days, known=True) if days is not None else None


def declared_working_days(calendar: WorkingCalendar) -> tuple[int, ...]:
    """Return the working days of a data file's year as ordinals; days of other years in it have no effect."""
    holidays = tuple((holiday.first, holiday.last) for holiday in calendar.holidays)
    return _declared(int(calendar.year), holidays, frozenset(calendar.working_weekends))


@lru_cache(maxsize=64)
def _declared(
    year: int, holidays: tuple[tuple[datetime.date, datetime.date], ...], worked: frozenset[datetime.date]
) -> tuple[int, ...]:
    def is_worked(day: datetime.date) -> bool:
        if day in worked:
            return True
        return day.weekday() < _SATURDAY and not any(first <= day <= last for first, last in holidays)

    return _days_of(year, is_worked)


@lru_cache(maxsize=1024)
def _weekdays(year: int) -> tuple[int, ...]:
    return _days_of(year, lambda day: day.weekday() < _SATURDAY)


def _days_of(year: int, is_worked: Callable[[datetime.date], bool]) -> tuple[int, ...]:
    first, last = datetime.date(year, 1, 1).toordinal(), datetime.date(year, 12, 31).toordinal()
    return tuple(day for day in range(first, last + 1) if is_worked(datetime.date.fromordinal(day)))
