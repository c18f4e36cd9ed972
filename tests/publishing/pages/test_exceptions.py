"""Exceptions from rules stand on the page of whoever grants them, for as long as they are granted."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing.pages.rendered import pages, rows
from support import BASE, change_record

VILLAGE = "data/listings/villages/511703100001.yml"


@pytest.mark.parametrize(
    ("path", "kind", "address"),
    [
        (BASE["item"], "item", "items/510123001000/"),
        (BASE["department"], "department", "departments/weijian/"),
        (BASE["listing"], "department", "departments/weijian/"),
        (BASE["town"], "town", "towns/tingzi/"),
        ("data/listings/towns/tingzi.yml", "town", "towns/tingzi/"),
        (VILLAGE, "village", "villages/511703100001/"),
        (BASE["law"], "law", "laws/gonggongchangsuoweishengguanlitiaoli/"),
    ],
)
def test_they_stand_on_the_page(path: str, kind: str, address: str, district: Path) -> None:
    granted = {"rule": "N003", "reason": "新划入的事项正在交接<b>", "until": "2027-03-31"}
    assert "例外" not in rows(pages(district, kind)[address], "facts")
    change_record(district, path, exceptions=[granted])
    shown = rows(pages(district, kind)[address], "facts")["例外"]
    assert shown == "规则 N003：新划入的事项正在交接<b>（到 2027年3月31日为止）"
