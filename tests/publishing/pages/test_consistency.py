"""The page of names: how many each organisation publishes, how many agree, and since when."""

from __future__ import annotations

from pathlib import Path

from publishing.pages.rendered import pages, table, text
from support import BASE, change_record

VILLAGE = "data/listings/villages/511703100001.yml"
ALLOWANCE = {"code": "512011001000", "name": "80周岁以上老年人高龄津贴发放"}


def shown(root: Path, heading: str) -> dict[str, list[str]]:
    (page,) = pages(root, "consistency").values()
    return {row[0]: row[1:] for row in table(page, heading)}


def test_what_agrees_does_so_since_the_newest_list_or_renaming(district: Path) -> None:
    change_record(district, BASE["listing"], published_on="2022-01-01")
    assert shown(district, "departments")["区卫生健康局"] == ["1", "1", "2022-06-01"]
    change_record(district, BASE["listing"], published_on="2026-03-01")
    assert shown(district, "departments")["区卫生健康局"] == ["1", "1", "2026-03-01"]


def test_one_wrong_name_in_a_village_counts_for_its_town(district: Path) -> None:
    change_record(district, VILLAGE, published_on="2026-10-01")
    assert shown(district, "towns")["亭子镇"] == ["2", "2", "3", "3", "2026-10-01"]
    change_record(district, VILLAGE, entries=[{**ALLOWANCE, "name": "高龄津贴"}])
    assert shown(district, "towns")["亭子镇"] == ["2", "2", "3", "2", "还不一致"]


def test_who_publishes_nothing_is_not_said_to_agree(district: Path) -> None:
    (before,) = pages(district, "consistency").values()
    change_record(district, BASE["listing"], entries=[])
    assert shown(district, "departments")["区卫生健康局"] == ["0", "0", "没有公布名称"]
    (after,) = pages(district, "consistency").values()
    assert "，8 个单位公布了 10 个名称" in text(before) and "，7 个单位公布了 9 个名称" in text(after)
