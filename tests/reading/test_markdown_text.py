"""Which references a Markdown text makes, whatever stands around them; which brackets make it too slow to read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.encoding import place_of
from gongkai.reading.markdown_text import Unclosed, references, unbearable
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲" * 400_000 + "（[见[附件](a.pdf)，满 5 天 <7 天的" * 3, None),
        ("[甲](a.md)\n" * 40_000, None),
        ("[" * 1_000 + "\n\n" + "甲" * 90_000, None),
        ("甲\n\n乙[[a|\n丙" + "[" * 3_000, Unclosed("[", 3_002, (3, 2))),
        ("[" * 1_000 + "\n \t\n" + "[" * 2_100 + "]" * 3, Unclosed("[", 2_097, (3, 1))),
        ("[甲](" * 1_500, Unclosed("(", 1_500, (1, 4))),
        ("<a \n\n" * 1_100, Unclosed("<", 1_100, (1, 1))),
    ],
)
def test_too_many_open_brackets(text: str, expected: Unclosed | None) -> None:
    assert unbearable(text) == expected


def test_many_blocks_of_open_brackets_add_up() -> None:
    block = "[" * 500
    assert unbearable("\n\n".join([block] * 19)) is None
    assert unbearable("\n\n".join([block] * 21)) == Unclosed("[", 500, (1, 1))
