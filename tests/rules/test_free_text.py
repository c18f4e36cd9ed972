"""What of a page is prose: everything but code, addresses and tags."""

from __future__ import annotations

import pytest

from gongkai.model.hand_written import HandWrittenPage, read_page
from gongkai.rules.free_text import GAP, texts
from support import full_file_of

FRONT = "---\ntitle: 首页\n---\n"


def page_of(text: str) -> HandWrittenPage:
    page, findings = read_page((FRONT + text).encode(), "content/page.md")
    assert page is not None, findings
    return page


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("甲`乙`丙", "甲...丙"),
        ("见[甲](a(b)c)", "见[甲......c)"),
        ("见[甲](a[0])。", "见[甲.......。"),
        ("<b>甲</b><https://a>", "...甲..............."),
        ("[[510123001000]]和[[town:tingzi|亭子]]", "..............]]和..............亭子]]"),
        ("甲<乙<b>丙", "甲<乙...丙"),
        ("甲](乙](丙)", "甲](乙...."),
        ("甲`乙", "甲`乙"),
    ],
)
def test_what_is_no_prose_is_left_out(line: str, prose: str) -> None:
    (*_, (loc, text)) = texts(page_of(line))
    assert (loc, text.replace(GAP, ".")) == (("lines", 3), prose)


@pytest.mark.parametrize("piece", ["<", "](", "<!--", "](`", "[["])
def test_hostile_lines_are_read_once(piece: str) -> None:
    """Time that grew with the square of a line's length would be hours here."""
    line = full_file_of(piece)[: -len(FRONT.encode())]
    (*_, (_, text)) = texts(page_of(line))
    assert len(text) == len(line)
