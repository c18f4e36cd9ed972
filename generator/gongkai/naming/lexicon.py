"""Which names may turn up in prose, and where each exact one stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

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
        self.terms: dict[str, Term] = {}
        groups: dict[Role, list[Term]] = {role: [] for role in _PRIORITY}
        for term in terms:
            groups[term.role].append(term)
        for group in groups.values():
            for term in group:
                self.terms.setdefault(plain(term.text), term)

    def canonical(self) -> dict[str, Term]:
        """Return the canonical terms by their plain form."""
        return {form: term for form, term in self.terms.items() if term.role is Role.CANONICAL}


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
