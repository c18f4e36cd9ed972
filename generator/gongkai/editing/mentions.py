"""Where a text mentions a name as such, and where the same characters are part of another name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import ahocorasick

from gongkai.editing.text_edits import Edit, apply
from gongkai.naming.compounds import continued

_TITLE = re.compile("《[^《》]*》")


FindMentions = Callable[[str], Iterable["Mention"]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an old name stands.

    ``replacement`` is the new name; None where the characters are part of another name, which ``reason``
    tells in Chinese.
    """

    start: int
    end: int
    replacement: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A mention that stays: where in the file's text it is (or begins), and why."""

    position: int
    reason: str


@dataclass(slots=True)
class Replacing:
    """What becomes of the mentions in one file: the edits that replace them, and those that stay."""

    edits: list[Edit] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def text(self, before: str) -> str:
        """Return the text of the file with the edits made."""
        return apply(before, self.edits)


class Mentions:
    """Finds old names in texts; time grows with the length of a text, not with the number of names."""

    def __init__(
        self, renamed: Mapping[str, str], other_names: Iterable[str], *, may_be_documents: bool, ambiguous: bool = False
    ) -> None:
        """Prepare the search.

        ``renamed`` gives the new name for each old one, ``other_names`` all that may contain or overlap one.
        ``may_be_documents`` says that 许可 may begin 许可证; ``ambiguous`` that a document, a law or
        a word of every day has the very same name, so that only a clerk can tell.
        """
        self.renamed = dict(renamed)
        self._new = frozenset(renamed.values())
        self._may_be_documents = may_be_documents
        self._ambiguous = ambiguous
        self._names = ahocorasick.Automaton()
        self._longest = 0
        for name in {*other_names, *renamed, *renamed.values()}:
            self._names.add_word(name, name)
            self._longest = max(self._longest, len(name))
        self._names.make_automaton()

    def __call__(self, text: str) -> Iterator[Mention]:
        """Yield the mentions of the old names in a text, in order; they do not overlap."""
        if not any(old in text for old in self.renamed):
            return
        found = sorted((end + 1 - len(name), end + 1, name) for end, name in self._names.iter(text))
        titles = [match.span() for match in _TITLE.finditer(text)]
        position = 0
        for start, end, name in found:
            if name not in self.renamed or start < position:
                continue
            larger = self._larger(start, end, found)
            if larger in self.renamed or larger in self._new:
                continue
            position = end
            reason = self._reason(text, start, end, larger, titles)
            yield Mention(start, end, None if reason else self.renamed[name], reason)

    def _reason(self, text: str, start: int, end: int, larger: str | None, titles: list[tuple[int, int]]) -> str:
        if larger is not None:
            return f"是“{larger}”的一部分"
        title = bisect_left(titles, (start, 0)) - 1
        if title >= 0 and end < titles[title][1]:
            return "在书名号里"
        rest = continued(text, end) if self._may_be_documents else ""
        if rest:
            return f"“{text[start:end]}{rest}”是另一个名称"
        return "材料、证照或者法律也叫这个名称，分不清指哪一个" if self._ambiguous else ""

    def _larger(self, start: int, end: int, found: Sequence[tuple[int, int, str]]) -> str | None:
        """Return the longest known name that goes before a mention: one that contains it, or overlaps it.

        Of two that overlap, the one that begins earlier counts.
        """
        near = found[bisect_left(found, (start - self._longest,)) : bisect_left(found, (start + 1,))]
        larger = [row for row in near if start < row[1] and (row[0] < start or row[1] > end)]
        return max(larger, key=lambda row: row[1] - row[0])[2] if larger else None
