"""What is wrong with the names that a text mentions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from enum import Enum

from gongkai.naming.approximate import BEGINNING, Approximation, Owners, approximations, covers, owners_by_piece
from gongkai.naming.compounds import continued
from gongkai.naming.lexicon import SHORTEST, Lexicon, PlainText, Role, Span, Term, longest
from gongkai.naming.normal import LEVEL_NOTE_AFTER
from gongkai.naming.words import Words

_TOLD_BEFORE = re.compile(
    r"(?:原|曾用名|旧称|旧名|曾称|曾叫|曾名|以前|过去|从前|前身|老名字|更名为|改名为|改称)[^。；！？]{0,10}\Z"
)
_TOLD_AFTER = re.compile(
    r"\A[^。；！？]{0,24}?(?:改为|更名|改名|改称|并入|撤销|合并|废止|停用|停止使用|替代|取代|不再)"
)

_FEW = 4
"""So often words are added sooner than all are made ready."""

_NUMBERS = frozenset("0123456789一二三四五六七八九十甲乙丙丁")


class MentionFault(Enum):
    """How a mention is wrong."""

    LOOK_ALIKE = "look-alike"
    LEVEL_NOTE = "level note"
    NEAR = "near"
    SHORT = "short"
    FORMER = "former"


@dataclass(frozen=True, slots=True)
class WrongMention:
    """A name in a text that is wrong: where, what stands there, and what it was meant to be."""

    start: int
    end: int
    found: str
    fault: MentionFault
    term: Term


_Word = tuple[int, Term | None, Owners | None]
"""Of a word that is looked for: its size, the term that it is, and the names that it is a piece of."""


class WrongMentions:
    """Finds wrong mentions of the names of a lexicon.

    Only words that begin like something in a text are looked for, until so many texts have come that it is all the same.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._canonical: dict[str, Term] = {}
        self._words: Words[_Word] = Words()
        self._unused = set(lexicon.beginnings())
        self._additions = 0

    def _look_for_words_in(self, form: str) -> None:
        """See that the words are looked for that can stand in a plain text."""
        if not self._unused:
            return
        wanted = self._unused
        if self._additions < _FEW:
            sizes = range(SHORTEST, BEGINNING + 1)
            wanted = self._unused.intersection(form[i : i + size] for size in sizes for i in range(len(form)))
        if wanted:
            self._additions += 1
            self._unused = self._unused - wanted
            self._add(wanted)

    def _add(self, beginnings: Set[str]) -> None:
        terms, cut = self._lexicon.terms(beginnings), self._lexicon.cut(beginnings)
        owners = owners_by_piece(cut, beginnings)
        self._canonical.update(cut)
        for word in terms.keys() | owners.keys():
            self._words.add(word, (len(word), terms.get(word), owners.get(word)))

    def wrong(self, raw: str) -> Iterator[WrongMention]:
        """Yield the wrong mentions in a text, in order of place within each kind."""
        text = PlainText(raw)
        self._look_for_words_in(text.form)
        found = self._words.found(text.form)
        spans = longest((Span(term, end - size, end) for end, (size, term, _) in found if term), len(text.form))
        near = list(self._near(text, [(end, owners) for end, (_, _, owners) in found if owners], spans))
        starts = [mention.start for mention in near]
        for span in spans:
            mention = _exact_fault(text, span)
            # The first half of a name whose second half is misspelled is no short form of it.
            if mention is not None and not (mention.fault is MentionFault.SHORT and _inside(mention, near, starts)):
                yield mention
        yield from near

    def _near(self, text: PlainText, pieces: list[tuple[int, Owners]], spans: list[Span]) -> Iterator[WrongMention]:
        best: list[Approximation] = []
        taken = bytearray(len(text.form))
        known = [(span.plain_start, span.plain_end) for span in spans]
        candidates = approximations(text.form, pieces, known)
        for candidate in sorted(candidates, key=lambda a: (a.distance / len(a.form), a.start)):
            overlaps = any(taken[candidate.start : candidate.end])
            if not overlaps and _anchored(candidate, text.form) and not _explained(candidate, known):
                best.append(candidate)
                taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
        for found in sorted(best, key=lambda a: a.start):
            start, end = text.origin(found.start), text.origin(found.end - 1) + 1
            yield WrongMention(start, end, text.raw[start:end], MentionFault.NEAR, self._canonical[found.form])


def _exact_fault(text: PlainText, span: Span) -> WrongMention | None:
    """Say what is wrong with a name that stands in the text but for characters that look alike."""
    term = span.term
    if term.role is Role.OTHER:
        return None
    start, end = text.origin(span.plain_start), text.origin(span.plain_end - 1) + 1
    found, fault = text.raw[start:end], None
    if term.role is Role.CANONICAL:
        note = LEVEL_NOTE_AFTER.match(text.form, span.plain_end)
        if found != term.text:
            fault = MentionFault.LOOK_ALIKE
        elif note:
            end, fault = text.origin(note.end() - 1) + 1, MentionFault.LEVEL_NOTE
    elif continued(text.form, span.plain_end):
        return None
    elif term.role is Role.SHORT and text.form[span.plain_end : span.plain_end + 1] != "（":
        fault = MentionFault.SHORT
    elif term.role is Role.FORMER and not told_as_history(text.raw, start, end):
        fault = MentionFault.FORMER
    return WrongMention(start, end, text.raw[start:end], fault, term) if fault else None


def told_as_history(text: str, start: int, end: int) -> bool:
    """Tell whether the words around a name say that it is a name of the past."""
    return bool(_TOLD_BEFORE.search(text[max(0, start - 16) : start]) or _TOLD_AFTER.match(text[end : end + 40]))


def _inside(mention: WrongMention, others: Sequence[WrongMention], starts: Sequence[int]) -> bool:
    """Tell whether a mention stands inside one of others, given in order, which do not overlap."""
    index = bisect_right(starts, mention.start) - 1
    return index >= 0 and mention.end <= others[index].end


def _anchored(candidate: Approximation, text: str) -> bool:
    """Tell whether both ends of a name stand in the text, so that it is the name and not a sentence that begins alike.

    One wrong character may stand at an end, if nothing is missing or added.
    """
    found, form = text[candidate.start : candidate.end], candidate.form
    if _counts_differently(found, form):
        return False
    if len(found) == len(form) and candidate.distance == 1:
        return True
    return found[:2] == form[:2] and found[-2:] == form[-2:]


def _counts_differently(found: str, form: str) -> bool:
    """Tell whether only numbers differ: 90周岁以上 and 第二类 are other things than 80周岁以上 and 第一类, not misspelled."""
    differing = [pair for pair in zip(found, form, strict=False) if pair[0] != pair[1]]
    return len(found) == len(form) and all(a in _NUMBERS and b in _NUMBERS for a, b in differing)


def _explained(candidate: Approximation, known: Sequence[tuple[int, int]]) -> bool:
    """Tell whether most of an approximation is another name that stands there rightly: one of those known, in order."""
    size = candidate.end - candidate.start
    first = max(0, bisect_right(known, (candidate.start,)) - 1)
    near = known[first : bisect_left(known, (candidate.end,))]
    return any(covers(min(candidate.end, end) - max(candidate.start, start), size) for start, end in near)
