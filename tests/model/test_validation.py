"""What the model says about wrong data, and where."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.model.kinds import kind_of
from gongkai.model.validation import read_record
from support import BASE, ROOT, data_of, places

ITEM = BASE["item"]
VALID_ITEMS = sorted((ROOT / "data" / "items").rglob("*.yml"))


def read(text: str, path: str = ITEM):
    kind = kind_of(path)
    assert kind is not None
    return read_record(text.encode(), path, kind)


def replaced(old: str, new: str) -> str:
    text = (ROOT / "tests/fixtures/district" / ITEM).read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text.count(old))
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "code", "message", "help_text"),
    [
        ("type: 行政许可", "type: 行政审批", "S004", "“事项类型”不能填“行政审批”", "是不是“行政许可”？"),
        ("type: 行政许可\n", "", "S001", "缺少必填项“事项类型”（type）", ""),
        (
            "everyday_names:",
            "everyday_name:",
            "S002",
            "不认识的键“everyday_name”",
            "是不是 everyday_names（日常用语）？",
        ),
        ("conditions:", "受理条件:", "S002", "不认识的键“受理条件”", "“受理条件”对应的键是 conditions。"),
        (
            "version: 2",
            'version: "2"',
            "S003",
            "“事项版本”应当是整数，现在是文字“2”",
            "直接写数字，不加引号，不带单位。",
        ),
        ("version: 2", "version: 0", "S005", "“事项版本”是 0，超出范围", "最小 1。"),
        (
            'code: "510123001000"',
            "code: 510123001000",
            "S003",
            "“基本编码”应当是文字，现在是数字 510123001000",
            "请加引号",
        ),
        ('code: "510123001000"', 'code: "510199"', "S005", "“基本编码”“510199”的格式不对", "12 位"),
        (
            "updated_on: 2026-03-12",
            "updated_on: 2026年3月12日",
            "S005",
            "“更新日期”“2026年3月12日”不是日期",
            "2026-01-31",
        ),
        ("updated_on: 2026-03-12", "updated_on: 2026-02-30", "S005", "“更新日期”“2026-02-30”不是日期", "真实存在"),
        ("updated_on: 2026-03-12", "updated_on: 20260312", "S005", "“更新日期”“20260312”不是日期", ""),
        ("  charged: false", "  charged: 否", "S003", "“是否收费”应当是 true 或 false", "不加引号"),
        (
            "  url: https://www.sczwfw.gov.cn/",
            "  url: javascript:alert(1)",
            "S005",
            "“网办地址”“javascript:alert(1)”不是网址",
            "https://",
        ),
        (
            "themes:\n  personal: [准营准办]",
            "themes:\n  personal: [准营]",
            "S004",
            "“面向自然人”第 1 项不能填“准营”",
            "是不是“准营准办”？",
        ),
        (
            "summary: 开宾馆",
            'summary: " 开宾馆"\nx: 开宾馆',
            "S005",
            "“一句话说明”“ 开宾馆”的格式不对",
            "请删去开头和结尾的空格。",
        ),
    ],
)
def test_messages(old: str, new: str, code: str, message: str, help_text: str) -> None:
    _, findings = read(replaced(old, new))
    finding = next(f for f in findings if f.code == code)
    assert finding.message.startswith(message)
    assert help_text in finding.help


def test_all_faults_are_reported_at_once() -> None:
    text = (
        replaced("type: 行政许可", "type: 行政审批")
        .replace("version: 2", "version: 二")
        .replace("kind: 送达", "kind: 送")
    )
    _, findings = read(text)
    assert [f.code for f in findings] == ["S004", "S003", "S004"]
    lines = text.splitlines()
    assert ["行政审批" in lines[findings[0].line - 1], "二" in lines[findings[1].line - 1]] == [True, True]


def test_a_missing_key_points_at_its_parent() -> None:
    text = replaced("  count: 0\n", "  reason: 不填次数\n")
    _, findings = read(text)
    assert [(f.code, text.splitlines()[f.line - 1]) for f in findings] == [("S001", "visits:")]


def test_an_unknown_key_points_at_the_key() -> None:
    text = replaced("  depth: Ⅳ级", "  deepness: Ⅳ级")
    _, findings = read(text)
    line = text.splitlines()[findings[0].line - 1]
    assert line.strip() == "deepness: Ⅳ级" and findings[0].column == 3


def _scalars(text: str) -> list[tuple[int, int, int, int]]:
    """Return (line, column, start, end) of every value that is a scalar on one line."""
    found, expecting_value = [], []
    for event in yaml.parse(text):
        if isinstance(event, yaml.MappingStartEvent):
            expecting_value.append(["map", True])
        elif isinstance(event, yaml.SequenceStartEvent):
            expecting_value.append(["list", False])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            expecting_value.pop()
        elif isinstance(event, yaml.ScalarEvent):
            if expecting_value[-1] == ["map", True]:
                expecting_value[-1][1] = False
                continue
            start, end = event.start_mark, event.end_mark
            if start.line == end.line:
                found.append((start.line + 1, start.column + 1, start.index, end.index))
        if not isinstance(event, yaml.ScalarEvent) and not isinstance(
            event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        ):
            continue
        if expecting_value and expecting_value[-1][0] == "map":
            expecting_value[-1][1] = True
    return found


@settings(max_examples=300)
@given(st.data())
def test_the_reported_line_is_the_line_of_the_changed_leaf(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(VALID_ITEMS))
    text = path.read_text(encoding="utf-8")
    line, column, start, end = data.draw(st.sampled_from(_scalars(text)))
    wrong = data.draw(st.sampled_from(["{zzz: 1}", "[1, 2]", '""', "{}"]))
    relative = path.relative_to(ROOT).as_posix()
    record, findings = read(text[:start] + wrong + text[end:], relative)
    assert record is None
    assert [(f.line, f.column) for f in findings] == [(line, column)]


@settings(max_examples=60)
@given(st.sampled_from(VALID_ITEMS), st.integers(0, 10**6), st.integers(0, 3))
def test_a_changed_closed_value_is_reported_at_its_line(path: Path, pick: int, kind: int) -> None:
    key = ("type", "handling", "updated_on", "department")[kind]
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    number = next(n for n, content in enumerate(lines) if content.startswith(f"{key}: "))
    lines[number] = f"{key}: 错{pick}\n"
    _, findings = read("".join(lines), path.relative_to(ROOT).as_posix())
    assert number + 1 in {f.line for f in findings}


def test_dates_are_dates() -> None:
    record, findings = read((ROOT / ITEM).read_text(encoding="utf-8"))
    assert findings == []
    assert record is not None and record.updated_on == datetime.date(2026, 3, 12)


@pytest.mark.parametrize("text", ["[]", "一句话", "12", "- a\n- b\n"])
def test_a_file_that_is_no_record(text: str) -> None:
    _, findings = read(f"# yaml-language-server: $schema=../../../schema/item.json\n{text}\n")
    assert [f.code for f in findings] == ["S003"]
    assert places(findings)[0][2] == 2


def test_the_base_records_are_what_they_say() -> None:
    for name, path in BASE.items():
        if name == "page":
            continue
        kind = kind_of(path)
        assert kind is not None and kind.name == name
        assert data_of((ROOT / "tests/fixtures/district" / path).read_text(encoding="utf-8"))
