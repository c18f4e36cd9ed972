"""Listings and articles of a synthetic district."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from district.guide import Made

_HEAD = "# yaml-language-server: $schema=../../../schema/listing.json\n"
_PLACES = {
    "departments": ("区政务服务中心{floor}楼 {letter}{number:02} 号窗口", "达州市达川区（演示地址）{number} 号"),
    "towns": ("便民服务中心 {number} 号综合窗口", "便民服务中心一楼（演示地址）"),
    "villages": ("便民服务站", "党群服务中心（演示地址）{number} 号"),
}
_HOURS = ("工作日 9:00—12:00、13:00—17:00", "工作日 9:00—12:00、13:30—17:30", "工作日 8:30—12:00、14:00—17:30")


def write_listings(
    folder: Path,
    departments: Iterable[str],
    towns: Iterable[str],
    villages: Iterable[str],
    items: Sequence[Made],
    chance: random.Random,
) -> None:
    """Write what every department, town and village has to publish."""
    by_department: dict[str, list[Made]] = {}
    for item in items:
        by_department.setdefault(item.department, []).append(item)
    town_items = [item for item in items if item.level in ("乡镇", "村")]
    village_items = [item for item in items if item.level == "村"]
    for identity in departments:
        _write(folder, "departments", identity, by_department.get(identity, []), chance)
    for identity in towns:
        _write(folder, "towns", identity, town_items, chance)
    for identity in villages:
        _write(folder, "villages", identity, village_items, chance)


def _write(folder: Path, kind: str, identity: str, items: Sequence[Made], chance: random.Random) -> None:
    if not items:
        return
    words = {"floor": chance.choice("一二三"), "letter": chance.choice("ABC"), "number": chance.randint(1, 30)}
    place, address = (template.format(**words) for template in _PLACES[kind])
    lines = [f'organization: "{identity}"' if kind == "villages" else f"organization: {identity}"]
    lines += ["published_on: 2026-03-26", "window:", f"  place: {place}", f"  address: {address}"]
    lines += [f"  hours: {chance.choice(_HOURS)}", '  phone: "0818-0000000"', "entries:"]
    lines += [f'  - code: "{item.code}"\n    name: {item.name}' for item in items]
    path = folder / "data/listings" / kind / f"{identity}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


_SENTENCES = (
    "要办{}，先看看需要哪些材料，再决定去窗口还是在网上办。",
    "{}由主管部门办理，乡镇便民服务中心可以代为提交。",
    "很多人分不清{}和别的事项，区别在于申请人和材料不同。",
    "办理{}一般不用跑第二趟，材料不齐的会一次性告知。",
    "上个月问得最多的是{}，窗口把常见的几种情形写在了指南里。",
    "{}可以委托家人提交，带上委托书和双方身份证件就行。",
)


def write_articles(folder: Path, items: Sequence[Made], count: int, chance: random.Random) -> None:
    """Write hand-written pages that mention items by their names, and name them in the navigation."""
    target = folder / "content" / "articles"
    target.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        chosen = chance.sample(items, min(12, len(items)))
        paragraphs = "\n\n".join(chance.choice(_SENTENCES).format(item.name) for item in chosen)
        text = f"---\ntitle: 办事问答第{number}期\n---\n\n{paragraphs}\n"
        (target / f"{number:05}.md").write_text(text, encoding="utf-8")
    if count:
        config = folder / "mkdocs.yml"
        entries = "".join(f"      - articles/{number:05}.md\n" for number in range(count))
        text = config.read_text(encoding="utf-8").replace("\nnav:\n", f"\nnav:\n  - 办事问答:\n{entries}", 1)
        config.write_text(text, encoding="utf-8")
