"""Finds personal data in a text, and blots it out.

What is refused and why: 个人信息保护法 art. 5, 6, 9 and 28; 2018年政务公开工作要点 (personal data is taken out before publication).
Office phones, windows, street addresses of offices, document numbers, dates and codes are no personal data.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator, Sequence

from gongkai.privacy.addresses import addresses
from gongkai.privacy.hit import Finder, Hit
from gongkai.privacy.minors import minors
from gongkai.privacy.numbers import bank_cards, identities, mailboxes, mobiles, passports
from gongkai.privacy.people import people
from gongkai.privacy.tables import tables

_FULL_WIDTH = frozenset(chr(ord(c) + 0xFEE0) for c in string.digits + string.ascii_letters + "@+*._")
NUMBERS: tuple[Finder, ...] = (mailboxes, identities, bank_cards, mobiles, passports)
FINDERS = (*NUMBERS, addresses, tables, minors, people)
"""In order of precedence: where two find something at one place, the first one's kind counts."""


def half_width(text: str) -> str:
    """Return a text with its full-width letters, digits and signs, and all other digits, replaced each by one character."""
    plain = {ord(one): _plain(one) for one in {*text} if one in _FULL_WIDTH or is_foreign_digit(one)}
    return text.translate(plain) if plain else text


def is_foreign_digit(character: str) -> bool:
    """Tell whether a character is a digit that looks like ours or is read like ours, and is none of ours in any width."""
    if character.isascii() or character in _FULL_WIDTH or not character.isdecimal():
        return False
    return character <= "\uffff" or "\U0001d7ce" <= character <= "\U0001d7ff"


def _plain(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return str(digit) if digit is not None else chr(ord(character) - 0xFEE0)


def find(text: str, finders: Sequence[Finder] = FINDERS) -> Iterator[Hit]:
    """Yield every piece of personal data that ``finders`` find, in the order of the text; no two overlap."""
    if not finders:
        return
    plain = half_width(text)
    used = bytearray(len(text))
    taken: list[Hit] = []
    for finder in finders:
        for hit in sorted(finder(plain), key=lambda hit: (hit.start, -hit.end)):
            if 1 not in used[hit.start : hit.end]:
                used[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
                taken.append(hit)
    yield from sorted(taken, key=lambda hit: hit.start)


def mask(text: str) -> str:
    """Return a text with every piece of personal data in the form in which it may be shown."""
    pieces, end = [], 0
    for hit in find(text):
        pieces += [text[end : hit.start], hit.shown]
        end = hit.end
    return "".join([*pieces, text[end:]])
