"""Bad supervision records: each is a finding at its line; what is overdue is a warning."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from gongkai.finding import Finding, Severity
from support import BASE, check

EXPOSURE = """\
# yaml-language-server: $schema=../../../schema/exposure.json
id: 2026-001
published_on: 2026-04-20
organization: tingzi
items:
  - {code: "512011001000", name: 80周岁以上老年人高龄津贴发放}
inspection: 2026-001
method: 日常检查
found_by: weijian
found_on: 2026-04-09
problem: 办事指南没有写监督电话。
demand: 按区级目录重新张贴。
deadline: 2026-05-20
progress:
  - {on: 2026-04-28, note: 已经重新印制。}
  - {on: 2026-05-06, note: 张贴了一半。}
closure:
  on: 2026-05-12
  confirmed_by: weijian
  result: 已经重新张贴。
"""
INSPECTION = """\
# yaml-language-server: $schema=../../../schema/inspection.json
id: 2026-001
published_on: 2026-04-20
title: 2026年第一季度窗口服务检查
method: 日常检查
inspectors: [weijian]
started_on: 2026-04-08
ended_on: 2026-04-10
organizations: [tingzi]
summary: 抽查了便民服务中心的公示内容。
"""
INTERVIEW = """\
# yaml-language-server: $schema=../../../schema/interview.json
id: 2026-001
published_on: 2026-04-30
kind: 约谈
on: 2026-04-27
by: weijian
organization: tingzi
exposures: [2026-001]
matter: 便民服务中心办事指南公示不完整。
outcome: 要求两周内改正。
"""
APPRAISAL = """\
# yaml-language-server: $schema=../../../schema/appraisal.json
id: 2026-001
published_on: 2026-07-10
title: 2026年上半年政务服务“好差评”结果
subject: 单位
by: weijian
started_on: 2026-01-01
ended_on: 2026-06-30
results:
  - {organization: weijian, score: 99.2, ratings: 420, dissatisfied: 1}
  - {organization: tingzi, score: 98.5, ratings: 133, dissatisfied: 2}
"""
TEXTS = {"exposure": EXPOSURE, "inspection": INSPECTION, "interview": INTERVIEW, "appraisal": APPRAISAL}


def found(district: Path, kind: str, text: str, as_of: str = "2026-11-23") -> list[Finding]:
    """The findings of a project whose supervision records are the ones above, one of them replaced."""
    for name, valid in TEXTS.items():
        (district / BASE[name]).write_text(text if name == kind else valid, encoding="utf-8")
    findings = check(district, as_of=datetime.date.fromisoformat(as_of))
    return [finding for finding in findings if finding.path == BASE[kind] and finding.code[0] == "U"]


def test_the_records_above_are_valid(district: Path) -> None:
    for kind, text in TEXTS.items():
        assert found(district, kind, text) == []


FAULTS = [
    ("exposure", "organization: tingzi", "organization: tingzhi", "U001", 4, "被曝光单位“tingzhi”没有登记"),
    ("exposure", "found_by: weijian", "found_by: weijain", "U001", 9, "发现单位“weijain”没有登记"),
    ("exposure", "confirmed_by: weijian", "confirmed_by: weijain", "U001", 19, "核实单位“weijain”没有登记"),
    ("exposure", "inspection: 2026-001", "inspection: 2026-010", "U002", 7, "检查“2026-010”没有登记"),
    (
        "exposure",
        "found_on: 2026-04-09",
        "found_on: 2026-04-21",
        "U007",
        10,
        "发现日期 2026-04-21 晚于公布日期 2026-04-20",
    ),
    (
        "exposure",
        "found_on: 2026-04-09",
        "found_on: 2026-04-07",
        "U007",
        10,
        "发现日期 2026-04-07 早于检查 2026-001 的开始日期 2026-04-08",
    ),
    (
        "exposure",
        "deadline: 2026-05-20",
        "deadline: 2026-04-19",
        "U007",
        13,
        "整改期限 2026-04-19 早于公布日期 2026-04-20",
    ),
    ("exposure", "on: 2026-04-28", "on: 2026-04-01", "U008", 15, "整改进展的日期 2026-04-01 早于发现日期 2026-04-09"),
    (
        "exposure",
        "on: 2026-05-06",
        "on: 2026-04-27",
        "U008",
        16,
        "整改进展的日期 2026-04-27 早于前一条进展的 2026-04-28",
    ),
    ("exposure", "on: 2026-05-06", "on: 2026-05-13", "U008", 16, "整改进展的日期 2026-05-13 晚于销号日期 2026-05-12"),
    ("exposure", "on: 2026-05-12", "on: 2026-11-24", "U006", 18, "销号日期 2026-11-24 还没有到"),
    ("inspection", "[tingzi]", "[tingzi, tingzi]", "U012", 9, "“tingzi”在前面已经写过"),
    (
        "inspection",
        "ended_on: 2026-04-10",
        "ended_on: 2026-04-07",
        "U004",
        8,
        "结束日期 2026-04-07 早于开始日期 2026-04-08",
    ),
    (
        "inspection",
        "ended_on: 2026-04-10",
        "ended_on: 2026-04-21",
        "U004",
        3,
        "公布日期 2026-04-20 早于结束日期 2026-04-21",
    ),
    ("interview", "[2026-001]", "[2026-002]", "U003", 8, "曝光“2026-002”没有登记"),
    ("interview", "[2026-001]", "[2026-001, 2026-001]", "U012", 8, "“2026-001”在前面已经写过"),
    (
        "interview",
        "\non: 2026-04-27",
        "\non: 2026-04-08",
        "U003",
        5,
        "约谈的日期 2026-04-08 早于曝光 2026-001 发现问题的 2026-04-09",
    ),
    ("interview", "2026-04-30", "2026-04-26", "U013", 3, "公布日期 2026-04-26 早于约谈的日期 2026-04-27"),
    ("interview", "2026-04-30", "2026-11-24", "U006", 3, "公布日期 2026-11-24 还没有到"),
    ("appraisal", "by: weijian", "by: weishengju", "U001", 6, "测评单位“weishengju”没有登记"),
    ("appraisal", "dissatisfied: 2}", "dissatisfied: 134}", "U010", 11, "不满意 134 件，多于评价的 133 件"),
    (
        "appraisal",
        "ended_on: 2026-06-30",
        "ended_on: 2025-06-30",
        "U005",
        8,
        "结束日期 2025-06-30 早于开始日期 2026-01-01",
    ),
    ("appraisal", "organization: tingzi", "organization: weijian", "U012", 11, "“weijian”在前面已经写过"),
    ("appraisal", "tingzi, score", "tingzi, window: 一号窗口, score", "U011", 11, "测评对象是单位，却写了窗口"),
]


@pytest.mark.parametrize(("kind", "old", "new", "code", "line", "message"), FAULTS)
def test_faults(kind: str, old: str, new: str, code: str, line: int, message: str, district: Path) -> None:
    assert TEXTS[kind].count(old) == 1
    findings = found(district, kind, TEXTS[kind].replace(old, new))
    assert [(f.code, f.line, f.message) for f in findings] == [(code, line, message)]


def test_a_closure_before_the_fault_was_found(district: Path) -> None:
    text = EXPOSURE.replace("on: 2026-05-12", "on: 2026-04-01")
    messages = [(f.code, f.line, f.message) for f in found(district, "exposure", text)]
    assert ("U008", 18, "销号日期 2026-04-01 早于发现日期 2026-04-09") in messages


def test_an_unknown_item_is_found_by_its_name(district: Path) -> None:
    findings = found(district, "exposure", EXPOSURE.replace("512011001000", "512011009000"))
    (mine,) = [f for f in findings if f.code == "U002"]
    assert (mine.line, mine.message, mine.help) == (
        6,
        "事项“512011009000”没有登记",
        "区级目录里“80周岁以上老年人高龄津贴发放”的编码是 512011001000。",
    )


def test_windows_must_be_named(district: Path) -> None:
    findings = found(district, "appraisal", APPRAISAL.replace("subject: 单位", "subject: 窗口"))
    assert [(f.code, f.line, f.message) for f in findings] == [
        ("U011", 10, "测评对象是窗口，没有写窗口（window）"),
        ("U011", 11, "测评对象是窗口，没有写窗口（window）"),
    ]


def test_two_windows_of_one_organization_are_two(district: Path) -> None:
    text = APPRAISAL.replace("subject: 单位", "subject: 窗口")
    text = text.replace("tingzi, score", "weijian, window: 二号窗口, score")
    text = text.replace("weijian, score", "weijian, window: 一号窗口, score")
    assert found(district, "appraisal", text) == []


OPEN = EXPOSURE.split("closure:")[0]
WARNING = "整改期限 2026-05-20 已过 {} 个工作日，没有销号，期限过后也没有整改进展"


@pytest.mark.parametrize(("as_of", "days"), [("2026-05-20", None), ("2026-05-21", 1), ("2026-05-25", 3)])
def test_a_fault_past_its_deadline_without_progress_is_a_warning(as_of: str, days: int | None, district: Path) -> None:
    findings = [f for f in found(district, "exposure", OPEN, as_of) if f.code == "U009"]
    expected = [] if days is None else [(13, WARNING.format(days), Severity.WARNING)]
    assert [(f.line, f.message, f.severity) for f in findings] == expected


def test_progress_after_the_deadline_is_an_answer(district: Path) -> None:
    late = OPEN + "  - {on: 2026-05-22, note: 还差两个村没有张贴。}\n"
    assert found(district, "exposure", late) == []


def test_a_broken_inspection_is_no_second_fault_of_its_exposures(district: Path) -> None:
    (district / BASE["inspection"]).write_text("id: [", encoding="utf-8")
    findings = [f for f in check(district) if f.path.startswith("data/supervision/")]
    assert [(f.code, f.path) for f in findings] == [("Y011", BASE["inspection"])]
