"""Which cases there are on a day, in which order, and by which version of an item they are measured."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from casework.cases import ALLOWANCE, PERMIT, day
from gongkai.casework.case_facts import CaseFacts
from gongkai.casework.efficiency import efficiency, figures
from gongkai.casework.register import CaseRegister
from gongkai.catalogue import Catalogue
from gongkai.loading import load
from publishing.feeds.sites import a_case, event, write_cases
from support import AS_OF, BASE, change_record

SECRECY = {"kind": "个人隐私", "basis": "《中华人民共和国政府信息公开条例》第十五条"}


def register(root: Path, as_of: datetime.date = AS_OF) -> CaseRegister:
    return CaseRegister(load(root)[0], as_of)


def facts(root: Path, as_of: datetime.date = AS_OF) -> list[CaseFacts]:
    """The cases of all months, the oldest first."""
    found = register(root, as_of)
    return [fact for month in found.months() for fact in found.in_month(month)]


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
    old, new = facts(district)[:2]
    assert (old.promised.limit.value, old.promised.due, old.overdue_by) == (10, day("2025-07-14"), 0)
    assert (new.promised.limit.value, new.promised.due, new.overdue_by) == (8, day("2025-07-11"), 1)


def test_what_is_not_accepted_yet_goes_by_the_day_of_its_receipt(district: Path) -> None:
    write_cases(district, received("2025-06-27"), day="2025-06-27")
    (fact,) = facts(district, day("2025-06-30"))
    assert fact.acceptance.due == day("2025-07-04")


def test_cases_are_in_the_order_of_their_numbers(district: Path) -> None:
    numbers = ["1000", "0999", "0002"]
    write_cases(district, *(received("2026-03-03", n) for n in numbers), day="2026-03-03")
    found = [fact.case.number for fact in facts(district)]
    assert found[2:] == [f"511703-20260303-{n}" for n in ("0002", "0999", "1000")]
    assert register(district).place("511703-20260303-0999") == ((2026, 3), 3)


def test_cases_of_later_days_are_not_there_yet(district: Path) -> None:
    write_cases(district, received("2026-04-01"), day="2026-04-01")
    write_cases(district, received("2026-04-03"), day="2026-04-03")
    assert register(district, day("03-31")).months() == [(2026, 3)]
    assert register(district, day("04-01")).months() == [(2026, 3), (2026, 4)]
    assert register(district, day("04-01")).numbers_in((2026, 4)) == ("511703-20260401-0001",)
    assert register(district, day("03-01")).months() == []


def test_the_year_of_figures(district: Path) -> None:
    assert register(district).since == day("2025-11-24")
    assert register(district, day("2028-02-29")).since == day("2027-03-01")
    assert [fact.case.code for fact in register(district, day("2027-03-01")).recent_in((2026, 3))] == [
        PERMIT,
        ALLOWANCE,
    ]
    assert register(district, day("2027-03-02")).recent_in((2026, 3)) == ()


def test_a_village_counts_with_its_town(district: Path) -> None:
    write_cases(district, received("2026-03-03", organization="511703100002"), day="2026-03-03")
    found = register(district)
    assert {key: len(found.recent_at(key)) for key in ("weijian", "tingzi")} == {"weijian": 1, "tingzi": 2}
    assert {code: len(found.recent_about(code)) for code in (PERMIT, ALLOWANCE)} == {PERMIT: 2, ALLOWANCE: 1}


def test_an_item_that_is_secret_today_makes_its_older_cases_secret(district: Path) -> None:
    change_record(district, BASE["item"], secrecy=SECRECY)
    permit, allowance = facts(district)
    assert (permit.secret, permit.shown, permit.publication) == (True, False, None)
    assert (allowance.secret, allowance.shown) == (False, True)


def test_cases_of_unknown_items_keep_their_place_and_have_no_facts(district: Path) -> None:
    write_cases(district, received("2026-03-03", code="510123999000"), day="2026-03-03")
    assert len(facts(district)) == 2
    assert register(district).place("511703-20260303-0001") == ((2026, 3), 2)


def test_the_newest_case_comes_first(district: Path) -> None:
    for on in ("2026-04-01", "2026-03-03"):
        write_cases(district, received(on, "0999"), received(on, "1000"), day=on)
    found = [fact.case.number for fact in register(district).newest_first()]
    expected = [("0401", "1000"), ("0401", "0999"), ("0303", "1000"), ("0303", "0999")]
    assert found[:4] == [f"511703-2026{on}-{number}" for on, number in expected]
    assert len(found) == 6


def test_a_question_about_one_month_or_item_asks_about_no_other_case(
    district: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is derived of a case is derived once, and only where it is asked for."""
    write_cases(district, received("2026-04-01"), day="2026-04-01")
    asked: list[str] = []
    whole = Catalogue.case
    monkeypatch.setattr(Catalogue, "case", lambda self, number: asked.append(number) or whole(self, number))
    found = register(district)
    assert len(found.in_month((2026, 4))) == 1
    assert asked == ["511703-20260401-0001"]
    assert len(found.recent_about(ALLOWANCE)) == 1
    assert len(asked) == 2
    assert len(found.recent_about(PERMIT)) == 2
    assert len(asked) == len(set(asked)) == 3


def test_figures_of_a_year_are_those_of_its_months_together(district: Path) -> None:
    """The month that the twelve months begin in counts from their first day on."""
    ends = (event("2026-03-05", "受理"), event("2026-03-10", "办结"))
    write_cases(district, received("2025-11-23"), day="2025-11-23")
    write_cases(district, received("2025-11-24"), day="2025-11-24")
    write_cases(district, received("2026-03-04", "0001", *ends, decision=None), day="2026-03-04")
    found = register(district)
    tallies = found.recent_tallies()
    assert {month: tally.number for month, tally in tallies.items()} == {(2025, 11): 1, (2026, 3): 3}
    recent = [fact for fact in facts(district) if fact.received_on >= found.since]
    assert figures(tallies.values()) == efficiency(recent)
