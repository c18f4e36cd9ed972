"""Due dates in every unit, with suspensions and extensions."""

from __future__ import annotations

import datetime

import pytest

from gongkai.casework.deadlines import Suspension, due_date
from gongkai.casework.working_days import Due, WorkingCalendars
from gongkai.model.disclosure_vocabulary import SuspensionReason
from gongkai.model.item_parts import Duration

CALENDARS = WorkingCalendars({})


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def limit(value: int, unit: str) -> Duration:
    return Duration.model_validate({"value": value, "unit": unit})


def stop(start: str, end: str | None) -> Suspension:
    return Suspension(day(start), day(end) if end else None, SuspensionReason.HEARING)


@pytest.mark.parametrize(
    ("accepted", "value", "unit", "due"),
    [
        ("2026-03-03", 8, "工作日", "2026-03-13"),
        ("2026-03-03", 20, "工作日", "2026-03-31"),
        ("2026-03-02", 10, "日", "2026-03-12"),
        ("2026-09-10", 15, "日", "2026-09-28"),
        ("2026-02-13", 15, "日", "2026-02-28"),
        ("2026-01-31", 1, "月", "2026-02-28"),
        ("2026-09-01", 1, "月", "2026-10-08"),
        ("2025-11-30", 3, "月", "2026-02-28"),
        ("2024-02-29", 1, "年", "2025-02-28"),
        ("2025-10-10", 1, "年", "2026-10-10"),
        ("2026-03-08", 0, "即时", "2026-03-08"),
    ],
)
def test_due_dates(accepted: str, value: int, unit: str, due: str) -> None:
    assert due_date(CALENDARS, day(accepted), limit(value, unit)) == Due(day(due), provisional=False)


@pytest.mark.parametrize(
    ("stops", "due"),
    [
        ([stop("2026-03-05", "2026-03-12")], "2026-03-20"),
        ([stop("2026-03-05", "2026-03-05")], "2026-03-13"),
        ([stop("2026-03-05", "2026-03-08")], "2026-03-16"),
        ([stop("2026-03-05", "2026-03-12"), stop("2026-03-18", "2026-03-20")], "2026-03-24"),
        ([stop("2026-03-13", "2026-03-20")], "2026-03-13"),
        ([stop("2026-03-12", "2026-03-13")], "2026-03-16"),
        ([stop("2026-02-20", "2026-03-04")], "2026-03-16"),
    ],
)
def test_suspended_days_are_not_counted(stops: list[Suspension], due: str) -> None:
    found = due_date(CALENDARS, day("2026-03-03"), limit(8, "工作日"), stops)
    assert found == Due(day(due), provisional=False)


def test_nothing_is_due_while_the_clock_stands_still() -> None:
    assert due_date(CALENDARS, day("2026-03-03"), limit(8, "工作日"), [stop("2026-03-05", None)]) is None


def test_a_suspension_after_the_due_date_excuses_nothing() -> None:
    found = due_date(CALENDARS, day("2026-03-03"), limit(8, "工作日"), [stop("2026-03-16", None)])
    assert found == Due(day("2026-03-13"), provisional=False)


def test_calendar_days_are_suspended_by_calendar_days() -> None:
    found = due_date(CALENDARS, day("2026-03-02"), limit(10, "日"), [stop("2026-03-05", "2026-03-12")])
    assert found == Due(day("2026-03-19"), provisional=False)


def test_extensions_are_in_working_days() -> None:
    accepted = day("2026-03-03")
    assert due_date(CALENDARS, accepted, limit(8, "工作日"), extension=10) == Due(day("2026-03-27"), provisional=False)
    assert due_date(CALENDARS, accepted, limit(10, "日"), extension=10) == Due(day("2026-03-27"), provisional=False)


def test_a_limit_that_ends_in_an_unknown_year_is_provisional() -> None:
    assert due_date(CALENDARS, day("2026-12-10"), limit(20, "工作日")) == Due(day("2027-01-07"), provisional=True)
    assert due_date(CALENDARS, day("2026-12-10"), limit(1, "月")) == Due(day("2027-01-11"), provisional=True)
    assert due_date(CALENDARS, day("2026-12-10"), limit(21, "日")) == Due(day("2026-12-31"), provisional=False)


@pytest.mark.parametrize("unit", ["工作日", "日", "月", "年"])
def test_absurd_limits_end_on_the_last_day_there_is(unit: str) -> None:
    found = due_date(CALENDARS, day("9000-01-01"), limit(1_000_000, unit))
    assert found == Due(datetime.date.max, provisional=True)
