"""The steps of a case in a wrong order are findings at their lines, and those of valid cases in every state are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.families.written_cases import (
    ACCEPTED,
    ASKED,
    DECIDED,
    RECEIVED,
    found,
    one_case,
    told,
)

ORDER = [
    pytest.param(
        [RECEIVED, "2026-02-27, kind: 受理"],
        [("K012", 12, "“受理”的日期 2026-02-27 早于前面“收件”的 2026-03-02")],
        id="backwards",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-20, kind: 上报, organization: 市局", "2026-03-10, kind: 转外或上报回复"],
        [("K012", 14, "“转外或上报回复”的日期 2026-03-10 早于前面“上报”的 2026-03-20")],
        id="backwards later",
    ),
    pytest.param([ACCEPTED], [("K011", 11, "第一个环节是“受理”，不是“收件”")], id="no receipt"),
    pytest.param(
        ["2026-03-01, kind: 收件"],
        [("K011", 11, "收件日期 2026-03-01 与文件的日期 2026-03-02 不符")],
        id="receipt on another day",
    ),
    pytest.param([RECEIVED, RECEIVED], [("K011", 12, "收件写了两次")], id="received twice"),
    pytest.param([RECEIVED, ACCEPTED, ACCEPTED], [("K015", 13, "受理写了两次")], id="accepted twice"),
    pytest.param([RECEIVED, "2027-03-03, kind: 受理"], [("K013", 12, "“受理”的日期 2027-03-03 还没有到")], id="future"),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 一次性告知补正, note: 缺平面图"],
        [("K014", 13, "受理以后又告知补正")],
        id="correction after acceptance",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 补正完成"],
        [("K014", 12, "没有告知补正，却写了补正完成")],
        id="correction of nothing",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 一次性告知补正, note: 缺平面图", ACCEPTED],
        [("K014", 13, "告知了补正，没有写补正完成就受理了")],
        id="accepted uncorrected",
    ),
    pytest.param(
        [
            RECEIVED,
            "2026-03-03, kind: 一次性告知补正, note: 缺平面图",
            "2026-03-04, kind: 补正完成",
            "2026-03-05, kind: 一次性告知补正, note: 还缺检测报告",
        ],
        [("K014", 14, "补正告知了不止一次")],
        id="corrections asked for twice",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 暂停计时, reason: 听证"],
        [("K015", 12, "还没有受理，就写了“暂停计时”")],
        id="suspended before acceptance",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 恢复计时"],
        [("K016", 13, "没有暂停计时，却写了恢复计时")],
        id="resumed without suspension",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 暂停计时, reason: 检测", "2026-03-05, kind: 暂停计时, reason: 听证"],
        [("K016", 14, "已经在暂停计时，又写了一次暂停")],
        id="suspended twice",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 暂停计时"],
        [("K017", 13, "暂停计时没有写事由")],
        id="no lawful reason",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 受理, reason: 听证"],
        [("K017", 12, "“受理”不是暂停计时，却写了暂停的事由")],
        id="reason on another kind",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 征求前置审查意见, review: 消防安全检查, organization: 区消防救援大队"],
        [("K018", 13, "“征求前置审查意见”没有写应答复日期（reply_by）")],
        id="review without limit",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 上报"],
        [("K018", 13, "“上报”没有写对方单位（organization）")],
        id="referred to nobody",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 受理, working_days: 5"],
        [("K018", 12, "“受理”不应当有延长几个工作日（working_days）")],
        id="extension on another kind",
    ),
    pytest.param(
        [RECEIVED, "2026-03-03, kind: 一次性告知补正"],
        [("K018", 12, "“一次性告知补正”没有写说明（note）")],
        id="correction of what",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 申请人撤回", "2026-03-05, kind: 恢复计时"],
        [
            ("K016", 14, "没有暂停计时，却写了恢复计时"),
            ("K019", 14, "“申请人撤回”以后又写了“恢复计时”"),
        ],
        id="after withdrawal",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 送达"],
        [("K019", 13, "没有办结，就写了“送达”")],
        id="delivered before the decision",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 转外或上报回复"],
        [("K020", 13, "没有转外或上报，却写了回复")],
        id="reply to nothing",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, ASKED, "2026-03-05, kind: 前置审查答复, review: 消防检查"],
        [("K021", 14, "没有征求前置审查意见“消防检查”，却写了“前置审查答复”")],
        id="answer to another review",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, ASKED.replace("03-11", "03-03")],
        [("K021", 13, "应答复日期 2026-03-03 早于征求的日期 2026-03-04")],
        id="review limit before the question",
    ),
    pytest.param([RECEIVED, ACCEPTED, DECIDED], [("K023", 13, "已经办结，没有写办理结果（decision）")], id="no result"),
]


@pytest.mark.parametrize(("events", "expected"), ORDER)
def test_events_out_of_order(events: list[str], expected: list[tuple[str, int, str]], district: Path) -> None:
    assert told(found(district, one_case(*events))) == expected


VALID = [
    [RECEIVED],
    [RECEIVED, "2026-03-03, kind: 一次性告知补正, note: 缺平面图"],
    [
        RECEIVED,
        "2026-03-03, kind: 一次性告知补正, note: 缺平面图",
        "2026-03-05, kind: 补正完成",
        "2026-03-05, kind: 受理",
    ],
    [RECEIVED, ACCEPTED, "2026-03-04, kind: 暂停计时, reason: 检测"],
    [RECEIVED, ACCEPTED, "2026-03-04, kind: 暂停计时, reason: 检测", "2026-03-12, kind: 恢复计时, note: 报告已出"],
    [RECEIVED, ACCEPTED, ASKED, "2026-03-10, kind: 前置审查答复, review: 消防安全检查"],
    [RECEIVED, ACCEPTED, "2026-03-04, kind: 转外, organization: 市场监督管理局"],
    [RECEIVED, ACCEPTED, "2026-03-04, kind: 上报, organization: 市局", "2026-03-20, kind: 转外或上报回复"],
    [RECEIVED, ACCEPTED, "2026-03-10, kind: 延长期限, working_days: 10, note: 核实检测报告"],
    [RECEIVED, ACCEPTED, "2026-03-04, kind: 申请人撤回"],
]


@pytest.mark.parametrize("events", VALID)
def test_valid_cases_in_every_state_and_overdue_ones_are_no_findings(events: list[str], district: Path) -> None:
    assert found(district, one_case(*events)) == []
