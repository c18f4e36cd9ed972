"""Every event has a moment of its own, and keeps it."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.feeds.events import Draft, moved
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
    found = list(distinct(sorted(slots)))
    assert found == sorted(set(found))
    assert all(0 <= f.offset - s.offset < 30 for f, s in zip(found, sorted(slots), strict=True))
    moments = [slot.moment for slot in found]
    assert moments == sorted(set(moments))


days = st.dates(datetime.date(2026, 3, 1), datetime.date(2026, 3, 3))


@given(st.lists(st.tuples(days, st.integers(0, 5)), max_size=30))
def test_moments_of_a_day_can_be_told_without_the_other_days(slots: list[tuple[datetime.date, int]]) -> None:
    drafts = [Draft(f"policy/{n}", "", "", (), "", (), Slot(*slot), Slot(*slot)) for n, slot in enumerate(slots)]
    of_days = [moved(d for d in drafts if d.updated.day == day) for day in {day for day, _ in slots}]
    assert moved(drafts) == {identity: slot for found in of_days for identity, slot in found.items()}
    assert len({moved(drafts).get(d.identity, d.updated) for d in drafts}) == len(drafts)
