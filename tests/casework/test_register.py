"""Which cases there are on a day, in which order, and by which version of an item they are measured."""

from __future__ import annotations

import datetime
from pathlib import Path

from casework.cases import PERMIT, day
from gongkai.casework.register import CaseRegister
from gongkai.loading import load
from publishing.feeds.sites import a_case, event, write_cases
from support import AS_OF, BASE, change_record

SECRECY = {"kind": "个人隐私", "basis": "《中华人民共和国政府信息公开条例》第十五条"}


def register(root: Path, as_of: datetime.date = AS_OF) -> CaseRegister:
    return CaseRegister(load(root)[0], as_of)


def received(on: str, number: str = "0001", *events: dict, **changes) -> dict:
    """A case received on a day."""
    return a_case(*events, number=f"511703-{on.replace('-', '')}-{number}", **changes) | {
        "events": [event(on, "收件"), *events]
    }


def test_a_case_is_measured_by_the_promise_in_force_when_it_was_accepted(district: Path) -> None:
    """The promise went from 10 working days to 8 on 1 July 2025."""
    before = received("2025-06-27", "0001", event("2025-06-30", "受理"), event("2025-07-14", "办结"), decision=None)
    after = received("2025-06-30", "0001", event("2025-07-01", "受理"), event("2025-07-14", "办结"), decision=None)
    write_cases(district, before, day="2025-06-27")
    write_cases(district, after, day="2025-06-30")
    old, new = register(district).facts[:2]
    assert (old.promised.limit.value, old.promised.due, old.overdue_by) == (10, day("2025-07-14"), 0)
    assert (new.promised.limit.value, new.promised.due, new.overdue_by) == (8, day("2025-07-11"), 1)


def test_what_is_not_accepted_yet_goes_by_the_day_of_its_receipt(district: Path) -> None:
    write_cases(district, received("2025-06-27"), day="2025-06-27")
    (fact,) = register(district, day("2025-06-30")).facts
    assert fact.acceptance.due == day("2025-07-04")


def test_cases_are_in_the_order_of_their_numbers(district: Path) -> None:
    numbers = ["1000", "0999", "0002"]
    write_cases(district, *(received("2026-03-03", n) for n in numbers), day="2026-03-03")
    found = [fact.case.number for fact in register(district).facts]
    assert found[2:] == [f"511703-20260303-{n}" for n in ("0002", "0999", "1000")]
    assert register(district).places["511703-20260303-0999"] == ((2026, 3), 3)


def test_cases_of_later_days_are_not_there_yet(district: Path) -> None:
    write_cases(district, received("2026-04-01"), day="2026-04-01")
    assert [*register(district, day("03-31")).months] == [(2026, 3)]
    assert [*register(district, day("04-01")).months] == [(2026, 3), (2026, 4)]
    assert register(district, day("03-01")).facts == ()


def test_the_year_of_figures(district: Path) -> None:
    assert register(district).since == day("2025-11-24")
    assert register(district, day("2028-02-29")).since == day("2027-03-01")
    assert len(register(district, day("2027-03-01")).recent) == 2
    assert register(district, day("2027-03-02")).recent == ()


def test_a_village_counts_with_its_town(district: Path) -> None:
    write_cases(district, received("2026-03-03", organization="511703100002"), day="2026-03-03")
    found = register(district).recent_by_organization
    assert {key: len(facts) for key, facts in found.items()} == {"weijian": 1, "tingzi": 2}
    assert {key: len(facts) for key, facts in register(district).recent_by_item.items()} == {
        PERMIT: 2,
        "512011001000": 1,
    }


def test_an_item_that_is_secret_today_makes_its_older_cases_secret(district: Path) -> None:
    change_record(district, BASE["item"], secrecy=SECRECY)
    permit, allowance = register(district).facts
    assert (permit.secret, permit.shown, permit.publication) == (True, False, None)
    assert (allowance.secret, allowance.shown) == (False, True)


def test_cases_of_unknown_items_are_left_out(district: Path) -> None:
    write_cases(district, received("2026-03-03", code="510123999000"), day="2026-03-03")
    assert len(register(district).facts) == 2
