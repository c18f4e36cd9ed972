"""What a case says in public, in every state."""

from __future__ import annotations

import pytest

from casework.cases import ALLOWANCE, case, day, event, facts, permit_decision
from gongkai.publishing.case_wording import case_lines, is_published, permit_lines, steps, timeliness

RECEIVED, ACCEPTED = event("03-02", "收件"), event("03-03", "受理")
ASKED = event("03-04", "征求前置审查意见", review="消防安全检查", organization="区消防救援大队", reply_by=day("03-11"))
STOPPED = event("03-05", "暂停计时", reason="专家评审")
WITHDRAWN = event("03-06", "申请人撤回")
REFUSED = {"result": "不予受理", "reason": "不属于本机关职权", "published_on": day("03-05")}


@pytest.mark.parametrize(
    ("events", "as_of", "state", "words", "tone"),
    [
        ((RECEIVED,), "03-04", "待受理", "在时限内", ""),
        ((RECEIVED,), "03-11", "待受理", "已超期 2 个工作日", "warn"),
        ((RECEIVED, event("03-04", "一次性告知补正", note="缺图")), "03-11", "待补正", "还没有开始计时", ""),
        ((RECEIVED, ACCEPTED), "03-13", "办理中", "在时限内", ""),
        ((RECEIVED, ACCEPTED), "03-16", "办理中", "已超期 1 个工作日", "warn"),
        ((RECEIVED, ACCEPTED, ASKED), "03-05", "前置审查中", "在时限内", ""),
        ((RECEIVED, ACCEPTED, STOPPED), "03-31", "暂停计时", "暂停计时", ""),
        (
            (RECEIVED, ACCEPTED, event("03-05", "转外", organization="市疾控中心")),
            "03-06",
            "转外办理中",
            "在时限内",
            "",
        ),
        ((RECEIVED, ACCEPTED, event("03-05", "上报", organization="市卫健委")), "03-06", "上报办理中", "在时限内", ""),
        ((RECEIVED, ACCEPTED, event("03-13", "办结")), "03-31", "已办结", "按时", "good"),
        ((RECEIVED, ACCEPTED, event("03-18", "办结")), "03-31", "已办结", "超期 3 个工作日", "warn"),
        ((RECEIVED, ACCEPTED, WITHDRAWN), "03-31", "已撤回", "撤回时没有超期", ""),
        ((RECEIVED, ACCEPTED, event("03-16", "申请人撤回")), "03-31", "已撤回", "撤回时已超期 1 个工作日", "warn"),
    ],
)
def test_states_and_verdicts(events, as_of: str, state: str, words: str, tone: str) -> None:
    decision = permit_decision("03-20") if events[-1]["kind"] == "办结" else None
    fact = facts(case(*events, decision=decision), as_of)
    assert (fact.state, timeliness(fact).text, timeliness(fact).tone) == (state, words, tone)


def test_not_accepted_in_time() -> None:
    fact = facts(case(RECEIVED, event("03-05", "办结"), decision=REFUSED), "03-31")
    assert (fact.state, timeliness(fact).text) == ("不予受理", "按时")
    assert [*case_lines(fact)] == [
        ("申请人", "达州市达川区演示宾馆有限公司，企业法人"),
        ("受理期限", "5 个工作日，2026年3月9日到期"),
        ("办理结果", "不予受理"),
        ("理由", "不属于本机关职权"),
        ("结果公开", "2026年3月5日，办结当天"),
    ]


def test_an_item_without_limit() -> None:
    fact = facts(case(RECEIVED, code=ALLOWANCE), "03-31")
    assert timeliness(fact).text == "还没有开始计时"


def test_a_deadline_in_a_year_without_calendar_is_provisional() -> None:
    fact = facts(case(event("2026-12-24", "收件"), event("2026-12-24", "受理")), "2026-12-25")
    assert dict(case_lines(fact))["承诺时限"] == "8 个工作日，2027年1月5日到期（暂定，当年的放假安排还没有公布）"


def test_a_stopped_clock_has_no_due_date() -> None:
    fact = facts(case(RECEIVED, ACCEPTED, STOPPED), "03-31")
    lines = dict(case_lines(fact))
    assert lines["承诺时限"] == "8 个工作日，暂停计时期间不计算，恢复以后再定到期日"
    assert lines["用时"] == "2 个工作日，不含暂停计时的日子"


def test_an_overdue_review_says_so() -> None:
    fact = facts(case(RECEIVED, ACCEPTED, ASKED), "03-13")
    assert dict(case_lines(fact))["前置审查"] == "消防安全检查（区消防救援大队）：逾期未答复，超期 2 个工作日"


def test_a_result_is_kept_back_until_it_is_published() -> None:
    closing = event("03-10", "办结", note="材料齐全")
    late = case(RECEIVED, ACCEPTED, closing, decision=permit_decision("03-24"))
    before, after = facts(late, "03-20"), facts(late, "03-24")
    assert not is_published(before) and is_published(after)
    lines = dict(case_lines(before))
    assert lines["办理结果"] == "还没有公开；应当在2026年3月19日以前公开，超期 1 个工作日"
    assert "决定文书号" not in lines and [step.detail for step in steps(before)] == ["", "", ""]
    lines = dict(case_lines(after))
    assert (lines["办理结果"], lines["决定文书号"]) == ("出证办结", "达川卫许〔2026〕12号")
    assert lines["结果公开"] == "2026年3月24日，办结后 10 个工作日，超期 3 个工作日"
    assert [step.detail for step in steps(after)] == ["", "", "材料齐全"]


def test_what_is_published_about_a_permit() -> None:
    decision = permit_decision("03-10", permit=permit_decision()["permit"] | {"valid_until": day("2030-03-05")})
    fact = facts(case(RECEIVED, ACCEPTED, event("03-06", "办结"), decision=decision), "03-31")
    assert permit_lines(fact.decision) == [
        ("许可类别", "普通"),
        ("决定文书名称", "准予行政许可决定书"),
        ("许可内容", "公共场所卫生许可"),
        ("有效期", "2026年3月6日至2030年3月5日"),
        ("当前状态", "有效"),
    ]
