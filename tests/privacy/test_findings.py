"""Personal data in the text of a file, as findings."""

from __future__ import annotations

import pytest

from gongkai.privacy.findings import in_text
from support import full_file_of


@pytest.mark.parametrize(
    ("path", "piece"), [("content/page.md", "问 13800000000。\n"), ("data/x.yml", "1\\x33800000000\n")]
)
def test_a_file_full_of_numbers_is_read_once(path: str, piece: str) -> None:
    """Time that grew with the square of a text's length would be hours here."""
    text = full_file_of(piece)
    assert [finding.line for finding in in_text(text, path)] == list(range(1, text.count("\n") + 1))
