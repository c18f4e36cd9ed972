"""Which names may turn up in prose, and where each exact one stands: one pass over the text for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import ahocorasick

from gongkai.naming.look_alikes import plain, plain_with_origins


class Role(Enum):
    """What a name in prose stands for."""

    CANONICAL = "canonical"
    SHORT = "short"
    FORMER = "former"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Term:
    """A name that may turn up; ``canonical`` is the name to be used today, ``note`` says why in Chinese.

    A term of the role OTHER is right as it stands: it only keeps parts of it from being taken for something else.
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


class Lexicon:
    """Names by their plain form; of several terms with one form, the one that is right today counts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[str, Term] = {}
        for term in sorted(terms, key=lambda term: _PRIORITY.index(term.role)):
            self._terms.setdefault(plain(term.text), term)
        self._automaton = ahocorasick.Automaton()
        for form, term in self._terms.items():
            if len(form) >= 2:
                self._automaton.add_word(form, (len(form), term))
        if len(self._automaton):
            self._automaton.make_automaton()

    def canonical(self) -> dict[str, Term]:
        """Return the canonical terms by their plain form."""
        return {form: term for form, term in self._terms.items() if term.role is Role.CANONICAL}

    def knows(self, form: str) -> bool:
        """Tell whether a plain form is that of a term."""
        return form in self._terms

    def spans(self, text: PlainText) -> list[Span]:
        """Return the terms that stand in a text, in order; of two that overlap, the longer counts."""
        if not len(self._automaton):
            return []
        found = [(end + 1 - size, end + 1, term) for end, (size, term) in self._automaton.iter(text.form)]
        found.sort(key=lambda hit: (hit[0] - hit[1], hit[0]))
        taken = bytearray(len(text.form))
        spans = []
        for start, end, term in found:
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                spans.append(Span(term, start, end))
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
