"""Characters that look alike but are not the same, and which of them a Chinese name is written with.

Sources: GB/T 15834-2011 标点符号用法 (full-width punctuation in Chinese text), GB/T 15835-2011 (half-width digits),
通用规范汉字表 (国发〔2013〕23号: simplified characters), Unicode UAX #15 (compatibility characters).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from gongkai.invisible import INVISIBLE

_OPENING, _CLOSING = "([{【〔［｛（﹙", ")]}】〕］｝）﹚"
_ALIKE = {
    **dict.fromkeys(_OPENING, "（"),
    **dict.fromkeys(_CLOSING, "）"),
    **dict.fromkeys(",，､﹐", "、"),
    **dict.fromkeys("\"'‘’“”「」『』＂＇", "“"),
    **dict.fromkeys("-‐‑‒–—―－─﹣", "-"),
    **dict.fromkeys("·•・‧∙⋅", "·"),
    **dict.fromkeys(":：﹕", "："),
    **dict.fromkeys(";；﹔", "；"),
    **dict.fromkeys("/／", "/"),
    **dict.fromkeys("<〈《＜", "《"),
    **dict.fromkeys(">〉》＞", "》"),
}
_WRITTEN = {"(": "（", ")": "）", "[": "〔", "]": "〕", ",": "，", "､": "、", ":": "：", ";": "；"}


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A character that should not stand in a Chinese name: its index, what it is, what belongs there."""

    index: int
    character: str
    kind: str
    replacement: str


_IDEOGRAPHS = ("\u4e00", "\u9fff")
"""The first and the last of the basic block."""
_FEW = 10_000
"""So many texts are looked at sooner than a pattern is made that looks at them sooner."""


@cache
def _simplifying() -> Callable[[str], str]:
    import opencc  # noqa: PLC0415 - few files hold what has to be simplified

    return opencc.OpenCC("t2s").convert


def simplified(character: str) -> str:
    """Return the simplified form of a traditional character of the basic block (OpenCC, t2s), any other as it is."""
    first, last = _IDEOGRAPHS
    return _simplifying()(character) if first <= character <= last else character


@cache
def plain_character(character: str) -> str:
    """Return the form that a character shares with all that look like it: none for blanks and invisible ones."""
    if INVISIBLE.match(character) or character.isspace():
        return ""
    if character in _ALIKE:
        return _ALIKE[character]
    folded = unicodedata.normalize("NFKC", character)
    if folded != character:
        return "".join(plain_character(part) for part in folded)
    return simplified(character)


class _PlainTable(dict[int, str]):
    """The table for ``str.translate``, filled as characters turn up."""

    def __missing__(self, number: int) -> str:
        self[number] = plain_character(chr(number))
        return self[number]


_TABLE = _PlainTable()


class _PlainCharacters:
    """Tells texts that are in their plain form, as those of ordinary sentences are."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._told = 0
        self._other: re.Pattern[str] | None = None

    def are_all_of(self, text: str) -> bool:
        """Tell whether a text is surely in its plain form."""
        if self._other is not None:
            return self._other.search(text) is None
        self._told += 1
        if self._told == _FEW:
            self._other = _other_than_plain()
        return self._known.issuperset(text)

    def learn(self, form: str) -> None:
        """Remember the characters of a plain form that are their own."""
        if self._other is None:
            self._known.update(character for character in form if _TABLE[ord(character)] == character)


_PLAIN = _PlainCharacters()


def _other_than_plain() -> re.Pattern[str]:
    """Return what finds a character that may not be in its plain form."""
    block = [chr(number) for number in range(ord(_IDEOGRAPHS[0]), ord(_IDEOGRAPHS[1]) + 1)]
    simple = _simplifying()("\n".join(block)).split("\n")
    ideographs = "".join(old for old, new in zip(block, simple, strict=True) if old == new)
    return re.compile(f"[^0-9A-Za-z。（）、；：“《》%\ue000{ideographs}]")


def plain(text: str) -> str:
    """Return a text in which characters that look alike are the same, and blanks and invisible ones are gone."""
    common = text.replace("，", "、").replace(" ", "")
    if _PLAIN.are_all_of(common):
        return common
    form = common.translate(_TABLE)
    _PLAIN.learn(form)
    return form


def plain_with_origins(text: str) -> tuple[str, list[int]]:
    """Return the plain text and, for each of its characters, the index it comes from in ``text``."""
    pieces = [_TABLE[number] for number in map(ord, text)]
    origins = [index for index, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), origins


_RIGHT: set[str] = set()
"""Characters that were looked at and belong in a name."""


def look_alikes(name: str) -> list[LookAlike]:
    """Return the characters of a name that only look right, in order."""
    if _RIGHT.issuperset(name):
        return []
    found = []
    for index, character in enumerate(name):
        kind, replacement = _fault_of(character)
        if kind:
            found.append(LookAlike(index, character, kind, replacement))
        else:
            _RIGHT.add(character)
    return found


def written_correctly(name: str) -> str:
    """Return a name with its look-alike characters replaced by those that belong in a Chinese name."""
    return "".join(_fault_of(character)[1] for character in name)


@cache
def _fault_of(character: str) -> tuple[str, str]:
    """Return the kind of fault (empty when there is none) and the character that belongs there."""
    if INVISIBLE.match(character) or character.isspace():
        return ("空格" if character.isspace() else "看不见的字符"), ""
    if character in _WRITTEN:
        return ("半角括号" if character in "()[]" else "半角标点"), _WRITTEN[character]
    if (simple := simplified(character)) != character:
        return "繁体字", simple
    return _compatibility_fault(character)


def _compatibility_fault(character: str) -> tuple[str, str]:
    folded = unicodedata.normalize("NFKC", character)
    if folded != character and _is_han(folded):
        return "兼容汉字", folded
    if folded != character and folded.isascii() and folded.isalnum():
        return "全角字母或数字", folded
    return "", character


def _is_han(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" or character >= "\U00020000" for character in text)
