"""What the files look like: whatever is done to one of them shows, and the source files are those that are read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.kept.looks import difference, is_own, look, look_again, source_paths
from gongkai.sources import is_own_file, source_files
from support import BASE, copy_district, make_buildable

ITEM = BASE["item"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_buildable(copy_district(tmp_path))


def replaced(file: Path) -> None:
    """Put another file in the place of one, of the same size and time."""
    before = file.stat()
    beside = file.with_suffix(".new")
    beside.write_bytes(file.read_bytes()[::-1])
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    beside.replace(file)


CHANGES: list[tuple[str, Callable[[Path], object]]] = [
    (ITEM, lambda file: file.write_text("x", encoding="utf-8")),
    (ITEM, lambda file: file.touch()),
    (ITEM, lambda file: file.unlink()),
    (ITEM, replaced),
    ("data/items/new.yml", lambda file: file.touch()),
    ("content/index.md", lambda file: file.touch()),
    ("content/new.pdf", lambda file: file.touch()),
    ("theme/pages/item.html", lambda file: file.touch()),
    ("theme/new.css", lambda file: file.touch()),
    ("schema/item.json", lambda file: file.touch()),
    ("mkdocs.yml", lambda file: file.touch()),
]


@pytest.mark.parametrize(("path", "change"), CHANGES)
def test_every_change_shows(path: str, change: Callable[[Path], object], root: Path) -> None:
    before = look(root)
    assert difference(before, look(root)) is None
    change(root / path)
    after = look(root)
    assert difference(before, after) == path
    # Of source files only those that are named are looked at again.
    named = [path] if path.startswith(("data/", "content/")) else []
    assert look_again(root, before, named) == after
    assert look_again(root, before, []) == (before if named else after)


def test_what_does_not_count(root: Path) -> None:
    before = look(root)
    for path in ("data/items/.new.yml.swp", "content/.DS_Store", "site/index.html", ".cache/x", "README.md"):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).touch()
    assert difference(before, look(root)) is None


def test_the_source_files_are_those_that_are_read(root: Path) -> None:
    (root / "data/.hidden").mkdir()
    (root / "data/.hidden/x.yml").touch()
    (root / "data/.x.yml").touch()
    (root / "data/link.yml").symlink_to(root / ITEM)
    (root / "data/folder").symlink_to(root / "data/items")
    (root / "content/nowhere.md").symlink_to(root / "nowhere")
    looks = look(root)
    assert source_paths(looks) == source_files(root)
    assert {path: is_own(looks[path]) for path in source_files(root)} == {
        path: is_own_file(root, path) for path in source_files(root)
    }
    assert not is_own(looks["data/link.yml"]) and is_own(looks[ITEM])


def test_links_in_the_place_of_the_folders(root: Path) -> None:
    (root / "content").rename(root / "elsewhere")
    (root / "content").symlink_to(root / "elsewhere")
    looks = look(root)
    assert source_paths(looks) == source_files(root)
    assert not is_own(looks["content/index.md"]) and not is_own_file(root, "content/index.md")


def test_a_folder_that_is_not_there(root: Path) -> None:
    (root / "schema").rename(root / "elsewhere")
    looks = look(root)
    assert "content/index.md" in looks and not any(path.startswith("schema/") for path in looks)
    (root / "content").rename(root / "elsewhere too")
    with pytest.raises(FileNotFoundError):
        look(root)


def test_where_folders_cannot_be_opened_everything_looks_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = look(root)
    monkeypatch.setattr(os, "supports_fd", os.supports_fd - {os.scandir})
    monkeypatch.delattr(os, "open")
    assert look(root) == before
