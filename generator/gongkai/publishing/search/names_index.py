"""The small index behind suggestions: names, not texts, so that a phone loads it at once.

It is one gzip file of JSON in UTF-16, which packs Chinese tighter than UTF-8, kept in columns, which pack
tighter than rows. ``codes`` are differences of the sorted codes; ``names`` has a line an item, its names
separated by tabs (no name contains a blank). ``pinyin`` maps each reading to the characters usually read
so; ``readings`` lists, by item, ``[name, position, reading]`` where a character reads otherwise (行 in
银行 and in 行政).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable

from gongkai.indexes import names_found_by
from gongkai.model.item import Item
from gongkai.pinyin import is_chinese, usual
from gongkai.publishing.site import Site

ADDRESS = "assets/names.json.gz"


NAMES = "names"
"""The kind of an item's share in the index."""


def names_text(site: Site, item: Item) -> str:
    """Return an item's share: its code, its department with the name it is shown under, its names, and where in them a
    character does not read as usual.
    """
    department = site.catalogue.departments[item.department]
    share = [
        item.code,
        department.id,
        department.short_name,
        names_found_by(item),
        site.catalogue.unusual_readings(item.code),
    ]
    return json.dumps(share, ensure_ascii=False)


def names_index(shares: Iterable[str]) -> tuple[str, bytes]:
    """Return address and bytes of the compressed index, from the shares of all items in the order of codes.

    Cancelled items are among them: they must be found too.
    """
    items = [json.loads(share) for share in shares]
    characters = {*"".join(name for *_, names, _ in items for name in names)}
    readings = {character: usual(character) for character in sorted(characters) if is_chinese(character)}
    departments = dict(sorted({identity: shown for _, identity, shown, *_ in items}.items()))
    places = {identity: place for place, identity in enumerate(departments)}
    document = {
        "departments": list(departments.values()),
        "pinyin": _by_reading(readings),
        "codes": _differences([int(code) for code, *_ in items]),
        "owners": [places[department] for _, department, *_ in items],
        "names": "\n".join("\t".join(names) for *_, names, _ in items),
        "readings": {index: found for index, (*_, found) in enumerate(items) if found},
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return ADDRESS, gzip.compress(text.encode("utf-16-le"), compresslevel=9, mtime=0)


def _differences(numbers: list[int]) -> list[int]:
    return [number - previous for previous, number in zip([0, *numbers], numbers, strict=False)]


def _by_reading(usual: dict[str, str]) -> dict[str, str]:
    """Return the readings, each with all its characters: a third of the size of the reverse."""
    readings: dict[str, str] = {}
    for character, reading in usual.items():
        readings[reading] = readings.get(reading, "") + character
    return readings
