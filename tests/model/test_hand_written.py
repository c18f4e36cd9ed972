"""What a hand-written page may say at its beginning."""

from __future__ import annotations

import pytest

from gongkai.model.hand_written import read_page

GOOD = "---\ntitle: 标题\ndate: 2026-01-31\n---\n\n# 标题\n"


def found(text: str) -> list[tuple[str, int]]:
    return [(f.code, f.line) for f in read_page(text.encode(), "content/x.md")[1]]


def test_a_good_page() -> None:
    page, findings = read_page((GOOD + "见[[510123001000]]。\n").encode(), "content/x.md")
    assert findings == [] and page is not None and page.references == ["510123001000"]
    assert page.front_matter.title == "标题" and str(page.front_matter.date) == "2026-01-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeff" + GOOD, [("Y002", 1)]),
        ("# 标题\n", [("S001", 1)]),
        ("---\ntitle: 标题\n", [("Y011", 1)]),
        ("---\ntitle：标题\n---\n", [("Y009", 2)]),
        ("---\ntitle: " + "[" * 100_000 + "\n---\n", [("Y007", 2)]),
        ("---\ntitle: &a 标题\n---\n", [("Y005", 2)]),
        ("---\ntitle: 标题\nlayout: 别的\n---\n", [("S002", 3)]),
        ("---\ntitle: 标题\ndate: 昨天\n---\n", [("S005", 3)]),
        ("---\ntitle: 标题\ntemplate: 404.html\n---\n", [("S004", 3)]),
        (GOOD + "甲\u202e乙\n", [("Y015", 7)]),
    ],
)
def test_faults_have_their_line(text: str, expected: list[tuple[str, int]]) -> None:
    assert found(text) == expected
