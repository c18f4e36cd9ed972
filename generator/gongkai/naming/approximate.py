"""Names that stand in a text nearly, but not exactly: with one or two characters too many, too few or wrong.

A name in which k characters are wrong keeps at least one of k + 1 pieces whole (the pigeonhole principle). So one
pass finds the pieces of all names, and only there the rest of the name is compared. Nothing grows with the square
of the number of names.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.naming.likeness import edits_between

SHORTEST = 8
"""Names with fewer characters are not searched for: ordinary words come too near to them."""

BEGINNING = 3
"""So many characters of a word tell whether it can stand in a text at all: few words begin alike."""

_MOST = 2
_LEAST_COMMON, _COVERED = 4, 0.7
_FEW = 6
"""So few pairs of characters are sooner looked for around where they should stand than place by place."""


def tolerance(size: int) -> int:
    """Return how many characters of a name of this size may be wrong for it to be recognised."""
    return 1 if size < 12 else _MOST


@dataclass(frozen=True, slots=True)
class Approximation:
    """Where a name nearly stands: its form, the span in the plain text, and how many characters differ."""

    form: str
    start: int
    end: int
    distance: int


class Owners:
    """The names that contain a piece, by where and with which two characters their far end may stand.

    That is, for each distance from the beginning of the piece, the names by the outermost two characters there, which
    stand where they should but for what is missing or added between; and by the two next to them, for names whose
    outermost characters are wrong: then nothing else is.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._named: list[tuple[str, int]] = []
        self._ends: list[tuple[int, dict[str, list[tuple[str, int]]]]] | None = None
        self._windows: list[tuple[int, set[str]]] = []

    def add(self, form: str, offset: int) -> None:
        """Add a name that has the piece at an offset."""
        self._named.append((form, offset))

    def candidates(self, text: str, start: int) -> list[tuple[str, int]]:
        """Return the names, with the offset of the piece in them, whose far end stands in the text; some come twice."""
        if self._ends is None:
            self._ends = self._by_end()
        if self._windows and not self._may_end(text, start):
            return []
        found: list[tuple[str, int]] = []
        for distance, by_characters in self._ends:
            index = start + distance
            if index >= 0 and (named := by_characters.get(text[index : index + 2])) is not None:
                found += named
        return found

    def _may_end(self, text: str, start: int) -> bool:
        """Tell whether the far end of any of few names stands about where it should."""
        for first, pairs in self._windows:
            window = text[max(0, start + first) : max(0, start + first + 2 * _MOST + 2)]
            for pair in pairs:
                if pair in window:
                    return True
        return False

    def _by_end(self) -> list[tuple[int, dict[str, list[tuple[str, int]]]]]:
        ends: dict[int, dict[str, list[tuple[str, int]]]] = {}
        windows: dict[int, set[str]] = {}
        for form, offset in self._named:
            if offset >= len(form) - offset - self.size:
                outer, inner = 0, 2
            else:
                outer, inner = len(form) - 2, len(form) - 4
            windows.setdefault(outer - offset - _MOST, set()).update((form[outer : outer + 2], form[inner : inner + 2]))
            places = [(outer, shift) for shift in range(-_MOST, _MOST + 1)] + [(inner, 0)]
            for index, shift in places:
                by_characters = ends.setdefault(index - offset + shift, {})
                by_characters.setdefault(form[index : index + 2], []).append((form, offset))
        if sum(map(len, windows.values())) <= _FEW:
            self._windows = list(windows.items())
        return list(ends.items())


def owners_by_piece(forms: Iterable[str], beginnings: Container[str] | None = None) -> dict[str, Owners]:
    """Return the pieces of names, those with one of some beginnings, with the names that contain them."""
    found: dict[str, Owners] = {}
    for form in forms:
        for offset, piece in pieces_of(form):
            if beginnings is None or piece[:BEGINNING] in beginnings:
                found.setdefault(piece, Owners(len(piece))).add(form, offset)
    return found


def approximations(
    text: str, pieces: Iterable[tuple[int, Owners]], known: Sequence[tuple[int, int]] = ()
) -> Iterator[Approximation]:
    """Yield every approximation in a plain text, the exact ones (distance 0) left out; a name may come twice.

    ``pieces`` are the pieces that stand in the text, each with the index behind it; ``known`` are the spans, in
    order, of the names that stand there exactly. An approximation is left out when one of them covers it (see
    :func:`covers`), as far as that is certain without looking closely.
    """
    starts = [start for start, _ in known]
    for behind, owners in pieces:
        start = behind - owners.size
        candidates = owners.candidates(text, start)
        if not candidates:
            continue
        index = bisect_right(starts, start) - 1
        begin, end = known[index] if index >= 0 else (0, 0)
        for form, offset in candidates:
            if end > start and _surely_covers(begin, end, start - offset, len(form)):
                continue
            found = _around(text, start, form, offset, owners.size)
            if found is not None and found.distance:
                yield found


def covers(common: float, size: float) -> bool:
    """Tell whether a name that stands in a text covers an approximation of this size, by what they have in common."""
    return common >= max(_LEAST_COMMON, size * _COVERED)


def _surely_covers(begin: int, end: int, start: int, size: int) -> bool:
    """Tell whether a known name covers an approximation, wherever within the tolerance its ends turn out to be."""
    common, allowed = min(end, start + size) - max(begin, start), tolerance(size)
    return covers(common, size + allowed) and covers(common - allowed, size - allowed)


def pieces_of(form: str) -> Iterator[tuple[int, str]]:
    """Cut a name into one piece more than characters of it may be wrong; yield each with its offset, none of a short name."""
    if len(form) < SHORTEST:
        return
    number = tolerance(len(form)) + 1
    bounds = [len(form) * index // number for index in range(number + 1)]
    for start, end in itertools.pairwise(bounds):
        yield start, form[start:end]


def _around(text: str, start: int, form: str, offset: int, size: int) -> Approximation | None:
    """Compare what stands before and after a piece with the rest of the name."""
    allowed = tolerance(len(form))
    after = _best_prefix(text[start + size : start + len(form) - offset + allowed], form[offset + size :], allowed)
    if after is None:
        return None
    before_text = text[max(0, start - offset - allowed) : start]
    before = _best_prefix(before_text[::-1], form[:offset][::-1], allowed - after[1])
    if before is None:
        return None
    return Approximation(form, start - before[0], start + size + after[0], before[1] + after[1])


def _best_prefix(text: str, wanted: str, allowed: int) -> tuple[int, int] | None:
    """Return length and distance of the beginning of ``text`` that is nearest to ``wanted``, or None."""
    if not wanted:
        return 0, 0
    if text.startswith(wanted):
        return len(wanted), 0
    best: tuple[int, int] | None = None
    for length in range(max(0, len(wanted) - allowed), min(len(text), len(wanted) + allowed) + 1):
        edits = edits_between(text[:length], wanted, allowed)
        if edits <= allowed and (
            best is None or (edits, abs(length - len(wanted))) < (best[1], abs(best[0] - len(wanted)))
        ):
            best = length, edits
    return best
