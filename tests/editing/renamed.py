"""A district in which an item is renamed."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import Any

from gongkai.editing.changeset import write
from gongkai.editing.rename import Plan, plan
from gongkai.editing.renaming import Request
from gongkai.finding import Finding
from support import AS_OF, check

CODE, OTHER = "510123001000", "512011001000"
OLD = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
NEW = "公共场所卫生许可（住宿、美容、沐浴等）"
OTHER_ITEM = "data/items/minzheng/512011001000.yml"
TOWN_LISTING = "data/listings/towns/tingzi.yml"
TOWN_LISTINGS = (TOWN_LISTING, "data/listings/towns/micheng.yml")
ON = datetime.date(2026, 11, 1)
BASIS = "川办发〔2026〕9号"


def replace(root: Path, path: str, old: str, new: str) -> None:
    text = read(root, path)
    assert text.count(old) == 1, (path, old)
    (root / path).write_bytes(text.replace(old, new).encode())


def read(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def kinds(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.path, finding.code) for finding in findings]


def rename(root: Path, identity: str = CODE, name: str = NEW, **options: Any) -> Plan:
    """Rename and write; the result must check with nothing new."""
    before = check(root)
    request = Request(**{"identity": identity, "name": name, "on": ON, "basis": BASIS, **options})
    made = plan(root, request, AS_OF)
    write(root, made.changes)
    assert not Counter(kinds(check(root))) - Counter(kinds(before))
    return made
