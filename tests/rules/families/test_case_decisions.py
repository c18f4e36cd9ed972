"""Faults of decisions are findings at their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.finding import Severity
from rules.families.written_cases import (
    ACCEPTED,
    DAY,
    DECIDED,
    GRANTED,
    RECEIVED,
    changed,
    found,
    one_case,
    told,
)

DECISIONS = [
    pytest.param(
        [RECEIVED, DECIDED], GRANTED, [("K015", 12, "没有受理就办结了，结果是“出证办结”")], id="before acceptance"
    ),
    pytest.param([RECEIVED, ACCEPTED], GRANTED, [("K023", 13, "写了办理结果，环节里没有“办结”")], id="no day"),
    pytest.param(
        [RECEIVED, ACCEPTED, "2026-03-04, kind: 暂停计时, reason: 检测", DECIDED],
        GRANTED,
        [("K016", 14, "还在暂停计时就办结了")],
        id="suspended",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        ["result: 不予许可", "document_number: 达川卫不许〔2026〕3号", "published_on: 2026-03-09"],
        [("K024", 15, "结果是“不予许可”，没有写理由（reason）")],
        id="no reason",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        ["result: 不予受理", "reason: 不属于本机关职权", "published_on: 2026-03-09"],
        [("K015", 13, "已经受理，结果却是“不予受理”")],
        id="accepted and not accepted",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        GRANTED[:3],
        [("K025", 15, "准予行政许可，没有写双公示内容（permit）")],
        id="no permit fields",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("document_number: 达川卫许〔2026〕12号\n", ""),
        [("K025", 15, "准予行政许可，没有写决定文书号（document_number）")],
        id="no document",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("result: 出证办结", "result: 不予许可\nreason: 消毒间与卫生间没有分开"),
        [("K025", 19, "结果是“不予许可”，不应当有双公示内容（permit）")],
        id="permit fields of a refusal",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("valid_from: 2026-03-06", "valid_from: 2026-03-05"),
        [("K026", 18, "有效期自 2026-03-05，早于决定的日期 2026-03-06")],
        id="valid before the decision",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("2030-03-05", "2020-03-05"),
        [("K026", 18, "有效期至 2020-03-05，早于有效期自 2026-03-06")],
        id="ends before it begins",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("2026-03-09", "2026-03-05"),
        [("K029", 17, "公开日期 2026-03-05 早于办结的日期 2026-03-06")],
        id="published before the decision",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("2026-03-09", "2027-03-09"),
        [
            ("K013", 17, "公开日期 2027-03-09 还没有到"),
        ],
        id="published in the future",
    ),
    pytest.param(
        [RECEIVED, ACCEPTED, DECIDED],
        changed("2026-03-09", "2026-03-18"),
        [("K030", 17, "办结后 8 个工作日才公开，期限是 7 个工作日，到 2026-03-17")],
        id="published late",
    ),
]


@pytest.mark.parametrize(("events", "decision", "expected"), DECISIONS)
def test_bad_decisions(
    events: list[str], decision: list[str], expected: list[tuple[str, int, str]], district: Path
) -> None:
    assert told(found(district, one_case(*events, decision=decision))) == expected


@pytest.mark.parametrize(
    ("as_of", "messages"),
    [("2026-03-17", []), ("2026-03-18", ["办结 8 个工作日还没有公开，期限是 7 个工作日，到 2026-03-17"])],
)
def test_what_is_not_published_yet_is_a_warning_after_the_limit(
    as_of: str, messages: list[str], district: Path
) -> None:
    decision = changed("published_on: 2026-03-09\n", "")
    findings = found(district, one_case(RECEIVED, ACCEPTED, DECIDED, decision=decision), as_of=as_of)
    assert [(f.code, f.line, f.message, f.severity) for f in findings] == [
        ("K030", 14, message, Severity.WARNING) for message in messages
    ]


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        ("达川卫许[2026]12号", "请改为“达川卫许〔2026〕12号”。"),
        ("达川卫许(2026)12号", "请改为“达川卫许〔2026〕12号”。"),
        ("达川卫许（2026）12号", "请改为“达川卫许〔2026〕12号”。"),
        ("达川卫许【2026】12号", "请改为“达川卫许〔2026〕12号”。"),
        ("达川卫许〔2026〕第69号", "请改为“达川卫许〔2026〕69号”。"),
        ("达川卫许〔2026〕012号", "请改为“达川卫许〔2026〕12号”。"),
        ("卫许2026-12", "写成“达川卫许〔2026〕12号”的样子：年份用六角括号〔〕，序号前面不加“第”和 0。"),
    ],
)
def test_document_numbers(number: str, advice: str, district: Path) -> None:
    text = one_case(RECEIVED, ACCEPTED, DECIDED, decision=changed("达川卫许〔2026〕12号", f'"{number}"'))
    (finding,) = found(district, text)
    assert (finding.code, finding.line, finding.message, finding.help) == (
        "K027",
        16,
        f"决定文书号“{number}”的写法不对",
        advice,
    )


def test_a_document_number_used_twice(district: Path) -> None:
    other = "data/approvals/2026/2026-03-03.yml"
    events = ("2026-03-03, kind: 收件", ACCEPTED, DECIDED)
    text = one_case(*events, decision=GRANTED, date="2026-03-03", number="511703-20260303-0001")
    (district / other).write_text(text, encoding="utf-8")
    findings = found(district, one_case(RECEIVED, ACCEPTED, DECIDED, decision=GRANTED))
    assert [(f.path, *row) for f, row in zip(findings, told(findings), strict=True)] == [
        (other, "K028", 16, f"决定文书号“达川卫许〔2026〕12号”已经用在 {DAY} 第 16 行")
    ]


def test_what_is_not_shown_has_no_applicant_and_no_publication(district: Path) -> None:
    secrecy = "{kind: 个人隐私, basis: 《政府信息公开条例》第十五条}"
    events = (RECEIVED, ACCEPTED, DECIDED)
    secret = one_case(*events, decision=changed("published_on: 2026-03-09\n", ""), applicant="", secrecy=secrecy)
    assert found(district, secret) == []
    shown = one_case(*events, decision=GRANTED, secrecy=secrecy)
    assert told(found(district, shown)) == [
        ("K007", 9, "办件因个人隐私不公开，却写了申请人"),
        ("K029", 17, "办件因个人隐私不公开，却写了公开日期"),
    ]
