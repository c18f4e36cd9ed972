"""What another generator wrote is compared with ours file by file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contest.verification import OURS, UnfairError, content, verify


def _write(site: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site


def _article(words: str) -> str:
    return f"<header>头</header><article class='x'><p>{words}</p></article>"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return _write(tmp_path / "ours", {f"items/{code}/index.html": _article("校车许可") for code in ("1", "2")})


def test_the_same_words_in_another_order_and_place_are_the_same(ours: Path, tmp_path: Path) -> None:
    theirs = _write(tmp_path / "theirs", {f"all/{code}.html": _article("许可 校车") for code in ("1", "2", "3")})
    found = verify(ours, theirs, {"item": "all/*.html"})["item"]
    assert (found.files, found.sample, found.ours, found.theirs, found.different) == (3, 2, 24, 24, 0)


def test_other_words_are_counted(ours: Path, tmp_path: Path) -> None:
    theirs = _write(
        tmp_path / "theirs", {"items/1/index.html": _article("校车许可"), "items/2/index.html": _article("校车许可证")}
    )
    assert verify(ours, theirs, {"item": OURS["item"]})["item"].different == 1


def test_fewer_bytes_of_content_are_unfair(ours: Path, tmp_path: Path) -> None:
    theirs = _write(tmp_path / "theirs", {f"items/{code}/index.html": _article("校车许") for code in ("1", "2")})
    with pytest.raises(UnfairError, match="has 9 bytes of content, fewer than the 12 of ours"):
        verify(ours, theirs, {"item": OURS["item"]})


def test_a_missing_file_is_unfair(ours: Path, tmp_path: Path) -> None:
    theirs = _write(tmp_path / "theirs", {"items/2/index.html": _article("校车许可")})
    with pytest.raises(UnfairError, match="lacks 1 of 2 files of the kind item: 1"):
        verify(ours, theirs, {"item": OURS["item"]})


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("page.html", _article("校车 &amp; 许可"), "校车&许可"),
        ("data.json", json.dumps({"a": ["校车", 2, 0, True, None], "b": {"c": "许可"}}), "校车2许可"),
        ("list.csv", '\ufeff名称,类型\n"校车,许可",行政 许可\n', "名称类型校车,许可行政许可"),
        ("feed.rss", '<?xml version="1.0" encoding="UTF-8"?><rss v="2"><a>校车<b h="u"/></a></rss>', "校车2u"),
    ],
)
def test_content_is_what_is_told_without_markup(name: str, text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert content(tmp_path / name) == told
