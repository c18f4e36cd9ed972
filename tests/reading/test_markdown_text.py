"""Which references a Markdown text makes, whatever stands around them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.encoding import place_of
from gongkai.reading.markdown_text import references
from support import full_file_of

CODE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
PIECES = ["`", "``", "```", "````", "~~~", "~~~~", "\n", "\n```\n", "[[a]]", "[[b|甲]]", "[", "]", "文字"]


def found(text: str) -> list[str]:
    return [reference.target for reference in references(text)]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_references_stand_outside_of_code(text: str) -> None:
    code = [match.span() for match in CODE.finditer(text)]
    starts = [match.start() for match in re.finditer(r"\[\[(?:a|b\|甲)\]\]", text)]
    expected = [place_of(text, start) for start in starts if not any(a <= start < b for a, b in code)]
    assert [reference.place for reference in references(text)] == expected


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[[a|甲[乙]]]", ["a"]),
        ("[[a|甲[[b]]", ["b"]),
        ("```\n[[a]]\n", ["a"]),
        ("```\n[[a]]\n~~~\n[[b]]\n```\n[[c]]", ["c"]),
        ("`````\n[[a]]\n```\n[[b]]\n````\n[[c]]", ["c"]),
    ],
)
def test_brackets_in_words_and_fences_of_several_lengths(text: str, targets: list[str]) -> None:
    assert found(text) == targets


@pytest.mark.parametrize(
    ("piece", "targets"),
    [("`", 0), ("[[a|", 0), ("[[a]]`x`", 131072), ("[[a]]\n", 174762), ("```\n", 0), ("~~~~\n[[a]]\n", 47663)],
)
def test_hostile_texts_are_read_once(piece: str, targets: int) -> None:
    """Time that grew with the square of a text's length would be hours here."""
    assert len(found(full_file_of(piece))) == targets


def test_a_long_fence_is_read_once() -> None:
    """It is closed by the longest one below, far from it."""
    text = f"{'`' * 500_000}\n{'[[a]]' * 80_000}"
    assert len(found(text)) == 80_000
    assert found(f"{text}\n```\n[[b]]\n") == ["b"]
