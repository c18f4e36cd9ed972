"""Whether a contestant gives what gongkai gives: as many files of every kind, with no fewer bytes of content."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from contest.pages import words_of

SAMPLE = 20
"""How many files of a kind are compared; of the kinds that exist once an item, those of the same items."""

FEEDS = {"rss": "rss", "atom": "atom", "jsonfeed": "json"}
"""The formats of feeds, each with how the names of its files end."""

OURS = {
    "item": "items/*/index.html",
    "history": "items/*/history/index.html",
    "version": "items/*/versions/*/index.html",
    "data": "api/v1/items/*.json",
    **{name: f"feeds/item-*.{ending}" for name, ending in FEEDS.items()},
    **{
        f"{kind}-{name}": f"feeds/{kind}-*.{ending}"
        for kind in ("department", "town")
        for name, ending in FEEDS.items()
    },
    "department": "departments/*/index.html",
    "departments": "departments/index.html",
    "town": "towns/*/index.html",
    "towns": "towns/index.html",
    "village": "villages/*/index.html",
    "law": "laws/*/index.html",
    "theme": "themes/*/index.html",
    "items": "items/index.html",
    "items-json": "api/v1/items.json",
    "items-csv": "api/v1/items.csv",
}
"""The kinds of files that are compared, and where gongkai writes them; a star stands for what tells them apart."""

_OF_CASES = re.compile(r"(?:.*-)?(?:rss|atom|jsonfeed)|department|town")
WITHOUT_CASES = frozenset(kind for kind in OURS if not _OF_CASES.fullmatch(kind))
"""The kinds that say nothing of cases outside a section of their own."""


class UnfairError(Exception):
    """A contestant gives less than gongkai; the message says of which kind, and where."""


@dataclass(frozen=True, slots=True)
class Verified:
    """One kind of files: how many, the bytes of content of the sample of both, and how many say something else."""

    files: int
    sample: int
    ours: int
    theirs: int
    different: int


def verify(ours: Path, theirs: Path, kinds: Mapping[str, str]) -> dict[str, Verified]:
    """Compare the files of some kinds, ``kinds`` being where the other site has them; raises UnfairError."""
    found = {}
    for kind, pattern in kinds.items():
        mine, other = _by_identity(ours, OURS[kind]), _by_identity(theirs, pattern)
        if missing := sorted(mine.keys() - other.keys()):
            raise UnfairError(
                f"{theirs.name} lacks {len(missing)} of {len(mine)} files of the kind {kind}: {missing[0]}"
            )
        chosen = _sample(sorted(mine))
        pairs = [(content(mine[identity]), content(other[identity])) for identity in chosen]
        for identity, (here, there) in zip(chosen, pairs, strict=True):
            if _size(there) < _size(here):
                raise UnfairError(
                    f"{other[identity]} has {_size(there)} bytes of content, fewer than the {_size(here)} of ours"
                )
        found[kind] = Verified(
            files=len(other),
            sample=len(chosen),
            ours=sum(_size(here) for here, _ in pairs),
            theirs=sum(_size(there) for _, there in pairs),
            # Signs are counted because lists are in another order: only we sort by pinyin.
            different=sum(Counter(here) != Counter(there) for here, there in pairs),
        )
    return found


def _by_identity(site: Path, pattern: str) -> dict[str, Path]:
    """Return the files that a pattern finds in a site, by what its stars stand for."""
    stars = re.compile(re.escape(pattern).replace(r"\*", "([^/]+)"))
    paths = ((path, stars.fullmatch(path.relative_to(site).as_posix())) for path in site.glob(pattern))
    return {"/".join(match.groups()): path for path, match in paths if match}


def _sample(identities: list[str]) -> list[str]:
    return identities if len(identities) <= SAMPLE else random.Random(1).sample(identities, SAMPLE)


def _size(text: str) -> int:
    return len(text.encode("utf-8"))


def content(path: Path) -> str:
    """Return what a file tells, without markup, names of fields and blanks; what is derived from cases is left out."""
    text = path.read_text(encoding="utf-8-sig")
    match path.suffix:
        case ".html":
            told = words_of(text)
        case ".json":
            told = "".join(_leaves(json.loads(text)))
        case ".csv":
            told = "".join(cell for row in csv.reader(text.splitlines()) for cell in row)
        case _:
            elements = list(ElementTree.fromstring(text.encode("utf-8")).iter())
            told = "".join([*elements[0].itertext(), *(value for each in elements for value in each.attrib.values())])
    return re.sub(r"\s+", "", told)


def _leaves(value: Any) -> Iterator[str]:
    """Yield the texts and numbers of a JSON value, but not yes, no and 0: we write them where they go without saying."""
    if isinstance(value, dict):
        for child in value.values():
            yield from _leaves(child)
    elif isinstance(value, list):
        for child in value:
            yield from _leaves(child)
    elif value not in (None, True, False, 0):
        yield str(value)
