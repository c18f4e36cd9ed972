"""Which known name a wrong one was probably meant to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

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
    best = process.extractOne(given, list(candidates), scorer=fuzz.ratio, score_cutoff=round(at_least * 100))
    return best[0] if best else None


class Nearest:
    """Finds, among many known names, those that resemble a given one; memory grows with their number only."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._normal = [normal(name) for name in self._names]

    def find(self, name: str, *, limit: int = 3, at_least: float = ENOUGH) -> list[Near]:
        """Return the known names that resemble ``name`` most, best first, at most ``limit``."""
        found = process.extract(
            normal(name), self._normal, scorer=fuzz.ratio, limit=limit, score_cutoff=at_least * 100, processor=None
        )
        return [Near(self._names[index], round(score / 100, 4)) for _, score, index in found]
