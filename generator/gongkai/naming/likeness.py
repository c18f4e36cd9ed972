"""How like each other two texts are, as RapidFuzz tells: it is loaded when it is first asked, as most checks of one file do
without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from types import ModuleType


@cache
def _rapidfuzz() -> ModuleType:
    import rapidfuzz  # noqa: PLC0415 - some fifty modules, which take as long to import as several files to check

    return rapidfuzz


def edits_between(a: str, b: str, most: int) -> int:
    """Return how many characters must be put in, left out or replaced to make one text the other; above ``most``, any
    larger number.
    """
    found: int = _rapidfuzz().distance.Levenshtein.distance(a, b, score_cutoff=most)
    return found


def replaced(a: str, b: str) -> list[tuple[str, str]]:
    """Return the fewest edits that make ``a`` into ``b``: a character of each, "" where one has none."""
    edits = _rapidfuzz().distance.Levenshtein.editops(a, b)
    return [(a[x.src_pos : x.src_pos + 1], b[x.dest_pos : x.dest_pos + 1]) for x in edits]


def fewest_edits(given: str, candidates: Iterable[str], most: int) -> str | None:
    """Return the candidate with the fewest ``edits_between`` it and a text, None where all need more than ``most``."""
    rapidfuzz = _rapidfuzz()
    distance = rapidfuzz.distance.Levenshtein.distance
    found = rapidfuzz.process.extractOne(given, list(candidates), scorer=distance, score_cutoff=most)
    return str(found[0]) if found else None


def most_similar(given: str, candidates: Sequence[str], limit: int, at_least: float) -> list[tuple[int, float]]:
    """Return where the candidates stand that are most like a text, at most ``limit``, the best first.

    Each comes with its similarity, from 0 to 1, which is ``at_least`` so great.
    """
    rapidfuzz = _rapidfuzz()
    # Rounded, so that a similarity just great enough is not lost to the last bit of a product.
    cutoff = round(at_least * 100, 6)
    found = rapidfuzz.process.extract(
        given, candidates, scorer=rapidfuzz.fuzz.ratio, limit=limit, score_cutoff=cutoff, processor=None
    )
    return [(index, score / 100) for _, score, index in found]
