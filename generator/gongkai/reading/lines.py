"""Which lines the characters of a text stand in, for texts in which there may be many to place."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from gongkai.reading.marks import Place


class Lines:
    """The lines of a text; ``end`` is the character that ends one.

    They are looked for when they are first asked for: in most texts nothing has to be placed.
    """

    def __init__(self, text: str, end: str = "\n") -> None:
        self._text = text
        self._end = end

    @cached_property
    def _ends(self) -> list[int]:
        return [match.start() for match in re.finditer(re.escape(self._end), self._text)]

    def line_of(self, index: int) -> int:
        """Return the line of a character, counted from 1, given its index."""
        return bisect_left(self._ends, index) + 1

    def place_of(self, index: int) -> Place:
        """Return the line and column of a character, given its index."""
        line = self.line_of(index)
        return line, index - (self._ends[line - 2] if line > 1 else -1)
