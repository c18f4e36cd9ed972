"""How Chinese text is read: for sorting, for addresses, and for finding it by what is typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from sys import intern
from typing import NamedTuple

Lookup = Callable[[str], str | None]
"""Returns the reading of a text if it is known already: what ``facts`` say."""

Fact = tuple[str, str]
"""A text and its reading, as JSON."""

_lookup: list[Lookup] = []
_recalled: dict[str, list[tuple[int, str]]] = {}


def remember(lookup: Lookup) -> None:
    """Take what ``lookup`` knows from there: loading the dictionary takes a fifth of a second."""
    _lookup[:] = [lookup]


@lru_cache(maxsize=100_000)
def reading(text: str) -> tuple[str, ...]:
    """Return the syllables of a text, each with the number of its tone."""
    known = _lookup[0](text) if _lookup else None
    # There are some thousand syllables, and names of tens of thousands of items.
    return tuple(map(intern, json.loads(known))) if known is not None else _read(text)


def pinyin_key(text: str) -> tuple[str, ...]:
    """Return the key that sorts Chinese text as a dictionary does: by pinyin with tones, then as written."""
    return (*reading(text), text)


def toneless(text: str) -> str:
    """Return the syllables of a text without tones, in one word."""
    return "".join(syllable.rstrip("12345") for syllable in reading(text))


def recall(unusual_in: Mapping[str, list[tuple[int, str]]]) -> None:
    """Take what ``unusual`` returned of some texts, so that it need not be found again."""
    _recalled.clear()
    _recalled.update(unusual_in)


def is_chinese(character: str) -> bool:
    """Tell whether a character has a reading."""
    return "\u4e00" <= character <= "\u9fff"


@lru_cache(maxsize=30_000)
def usual(character: str) -> str:
    """Return the reading, without tone, that a character usually has."""
    known = _lookup[0](character) if _lookup else None
    syllables = tuple(json.loads(known)) if known is not None else _read(character)
    return str(syllables[0].rstrip("12345"))


def unusual(text: str) -> list[tuple[int, str]]:
    """Return where in a text a character does not read as usual (行 in 银行 and in 行政), and how it reads there."""
    if text in _recalled:
        return _recalled[text]
    found = []
    position = 0
    for word in _words(text):
        found += [(position + offset, syllable) for offset, syllable in _unusual_in(word)]
        position += len(word)
    return found


def unusual_in_known(text: str) -> list[tuple[int, str]]:
    """Return what ``unusual`` returns; a text of Chinese characters whose reading is a known fact needs no dictionary."""
    if not all(map(is_chinese, text)):
        return unusual(text)
    read = ((character, syllable.rstrip("12345")) for character, syllable in zip(text, reading(text), strict=True))
    return [(place, syllable) for place, (character, syllable) in enumerate(read) if usual(character) != syllable]


def facts(texts: Iterable[str]) -> Iterator[Fact]:
    """Yield what a ``Lookup`` may know of some texts."""
    yield from ((text, json.dumps(reading(text))) for text in texts)


def _read(text: str) -> tuple[str, ...]:
    return tuple(syllable for word in _words(text) for syllable in _read_word(word))


@lru_cache(maxsize=50_000)
def _unusual_in(word: str) -> tuple[tuple[int, str], ...]:
    """Return what ``unusual`` returns of a text, for one word."""
    read = ((character, syllable.rstrip("12345")) for character, syllable in zip(word, _read_word(word), strict=False))
    return tuple(
        (offset, syllable)
        for offset, (character, syllable) in enumerate(read)
        if is_chinese(character) and _toneless_character(character) != syllable
    )


@lru_cache(maxsize=30_000)
def _toneless_character(character: str) -> str:
    return _read(character)[0].rstrip("12345")


@lru_cache(maxsize=1_000)
def _words(text: str) -> list[str]:
    """Return the words that pypinyin takes a text apart into."""
    dictionary = _dictionary()
    return _phrases(text, dictionary) if dictionary.is_all_chinese(text) else list(dictionary.take_apart(text))


class _Dictionary(NamedTuple):
    """pypinyin's phrases, what tells how they begin and whether a text can be made of them, and its own way to do it."""

    phrases: Container[str]
    is_beginning: Callable[[str], bool]
    is_all_chinese: Callable[[str], object]
    take_apart: Callable[[str], Iterable[str]]


@cache
def _dictionary() -> _Dictionary:
    from pypinyin.constants import PHRASES_DICT, RE_HANS  # noqa: PLC0415 - see remember
    from pypinyin.seg.mmseg import p_set  # noqa: PLC0415 - see remember
    from pypinyin.seg.simpleseg import seg  # noqa: PLC0415 - see remember

    return _Dictionary(PHRASES_DICT, p_set.__contains__, RE_HANS.match, seg)


def _phrases(text: str, dictionary: _Dictionary) -> list[str]:
    """Return the longest phrase from the beginning on, then from its end on, and so forth; a character where none begins.

    The same as pypinyin's ``mmseg.seg.cut``, in half the time: names are most of what is read of an item.
    """
    phrases, is_beginning = dictionary.phrases, dictionary.is_beginning
    found: list[str] = []
    start, length = 0, len(text)
    while start < length:
        longest, end = start, start + 2
        while end <= length and is_beginning(beginning := text[start:end]):
            if beginning in phrases:
                longest = end
            end += 1
        if longest == start and end > length:
            # What may yet become a phrase, but ends before, is no longer looked into.
            return [*found, *text[start:]]
        after = max(longest, start + 1)
        found.append(text[start:after])
        start = after
    return found


@lru_cache(maxsize=50_000)
def _read_word(word: str) -> tuple[str, ...]:
    """Return the syllables of a word; a run of what has no reading is one of them. Names share most of their words."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - see remember

    return tuple(lazy_pinyin(word, style=Style.TONE3))
