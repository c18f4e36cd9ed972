"""The small index behind suggestions: names, not texts, so that a phone loads it at once.

It is one gzip file of JSON in UTF-16, which packs Chinese tighter than UTF-8, kept in columns, which pack
tighter than rows. Items come first, in the order of their codes; ``codes`` are the differences of these.
Departments, towns, villages and laws come after them; ``addresses`` has a line for each. ``names`` has a line
for each of all, its names separated by tabs (no name contains a blank); ``beside`` is the place in
``details`` of what is shown beside the name. ``pinyin`` maps each reading to the characters usually read
so; ``readings`` lists, by line, ``[name, position, reading]`` where a character reads otherwise (行 in
银行 and in 行政).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import NamedTuple

from gongkai.indexes import names_found_by, names_of_law, names_of_organization
from gongkai.model.item import Item
from gongkai.pinyin import is_chinese, unusual_in_known, usual
from gongkai.publishing.addresses import law_address, organization_address, village_address
from gongkai.publishing.pages.parts import split_key
from gongkai.publishing.site import Site

ADDRESS = "assets/names.json.gz"


NAMES = "names"
"""The kind of a unit's share in the index."""

Unusual = list[tuple[int, int, str]]
"""The number of a name, a place in it, and how the character there reads, where that is not as usual."""


class _Share(NamedTuple):
    """One line of the index; ``place`` is an item's code, and the address of others."""

    place: str
    detail: str
    names: list[str]
    readings: Unusual

    def text(self) -> str:
        return json.dumps(self, ensure_ascii=False)


def names_text(site: Site, item: Item) -> str:
    """Return an item's share: its code, its department, its names, and where in them a character does not read as usual."""
    department = site.catalogue.departments[item.department].short_name
    readings = site.catalogue.unusual_readings(item.code)
    return _Share(item.code, department, names_found_by(item), readings).text()


def names_beside(site: Site, kind: str, key: str) -> str | None:
    """Return the share of the page of a department, town, village or law; None for other pages, further pages of their
    lists among them.
    """
    catalogue = site.catalogue
    if kind not in ("department", "town", "village", "law") or split_key(key)[1] > 1:
        return None
    if kind == "law":
        address, detail, names = law_address(key), "法律依据", names_of_law(catalogue.laws[key])
        names[0] = f"《{names[0]}》"
    elif kind == "village":
        village, town = catalogue.villages[key]
        address, detail, names = village_address(key), town.short_name, names_of_organization(village)
    else:
        organization = catalogue.departments[key] if kind == "department" else catalogue.towns[key]
        address, names = organization_address(organization), names_of_organization(organization)
        detail = "部门" if kind == "department" else "乡镇街道"
    readings = [(number, place, read) for number, name in enumerate(names) for place, read in _unusual_in(name)]
    return _Share(address, detail, names, readings).text()


def _unusual_in(name: str) -> list[tuple[int, str]]:
    bare = name.strip("《》")
    return [(place + name.index(bare), syllable) for place, syllable in unusual_in_known(bare)]


def names_index(shares: Iterable[str]) -> tuple[str, bytes]:
    """Return address and bytes of the compressed index, from all shares, those of items first and in the order of codes.

    Cancelled items are among them: they must be found too.
    """
    lines = [_Share(*json.loads(share)) for share in shares]
    characters = {*"".join(name for line in lines for name in line.names)}
    readings = {character: usual(character) for character in sorted(characters) if is_chinese(character)}
    details = sorted({line.detail for line in lines})
    places = {detail: place for place, detail in enumerate(details)}
    document = {
        "details": details,
        "pinyin": _by_reading(readings),
        "codes": _differences([int(line.place) for line in lines if line.place.isdigit()]),
        "addresses": "\n".join(line.place for line in lines if not line.place.isdigit()),
        "beside": [places[line.detail] for line in lines],
        "names": "\n".join("\t".join(line.names) for line in lines),
        "readings": {number: line.readings for number, line in enumerate(lines) if line.readings},
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
