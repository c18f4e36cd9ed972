"""Which characters pass."""

from __future__ import annotations

import sys

from gongkai.reading.encoding import INVISIBLE, VISIBLE


def test_no_character_is_both_visible_and_invisible() -> None:
    characters = map(chr, range(sys.maxunicode + 1))
    assert not [character for character in characters if VISIBLE.fullmatch(character) and INVISIBLE.search(character)]
