"""How Chinese text is read: for sorting, for addresses, and for finding it by what is typed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, cast

Lookup = Callable[[str, str], str | None]
"""Returns what is known already of a text, by the name of the question: what the rows of ``facts`` say."""

_READING, _UNUSUAL = "reading", "unusual"

_lookup: list[Lookup] = []


def remember(lookup: Lookup) -> None:
    """Take what ``lookup`` knows from there: loading the dictionary takes a fifth of a second."""
    _lookup[:] = [lookup]


@lru_cache(maxsize=100_000)
def reading(text: str) -> tuple[str, ...]:
    """Return the syllables of a text, each with the number of its tone."""
    known = _lookup[0](_READING, text) if _lookup else None
    return tuple(json.loads(known)) if known is not None else _read(text)


def pinyin_key(text: str) -> tuple[str, ...]:
    """Return the key that sorts Chinese text as a dictionary does: by pinyin with tones, then as written."""
    return (*reading(text), text)


def toneless(text: str) -> str:
    """Return the syllables of a text without tones, in one word."""
    return "".join(syllable.rstrip("12345") for syllable in reading(text))


def is_chinese(character: str) -> bool:
    """Tell whether a character has a reading."""
    return "\u4e00" <= character <= "\u9fff"


@lru_cache(maxsize=30_000)
def usual(character: str) -> str:
    """Return the reading, without tone, that a character usually has."""
    known = _lookup[0](_READING, character) if _lookup else None
    syllables = tuple(json.loads(known)) if known is not None else _read(character)
    return str(syllables[0].rstrip("12345"))


def unusual(text: str) -> list[tuple[int, str]]:
    """Return where in a text a character does not read as usual (行 in 银行 and in 行政), and how it reads there."""
    known = _lookup[0](_UNUSUAL, text) if _lookup else None
    return [(place, syllable) for place, syllable in json.loads(known)] if known is not None else _look(text)


def facts(sorted_by: Iterable[str], found_by: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what a ``Lookup`` may know of texts by which lists are sorted and of texts that are found by pinyin.

    Each is the name of the question, the text and the answer.
    """
    for text in sorted_by:
        yield _READING, text, json.dumps(reading(text))
    for text in found_by:
        yield _UNUSUAL, text, json.dumps(unusual(text))
        yield from ((_READING, c, json.dumps(reading(c))) for c in dict.fromkeys(text) if is_chinese(c))


def _read(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - see remember

    return tuple(lazy_pinyin(text, style=Style.TONE3))


def _look(text: str) -> list[tuple[int, str]]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 - see remember

    readings = [syllable for (syllable,) in pinyin(text, style=Style.NORMAL, errors=cast("Any", _one_by_one))]
    return [
        (position, syllable)
        for position, (character, syllable) in enumerate(zip(text, readings, strict=True))
        if is_chinese(character) and usual(character) != syllable
    ]


def _one_by_one(run: str) -> list[str]:
    """Keep what has no reading, a character at a time, so that positions agree."""
    return [*run]
