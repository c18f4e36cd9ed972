"""Hand-written Markdown: which references it makes, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reading.lines import Lines
from gongkai.reading.marks import Place

REFERENCE = re.compile(r"\[\[(?P<target>[^\[\]|\n]+)(?:\|(?P<text>(?:[^\[\]\n]|\[(?!\[))++))?\]\]")
"""``[[510123001000]]``, ``[[department:weijian]]``, ``[[town:tingzi|words]]``."""

_CODE = re.compile(r"^(?P<fence>```+|~~~+)|`[^`\n]+`", re.MULTILINE)
"""The beginning of fenced code, or a whole code span."""

_FENCE = re.compile(r"^(?:```+|~~~+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: what it points at, and the place of its opening bracket."""

    target: str
    place: Place


def references(text: str) -> Iterator[Reference]:
    """Yield the references of a Markdown text in order, leaving out those inside code."""
    lines, code = Lines(text), _code(text)
    start = end = 0
    for match in REFERENCE.finditer(text):
        while end <= match.start():
            start, end = next(code, (len(text), len(text) + 1))
        if match.start() < start:
            yield Reference(match["target"], lines.place_of(match.start()))


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code begins and ends, in order."""
    ends = _fence_ends(text)
    position = 0
    while match := _CODE.search(text, position):
        end = ends.get(match.start()) if match["fence"] else match.end()
        if end is not None:
            yield match.start(), end
        position = match.start() + 1 if end is None else end


def _fence_ends(text: str) -> dict[int, int]:
    """Return where the code ends that each fence would open; a fence with no other one of its kind below opens none.

    The first one that is no shorter closes it, or else the longest. Every fence is compared with a few others only: one
    below a longer one, or one as long, closes nothing above that one.
    """
    ends: dict[int, int] = {}
    closing: dict[str, list[tuple[int, int]]] = {"`": [], "~": []}
    for fence in reversed([*_FENCE.finditer(text)]):
        start, length = fence.start(), len(fence.group())
        below = closing[text[start]]
        while below:
            first, other = below[-1]
            ends[start] = first + min(length, other)
            if other > length:
                break
            below.pop()
            if other == length:
                break
        below.append((start, length))
    return ends
