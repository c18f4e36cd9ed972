"""What an official site may not contain: each placeholder once, where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.finding import Finding
from support import BASE, check, full_file_of

FRONT = "---\ntitle: 页\n---\n"


def found(root: Path, *codes: str) -> list[Finding]:
    return [finding for finding in check(root, production=True) if finding.code in codes]


@pytest.mark.parametrize(
    ("line", "placeholder"),
    [
        ("电话 0818-0000000。", "0000000"),
        ("地址在南大街（演示地址）1 号", "（演示地址）"),
        ("南大街（演示（一楼）地址）", "（演示（一楼）"),
        ("（演示（演示地址）", "（演示地址）"),
        ("见 https://gongkai.example/", ".example/"),
    ],
)
def test_placeholders_in_pages(line: str, placeholder: str, district: Path) -> None:
    (district / BASE["page"]).write_text(f"{FRONT}{line}\n", encoding="utf-8")
    assert [(f.path, f.line, f.message) for f in found(district, "D005")] == [
        (BASE["page"], 4, f"有演示用的占位内容（{placeholder}）")
    ]


def test_a_page_full_of_what_may_begin_a_placeholder_is_read_once(district: Path) -> None:
    """Time that grew with the square of a page's length would be minutes here."""
    text = (FRONT + full_file_of("（演示"))[: -len(FRONT)]
    (district / BASE["page"]).write_text(text, encoding="utf-8")
    assert found(district, "D005") == []
