"""Hand-written Markdown: which references it makes, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reading.encoding import place_of
from gongkai.reading.marks import Place

REFERENCE = re.compile(r"\[\[(?P<target>[^\[\]|\n]+)(?:\|(?P<text>[^\]\n]+))?\]\]")
"""``[[510123001000]]``, ``[[department:weijian]]``, ``[[town:tingzi|words]]``."""

_CODE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)|`[^`\n]+`", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: what it points at, and the place of its opening bracket."""

    target: str
    place: Place


def references(text: str) -> Iterator[Reference]:
    """Yield the references of a Markdown text in order, leaving out those inside code."""
    code = [match.span() for match in _CODE.finditer(text)]
    for match in REFERENCE.finditer(text):
        if any(start <= match.start() < end for start, end in code):
            continue
        yield Reference(match["target"], place_of(text, match.start()))
