"""A finished build takes the place of the old site; an unfinished one never does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gongkai.publishing.swap import (
    MARKER,
    BusyError,
    NotASiteError,
    exclusive,
    publish,
    recover,
    refuse_other_folders,
    staging_folder,
)


def make(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, encoding="utf-8")


def test_the_new_site_replaces_the_old(tmp_path: Path) -> None:
    site = tmp_path / "site"
    make(site, "旧")
    (site / "gone.html").write_text("旧", encoding="utf-8")
    staging = staging_folder(site)
    make(staging, "新")
    publish(staging, site)
    assert {p.name for p in site.iterdir()} == {"index.html", MARKER}
    assert (site / "index.html").read_text(encoding="utf-8") == "新"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_what_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    left = staging_folder(site)
    make(left, "半成品")
    assert [p.name for p in staging_folder(site).iterdir()] == [MARKER]


def test_a_failed_swap_puts_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    make(site, "旧")
    staging = staging_folder(site)
    make(staging, "新")
    real = os.rename

    def failing(source, target):
        if Path(source) == staging:
            raise OSError("disk full")
        real(source, target)

    monkeypatch.setattr(os, "rename", failing)
    with pytest.raises(OSError, match="disk full"):
        publish(staging, site)
    assert (site / "index.html").read_text(encoding="utf-8") == "旧"


def test_a_kill_in_the_middle_of_a_swap_is_mended(tmp_path: Path) -> None:
    site = tmp_path / "site"
    make(tmp_path / ".site-old", "旧")
    recover(site)
    assert (site / "index.html").read_text(encoding="utf-8") == "旧"
    recover(site)
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_no_other_folder_is_replaced(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    refuse_other_folders(root / "site", root)
    (root / "site").mkdir()
    refuse_other_folders(root / "site", root)
    (root / "site" / "论文.txt").write_text("十年心血", encoding="utf-8")
    for place in (root / "site", root, tmp_path, Path("/")):
        with pytest.raises(NotASiteError):
            refuse_other_folders(place, root)
    (root / "site" / MARKER).touch()
    refuse_other_folders(root / "site", root)
    (root / "file").touch()
    (root / "link").symlink_to(root / "site")
    for place in (root / "file", root / "link"):
        with pytest.raises(NotASiteError):
            refuse_other_folders(place, root)


def test_two_builds_do_not_share_a_place(tmp_path: Path) -> None:
    with exclusive(tmp_path / "site"), pytest.raises(BusyError), exclusive(tmp_path / "site"):
        pass
    with exclusive(tmp_path / "site"):
        pass
