"""Many words looked for in a text at once: one pass, however many there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import ahocorasick

V = TypeVar("V")


class Words(Generic[V]):
    """Finds words in texts; each word has a value."""

    def __init__(self, words: Mapping[str, V] | None = None) -> None:
        self._automaton: Any = ahocorasick.Automaton()
        self._ready = True
        for word, value in (words or {}).items():
            self.add(word, value)

    def add(self, word: str, value: V) -> None:
        """Look for one more word from now on."""
        self._automaton.add_word(word, value)
        self._ready = False

    def found(self, text: str) -> list[tuple[int, V]]:
        """Return the words that stand in a text, also those inside of others: the index behind each, and its value."""
        if not self._ready:
            self._automaton.make_automaton()
            self._ready = True
        return [(last + 1, value) for last, value in self._automaton.iter(text)] if len(self._automaton) else []
