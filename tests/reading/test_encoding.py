"""Which characters pass."""

from __future__ import annotations

import sys

from gongkai.invisible import INVISIBLE
from gongkai.reading.encoding import Visible


def test_no_character_is_both_visible_and_invisible() -> None:
    visible = Visible(few=0)
    assert visible.is_all_of("公开 gongkai。\n")
    characters = map(chr, range(sys.maxunicode + 1))
    assert not [character for character in characters if visible.is_all_of(character) and INVISIBLE.search(character)]


def test_the_first_texts_are_left_to_the_search_for_invisible_characters() -> None:
    visible = Visible(few=4)
    assert [visible.is_all_of("公开") for _ in range(3)] == [False, False, True]
