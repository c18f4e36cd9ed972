"""Regular expressions that are compiled when they are first used: together they take longer than a small command."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, cast

_METHODS = ("finditer", "fullmatch", "match", "search", "split", "sub")


class LatePattern:
    """What ``late_pattern`` returns."""

    def __init__(self, expression: str, flags: int, words: str) -> None:
        self.expression = expression
        self.flags = flags
        self.words = words.split("|")

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Yield the matches in a part of a text."""
        part = text if start == 0 and end >= len(text) else text[start:end]
        if not any(word in part for word in self.words):
            return iter(())
        found: Iterator[re.Match[str]] = self._compiled().finditer(text, start, end)
        return found

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        return getattr(self._compiled(), name)

    def _compiled(self) -> re.Pattern[str]:
        pattern = re.compile(self.expression, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(pattern, method))
        return pattern


def late_pattern(expression: str, flags: int = 0, words: str = "") -> re.Pattern[str]:
    """Return what behaves like the compiled expression; a fault in it is raised when it is first used.

    ``words`` are words with ``|`` between them, one of which is in whatever the expression matches: until a text holds
    one, nothing need be compiled to find nothing.
    """
    return cast(re.Pattern[str], LatePattern(expression, flags, words))
