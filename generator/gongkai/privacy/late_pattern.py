"""Regular expressions that are compiled when they are first used: together they take longer than a small command."""

from __future__ import annotations

import re
from typing import Any, cast


class _LatePattern:
    def __init__(self, expression: str, flags: int) -> None:
        self._expression = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        pattern = re.compile(self._expression, self._flags)
        for method in ("finditer", "fullmatch", "match", "search", "sub"):
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


def late_pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return what behaves like the compiled expression; a fault in it is raised when it is first used."""
    return cast(re.Pattern[str], _LatePattern(expression, flags))
