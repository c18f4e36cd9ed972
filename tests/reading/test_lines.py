"""Places in a text, found without counting from its beginning each time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.encoding import place_of
from gongkai.reading.lines import Lines


@given(st.text("a一\n"))
def test_places_are_those_that_counting_finds(text: str) -> None:
    lines = Lines(text)
    assert [lines.place_of(index) for index in range(len(text) + 1)] == [
        place_of(text, index) for index in range(len(text) + 1)
    ]


def test_lines_may_end_otherwise() -> None:
    assert [Lines("a;\nb;c", ";").line_of(index) for index in range(6)] == [1, 1, 2, 2, 2, 3]
