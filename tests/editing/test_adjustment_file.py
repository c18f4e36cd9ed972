"""Adjustments are written in the style of data/, and say what they were given."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai.editing.adjustment_file import adjustment_path, adjustment_text, new_adjustment, next_adjustment_id
from gongkai.loading import load
from gongkai.model.adjustment import Adjustment
from gongkai.model.kinds import kind_of
from gongkai.model.validation import read_record
from gongkai.reading.yaml_text import read_yaml

RENAMED: dict[str, Any] = {
    "changes": [
        {
            "name": "公共场所卫生许可",
            "kind": "更名",
            "version": 3,
            "item": "510123001000",
            "organization": None,
            "previous_effective_on": datetime.date(2025, 7, 1),
            "elements": [
                {"new": "公共场所卫生许可", "path": "name", "old": "公共场所卫生许可证核发"},
                {"path": "time_limits.promised", "old": {"value": 8, "unit": "工作日"}, "new": {"unit": "即时"}},
                {"path": "conditions", "new": ["年满 80 周岁", "4 年以上：含 4 年"], "old": []},
                {"path": "online.url", "new": None, "old": "https://www.sczwfw.gov.cn/"},
            ],
        }
    ],
    "id": "2026-009",
    "note": "名称改短了。\n办理条件、材料和时限不变。",
    "demonstration": True,
    "basis": "国办发〔2022〕2号",
    "effective_on": "2026-06-01",
    "published_on": "2026-06-02",
}
EXPECTED = """\
# yaml-language-server: $schema=../../../schema/adjustment.json
id: "2026-009"
demonstration: true
effective_on: 2026-06-01
published_on: 2026-06-02
basis: 国办发〔2022〕2号
note: |-
  名称改短了。
  办理条件、材料和时限不变。
changes:
  - kind: 更名
    item: "510123001000"
    name: 公共场所卫生许可
    version: 3
    previous_effective_on: 2025-07-01
    elements:
      - path: name
        old: 公共场所卫生许可证核发
        new: 公共场所卫生许可
      - path: time_limits.promised
        old:
          value: 8
          unit: 工作日
        new:
          unit: 即时
      - path: conditions
        old: []
        new:
          - 年满 80 周岁
          - 4 年以上：含 4 年
      - path: online.url
        old: https://www.sczwfw.gov.cn/
"""


def test_the_text_is_in_the_style_of_the_data() -> None:
    assert adjustment_text(RENAMED) == EXPECTED


def test_the_text_is_a_valid_record() -> None:
    path = adjustment_path("2026-009")
    kind = kind_of(path)
    assert kind is not None
    record, findings = read_record(EXPECTED.encode(), path, kind)
    assert findings == []
    assert record is not None


@pytest.mark.parametrize(
    ("existing", "identity"),
    [([], "2026-001"), (["2026-001", "2026-008", "2025-120"], "2026-009"), (["2025-999"], "2026-001")],
)
def test_ids_count_up_within_a_year(existing: list[str], identity: str) -> None:
    assert next_adjustment_id(existing, 2026) == identity


def test_a_year_has_999_numbers() -> None:
    assert next_adjustment_id(["2026-998"], 2026) == "2026-999"
    with pytest.raises(ValueError, match="2026 年的动态调整编号已经用到 999 号"):
        next_adjustment_id(["2026-999"], 2026)


def test_the_path_is_in_the_folder_of_the_year() -> None:
    assert adjustment_path("2026-009") == "data/adjustments/2026/2026-009.yml"


def test_what_is_no_id_has_no_file() -> None:
    with pytest.raises(ValueError, match=r"“\.\./2026”不是动态调整的编号"):
        adjustment_text(RENAMED | {"id": "../2026"})


@pytest.mark.parametrize("value", [object(), float("inf"), {1: "a"}])
def test_what_yaml_cannot_hold_is_refused(value: Any) -> None:
    elements = [{"path": "fees", "old": value}]
    with pytest.raises(TypeError):
        adjustment_text(RENAMED | {"changes": [{"elements": elements}]})


TRICKY = st.sampled_from(
    (
        *("no", "Yes", "~", "null", "1", "-1", "0x1f", "1e5", "012", "12:30:45", "1_000", "．５", "2026-01-31", "a: b"),
        *("a #b", "- a", "---", "...", "name：某", "[a]", "{a", "*a", "&a", "!a", "%a", "@a", "a:", "=", "<<"),
        *("'", '"', "\\", "”a“", "4 年", "-年", "a\nb", "a\n\n  b", " a\nb", "a \nb", "a\r\nb", "a\tb"),
        *("\u3000a", "a\u200b", "\ufeffa", "a\x85b", "𠮷\U000e0001"),
    )
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e6, 1e6).filter(lambda number: number == 0 or abs(number) > 1e-3),
    st.text(max_size=30),
    TRICKY,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.text(min_size=1, max_size=8), TRICKY), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(old=VALUES.filter(lambda v: v is not None), note=st.one_of(st.text(), TRICKY), basis=TRICKY)
def test_reading_gives_back_what_was_written(old: Any, note: str, basis: str) -> None:
    change = {"kind": "修改", "item": "510123001000", "name": "某事项", "elements": [{"path": "fees", "old": old}]}
    data = {"id": "2026-001", "basis": basis, "note": note, "changes": [change]}
    text = adjustment_text(data)
    document = read_yaml(text.encode(), "example.yml")
    assert document.data == data
    # Another reader, which takes other words for true and other numbers for numbers, reads the same.
    assert json.loads(json.dumps(yaml.safe_load(text), default=str)) == data


def test_a_new_record_counts_after_what_cannot_be_read_too(district: Path) -> None:
    (district / "data/adjustments/2025/2025-007.yml").write_text("a: [", encoding="utf-8")
    catalogue, _ = load(district)
    day = datetime.date(2025, 3, 1)
    changes = [{"kind": "新增", "item": "510123001000", "name": "一件事", "version": 1}]
    path, change = new_adjustment(
        catalogue, changes, effective_on=day, published_on=day, basis="某文件〔2025〕1号", note="说明。"
    )
    assert path == "data/adjustments/2025/2025-008.yml" and change.before is None
    kind = kind_of(path)
    assert kind is not None
    record, findings = read_record(change.after, path, kind)
    assert findings == [] and isinstance(record, Adjustment)
    assert (record.id, record.demonstration, record.basis) == ("2025-008", True, "某文件〔2025〕1号")
