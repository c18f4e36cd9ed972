"""A part of the shipped district without a fault, to be damaged, and what a damage is."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from gongkai.catalogue import Catalogue
from gongkai.loading import load
from gongkai.model.item import Item
from gongkai.model.vocabulary import ItemStatus
from support import ROOT

TOWNS = ("tingzi", "baijie", "mijia")
LEVELS = ("departments", "towns", "villages")

Expected = set[tuple[str, str, int]]
"""Code, path and line of every finding."""


@dataclass(frozen=True)
class Damage:
    """What a damage did: the files it wrote (None: deleted), and what must be found."""

    files: dict[str, str | None]
    expected: Expected


class Base:
    """A consistent district on disk, small enough to be checked a thousand times."""

    def __init__(self, root: Path) -> None:
        self.root = root
        _write_base(root)
        self.catalogue, self.findings = load(root)

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def listings(self, level: str) -> list[str]:
        paths = sorted((self.root / "data/listings" / level).glob("*.yml"))
        return [path.relative_to(self.root).as_posix() for path in paths]

    def items(self) -> list[Item]:
        return [item for item in self.catalogue.items.values() if item.status is ItemStatus.ACTIVE]


def _write_base(root: Path) -> None:
    """Take three towns, the items that all towns handle alike, what they cite, and their listings from the data."""
    whole, _ = load(ROOT)
    shutil.copytree(ROOT / "data/organizations", root / "data/organizations")
    for path in (root / "data/organizations/towns").glob("*.yml"):
        if path.stem not in _towns(whole):
            path.unlink()
    abolished = root / "data/organizations/abolished.yml"
    abolished.write_text(re.sub(r"    successors: .*\n(?:      - .*\n)*", "", abolished.read_text(encoding="utf-8")))
    items = [item for item in whole.items.values() if _is_plain(item)][:60]
    for item in items:
        _copy(root, item.source.path)
    shutil.copytree(ROOT / "data/laws", root / "data/laws")
    kept = {item.code for item in items}
    towns = _towns(whole)
    for listing in whole.listings.values():
        identity = listing.organization
        if identity in whole.villages and whole.villages[identity][1].id not in towns:
            continue
        if identity in whole.towns and identity not in towns:
            continue
        text = (ROOT / listing.source.path).read_text(encoding="utf-8")
        head, _, body = text.partition("entries:\n")
        entries = [e for e in re.split(r"(?=^  - code: )", body, flags=re.MULTILINE) if e[11:23] in kept]
        if entries:
            (root / listing.source.path).parent.mkdir(parents=True, exist_ok=True)
            (root / listing.source.path).write_text(head + "entries:\n" + "".join(entries), encoding="utf-8")
    (root / "content").mkdir()
    for number in range(6):
        lines = [f"要办{item.name}，先看材料清单，再到窗口提交。" for item in items[number * 5 : number * 5 + 5]]
        text = f"---\ntitle: 办事问答第{number}期\n---\n\n" + "\n\n".join(lines) + "\n"
        (root / f"content/page{number}.md").write_text(text, encoding="utf-8")


def _towns(whole: Catalogue) -> list[str]:
    """Return the towns of the villages that share a name, and one more."""
    names: dict[str, list[str]] = {}
    for village, town in whole.villages.values():
        names.setdefault(village.name, []).append(town.id)
    shared = sorted({town for towns in names.values() if len(towns) > 1 for town in towns})
    return [*shared, *sorted(set(whole.towns) - set(shared))[:1]]


def _is_plain(item: Item) -> bool:
    return item.status is ItemStatus.ACTIVE and not any(a.organizations for a in item.acceptance)


def _copy(root: Path, path: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / path, root / path)


def line_of(text: str, needle: str, after: int = 0) -> int:
    """Return the line of the first occurrence of ``needle`` after an index."""
    return text.count("\n", 0, text.index(needle, after)) + 1
