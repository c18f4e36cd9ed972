"""Whatever a readable file says about cases, rules and facts answer without failing."""

from __future__ import annotations

import datetime
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from gongkai.casework.case_facts import derive
from gongkai.casework.efficiency import efficiency
from gongkai.casework.working_days import WorkingCalendars
from gongkai.catalogue import Catalogue
from gongkai.loading import load
from gongkai.model.approval_case import ApprovalDay
from gongkai.model.base import Source
from gongkai.model.disclosure_vocabulary import CaseEventKind, CaseResult, SuspensionReason
from gongkai.model.item_parts import Duration, TimeLimits
from gongkai.model.vocabulary import TimeUnit
from gongkai.reading.marks import Mark
from gongkai.rules.engine import Context
from gongkai.rules.registry import RULES
from support import AS_OF, DISTRICT

CALENDARS = WorkingCalendars({})
CHECKS = [rule.check for rule in RULES.values() if rule.subject is ApprovalDay and rule.check and rule.code[0] == "K"]
DAYS = st.one_of(
    st.dates(datetime.date(2025, 12, 1), datetime.date(2027, 1, 31)),
    st.sampled_from([datetime.date.min, datetime.date.max, AS_OF]),
)
EVENTS = st.fixed_dictionaries(
    {"on": DAYS, "kind": st.sampled_from(CaseEventKind)},
    optional={
        "review": st.sampled_from(["消防安全检查", "环境影响评价"]),
        "reply_by": DAYS,
        "reason": st.sampled_from(SuspensionReason),
        "working_days": st.integers(1, 60),
        "organization": st.just("市局"),
        "note": st.just("说明"),
    },
)
PERMITS = st.fixed_dictionaries(
    {
        "kind": st.just("普通"),
        "document_name": st.just("准予行政许可决定书"),
        "content": st.just("住宿"),
        "valid_from": DAYS,
    },
    optional={"valid_until": DAYS},
)
DECISIONS = st.fixed_dictionaries(
    {"result": st.sampled_from(CaseResult)},
    optional={
        "reason": st.just("材料不实"),
        "document_number": st.sampled_from(["达川卫许〔2026〕12号", "[2026]12", "达川（2026）1号"]),
        "published_on": DAYS,
        "permit": PERMITS,
    },
)
CASES = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["511703-20260302-0001", "511703-20260302-0002", "000000-99999999-0000"]),
        "code": st.sampled_from(["510123001000", "512011001000"]),
        "name": st.just("公共场所卫生许可"),
        "organization": st.sampled_from(["weijian", "tingzi", "511703100001"]),
        "events": st.lists(EVENTS, min_size=1, max_size=8),
    },
    optional={
        "decision": DECISIONS,
        "applicant": st.just({"kind": "自然人", "name": "张*"}),
        "secrecy": st.just({"kind": "国家秘密", "basis": "《保守国家秘密法》"}),
    },
)
LIMITS = st.one_of(
    st.none(), st.builds(Duration, value=st.sampled_from([0, 1, 8, 20, 1_000_000]), unit=st.sampled_from(TimeUnit))
)


@cache
def catalogue() -> Catalogue:
    return load(DISTRICT)[0]


def context_of(day: ApprovalDay) -> Context:
    """A catalogue of its own, so that nothing is remembered from another day's file."""
    known = catalogue()
    return Context(
        Catalogue(
            district=known.district,
            departments=known.departments,
            towns=known.towns,
            items=known.items,
            listings=known.listings,
            approvals={"2026-03-02": day},
        ),
        AS_OF,
    )


@given(st.lists(CASES, min_size=1, max_size=3))
def test_rules_never_fail(cases: list[dict[str, object]]) -> None:
    day = ApprovalDay.model_validate({"date": datetime.date(2026, 3, 2), "cases": cases})
    day.attach(Source("data/approvals/2026/2026-03-02.yml", Mark((1, 1))))
    context = context_of(day)
    for check in CHECKS:
        assert all(problem.message for problem in check(day, context))


@given(CASES, LIMITS, LIMITS, DAYS)
def test_facts_never_fail_and_ignore_what_comes_later(
    data: dict[str, object], promised: Duration | None, statutory: Duration | None, as_of: datetime.date
) -> None:
    (case,) = ApprovalDay.model_validate({"date": datetime.date(2026, 3, 2), "cases": [data]}).cases
    limits = TimeLimits(promised=promised, statutory=statutory)
    item = catalogue().items[case.code].model_copy(update={"time_limits": limits})
    facts = derive(case, item, CALENDARS, as_of)
    known = [event for event in case.events if event.on <= as_of]
    assert (facts is None) == (not known)
    if facts is None:
        return
    earlier = derive(case.model_copy(update={"events": known}), item, CALENDARS, as_of)
    assert earlier is not None
    assert (facts.state, facts.promised, facts.statutory, facts.reviews) == (
        earlier.state,
        earlier.promised,
        earlier.statutory,
        earlier.reviews,
    )
    assert facts.overdue_by >= 0
    assert efficiency([facts]).number == 1
