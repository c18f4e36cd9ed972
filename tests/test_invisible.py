"""What nobody sees is shown by its number, so that it steers no terminal."""

from __future__ import annotations

import json

from gongkai.invisible import INVISIBLE, visible, visible_json, visible_lines

HOSTILE = "甲\x1b[2J\x9b31m\x07\u202e\x7f乙"
SHOWN = "甲〈U+001B〉[2J〈U+009B〉31m〈U+0007〉〈U+202E〉〈U+007F〉乙"


def test_one_line() -> None:
    assert visible(HOSTILE) == SHOWN
    assert visible("一\r\n\t二\r三\n") == "一 二 三 "


def test_lines_keep_their_ends() -> None:
    assert visible_lines(f"{HOSTILE}\r\n\t二\n") == f"{SHOWN}\r\n\t二\n"
    assert visible_lines("-旧\r+新\n") == "-旧〈U+000D〉+新\n"


def test_bytes_of_a_name_that_is_no_text_are_shown() -> None:
    name = b"\xb0\xb2.pdf".decode(errors="surrogateescape")
    assert visible(name) == "〈U+DCB0〉〈U+DCB2〉.pdf"
    assert json.loads(visible_json(name)) == name and visible_json(name).isascii()


def test_json_says_the_same() -> None:
    value = {"名称": [HOSTILE, "\u200b\U000e0041"]}
    text = visible_json(value)
    assert not INVISIBLE.search(text) and "甲" in text and "\\udb40\\udc41" in text
    assert json.loads(text) == value
