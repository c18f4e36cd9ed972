"""Changed elements in full, as the page of an adjustment shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.catalogue import Catalogue
from gongkai.loading import load
from gongkai.model.adjustment import AdjustmentChange
from gongkai.model.item import Item
from gongkai.publishing.changed_elements import ShownElement, shown_elements
from support import DISTRICT

CODE = "510123001000"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(DISTRICT)[0]


def shown(catalogue: Catalogue, *elements: tuple[str, Any, Any]) -> list[ShownElement]:
    rows = [{"path": path, "old": old, "new": new} for path, old, new in elements]
    data = {"kind": "要素变更", "item": CODE, "name": "名称", "version": 2, "elements": rows}
    return shown_elements(AdjustmentChange.model_validate(data), Item, catalogue.items[CODE], catalogue)


def sides(element: ShownElement) -> tuple[str, list[str], list[str]]:
    return element.title, [line.text for line in element.old], [line.text for line in element.new]


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (("time_limits.promised.value", 10, 8), ("承诺时限", ["10 个工作日"], ["8 个工作日"])),
        (("express_delivery", False, True), ("是否支持物流快递", ["否"], ["是"])),
        (("appointment", None, True), ("是否支持预约办理", ["否"], ["是"])),
        (("status", None, "取消"), ("事项状态", ["在用"], ["取消"])),
        (("quantity_limit", None, "每年 10 个"), ("数量限制", [], ["每年 10 个"])),
        (("department", "weijian", "minzheng"), ("业务主管部门", ["区卫生健康局"], ["区民政局"])),
        (("authority.organization", "weijian", "towns"), ("实施主体", ["区卫生健康局"], ["各乡镇（街道）"])),
        (("conditions", ["甲"], ["甲", "乙"]), ("受理条件", ["甲"], ["甲", "乙"])),
        (
            ("legal_basis", [{"law": "minfadian", "article": "第一条", "content": "内容"}], [{"law": "gone"}]),
            ("设定依据", ["《中华人民共和国民法典》第一条：内容"], ["gone"]),
        ),
        (
            ("acceptance", [{"level": "区", "role": "受理并办结"}], [{"level": "乡镇", "organizations": ["tingzi"]}]),
            ("受理层级", ["区（职责：受理并办结）"], ["乡镇（限于：亭子镇）"]),
        ),
        (
            ("cancellation", None, {"on": "2026-03-02", "note": "改为备案。", "replaced_by": ["512011001000"]}),
            ("取消信息", [], ["取消日期：2026年3月2日；说明：改为备案；转到：80周岁以上老年人高龄津贴发放"]),
        ),
        (("no.such", {"x": [1, None]}, "2026-99-99"), ("no.such", ["x：1、没有"], ["2026-99-99"])),
    ],
)
def test_an_element(
    element: tuple[str, Any, Any], expected: tuple[str, list[str], list[str]], catalogue: Catalogue
) -> None:
    assert [sides(e) for e in shown(catalogue, element)] == [expected]


def test_what_stands_on_both_sides_is_not_marked(catalogue: Catalogue) -> None:
    (element,) = shown(catalogue, ("conditions", ["甲", "乙", "丙"], ["甲", "新", "丙"]))
    assert [line.changed for line in element.old] == [line.changed for line in element.new] == [False, True, False]


def test_nothing_is_cut(catalogue: Catalogue) -> None:
    (element,) = shown(catalogue, ("penalty_range", "长" * 900, None))
    assert sides(element)[1] == ["长" * 900]


def test_a_step_with_its_limit(catalogue: Catalogue) -> None:
    step = {"kind": "审查", "limit": {"value": 5, "unit": "工作日", "note": "遇节假日顺延"}, "counted": False}
    (element,) = shown(catalogue, ("procedure", [step], []))
    assert sides(element)[1] == ["审查（环节时限：5 个工作日（遇节假日顺延）；是否计入办结时限：否）"]


def test_hostile_values_are_shown_and_no_crash(catalogue: Catalogue, tmp_path: Path) -> None:
    values = [{"law": ["x"]}, {"value": "x", "unit": 3}, [[["x"]]], {"kind": {"name": None}}, 1.5, {}, []]
    for value in values:
        for path in ("legal_basis", "time_limits.promised", "procedure", "name", "acceptance"):
            assert len(shown(catalogue, (path, value, value))) == 1
