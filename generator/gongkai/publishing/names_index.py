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
from typing import Any, cast

from pypinyin import Style, lazy_pinyin, pinyin

from gongkai.model.item import Item
from gongkai.publishing.site import Site

ADDRESS = "assets/names.json.gz"


def names_index(site: Site) -> bytes:
    """Return the compressed index of all items, cancelled ones included: they must be found too."""
    items = sorted(site.catalogue.items.values(), key=lambda item: item.code)
    characters = {c for item in items for name in _names(item) for c in name if _is_chinese(c)}
    usual = {character: lazy_pinyin(character)[0] for character in sorted(characters)}
    departments = sorted({item.department for item in items})
    document = {
        "departments": [site.catalogue.departments[identity].short_name for identity in departments],
        "pinyin": _by_reading(usual),
        "codes": _differences([int(item.code) for item in items]),
        "owners": [departments.index(item.department) for item in items],
        "names": "\n".join("\t".join(_names(item)) for item in items),
        "readings": {index: found for index, item in enumerate(items) if (found := _exceptions(_names(item), usual))},
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-16-le"), compresslevel=9, mtime=0)


def _differences(numbers: list[int]) -> list[int]:
    return [number - previous for previous, number in zip([0, *numbers], numbers, strict=False)]


def _by_reading(usual: dict[str, str]) -> dict[str, str]:
    """Return the readings, each with all its characters: a third of the size of the reverse."""
    readings: dict[str, str] = {}
    for character, reading in usual.items():
        readings[reading] = readings.get(reading, "") + character
    return readings


def _names(item: Item) -> list[str]:
    return [item.name, *item.everyday_names, *(former.name for former in item.former_names)]


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _one_by_one(run: str) -> list[str]:
    """Keep what has no reading, a character at a time, so that positions agree."""
    return [*run]


def _exceptions(names: list[str], usual: dict[str, str]) -> list[list[Any]]:
    found = []
    for index, name in enumerate(names):
        readings = [syllable for (syllable,) in pinyin(name, style=Style.NORMAL, errors=cast("Any", _one_by_one))]
        for position, (character, reading) in enumerate(zip(name, readings, strict=True)):
            if _is_chinese(character) and usual[character] != reading:
                found.append([index, position, reading])
    return found
