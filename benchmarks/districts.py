"""Districts of any size, seeded: the organisations and laws of the repository, synthetic items, listings and pages."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai.catalogue import Catalogue
from gongkai.loading import load
from gongkai.model.item import Item
from gongkai.model.item_parts import Acceptance
from gongkai.model.vocabulary import AcceptanceLevel
from synthetic import synthetic_items

ROOT = Path(__file__).resolve().parent.parent
_HEAD = "# yaml-language-server: $schema=../../../schema/{kind}.json\n"
_WINDOW = (
    "published_on: 2026-03-26\nwindow:\n  place: 便民服务中心综合窗口\n  address: 达州市达川区（演示地址）1 号\n"
    '  hours: 工作日 9:00—12:00、13:00—17:00\n  phone: "0818-0000000"\nentries:\n'
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a district is; the items accepted in villages and towns are among ``items``."""

    items: int
    in_villages: int
    in_towns: int
    pages: int


def write_district(folder: Path, size: Size, seed: int = 1) -> Catalogue:
    """Write a district into an empty folder; returns the catalogue of the repository it was made from."""
    catalogue, _ = load(ROOT)
    for name in ("data/organizations", "data/laws", "theme", "content"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for page in (folder / "content").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"\[\[[0-9]{12}(?:\|([^\]]+))?\]\]", r"\1", text), encoding="utf-8")
    by_level = _patterns(catalogue)
    items: list[Item] = []
    counts = (size.in_villages, size.in_towns, size.items - size.in_villages - size.in_towns)
    patterns = [p for group, count in zip(by_level, counts, strict=True) for p in _cycle(group, count)]
    for pattern, item in zip(patterns, synthetic_items(patterns, size.items, seed), strict=True):
        items.append(item)
        _write_item(folder, catalogue, pattern, item)
    _write_listings(folder, catalogue, items)
    _write_pages(folder, items, size.pages, random.Random(seed))
    return catalogue


def _cycle(group: Sequence[Item], count: int) -> list[Item]:
    return [group[index % len(group)] for index in range(count)]


def _patterns(catalogue: Catalogue) -> tuple[list[Item], list[Item], list[Item]]:
    """Return patterns for items accepted down to villages, down to towns, in departments only."""
    groups: tuple[list[Item], list[Item], list[Item]] = ([], [], [])
    for item in catalogue.active_items():
        levels = {a.level for a in item.acceptance}
        if any(a.organizations for a in item.acceptance) or item.exceptions:
            continue
        index = 0 if AcceptanceLevel.VILLAGE in levels else 1 if AcceptanceLevel.TOWN in levels else 2
        groups[index].append(item)
    return groups


def _write_item(folder: Path, catalogue: Catalogue, pattern: Item, item: Item) -> None:
    text = (ROOT / catalogue.items[pattern.code].source.path).read_text(encoding="utf-8")
    text = re.sub(r"^former_names:\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(?:local_code|local_implementation_code|handling_code):.*\n", "", text, flags=re.MULTILINE)
    names = "".join(f"  - {name}\n" for name in item.everyday_names)
    text = re.sub(r"^everyday_names:\n(?:  .*\n)+", f"everyday_names:\n{names}", text, flags=re.MULTILINE)
    text = re.sub(r"^code: .*$", f'code: "{item.code}"', text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^name: .*$", f"name: {item.name}", text, count=1, flags=re.MULTILINE)
    path = folder / "data/items" / item.department / f"{item.code}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(pattern.name, item.name), encoding="utf-8")


def _accepted(item: Item, level: AcceptanceLevel) -> Acceptance | None:
    return next((a for a in item.acceptance if a.level is level), None)


def _write_listings(folder: Path, catalogue: Catalogue, items: Sequence[Item]) -> None:
    for kind, level, identities in (
        ("departments", AcceptanceLevel.DISTRICT, list(catalogue.departments)),
        ("towns", AcceptanceLevel.TOWN, list(catalogue.towns)),
        ("villages", AcceptanceLevel.VILLAGE, list(catalogue.villages)),
    ):
        listed = [item for item in items if _accepted(item, level)]
        for identity in identities:
            mine = [item for item in listed if kind != "departments" or item.department == identity]
            entries = "".join(f'  - code: "{item.code}"\n    name: {item.name}\n' for item in mine)
            written = f'"{identity}"' if kind == "villages" else identity
            path = folder / "data/listings" / kind / f"{identity}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            if mine:
                text = _HEAD.format(kind="listing") + f"organization: {written}\n" + _WINDOW + entries
                path.write_text(text, encoding="utf-8")


_SENTENCES = (
    "要办{}，先看看需要哪些材料，再决定去窗口还是在网上办。",
    "{}由主管部门办理，乡镇便民服务中心可以代为提交。",
    "很多人分不清{}和别的事项，区别在于申请人和材料不同。",
    "办理{}一般不用跑第二趟，材料不齐的会一次性告知。",
)


def _write_pages(folder: Path, items: Sequence[Item], count: int, chance: random.Random) -> None:
    target = folder / "content" / "articles"
    target.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        chosen = chance.sample(items, min(12, len(items)))
        paragraphs = "\n\n".join(chance.choice(_SENTENCES).format(item.name) for item in chosen)
        text = f"---\ntitle: 办事问答第{number}期\n---\n\n{paragraphs}\n"
        (target / f"{number:05}.md").write_text(text, encoding="utf-8")
