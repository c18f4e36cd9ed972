"""Figures per organisation and item, counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.cases import ALLOWANCE, case, day, event, facts, permit_decision
from gongkai.casework.case_facts import CaseFacts
from gongkai.casework.efficiency import (
    Punctuality,
    by_item,
    efficiency,
    figures,
    nearest_rank,
    tally,
)

RECEIVED, ACCEPTED = event("03-02", "收件"), event("03-03", "受理")
AS_OF = "2026-11-23"


def decided(on: str, number: int = 1, **fields) -> CaseFacts:
    return facts(
        case(RECEIVED, ACCEPTED, event(on, "办结"), decision=permit_decision(on), number=number, **fields), AS_OF
    )


def running(number: int, as_of: str) -> CaseFacts:
    return facts(case(RECEIVED, ACCEPTED, number=number), as_of)


def test_figures() -> None:
    cases = [decided("03-04"), decided("03-06", 2), decided("03-13", 3), decided("03-16", 4), decided("04-02", 5)]
    found = efficiency(cases)
    assert (found.number, found.secret, found.handled) == (5, 0, 5)
    assert (found.median, found.ninetieth) == (8, 22)
    assert (found.binding, found.binding.percent) == (Punctuality(measured=5, on_time=3), 60)
    assert (found.statutory, found.statutory.percent) == (Punctuality(measured=5, on_time=4), 80)
    assert found.saved_days == 19 + 17 + 12 + 11
    assert (found.overdue_number, found.overdue) == (2, (cases[3], cases[4]))


def test_what_is_overdue_and_undecided_is_measured_too() -> None:
    found = efficiency([decided("03-04"), running(2, "03-13"), running(3, "03-16")])
    assert (found.number, found.handled) == (3, 1)
    assert found.binding == Punctuality(measured=2, on_time=1)
    assert found.statutory == Punctuality(measured=1, on_time=1)


def test_what_is_not_on_time_is_what_is_overdue() -> None:
    waiting = facts(case(RECEIVED, number=2), "03-20")
    assert waiting.acceptance is not None and waiting.acceptance.overdue
    found = efficiency([decided("03-04"), waiting, facts(case(RECEIVED, number=3), "03-03")])
    assert found.binding == Punctuality(measured=2, on_time=1) and found.overdue_number == 1


def test_nothing_decided() -> None:
    found = efficiency([running(1, "03-13")])
    assert (found.median, found.ninetieth, found.binding.percent, found.saved_days) == (None, None, None, 0)


def test_cases_that_are_not_shown_are_counted_and_not_listed() -> None:
    secrecy = {"kind": "个人隐私", "basis": "《政府信息公开条例》第十五条"}
    late = decided("03-16", applicant=None, secrecy=secrecy)
    found = efficiency([late])
    assert (found.number, found.secret, found.median, found.overdue_number, found.overdue) == (1, 1, 9, 1, ())


def test_deemed_approvals() -> None:
    asked = event(
        "03-04", "征求前置审查意见", review="消防安全检查", organization="区消防救援大队", reply_by=day("03-05")
    )
    deemed = event("03-06", "超时默认同意", review="消防安全检查")
    silent = facts(case(RECEIVED, ACCEPTED, asked, deemed), "03-09")
    found = efficiency([silent, running(2, "03-09")])
    assert (found.deemed_reviews, found.deemed) == (1, (silent,))


def test_groups() -> None:
    there = facts(case(RECEIVED, code=ALLOWANCE, number=2, organization="tingzi"), AS_OF)
    here, also_here = decided("03-04"), facts(case(RECEIVED, code=ALLOWANCE, number=3), AS_OF)
    cases = [here, there, also_here]
    assert {k: v.number for k, v in by_item(cases).items()} == {"510123001000": 1, ALLOWANCE: 2}


@pytest.mark.parametrize(
    ("numbers", "median", "ninetieth"),
    [([7], 7, 7), ([1, 9], 1, 9), ([1, 2, 3], 2, 3), (list(range(1, 11)), 5, 9), (list(range(1, 12)), 6, 10)],
)
def test_percentiles_are_by_nearest_rank(numbers: list[int], median: int, ninetieth: int) -> None:
    assert (nearest_rank(numbers, 50), nearest_rank(numbers, 90)) == (median, ninetieth)


@given(st.lists(st.integers(0, 300), min_size=1), st.sampled_from([50, 90]))
def test_a_percentile_is_the_smallest_number_that_enough_do_not_exceed(numbers: list[int], percent: int) -> None:
    numbers.sort()
    enough = [n for n in numbers if 100 * sum(m <= n for m in numbers) >= percent * len(numbers)]
    assert nearest_rank(numbers, percent) == min(enough)


def test_the_percentage_is_never_rounded_up_to_all() -> None:
    assert Punctuality(measured=1000, on_time=999).percent == 99


@given(st.lists(st.sampled_from(range(5)), max_size=12), st.integers(0, 12))
def test_figures_of_two_groups_are_those_of_all_their_cases(chosen: list[int], cut: int) -> None:
    known = [decided("03-04"), decided("03-16", 2), running(3, "03-13"), running(4, "03-16"), running(5, "11-23")]
    cases = [known[number] for number in chosen]
    assert figures([tally(cases[:cut]), tally(cases[cut:])]) == efficiency(cases)
