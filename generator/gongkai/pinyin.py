"""How Chinese text is read: for sorting, and for addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

Lookup = Callable[[str], str | None]
"""Returns the reading of a text that is known already, its syllables with blanks between them."""

_lookup: list[Lookup] = []


def remember(lookup: Lookup) -> None:
    """Take readings from ``lookup`` where it knows them: loading the dictionary takes a fifth of a second."""
    _lookup[:] = [lookup]


@lru_cache(maxsize=200_000)
def reading(text: str) -> tuple[str, ...]:
    """Return the syllables of a text, each with the number of its tone."""
    known = _lookup[0](text) if _lookup else None
    return tuple(known.split(" ")) if known is not None else _read(text)


def pinyin_key(text: str) -> tuple[str, ...]:
    """Return the key that sorts Chinese text as a dictionary does: by pinyin with tones, then as written."""
    return (*reading(text), text)


def toneless(text: str) -> str:
    """Return the syllables of a text without tones, in one word."""
    return "".join(syllable.rstrip("12345") for syllable in reading(text))


def readings(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return texts with their readings, as a ``Lookup`` returns them; those are left out that have blanks."""
    return [(text, " ".join(_read(text))) for text in texts if " " not in text]


def _read(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - see remember

    return tuple(lazy_pinyin(text, style=Style.TONE3))
