"""Files get into a folder, whatever is there already."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.publishing.tree import files_below, is_file, is_page, write


def test_a_file_gets_its_folders(tmp_path: Path) -> None:
    write(tmp_path, "items/1/versions/2/index.html", b"two")
    write(tmp_path, "items/1/index.html", b"guide")
    write(tmp_path, "index.html", b"home")
    write(tmp_path, "api/v1/items/1.json", b"{}")
    assert files_below(tmp_path) == [
        "api/v1/items/1.json",
        "index.html",
        "items/1/index.html",
        "items/1/versions/2/index.html",
    ]
    assert (tmp_path / "items/1/versions/2/index.html").read_bytes() == b"two"


def test_a_shorter_file_takes_the_place_of_a_longer_one(tmp_path: Path) -> None:
    write(tmp_path, "items/1/index.html", b"long and old")
    write(tmp_path, "items/1/index.html", b"new")
    assert (tmp_path / "items/1/index.html").read_bytes() == b"new"


@pytest.mark.parametrize("address", ["items/1/index.html", "items/1/deep/er/index.html", "items/1/item.json"])
def test_a_file_where_a_folder_should_be_is_an_error(tmp_path: Path, address: str) -> None:
    write(tmp_path, "items/1", b"a file")
    with pytest.raises(NotADirectoryError):
        write(tmp_path, address, b"")


@pytest.mark.parametrize("address", ["items/1/index.html", "items/1/2/3/index.html", "items/item.json"])
def test_a_link_to_nowhere_is_an_error(tmp_path: Path, address: str) -> None:
    (tmp_path / "items").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        write(tmp_path, address, b"")


def test_links_to_files_are_found_and_links_to_folders_are_not(tmp_path: Path) -> None:
    write(tmp_path, "a/one.txt", b"")
    (tmp_path / "two.txt").symlink_to("a/one.txt")
    (tmp_path / "b").symlink_to("a")
    assert files_below(tmp_path) == ["a/one.txt", "two.txt"]
    assert files_below(tmp_path / "nowhere") == []


def test_what_a_browser_shows_for_a_folder_is_a_page() -> None:
    assert is_page("index.html") and is_page("items/index.html")
    assert not is_page("404.html") and not is_page("items/notindex.html")


def test_a_name_that_no_file_can_have_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    names = ("a", "", "b", "a/b", "一" * 100, "x\0")
    assert [is_file(tmp_path / name) for name in names] == [True, False, False, False, False, False]
