"""Hand-written Markdown: which references it makes, and where; which brackets would take long to read."""

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

_BLOCK = re.compile(r"\S(?:(?!\n[ \t]*\n).)*", re.DOTALL)
"""What stands between blank lines."""

_PAIRS = {"[": re.compile(r"[\[\]]"), "(": re.compile("[()]"), "<": re.compile("[<>]")}
_BEYOND_BLOCKS = "<"
"""The end of a tag is looked for to the end of the page."""
_BEARABLE = 5_000_000
"""So often, in a whole page, may a character be read in vain: Python-Markdown looks for the end of each bracket to the end of
its block. That takes about two seconds.
"""


@dataclass(frozen=True, slots=True)
class Unclosed:
    """Brackets of one block, or of a page, that nothing closes: which, how many, and the place of the first of them."""

    bracket: str
    number: int
    place: Place


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


def unbearable(text: str) -> Unclosed | None:
    """Return the worst of a page's brackets where so many are not closed that to read the page would take long."""
    whole = [(0, len(text))]
    blocks = [block.span() for block in _BLOCK.finditer(text)]
    total, most = 0, 0
    worst: tuple[str, list[int]] | None = None
    for bracket in _PAIRS:
        for start, end in whole if bracket in _BEYOND_BLOCKS else blocks:
            unclosed = _unclosed(text, start, end, bracket)
            in_vain = len(unclosed) * (end - start)
            total += in_vain
            if in_vain > most:
                worst, most = (bracket, unclosed), in_vain
    if worst is None or total <= _BEARABLE:
        return None
    bracket, places = worst
    return Unclosed(bracket, len(places), Lines(text).place_of(places[0]))


def _unclosed(text: str, start: int, end: int, bracket: str) -> list[int]:
    """Return where in a piece of a text brackets stand that nothing in it closes."""
    open_ones: list[int] = []
    for found in _PAIRS[bracket].finditer(text, start, end):
        if found.group() == bracket:
            open_ones.append(found.start())
        elif open_ones:
            open_ones.pop()
    return open_ones


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
