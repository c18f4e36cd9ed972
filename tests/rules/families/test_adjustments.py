"""A: adjustment records, beyond the examples of the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.finding import Finding
from gongkai.loading import load
from gongkai.rules.families.since import Between, since_findings
from support import BASE, DISTRICT, change_record, check, data_of, write_record

RECORD = BASE["adjustment"]


def change(root: Path, **update: Any) -> None:
    """Change keys of the record's only change; None takes one out."""
    data = data_of((root / RECORD).read_text(encoding="utf-8"))
    merged = data["changes"][0] | update
    data["changes"] = [{key: value for key, value in merged.items() if value is not None}]
    write_record(root, RECORD, data)


def add(root: Path, identity: str, *changes: dict[str, Any], on: str = "2026-03-01") -> None:
    """Write one more record."""
    data = {
        "id": identity,
        "effective_on": on,
        "published_on": on,
        "basis": "达川府办函〔2026〕18号",
        "note": "调整了办理的要求。",
        "changes": list(changes),
    }
    write_record(root, f"data/adjustments/{identity[:4]}/{identity}.yml", data)


def of_family(root: Path) -> list[tuple[str, str]]:
    return [(f.code, f.message) for f in check(root) if f.code.startswith("A")]


def third(**update: Any) -> dict[str, Any]:
    """A change that makes the item's third version."""
    name = load(DISTRICT)[0].items["510123001000"].name
    return {
        "kind": "要素变更",
        "item": "510123001000",
        "name": name,
        "version": 3,
        "previous_effective_on": "2025-07-01",
        "elements": [{"path": "quantity_limit", "new": "每年十户"}],
    } | update


def test_a_second_record(district: Path) -> None:
    change_record(district, BASE["item"], version=3, effective_on="2026-03-01", quantity_limit="每年十户")
    add(district, "2026-001", third())
    assert of_family(district) == []


def test_unknown_subjects(district: Path) -> None:
    change(district, counterparts=["510123001009"], counterpart_organization="weijain")
    assert of_family(district) == [
        ("A001", "事项“510123001009”没有登记"),
        ("A001", "机构“weijain”没有登记"),
    ]
    change(district, counterparts=None, counterpart_organization="towns")
    assert of_family(district) == []


def test_versions(district: Path) -> None:
    change_record(district, BASE["item"], version=4, effective_on="2026-03-01", quantity_limit="每年十户")
    add(district, "2026-001", third(version=4))
    assert ("A005", "第 2 版以后直接是第 4 版，缺少中间版本的调整记录") in of_family(district)
    change_record(district, BASE["item"], version=2)
    add(district, "2026-001", third(version=2))
    assert ("A005", "第 2 版已经由调整 2025-001 记录") in of_family(district)


def test_dates(district: Path) -> None:
    change(district, previous_effective_on=None)
    assert of_family(district) == [("A003", "第 2 版没有写上一版本的生效日期（previous_effective_on）")]
    change(district, previous_effective_on="2022-06-01")
    change_record(district, BASE["item"], version=3, effective_on="2026-03-01", quantity_limit="每年十户")
    add(district, "2026-001", third(previous_effective_on="2025-08-01"))
    assert ("A003", "上一版本的生效日期 2025-08-01 与它的调整记录不一致") in of_family(district)


def test_the_effective_date_is_that_of_the_newest_record(district: Path) -> None:
    change_record(district, BASE["item"], effective_on="2025-08-01")
    assert of_family(district) == [("A006", "生效日期 2025-08-01 与调整 2025-001 的生效日期 2025-07-01 不一致")]


def test_only_the_record_at_fault_is_reported(district: Path) -> None:
    change_record(district, BASE["item"], version=3, effective_on="2026-03-01", quantity_limit="每年九户")
    add(district, "2026-001", third())
    found = [f for f in check(district) if f.code.startswith("A")]
    assert [(f.code, f.path) for f in found] == [("A007", "data/adjustments/2026/2026-001.yml")]
    assert "还原不了：记录说调整以后是“每年十户”，而这一版里是“每年九户”" in found[0].message


def test_publication_is_counted_in_working_days(district: Path) -> None:
    # 1 October to 8 October 2025 are holidays, 28 September and 11 October are worked.
    change_record(district, RECORD, effective_on="2025-09-26", published_on="2025-10-31")
    assert ("A004", "生效以后第 21 个工作日才公布，超过了 20 个工作日") in of_family(district)
    change_record(district, RECORD, published_on="2025-10-30")
    assert "A004" not in dict(of_family(district))


@pytest.mark.parametrize(
    ("update", "fits"),
    [
        ({"kind": "取消"}, False),
        ({"kind": "新增"}, False),
        ({"kind": "下放"}, False),
        ({"kind": "合并"}, False),
        ({"kind": "合并", "counterparts": ["512011001000"]}, True),
        ({"kind": "要素变更", "elements": []}, False),
    ],
)
def test_kinds(update: dict[str, Any], fits: bool, district: Path) -> None:
    change(district, **update)
    assert ("A008" in dict(of_family(district))) is not fits


def test_an_organisation_is_only_renamed(district: Path) -> None:
    element = {"path": "short_name", "old": "区卫健局", "new": "区卫生健康局"}
    renamed = {"organization": "weijian", "name": "达州市达川区卫生健康局", "elements": [element]}
    add(district, "2026-001", renamed | {"kind": "更名"})
    assert of_family(district) == []
    add(district, "2026-001", renamed | {"kind": "要素变更"})
    assert of_family(district) == [("A008", "机构的调整只有“更名”，不能写“要素变更”")]
    add(district, "2026-001", renamed | {"kind": "更名", "name": "达州市达川区卫生局"})
    assert of_family(district) == [("A002", "“达州市达川区卫生局”不是 2026-03-01 调整以后的名称")]


def since(root: Path) -> list[Finding]:
    return since_findings(Between(load(DISTRICT)[0], load(root)[0]))


def test_nothing_is_asked_of_a_correction(district: Path) -> None:
    change_record(district, BASE["item"], summary="另一种说法。", updated_on="2026-11-01", self_service=False)
    assert since(district) == []


def test_a_change_of_substance_needs_version_and_record(district: Path) -> None:
    change_record(district, BASE["item"], quantity_limit="每年十户")
    assert [(f.code, f.path) for f in since(district)] == [("A009", BASE["item"]), ("A010", BASE["item"])]
    change_record(district, BASE["item"], version=3, effective_on="2026-03-01")
    (finding,) = since(district)
    assert finding.code == "A010" and finding.message == "“数量限制”（quantity_limit）有实质变化，没有动态调整记录"
    text = (district / BASE["item"]).read_text(encoding="utf-8")
    assert "quantity_limit" in text.split("\n")[finding.line - 1]
    add(district, "2026-001", third())
    assert since(district) == []


def test_a_record_that_forgets_an_element(district: Path) -> None:
    change_record(
        district,
        BASE["item"],
        version=3,
        effective_on="2026-03-01",
        quantity_limit="每年十户",
        rights=["要求说明理由"],
    )
    add(district, "2026-001", third())
    assert [(f.code, f.message) for f in since(district)] == [
        ("A010", "“依法享有的权利”（rights）有实质变化，没有动态调整记录")
    ]


def test_codes_stay(district: Path) -> None:
    (district / BASE["item"]).unlink()
    (finding,) = since(district)
    assert (finding.code, finding.path, finding.line) == ("A011", BASE["item"], 2)
    assert "事项编码 510123001000" in finding.message and "公布过" in finding.message


def test_a_file_that_cannot_be_read_has_not_disappeared(district: Path) -> None:
    (district / BASE["item"]).write_text("code: [", encoding="utf-8")
    assert since(district) == []


def test_new_items_and_new_names_of_organisations(district: Path) -> None:
    data = data_of((district / "data/items/minzheng/512011001000.yml").read_text(encoding="utf-8"))
    write_record(district, "data/items/minzheng/512011002000.yml", data | {"code": "512011002000", "name": "另一项"})
    change_record(district, BASE["department"], short_name="区卫健委")
    assert [(f.code, f.message) for f in since(district)] == [
        ("A010", "新增了事项 512011002000，没有动态调整记录"),
        ("A010", "机构“简称”改了，没有动态调整记录"),
    ]
