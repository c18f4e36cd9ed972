"""When a case is due: the limit counted from the day of acceptance.

The first day is not counted, a limit in days, months or years that ends on a free day ends on the next
working day (民法典第二百零一条至第二百零三条), limits of permits are in working days (行政许可法第八十二条), and the
time of hearings, tests and expert reviews is not counted (行政许可法第四十五条).
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.casework.working_days import Due, WorkingCalendars
from gongkai.model.approval_case import CaseEvent
from gongkai.model.disclosure_vocabulary import CLOSING, CaseEventKind, SuspensionReason
from gongkai.model.item_parts import Duration
from gongkai.model.vocabulary import TimeUnit


@dataclass(frozen=True, slots=True)
class Suspension:
    """暂停计时: the days after ``start`` up to and including ``end`` are not counted; it may be still open."""

    start: datetime.date
    end: datetime.date | None
    reason: SuspensionReason | None

    def starts_after(self, day: datetime.date) -> Suspension:
        """Return the suspension without its days up to and including ``day``."""
        return Suspension(max(self.start, day), self.end, self.reason)


def suspensions_of(events: Iterable[CaseEvent]) -> list[Suspension]:
    """Return the suspensions of a case in order; the end of the case ends the one that is open."""
    found: list[Suspension] = []
    open_: CaseEvent | None = None
    for event in events:
        if event.kind is CaseEventKind.SUSPENDED and open_ is None:
            open_ = event
        elif open_ is not None and (event.kind is CaseEventKind.RESUMED or event.kind in CLOSING):
            found.append(Suspension(open_.on, event.on, open_.reason))
            open_ = None
    if open_ is not None:
        found.append(Suspension(open_.on, None, open_.reason))
    return found


def due_date(
    calendars: WorkingCalendars,
    accepted: datetime.date,
    limit: Duration,
    suspensions: Sequence[Suspension] = (),
    extension: int = 0,
) -> Due | None:
    """Return the last day on which a case is on time, or None while a suspension is open.

    ``extension`` is in working days. A suspension that begins on the due date or later changes nothing.
    """
    clipped = [suspension.starts_after(accepted) for suspension in suspensions]
    excluded: list[Suspension] = []
    due = _due(calendars, accepted, limit, excluded, extension)
    for suspension in clipped:
        if suspension.start >= due.date:
            break
        if suspension.end is None:
            return None
        excluded.append(suspension)
        due = _due(calendars, accepted, limit, excluded, extension)
    return due


def _due(
    calendars: WorkingCalendars,
    accepted: datetime.date,
    limit: Duration,
    excluded: Sequence[Suspension],
    extension: int,
) -> Due:
    if limit.unit in (TimeUnit.WORKING_DAY, TimeUnit.IMMEDIATE):
        days = limit.value if limit.unit is TimeUnit.WORKING_DAY else 0
        return calendars.add_working_days(accepted, days + extension + _excluded_working_days(calendars, excluded))
    end = _calendar_end(accepted, limit)
    end = _plus_days(end, sum(max(0, (s.end - s.start).days) for s in excluded if s.end is not None))
    due = calendars.on_or_after(end)
    if not extension:
        return due
    extended = calendars.add_working_days(due.date, extension)
    return Due(extended.date, due.provisional or extended.provisional)


def _excluded_working_days(calendars: WorkingCalendars, excluded: Iterable[Suspension]) -> int:
    return sum(max(0, calendars.working_days_between(s.start, s.end)) for s in excluded if s.end is not None)


def _calendar_end(accepted: datetime.date, limit: Duration) -> datetime.date:
    """Return the last day of a limit in days, months or years, free or not (民法典第二百零二条)."""
    if limit.unit is TimeUnit.DAY:
        return _plus_days(accepted, limit.value)
    months = accepted.month - 1 + limit.value * (12 if limit.unit is TimeUnit.YEAR else 1)
    year, month = accepted.year + months // 12, months % 12 + 1
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month, min(accepted.day, calendar.monthrange(year, month)[1]))


def _plus_days(day: datetime.date, days: int) -> datetime.date:
    return datetime.date.fromordinal(min(day.toordinal() + days, datetime.date.max.toordinal()))
