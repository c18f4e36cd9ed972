"""Every event has a moment of its own, and keeps it."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.feeds.moments import Slot, case_slot, distinct, plain_slot, staged_slot

DAY = datetime.date(2026, 3, 12)
SIX_YEARS = 6 * 365

parts = st.tuples(
    st.integers(0, SIX_YEARS),
    st.integers(4, 6).flatmap(lambda width: st.integers(0, 10**width - 1).map(lambda n: f"{n:0{width}}")),
    st.integers(0, 7),
    st.integers(1, 4),
)


def slot(part: tuple[int, str, int, int]) -> Slot:
    age, sequence, kind, nth = part
    return case_slot(DAY, DAY - datetime.timedelta(days=age), sequence, kind, nth)


@given(parts, parts)
def test_different_events_of_cases_never_meet(one: tuple[int, str, int, int], other: tuple[int, str, int, int]) -> None:
    assert (slot(one) == slot(other)) is (one == other)


@given(parts)
def test_a_moment_is_on_its_day_in_china(part: tuple[int, str, int, int]) -> None:
    moment = slot(part).moment
    assert moment.date() == DAY and moment.hour >= 2
    assert moment.utcoffset() == datetime.timedelta(hours=8)


def test_neighbours_that_could_be_mixed_up() -> None:
    known = {
        slot((0, "0001", 1, 1)): "02:00:05.540001",
        slot((0, "00001", 1, 1)): "02:00:05.440001",
        slot((0, "000001", 1, 1)): "02:00:04.440001",
        slot((1, "0001", 1, 1)): "02:00:41.060001",
        slot((0, "999999", 0, 1)): "02:00:00.999999",
        slot((0, "0000", 0, 1)): "02:00:01.100000",
        slot((0, "9999", 0, 1)): "02:00:01.109999",
        slot((0, "000000", 0, 2)): "02:00:01.110000",
    }
    assert {found.moment.time().isoformat() for found in known} == set(known.values())
    assert [found.moment.time().isoformat() for found in known] == list(known.values())


def test_the_last_event_of_a_case_is_not_before_its_first_of_that_day() -> None:
    order = [slot((3, "0007", kind, 1)) for kind in range(8)]
    assert order == sorted(order)


def test_what_is_out_of_bounds_stays_on_its_day() -> None:
    late = case_slot(DAY, datetime.date(1996, 1, 1), "999999", 7, 900)
    assert late.moment.date() == DAY
    early = case_slot(DAY, datetime.date(2027, 1, 1), "0001", 0, 1)
    assert early.moment.date() == DAY
    assert staged_slot(DAY, "exposure/2026-001/progress/400", 400).moment.hour == 0
    assert plain_slot(DAY, "policy/x").moment.hour == 1


@given(st.lists(st.builds(Slot, st.just(DAY), st.integers(0, 5)), max_size=30))
def test_slots_that_meet_are_told_apart(slots: list[Slot]) -> None:
    moments = list(distinct(sorted(slots)))
    assert moments == sorted(set(moments))
    assert all(abs(m - s.moment) < datetime.timedelta(seconds=1) for m, s in zip(moments, sorted(slots), strict=True))
