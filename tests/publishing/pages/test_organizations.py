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


def test_former_names_stand_apart_with_what_ended_them(district: Path) -> None:
    former = [
        {"name": "达州市达川区甲镇人民政府", "until": "2013-07-18", "basis": "国函〔2013〕1号"},
        {"name": "达州市达川区乙镇人民政府", "until": "2019-12-18", "basis": "川府民政〔2019〕21号"},
    ]
    change_record(district, BASE["town"], former_names=former)
    change_record(district, BASE["law"], former_names=[one | {"name": f"{one['name'][6:8]}条例"} for one in former])
    said = "（2013年7月18日起停用，依据：国函〔2013〕1号）；"
    assert f"甲镇人民政府{said}达州市达川区乙镇" in text(pages(district, "town")["towns/tingzi/"])
    law = f"laws/{Path(BASE['law']).stem}/"
    assert f"甲镇条例{said}乙镇条例（" in text(pages(district, "law")[law])
