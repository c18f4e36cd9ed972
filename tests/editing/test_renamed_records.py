"""The records of what is renamed: the layout of their files, their former names, their versions."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from pathlib import Path

import pytest

from editing.renamed import (
    BASIS,
    CODE,
    NEW,
    OLD,
    ON,
    OTHER,
    OTHER_ITEM,
    TOWN_LISTING,
    kinds,
    read,
    rename,
    replace,
)
from gongkai.editing.changeset import write
from gongkai.editing.rename import plan
from gongkai.editing.renaming import Request
from gongkai.loading import load
from gongkai.versions.history import organization_as_of, rebuild
from support import AS_OF, BASE, change_record, check, data_of


def test_former_names_stay_in_the_order_of_time(district: Path) -> None:
    names = [
        {"name": f"许可名称{sign}", "until": f"20{n}-01-01", "basis": f"{n}号"} for n, sign in ((11, "甲"), (12, "乙"))
    ]
    change_record(district, BASE["item"], former_names=names)
    rename(district, name="许可名称甲")
    found = data_of(read(district, BASE["item"]))["former_names"]
    assert [former["name"] for former in found] == ["许可名称乙", OLD]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("former_names:\n", "# 上面的注释\nformer_names:  # 旁边的注释\n", f"    basis: {BASIS}\n"),
        (f"name: {OLD}\n", f'name: "{OLD}"  # 名称\n', f'name: "{NEW}"  # 名称\n'),
        (f"name: {OLD}\n", f"name: '{OLD}'\n", f"name: '{NEW}'\n"),
        (f"name: {OLD}\n", f"name: |-\n  {OLD}\n", f"name: {NEW}\nformer_names:\n"),
        (f"name: {OLD}\n", f"name:   {OLD}   # 名称\n", f"name:   {NEW}   # 名称\n"),
        (
            "former_names:\n  - name: 公共场所卫生许可证核发\n    until: 2022-06-01\n    basis: 国办发〔2022〕2号\n",
            "",
            f"name: {NEW}\nformer_names:\n  - name: {OLD}\n    until: 2026-11-01\n    basis: {BASIS}\neveryday_names:\n",
        ),
        (
            "former_names:\n  - name: 公共场所卫生许可证核发\n    until: 2022-06-01\n    basis: 国办发〔2022〕2号\n",
            "former_names: []  # 没有\n",
            f"former_names: [{{name: {OLD}, until: 2026-11-01, basis: {BASIS}}}]  # 没有\n",
        ),
        (
            "former_names:\n  - name: 公共场所卫生许可证核发\n    until: 2022-06-01\n    basis: 国办发〔2022〕2号\n",
            "former_names:\n- basis: 国办发〔2022〕2号 # 依据\n  name: 公共场所卫生许可证核发\n  until: 2022-06-01 # 日期\n# 完\n",
            f"# 日期\n- name: {OLD}\n  until: 2026-11-01\n  basis: {BASIS}\n# 完\n",
        ),
        (
            "former_names:\n  - name: 公共场所卫生许可证核发\n    until: 2022-06-01\n    basis: 国办发〔2022〕2号\n",
            "former_names: [{name: 公共场所卫生许可证核发, until: 2022-06-01, basis: 国办发〔2022〕2号}] # 完\n",
            f"2号}}, {{name: {OLD}, until: 2026-11-01, basis: {BASIS}}}] # 完\n",
        ),
    ],
)
def test_comments_and_layout_stay(old: str, new: str, expected: str, district: Path) -> None:
    replace(district, BASE["item"], old, new)
    comments = re.findall("#.*", read(district, BASE["item"]))
    rename(district)
    after = read(district, BASE["item"])
    if "|-" not in new:
        assert expected in after
    assert data_of(after)["name"] == NEW
    assert re.findall("#.*", after) == comments


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_stay(ending: str, district: Path) -> None:
    for path in (BASE["item"], TOWN_LISTING):
        (district / path).write_bytes(read(district, path).replace("\n", ending).encode())
    rename(district)
    for path in (BASE["item"], TOWN_LISTING):
        after = read(district, path)
        assert after.count("\n") == after.count(ending) * (ending == "\r\n")
        assert NEW in after


def test_files_written_as_json_are_changed_too(district: Path) -> None:
    change_record(district, BASE["item"], former_names=None)
    change_record(district, BASE["listing"])
    rename(district)
    assert f'"name": "{NEW}", "former_names": [{{"name": "{OLD}", "until"' in read(district, BASE["item"])
    assert f'"name": "{NEW}"' in read(district, BASE["listing"])


def test_an_item_of_whose_substance_the_name_is_gets_a_new_version(district: Path) -> None:
    replace(district, OTHER_ITEM, "  - 具有达川区户籍\n", f"  - 没有{OLD}\n")
    replace(district, OTHER_ITEM, "version: 1\n", "version: 2\n")
    record = {
        "effective_on": "2025-01-01",
        "published_on": "2025-01-02",
        "basis": "某号",
        "note": "改了条件。",
        "changes": [
            {
                "kind": "要素变更",
                "item": OTHER,
                "name": "80周岁以上老年人高龄津贴发放",
                "version": 2,
                "previous_effective_on": "2024-01-01",
                "elements": [{"path": "conditions", "new": data_of(read(district, OTHER_ITEM))["conditions"]}],
            }
        ],
    }
    path = "data/adjustments/2025/2025-009.yml"
    (district / path).parent.mkdir(parents=True, exist_ok=True)
    change = {"id": "2025-009", **record}
    (district / path).write_text(
        "# yaml-language-server: $schema=../../../schema/adjustment.json\n{}\n", encoding="utf-8"
    )
    change_record(district, path, **change)
    made = rename(district)
    assert made.record is not None
    changes = data_of(read(district, made.record))["changes"]
    assert [(change["kind"], change["item"], change["version"]) for change in changes] == [
        ("更名", CODE, 3),
        ("要素变更", OTHER, 3),
    ]
    catalogue, _ = load(district)
    history = rebuild(catalogue.items[OTHER], catalogue.adjustments.values())
    assert history.obstacle is None
    assert [version.item.conditions[:1] for version in history.versions] == [[f"没有{NEW}"], [f"没有{OLD}"], []]


def test_an_organization_is_renamed_with_its_short_name(district: Path) -> None:
    page = "---\ntitle: 说明\n---\n\n区卫生健康局就是达州市达川区卫生健康局，[[department:weijian|区卫生健康局]]。\n"
    (district / "content/a.md").write_text(page, encoding="utf-8")
    new, short = "达州市达川区卫生健康委员会", "区卫生健康委员会"
    made = rename(district, "weijian", new, short_name=short)
    data = data_of(read(district, BASE["department"]))
    assert (data["name"], data["short_name"]) == (new, short)
    assert [former["name"] for former in data["former_names"]] == [
        "达州市达川区卫生和计划生育局",
        "达州市达川区卫生健康局",
    ]
    assert data["complaint"]["window"] == "区卫生健康委员会办公室（演示地址）"
    assert "actor: 区卫生健康委员会行政审批股\n" in read(district, BASE["item"])
    assert read(district, "content/a.md") == page.replace("卫生健康局", "卫生健康委员会")
    assert made.record is not None
    change, other = data_of(read(district, made.record))["changes"]
    assert (other["kind"], other["item"], other["version"]) == ("要素变更", CODE, 3)
    assert [element["path"] for element in other["elements"]] == ["procedure", "result.specimen"]
    assert change == {
        "kind": "更名",
        "organization": "weijian",
        "name": new,
        "elements": [
            {"path": "name", "old": "达州市达川区卫生健康局", "new": new},
            {"path": "short_name", "old": "区卫生健康局", "new": short},
        ],
    }
    catalogue, _ = load(district)
    earlier = organization_as_of(
        catalogue.departments["weijian"], catalogue.adjustments.values(), datetime.date(2026, 1, 1)
    )
    assert earlier.name == "达州市达川区卫生健康局"
    assert plan(district, Request("weijian", new, ON, BASIS, short_name=short), AS_OF).changes == {}


def test_an_organization_takes_back_its_former_name(district: Path) -> None:
    """The record of the first renaming says the name that is over again; those were the names of its day."""
    new, old = "达州市达川区卫生健康委员会", "达州市达川区卫生健康局"
    rename(district, "weijian", new, short_name="区卫生健康委员会")
    day = datetime.date(2026, 11, 20)
    request = Request("weijian", old, day, BASIS, short_name="区卫生健康局")
    write(district, plan(district, request, day).changes)
    data = data_of(read(district, BASE["department"]))
    assert (data["name"], data["short_name"]) == (old, "区卫生健康局")
    assert [f["name"] for f in data["former_names"]] == ["达州市达川区卫生和计划生育局", new]


def test_a_town_is_renamed(district: Path) -> None:
    rename(district, "tingzi", "达州市达川区亭子街道办事处", short_name="亭子街道")
    data = data_of(read(district, BASE["town"]))
    assert data["former_names"] == [{"name": "达州市达川区亭子镇人民政府", "until": "2026-11-01", "basis": BASIS}]
    assert data_of(read(district, TOWN_LISTING))["window"]["place"] == "亭子街道便民服务中心综合窗口"


def test_a_listing_with_a_wrong_name_gets_the_new_one(district: Path) -> None:
    before = kinds(check(district))
    replace(district, TOWN_LISTING, f"name: {OLD}\n", "name: 卫生许可  # 待核对\n")
    made = plan(district, Request(CODE, NEW, ON, BASIS), AS_OF)
    write(district, made.changes)
    assert f"name: {NEW}  # 待核对\n" in read(district, TOWN_LISTING)
    assert not Counter(kinds(check(district))) - Counter(before)
