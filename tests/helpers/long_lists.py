"""Small districts whose lists are long for the limits that the tests set."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.publishing.feeds import channels
from gongkai.publishing.pages import item_lists, parts
from support import BASE, change_record, data_of, write_record

A_PAGE = 8
TOWN = "data/listings/towns/tingzi.yml"
VILLAGE = "data/listings/villages/511703100001.yml"


def lower_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set limits that a small district exceeds."""
    monkeypatch.setattr(parts, "A_PAGE", A_PAGE)
    monkeypatch.setattr(item_lists, "ON_ONE_PAGE", 10)
    monkeypatch.setattr(channels, "MOST_ITEM_FEEDS", 10)


def add_items(root: Path, number: int, suspended: int = 0) -> list[str]:
    """Add permits to a district, offered in one town and one village; the last of them are suspended. Returns their codes."""
    permit = data_of((root / BASE["item"]).read_text(encoding="utf-8"))
    codes = [f"510123{count:03}000" for count in range(100, 100 + number)]
    names = {code: f"演示许可{chr(0x4E00 + 37 * count)}" for count, code in enumerate(codes)}
    for code, name in names.items():
        status = "暂停" if code in codes[number - suspended :] else "在用"
        item = {**permit, "code": code, "name": name, "status": status, "version": 1, "former_names": []}
        write_record(root, f"data/items/weijian/{code}.yml", item)
    entries = [{"code": code, "name": names[code]} for code in codes[: number - suspended]]
    for path in (TOWN, VILLAGE):
        known = data_of((root / path).read_text(encoding="utf-8"))["entries"]
        change_record(root, path, entries=[*known, *entries])
    return codes
