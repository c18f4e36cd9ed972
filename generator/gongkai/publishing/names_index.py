"""The small index behind suggestions: names, not texts, so that a phone loads it at once.

It is one gzip file. ``items`` holds a row an item: code, name, other names, department's short name.
``pinyin`` maps each Chinese character that occurs to its usual reading; an item whose name reads
otherwise (行 in 银行 and in 行政) carries the exceptions as ``[position, reading]`` pairs.
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
    rows = [_row(site, item, usual) for item in items]
    departments = {d.id: d.short_name for d in site.catalogue.departments.values()}
    document = {"departments": departments, "pinyin": _by_reading(usual), "items": rows}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


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


def _row(site: Site, item: Item, usual: dict[str, str]) -> list[Any]:
    names = _names(item)
    exceptions = [_exceptions(name, usual) for name in names]
    row: list[Any] = [item.code, item.department, names]
    if any(exceptions):
        row.append(exceptions)
    return row


def _one_by_one(run: str) -> list[str]:
    """Keep what has no reading, a character at a time, so that positions agree."""
    return [*run]


def _exceptions(name: str, usual: dict[str, str]) -> list[list[Any]]:
    readings = [syllable for (syllable,) in pinyin(name, style=Style.NORMAL, errors=cast("Any", _one_by_one))]
    return [
        [position, reading]
        for position, (character, reading) in enumerate(zip(name, readings, strict=True))
        if _is_chinese(character) and usual[character] != reading
    ]
