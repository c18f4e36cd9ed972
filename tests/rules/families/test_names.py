"""Names that differ from the catalogue's, lists that lack something or have too much."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import BASE, change_record, check

NAME = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
PERMIT, ALLOWANCE = "510123001000", "512011001000"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (NAME.replace("（", "(").replace("）", ")"), "与区级目录不一致（半角括号）：“(”应为“（”，“)”应为“）”"),
        (NAME.replace("、", ","), "与区级目录不一致"),
        ("公共场所卫生许可证核发", "“公共场所卫生许可证核发”是曾用名，2022-06-01 起停用（依据：国办发〔2022〕2号）"),
        (NAME + "（县级）", "与区级目录不一致（多了或少了层级说明）：多了“（县级）”"),
    ],
)
@pytest.mark.parametrize("level", ["departments/weijian", "towns/tingzi", "villages/511703100001"])
def test_a_name_must_equal_the_catalogue_at_every_level(name: str, message: str, level: str, district: Path) -> None:
    path = f"data/listings/{level}.yml"
    code, given = (PERMIT, name) if level.startswith("departments") else (ALLOWANCE, name)
    if level.startswith("departments"):
        change_record(district, path, entries=[{"code": code, "name": given}])
        found = check(district)
        assert [f.code for f in found] == ["N001"]
        assert message in found[0].message and found[0].help == f"请改为“{NAME}”。"
        assert given in (district / path).read_text(encoding="utf-8").splitlines()[found[0].line - 1]
    else:
        change_record(district, path, entries=[{"code": code, "name": given}])
        assert "N001" in {f.code for f in check(district)}


@pytest.mark.parametrize("level", ["departments/weijian", "towns/tingzi", "villages/511703100001"])
def test_a_missing_item_is_named(level: str, district: Path) -> None:
    change_record(district, f"data/listings/{level}.yml", entries=[])
    found = [f for f in check(district) if f.path == f"data/listings/{level}.yml"]
    assert {f.code for f in found} == {"N003"}
    assert all("缺少" in f.message for f in found)


def test_a_cancelled_item_is_not_published(district: Path) -> None:
    cancellation = {"on": "2026-06-01", "basis": "国办发〔2022〕2号", "note": "改为备案，不再审批"}
    change_record(district, BASE["item"], status="取消", cancellation=cancellation)
    found = check(district)
    assert {f.code for f in found} == {"N004"}
    assert all("的状态是“取消”，不能再公布" in f.message for f in found)


def test_a_cancellation_waits_for_its_day(district: Path) -> None:
    cancellation = {"on": "2999-01-01", "basis": "国办发〔2022〕2号", "note": "改为备案，不再审批"}
    change_record(district, BASE["item"], status="取消", cancellation=cancellation)
    assert "取消日期 2999-01-01 还没有到" in {f.message for f in check(district) if f.code == "V007"}


def test_an_item_of_another_department_is_not_published(district: Path) -> None:
    entries = [{"code": PERMIT, "name": NAME}, {"code": ALLOWANCE, "name": "80周岁以上老年人高龄津贴发放"}]
    window = {"place": "卫生健康局窗口", "address": "演示路 1 号", "hours": "工作日 9:00—17:00"}
    change_record(district, BASE["listing"], entries=entries, window=window)
    assert [(f.code, f.message) for f in check(district)] == [
        ("N004", "区级目录没有规定由这里受理“80周岁以上老年人高龄津贴发放”")
    ]


def test_two_items_of_one_name(district: Path) -> None:
    change_record(district, "data/items/minzheng/512011001000.yml", name=NAME)
    found = check(district)
    assert [f.message for f in found if f.code == "N002"] == [f"名称“{NAME}”已经是事项 {ALLOWANCE} 的"]
