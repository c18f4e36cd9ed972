"""Which known name a wrong one was probably meant to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gongkai.naming.likeness import most_similar
from gongkai.naming.normal import normal

ENOUGH = 0.75
"""Similarity from which on another name is worth suggesting: three characters of four."""


@dataclass(frozen=True, slots=True)
class Near:
    """A known name that resembles a given one; ``similarity`` is between 0 and 1."""

    name: str
    similarity: float


def nearest_candidate(given: str, candidates: Iterable[str], *, at_least: float = 0.55) -> str | None:
    """Return the candidate most like an id, a key or a word, or None when nothing is like it; names have ``Nearest``."""
    known = list(candidates)
    best = most_similar(given, known, 1, at_least)
    return known[best[0][0]] if best else None


class Nearest:
    """Finds, among many known names, those that resemble a given one; memory grows with their number only."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._normal = [normal(name) for name in self._names]

    def find(self, name: str, *, limit: int = 3, at_least: float = ENOUGH) -> list[Near]:
        """Return the known names that resemble ``name`` most, best first, at most ``limit``."""
        found = most_similar(normal(name), self._normal, limit, at_least)
        return [Near(self._names[index], round(similarity, 4)) for index, similarity in found]
