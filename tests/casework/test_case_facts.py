"""Every state of a case, with its due dates and delays counted by hand on the calendar of 2026."""

from __future__ import annotations

import datetime

import pytest

from casework.cases import ALLOWANCE, CALENDARS, PERMIT, case, day, event, facts, items, permit_decision
from gongkai.casework.case_facts import CaseState, derive
from gongkai.casework.prior_reviews import ReviewState
from gongkai.model.item_parts import Duration, TimeLimits
from gongkai.model.vocabulary import TimeUnit

RECEIVED, ACCEPTED = event("03-02", "收件"), event("03-03", "受理")
ASKED = event("03-04", "征求前置审查意见", review="消防安全检查", organization="区消防救援大队", reply_by=day("03-11"))


def test_received_but_not_accepted() -> None:
    found = facts(case(RECEIVED), "03-04")
    assert (found.state, found.promised, found.statutory, found.working_days) == ("待受理", None, None, None)
    assert found.due == day("03-09")
    assert not found.overdue


def test_not_accepted_within_five_working_days_is_overdue() -> None:
    found = facts(case(RECEIVED), "03-11")
    assert (found.overdue, found.overdue_by, found.due) == (True, 2, day("03-09"))


def test_a_service_has_no_limit_for_its_acceptance() -> None:
    found = facts(case(RECEIVED, code=ALLOWANCE), "2026-06-30")
    assert (found.due, found.overdue) == (None, False)


def test_waiting_for_the_applicant() -> None:
    asked = event("03-04", "一次性告知补正", note="平面图没有标明消毒间")
    found = facts(case(RECEIVED, asked), "03-20")
    assert (found.state, found.due, found.overdue) == ("待补正", None, False)
    corrected = facts(case(RECEIVED, asked, event("03-10", "补正完成")), "03-12")
    assert (corrected.state, corrected.due, corrected.overdue) == ("待受理", day("03-17"), False)


def test_accepted_and_on_time() -> None:
    found = facts(case(RECEIVED, ACCEPTED), "03-13")
    assert found.state is CaseState.IN_PROGRESS
    assert (found.promised.due, found.statutory.due) == (day("03-13"), day("03-31"))
    assert (found.working_days, found.overdue, found.overdue_by, found.provisional) == (8, False, 0, False)
    assert (found.received_on, found.accepted_on, found.closed_on) == (day("03-02"), day("03-03"), None)
    assert found.saved_days is None
    assert found.publication is None


@pytest.mark.parametrize(("as_of", "late"), [("03-14", 1), ("03-15", 1), ("03-16", 1), ("03-17", 2), ("03-20", 5)])
def test_accepted_and_overdue(as_of: str, late: int) -> None:
    found = facts(case(RECEIVED, ACCEPTED), as_of)
    assert (found.overdue, found.overdue_by) == (True, late)
    assert (found.promised.overdue, found.statutory.overdue) == (True, False)


def test_suspended() -> None:
    stopped = event("03-05", "暂停计时", reason="专家评审")
    found = facts(case(RECEIVED, ACCEPTED, stopped), "03-31")
    assert (found.state, found.due, found.overdue, found.working_days) == ("暂停计时", None, False, 2)
    resumed = facts(case(RECEIVED, ACCEPTED, stopped, event("03-12", "恢复计时")), "03-16")
    assert (resumed.state, resumed.due, resumed.working_days) == ("办理中", day("03-20"), 4)
    assert resumed.statutory.due == day("04-08")


def test_extended() -> None:
    found = facts(case(RECEIVED, ACCEPTED, event("03-10", "延长期限", working_days=10, note="核实检测报告")), "03-16")
    assert (found.state, found.promised.due, found.extension) == ("办理中", day("03-27"), 10)


def test_prior_review_waiting_late_and_answered() -> None:
    waiting = facts(case(RECEIVED, ACCEPTED, ASKED), "03-11")
    assert waiting.state is CaseState.UNDER_REVIEW
    assert [(r.state, r.overdue_by) for r in waiting.reviews] == [("待答复", 0)]
    late = facts(case(RECEIVED, ACCEPTED, ASKED), "03-13")
    assert [(r.state, r.overdue_by) for r in late.reviews] == [("逾期未答复", 2)]
    answer = event("03-10", "前置审查答复", review="消防安全检查")
    answered = facts(case(RECEIVED, ACCEPTED, ASKED, answer), "03-13")
    assert answered.state is CaseState.IN_PROGRESS
    (review,) = answered.reviews
    assert (review.state, review.asked_on, review.reply_by, review.ended_on, review.overdue_by) == (
        ReviewState.ANSWERED,
        day("03-04"),
        day("03-11"),
        day("03-10"),
        0,
    )


def test_prior_review_answered_late_and_deemed_approved() -> None:
    answer = event("03-13", "前置审查答复", review="消防安全检查")
    assert [(r.state, r.overdue_by) for r in facts(case(RECEIVED, ACCEPTED, ASKED, answer), "03-20").reviews] == [
        ("逾期答复", 2)
    ]
    deemed = event("03-12", "超时默认同意", review="消防安全检查")
    found = facts(case(RECEIVED, ACCEPTED, ASKED, deemed), "03-20")
    assert found.state is CaseState.IN_PROGRESS
    assert [(r.state, r.overdue_by) for r in found.reviews] == [("超时默认同意", 1)]


@pytest.mark.parametrize(("kind", "state"), [("转外", "转外办理中"), ("上报", "上报办理中")])
def test_referred(kind: str, state: str) -> None:
    referred = event("03-05", kind, organization="达州市卫生健康委员会")
    found = facts(case(RECEIVED, ACCEPTED, referred), "03-10")
    assert (found.state, found.due) == (state, day("03-13"))
    answered = facts(case(RECEIVED, ACCEPTED, referred, event("03-09", "转外或上报回复")), "03-10")
    assert answered.state is CaseState.IN_PROGRESS


def test_a_stopped_clock_is_shown_before_what_else_is_waited_for() -> None:
    stopped = event("03-05", "暂停计时", reason="检测")
    assert facts(case(RECEIVED, ACCEPTED, stopped, event("03-06", "上报", organization="市局")), "03-10").state == (
        "暂停计时"
    )
    assert facts(case(RECEIVED, ACCEPTED, ASKED, stopped, event("03-06", "恢复计时")), "03-10").state == "前置审查中"


def test_decided_published_and_delivered() -> None:
    events = (RECEIVED, ACCEPTED, event("03-06", "办结"), event("03-09", "送达"))
    found = facts(case(*events, decision=permit_decision("03-09")), "11-23")
    assert found.state is CaseState.DECIDED
    assert found.closed_on == day("03-06")
    assert (found.working_days, found.saved_days, found.overdue, found.handled) == (3, 17, False, True)
    publication = found.publication
    assert (publication.delay, publication.limit, publication.due, publication.overdue) == (1, 7, day("03-17"), False)


def test_decided_late() -> None:
    found = facts(case(RECEIVED, ACCEPTED, event("04-02", "办结"), decision=permit_decision("04-03")), "11-23")
    assert (found.promised.overdue_by, found.statutory.overdue_by) == (14, 2)
    assert (found.working_days, found.saved_days, found.overdue_by) == (22, 0, 14)


@pytest.mark.parametrize(
    ("published", "as_of", "delay", "overdue"),
    [
        ("03-17", "11-23", 7, False),
        ("03-18", "11-23", 8, True),
        (None, "03-17", 7, False),
        (None, "03-18", 8, True),
        ("03-20", "03-12", 4, False),
    ],
)
def test_publication(published: str | None, as_of: str, delay: int, overdue: bool) -> None:
    decided = case(RECEIVED, ACCEPTED, event("03-06", "办结"), decision=permit_decision(published))
    publication = facts(decided, as_of).publication
    assert (publication.delay, publication.overdue) == (delay, overdue)


def test_other_results_are_published_within_twenty_working_days() -> None:
    decision = {"result": "退件", "reason": "申请人不在本区经营"}
    found = facts(case(RECEIVED, event("03-06", "办结"), decision=decision), "03-09")
    assert (found.publication.limit, found.publication.due) == (20, day("04-03"))


def test_not_accepted() -> None:
    decision = {"result": "不予受理", "reason": "不属于本机关职权范围"}
    found = facts(case(RECEIVED, event("03-04", "办结"), decision=decision), "11-23")
    assert (found.state, found.working_days, found.overdue, found.handled) == ("不予受理", None, False, False)


def test_withdrawn() -> None:
    found = facts(case(RECEIVED, ACCEPTED, event("03-06", "申请人撤回")), "11-23")
    assert (found.state, found.closed_on, found.overdue, found.publication) == ("已撤回", day("03-06"), False, None)
    assert facts(case(RECEIVED, ACCEPTED, event("03-17", "申请人撤回")), "11-23").overdue_by == 2


def test_immediate_items_are_due_on_the_same_day() -> None:
    immediate = Duration(unit=TimeUnit.IMMEDIATE)
    item = items()[PERMIT].model_copy(update={"time_limits": TimeLimits(statutory=immediate, promised=immediate)})
    same_day = case(RECEIVED, event("03-02", "受理"), event("03-02", "办结"), decision=permit_decision())
    assert (facts(same_day, "11-23", item).due, facts(same_day, "11-23", item).overdue) == (day("03-02"), False)
    next_day = case(RECEIVED, event("03-02", "受理"), event("03-03", "办结"), decision=permit_decision())
    assert (facts(next_day, "11-23", item).overdue, facts(next_day, "11-23", item).overdue_by) == (True, 1)


def test_the_promise_binds_and_without_it_the_law() -> None:
    limits = items()[PERMIT].time_limits
    item = items()[PERMIT].model_copy(update={"time_limits": limits.model_copy(update={"promised": None})})
    found = facts(case(RECEIVED, ACCEPTED), "03-20", item)
    assert (found.due, found.overdue) == (day("03-31"), False)


def test_what_happens_after_the_day_is_not_known_yet() -> None:
    decided = case(RECEIVED, ACCEPTED, event("03-06", "办结"), decision=permit_decision("03-09"))
    assert derive(decided, items()[PERMIT], CALENDARS, day("03-01")) is None
    assert facts(decided, "03-02").state is CaseState.RECEIVED
    before = facts(decided, "03-05")
    assert (before.state, before.decision, before.working_days) == ("办理中", None, 2)
    assert facts(decided, "03-06").publication.published_on is None


def test_a_due_date_that_depends_on_an_unpublished_calendar_is_provisional() -> None:
    found = facts(case(event("12-09", "收件"), event("12-21", "受理")), "12-22")
    assert (found.promised.due, found.promised.provisional) == (day("12-31"), False)
    assert (found.statutory.due, found.statutory.provisional) == (datetime.date(2027, 1, 18), True)
    assert found.provisional


def test_cases_that_are_not_shown_have_no_publication() -> None:
    secrecy = {"kind": "个人隐私", "basis": "《政府信息公开条例》第十五条"}
    secret = case(
        RECEIVED,
        ACCEPTED,
        event("03-06", "办结"),
        applicant=None,
        secrecy=secrecy,
        decision=permit_decision(),
    )
    found = facts(secret, "11-23")
    assert (found.state, found.working_days, found.publication) == ("已办结", 3, None)


def test_retracted() -> None:
    events = (RECEIVED, ACCEPTED, event("03-06", "办结"), event("04-01", "撤回公开", note="内容涉及商业秘密"))
    decided = case(*events, decision=permit_decision("03-09"))
    assert not facts(decided, "03-31").retracted
    assert facts(decided, "04-01").retracted
    assert facts(decided, "04-01").state is CaseState.DECIDED


def test_disordered_events_do_not_break_the_facts() -> None:
    disordered = case(
        event("03-02", "办结"), event("03-01", "恢复计时"), event("02-01", "受理"), event("03-09", "暂停计时")
    )
    assert facts(disordered, "11-23").state is CaseState.DECIDED
