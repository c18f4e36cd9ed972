"""Changes to a text at exact places: nothing else moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """What stands from ``start`` up to ``end`` gives way to ``replacement``; equal ends insert."""

    start: int
    end: int
    replacement: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made; raises ValueError when two of them overlap."""
    pieces = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position:
            raise ValueError(f"overlapping edits at {edit.start}")
        pieces += [text[position : edit.start], edit.replacement]
        position = edit.end
    return "".join([*pieces, text[position:]])


def line_end(text: str) -> str:
    """Return how the lines of a text end."""
    return next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")


def end_of_line(text: str, position: int) -> int:
    """Return where the line of a position ends, before its line end."""
    ends = [found for sign in "\r\n" if (found := text.find(sign, position)) >= 0]
    return min(ends, default=len(text))
