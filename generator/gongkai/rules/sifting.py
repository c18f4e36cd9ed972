"""Texts that are looked at once: the same sentence stands in thousands of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable

MOST_KNOWN = 200_000
"""So many texts are remembered before all are forgotten."""


class Sieve:
    """Remembers which texts ``catches`` let pass."""

    def __init__(self, catches: Callable[[str], bool]) -> None:
        self._catches = catches
        self._passed: set[str] = set()

    def catches_any(self, texts: Iterable[str]) -> bool:
        """Tell whether any of some texts is caught."""
        new = [text for text in texts if text not in self._passed]
        if any(map(self._catches, new)):
            return True
        if len(self._passed) > MOST_KNOWN:
            self._passed.clear()
        self._passed.update(new)
        return False
