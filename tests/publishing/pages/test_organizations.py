"""The page of towns, and of those that are no more."""

from __future__ import annotations

from pathlib import Path

from publishing.pages.rendered import pages, table, text
from support import BASE, change_record

TANMU = {"name": "檀木镇", "code": "511703103000", "until": "2019-12-18", "basis": "川府民政〔2019〕21号"}
MAHE = {"name": "马河乡", "code": "511703207000", "until": "2019-12-18", "basis": "川府民政〔2019〕21号"}
ASK = "请拨打 12345 查询"


def test_where_abolished_towns_went(district: Path) -> None:
    (page,) = pages(district, "towns").values()
    assert table(page, "abolished") == [["檀木镇", "2019-12-18", "川府民政〔2019〕21号"]]
    assert text(page).count(ASK) == 1 and "并入了哪里，请拨打 12345 查询。" in text(page)
    change_record(district, BASE["abolished-divisions"], divisions=[TANMU | {"successors": ["tingzi"]}, MAHE])
    (page,) = pages(district, "towns").values()
    assert [row[3] for row in table(page, "abolished")] == ["亭子镇", ASK]
    assert text(page).count(ASK) == 1


def test_the_order_of_towns_is_said(district: Path) -> None:
    for address, page in pages(district, "home", "towns", "consistency", "efficiency", "supervision", "feeds").items():
        assert "按行政区划代码排列" in text(page), address
