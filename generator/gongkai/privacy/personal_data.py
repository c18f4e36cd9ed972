"""Finds personal data in a text, and blots it out.

What is refused and why: 个人信息保护法 art. 5, 6, 9 and 28; 2018年政务公开工作要点 (personal data is taken out before publication).
Office phones, windows, street addresses of offices, document numbers, dates and codes are no personal data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from gongkai.privacy.addresses import addresses
from gongkai.privacy.hit import Finder, Hit
from gongkai.privacy.late_pattern import late_pattern
from gongkai.privacy.minors import minors
from gongkai.privacy.numbers import bank_cards, identities, mailboxes, mobiles, passports
from gongkai.privacy.people import people
from gongkai.privacy.tables import tables

_MATHEMATICAL = "\U0001d7ce-\U0001d7ff"
_OTHER_SCRIPTS = "".join(filter(str.isdecimal, map(chr, (*range(0x80, 0xFF10), *range(0xFF1A, 0x10000)))))
FOREIGN_DIGITS = _OTHER_SCRIPTS + _MATHEMATICAL
"""A class of digits that look like ours or are read like ours."""
_OTHER_WIDTH = late_pattern(f"[０-９Ａ-Ｚａ-ｚ＠＋＊．＿{_OTHER_SCRIPTS}]")
_MATHEMATICAL_DIGIT = late_pattern(f"[{_MATHEMATICAL}]")
NUMBERS: tuple[Finder, ...] = (mailboxes, identities, bank_cards, mobiles, passports)
FINDERS = (*NUMBERS, addresses, tables, minors, people)
"""In order of precedence: where two find something at one place, the first one's kind counts."""


def half_width(text: str) -> str:
    """Return a text with its full-width letters, digits and signs, and all other digits, replaced each by one character."""
    # Apart, because the expression engine is slow with a class that reaches beyond the first plane.
    if _reaches_beyond_first_plane(text):
        text = _MATHEMATICAL_DIGIT.sub(_plain, text)
    return _OTHER_WIDTH.sub(_plain, text)


def _reaches_beyond_first_plane(text: str) -> bool:
    """Tell it by the length in UTF-16, which is known many times sooner than the greatest character."""
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


def _plain(match: re.Match[str]) -> str:
    digit = unicodedata.decimal(match[0], None)
    return str(digit) if digit is not None else chr(ord(match[0]) - 0xFEE0)


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
