"""Working days: the vectors of the requirements, years without a calendar, and naive counting."""

from __future__ import annotations

import datetime

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.casework.working_days import Due, WorkingCalendars, library_working_days
from gongkai.model.calendar import WorkingCalendar

NEW_YEAR = WorkingCalendar.model_validate(
    {
        "year": "2027",
        "basis": "国务院办公厅关于2027年部分节假日安排的通知（演示）",
        "holidays": [
            {"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"},
            {"name": "春节", "first": "2027-02-05", "last": "2027-02-11"},
        ],
        "working_weekends": ["2027-01-30", "2027-02-14"],
    }
)
WITHOUT, WITH = WorkingCalendars({}), WorkingCalendars({"2027": NEW_YEAR})


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("accepted", "number", "due"),
    [
        ("2026-02-10", 10, "2026-03-02"),
        ("2026-09-18", 7, "2026-09-29"),
        ("2026-09-24", 20, "2026-10-29"),
        ("2025-09-26", 7, "2025-10-13"),
        ("2026-04-28", 5, "2026-05-08"),
        ("2026-12-03", 20, "2026-12-31"),
    ],
)
def test_due_dates_count_adjusted_weekends(accepted: str, number: int, due: str) -> None:
    assert WITHOUT.add_working_days(day(accepted), number) == Due(day(due), provisional=False)


def test_a_due_date_in_a_year_without_calendar_is_provisional() -> None:
    assert WITHOUT.add_working_days(day("2026-12-10"), 20) == Due(day("2027-01-07"), provisional=True)


def test_a_published_calendar_makes_it_certain() -> None:
    assert WITH.add_working_days(day("2026-12-10"), 20) == Due(day("2027-01-08"), provisional=False)


def test_a_due_date_beyond_an_unknown_year_is_provisional() -> None:
    calendars = WorkingCalendars({"2028": NEW_YEAR.model_copy(update={"year": "2028", "holidays": []})})
    due = calendars.add_working_days(day("2026-12-31"), 262)
    assert due.date.year == 2028
    assert due.provisional


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("2026-01-01", False),
        ("2026-01-04", True),
        ("2026-02-28", True),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-10", True),
        ("2026-10-11", False),
        ("2025-01-26", True),
        ("2027-01-01", False),
        ("2027-01-30", True),
        ("2027-02-08", False),
        ("2027-02-13", False),
    ],
)
def test_single_days(text: str, worked: bool) -> None:
    assert WITH.is_working_day(day(text)) is worked


def test_the_number_of_working_days_in_a_year() -> None:
    found = {year: len(library_working_days(year) or ()) for year in (2020, 2024, 2025, 2026)}
    assert found == {2020: 249, 2024: 251, 2025: 248, 2026: 248}


def test_which_years_are_known() -> None:
    assert [WITHOUT.knows(year) for year in (2003, 2004, 2026, 2027)] == [False, True, True, False]
    assert WITH.knows(2027)


def test_no_days_are_no_days() -> None:
    assert WITHOUT.add_working_days(day("2027-01-03"), 0) == Due(day("2027-01-03"), provisional=False)
    assert WITHOUT.working_days_between(day("2026-03-02"), day("2026-03-02")) == 0


def test_days_between_are_signed() -> None:
    assert WITHOUT.working_days_between(day("2026-03-06"), day("2026-03-31")) == 17
    assert WITHOUT.working_days_between(day("2026-03-31"), day("2026-03-06")) == -17


def test_the_first_working_day_on_or_after_a_day() -> None:
    assert WITHOUT.on_or_after(day("2026-10-01")) == Due(day("2026-10-08"), provisional=False)
    assert WITHOUT.on_or_after(day("2026-10-10")) == Due(day("2026-10-10"), provisional=False)
    assert WITHOUT.on_or_after(day("2027-01-02")) == Due(day("2027-01-04"), provisional=True)


def test_what_lies_beyond_all_dates_ends_on_the_last() -> None:
    assert WITHOUT.add_working_days(day("9990-01-01"), 1_000_000) == Due(datetime.date.max, provisional=True)


def test_a_calendar_does_not_override_what_is_published() -> None:
    wrong = NEW_YEAR.model_copy(update={"year": "2026"})
    assert not WorkingCalendars({"2026": wrong}).is_working_day(day("2026-10-01"))


def _is_worked(date: datetime.date) -> bool:
    if date.year == 2027:
        holiday = day("2027-01-01") <= date <= day("2027-01-03") or day("2027-02-05") <= date <= day("2027-02-11")
        return date in (day("2027-01-30"), day("2027-02-14")) or (date.weekday() < 5 and not holiday)
    return chinese_calendar.is_workday(date) if date.year < 2027 else date.weekday() < 5


DATES = st.dates(day("2022-01-01"), day("2028-06-30"))


@given(DATES, DATES)
def test_counting_equals_naive_counting(first: datetime.date, last: datetime.date) -> None:
    first, last = sorted((first, last))
    naive = sum(_is_worked(first + datetime.timedelta(n)) for n in range(1, (last - first).days + 1))
    assert WITH.working_days_between(first, last) == naive


@given(DATES, st.integers(1, 400))
def test_adding_equals_naive_adding(first: datetime.date, number: int) -> None:
    date, left, years = first, number, set[int]()
    while left:
        date += datetime.timedelta(1)
        years.add(date.year)
        left -= _is_worked(date)
    assert WITH.add_working_days(first, number) == Due(date, provisional=max(years) > 2027)
