"""Districts of any size, seeded: the organisations and laws of the repository, and synthetic everything else.

Run: ``.venv/bin/python benchmarks/districts.py FOLDER --items 10000 --cases 5000 --seed 1``. The same numbers and the
same seed give the same bytes. ``gongkai check`` finds no error in a district as of ``AS_OF``.
"""

from __future__ import annotations

import argparse
import datetime
import random
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from district.cases import write_cases
from district.guide import Department, Guide, Made, code_prefix
from district.naming import Named, draw
from district.records import write_articles, write_listings
from district.words import DOCUMENT, FAMILIES, PERSON
from gongkai.catalogue import Catalogue
from gongkai.loading import load

ROOT = Path(__file__).resolve().parent.parent
AS_OF = datetime.date(2026, 11, 23)
"""The day as of which a district is valid."""

_AFTER_FIRST_VILLAGE = re.compile(r"^(villages:\n  - .*\n(?:    .*\n)*)(?:  .*\n)*", re.MULTILINE)
_LAST_CHANGE = datetime.date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a district is; the items accepted in villages and towns are among ``items``."""

    items: int
    in_villages: int
    in_towns: int
    pages: int
    cases: int = 0
    villages: bool = True
    """Whether every town has all its villages; otherwise it has one, and no item is accepted there."""


def write_district(
    folder: Path, size: Size, seed: int = 1, progress: Callable[[int, int], None] = lambda done, of: None
) -> Catalogue:
    """Write a district into an empty folder; returns the catalogue of the repository it was made from.

    Raises ValueError when there are not so many names, or more items for towns and villages than items.
    """
    if size.in_villages + size.in_towns > size.items:
        raise ValueError(f"{size.items} items cannot hold {size.in_villages + size.in_towns} of towns and villages")
    catalogue, _ = load(ROOT)
    _copy(folder, with_villages=size.villages)
    chance = random.Random(seed)
    departments = _departments(catalogue)
    items = []
    for made in _items(size, departments, chance):
        _write_item(folder, made)
        items.append(made)
        progress(len(items), size.items)
    write_listings(
        folder, sorted(catalogue.departments), sorted(catalogue.towns), sorted(catalogue.villages), items, chance
    )
    write_articles(folder, items, size.pages, chance)
    if size.cases:
        write_cases(folder, items, departments, size.cases, chance, AS_OF)
    return catalogue


def _copy(folder: Path, *, with_villages: bool) -> None:
    """Copy what a synthetic district shares with the repository's."""
    for name in ("data/organizations", "data/laws", "theme", "content", "schema"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for page in (folder / "content").rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"\[\[[0-9]{12}(?:\|([^\]]+))?\]\]", r"\1", text), encoding="utf-8")
    if not with_villages:
        for town in (folder / "data/organizations/towns").glob("*.yml"):
            # A town must have a village: the first one stays.
            town.write_text(_AFTER_FIRST_VILLAGE.sub(r"\1", town.read_text(encoding="utf-8")), encoding="utf-8")


def _departments(catalogue: Catalogue) -> dict[str, Department]:
    """Return what guides need of every department; what it may cite is what its real items cite."""
    cited: dict[str, dict[tuple[str, str | None, str | None], None]] = {}
    for item in catalogue.items.values():
        for citation in item.legal_basis:
            cited.setdefault(item.department, {})[citation.law, citation.article, citation.content] = None
    return {
        identity: Department(identity, department.short_name, department.item_segment, list(cited.get(identity, {})))
        for identity, department in sorted(catalogue.departments.items())
    }


def _items(size: Size, departments: dict[str, Department], chance: random.Random) -> Iterator[Made]:
    """Yield the items: first those of villages and towns, which concern persons, then all others."""
    taken: set[str] = set()
    groups = (
        ("村", size.in_villages, (PERSON, DOCUMENT)),
        ("乡镇", size.in_towns, (PERSON, DOCUMENT)),
        ("区", size.items - size.in_villages - size.in_towns, FAMILIES),
    )
    numbers: Counter[str] = Counter()
    for level, count, families in groups:
        for named in draw(chance, count, families, taken):
            department = departments[named.department]
            code = _code(named, department, numbers)
            yield Guide(chance, named, department, level).write(code, _LAST_CHANGE)


def _code(named: Named, department: Department, numbers: Counter[str]) -> str:
    prefix = code_prefix(named.style, department)
    number = numbers[prefix]
    numbers[prefix] += 1
    # Main items by three digits, the further ones as their parts.
    return f"{prefix}{number % 999 + 1:03}{number // 999:03}"


def _write_item(folder: Path, item: Made) -> None:
    path = folder / "data/items" / item.department / f"{item.code}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(item.text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the district that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a synthetic district that gongkai check finds no error in.")
    parser.add_argument("folder", type=Path, help="where to; must be empty or not there")
    parser.add_argument("--items", type=int, default=500, help="how many items, up to 100,000 (default: 500)")
    parser.add_argument("--village-items", type=int, default=None, help="so many of them in every village (40)")
    parser.add_argument("--town-items", type=int, default=None, help="so many more of them in every town (60)")
    parser.add_argument(
        "--no-villages", action="store_true", help="one village a town, as there must be one, and no item in it"
    )
    parser.add_argument("--articles", type=int, default=0, help="hand-written pages that mention items (0)")
    parser.add_argument("--cases", type=int, default=0, help="approval cases within the last year (0)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another district (1)")
    given = parser.parse_args(arguments)
    if not 1 <= given.items <= 100_000:
        parser.error("--items must be between 1 and 100000")
    if given.folder.exists() and any(given.folder.iterdir()):
        parser.error(f"{given.folder} is not empty")
    size = size_of(given.items, given.village_items, given.town_items, villages=not given.no_villages)
    size = Size(size.items, size.in_villages, size.in_towns, given.articles, given.cases, size.villages)
    started = time.perf_counter()
    try:
        write_district(given.folder, size, given.seed, _progress_line())
    except ValueError as error:
        parser.error(str(error))
    print(f"\r{size.items} items, {size.cases} cases, {size.pages} articles in {time.perf_counter() - started:.1f} s")
    return 0


def size_of(items: int, in_villages: int | None = None, in_towns: int | None = None, *, villages: bool = True) -> Size:
    """Return a size whose lists of towns and villages stay short however many items there are."""
    in_villages = min(40, items // 8) if in_villages is None else in_villages
    in_towns = min(60, items // 8) if in_towns is None else in_towns
    return Size(items, in_villages if villages else 0, in_towns, pages=0, villages=villages)


def _progress_line() -> Callable[[int, int], None]:
    """Return what shows the progress on a terminal, and nothing elsewhere."""

    def show(done: int, of: int) -> None:
        if done % 500 == 0 or done == of:
            print(f"\r{done} / {of} items", end="", file=sys.stderr, flush=True)

    return show if sys.stderr.isatty() else lambda done, of: None


if __name__ == "__main__":
    raise SystemExit(main())
