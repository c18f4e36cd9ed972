"""Which names may turn up in prose, and where each exact one stands."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import count
from typing import Any

from gongkai.naming.approximate import BEGINNING, pieces_of
from gongkai.naming.look_alikes import plain, plain_with_origins

SHORTEST = 2
"""Names with fewer characters are not searched for."""


class Role(Enum):
    """What a name in prose stands for."""

    CANONICAL = "canonical"
    SHORT = "short"
    FORMER = "former"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Term:
    """A name that may turn up; ``canonical`` is the name to be used today, ``note`` says why in Chinese.

    A canonical term is its own name of today. One of the role OTHER is right as it stands: it only keeps parts of it from being taken for something else.
    """

    text: str
    role: Role
    canonical: str = ""
    until: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a term stands in the plain form of a text."""

    term: Term
    plain_start: int
    plain_end: int


_PRIORITY = [Role.CANONICAL, Role.OTHER, Role.FORMER, Role.SHORT]

Row = int | list[str]
"""A term as plain data: where it stands among the canonical ones, or its fields in their order, without the empty ones at
the end.
"""


class Lexicon:
    """Names by their plain form; of several terms with one form, the one that is right today counts.

    They lie there by how they begin, as plain data that are short and soon read: a text has few of them to be looked for.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        chosen: dict[str, Term] = {}
        groups: dict[Role, list[Term]] = {role: [] for role in _PRIORITY}
        for term in terms:
            groups[term.role].append(term)
        for group in groups.values():
            for term in group:
                chosen.setdefault(plain(term.text), term)
        self._canonical = [term.text for term in chosen.values() if term.role is Role.CANONICAL]
        self._terms: dict[str, list[Row]] = {}
        numbers = count()
        for form, term in chosen.items():
            row = next(numbers) if term.role is Role.CANONICAL else _row(term)
            if len(form) >= SHORTEST:
                self._terms.setdefault(form[:BEGINNING], []).append(row)
        pieces: dict[str, list[str]] = {}
        for index, text in enumerate(self._canonical):
            for beginning in dict.fromkeys(piece[:BEGINNING] for _, piece in pieces_of(plain(text))):
                pieces.setdefault(beginning, []).append(str(index))
        self._pieces = {beginning: " ".join(places) for beginning, places in pieces.items()}

    @classmethod
    def of(cls, plain_data: Any) -> Lexicon:
        """Return a lexicon again that ``plain_data`` was made of."""
        lexicon = cls(())
        lexicon._terms, lexicon._canonical, lexicon._pieces = plain_data
        return lexicon

    def plain_data(self) -> list[Any]:
        """Return what JSON can keep, from which ``of`` makes the lexicon again."""
        return [self._terms, self._canonical, self._pieces]

    def beginnings(self) -> Set[str]:
        """Return how the names, and the pieces of canonical names, begin."""
        return self._terms.keys() | self._pieces.keys()

    def terms(self, beginnings: Set[str]) -> dict[str, Term]:
        """Return the terms that begin so, by their plain form."""
        rows = (row for beginning in self._terms.keys() & beginnings for row in self._terms[beginning])
        return {plain(term.text): term for term in map(self._term, rows)}

    def cut(self, beginnings: Set[str]) -> dict[str, Term]:
        """Return the canonical terms with a piece that begins so (see ``approximate``), by their plain form, in their order."""
        places = (self._pieces[beginning].split() for beginning in self._pieces.keys() & beginnings)
        terms = (self._term(index) for index in sorted({int(index) for some in places for index in some}))
        return {plain(term.text): term for term in terms}

    def _term(self, row: Row) -> Term:
        if isinstance(row, int):
            return Term(self._canonical[row], Role.CANONICAL, self._canonical[row])
        text, role, *rest = row
        return Term(text, Role(role), *rest)


def _row(term: Term) -> list[str]:
    row = [term.text, term.role.value, term.canonical, term.until, term.note]
    while not row[-1]:
        row.pop()
    return row


def longest(found: Iterable[Span], size: int) -> list[Span]:
    """Return the spans of terms in a text of this size, in order; of two that overlap, the longer counts."""
    taken = bytearray(size)
    spans = []
    for span in sorted(found, key=lambda span: (span.plain_start - span.plain_end, span.plain_start)):
        if not any(taken[span.plain_start : span.plain_end]):
            taken[span.plain_start : span.plain_end] = b"\1" * (span.plain_end - span.plain_start)
            spans.append(span)
    return sorted(spans, key=lambda span: span.plain_start)


class PlainText:
    """A text with its plain form, and the way back from one to the other."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.form = plain(raw)

    @cached_property
    def _origins(self) -> list[int] | None:
        return plain_with_origins(self.raw)[1] if len(self.form) != len(self.raw) else None

    def origin(self, index: int) -> int:
        """Return the index in the raw text of a character of the plain form."""
        return index if self._origins is None else self._origins[index]
