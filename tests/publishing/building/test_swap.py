"""A finished build takes the place of the old site; an unfinished one never does."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from pathlib import Path
from unittest.mock import Mock

import pytest

from gongkai.publishing.building.swap import (
    MARK,
    MARKER,
    BusyError,
    NotASiteError,
    changes_folder,
    clear,
    exclusive,
    identity,
    publish,
    publish_changes,
    recover,
    refuse_other_folders,
    staging_folder,
    undisturbed,
)
from repository import git
from support import ROOT


def make(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, encoding="utf-8")
    (folder / MARKER).write_bytes(MARK)


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
    assert [p.name for p in staging_folder(site).iterdir()] == []
    make(changes_folder(site), "半成品")
    assert [p.name for p in changes_folder(site).iterdir()] == []
    clear(site)
    assert [p.name for p in tmp_path.iterdir()] == []


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


def changed(site: Path) -> Path:
    """Return complete changes beside a site: a page that is other, a new one, and one that is the same."""
    make(site, "旧")
    for name in ("same", "gone"):
        (site / name).mkdir()
        (site / name / "index.html").write_text("旧", encoding="utf-8")
    changes = changes_folder(site)
    (changes / "index.html").write_text("新", encoding="utf-8")
    for name, text in (("same", "旧"), ("new/deep", "新")):
        (changes / name).mkdir(parents=True)
        (changes / name / "index.html").write_text(text, encoding="utf-8")
    return changes


def texts(site: Path) -> dict[str, str]:
    files = (path for path in site.rglob("*") if path.is_file() and path.name != MARKER)
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in files}


AFTERWARDS = {"index.html": "新", "same/index.html": "旧", "new/deep/index.html": "新"}


def test_changes_move_into_the_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    changes = changed(site)
    before = {name: (site / name / "index.html").stat() for name in ("same", ".")}
    publish_changes(changes, site, ["gone/index.html", "was/never/there.html"])
    assert texts(site) == AFTERWARDS
    assert not (site / "gone").exists()
    now = (site / "same" / "index.html").stat()
    assert (now.st_ino, now.st_mtime_ns) == (before["same"].st_ino, before["same"].st_mtime_ns)
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("moved", [0, 1])
def test_a_kill_while_changes_move_in_is_mended(moved: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    changes = changed(site)
    real = Path.replace
    left = [moved]

    def killed(self: Path, target: Path) -> Path:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            publish_changes(changes, site, ["gone/index.html"])
    recover(site)
    assert texts(site) == AFTERWARDS
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_changes_that_were_not_complete_never_count(tmp_path: Path) -> None:
    site = tmp_path / "site"
    changed(site)
    before = texts(site)
    recover(site)
    assert texts(site) == before
    clear(site)
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize(
    "note", ["", "[", "{}", '["", []]', '["1 2 3", ["gone/index.html"]]', "gone/index.html", "/etc/passwd"]
)
def test_changes_that_came_with_the_files_never_count(note: str, tmp_path: Path) -> None:
    """As in a clone of a project into which somebody committed them."""
    site = tmp_path / "site"
    changes = changed(site)
    (changes / ".gongkai-removed.complete").write_text(note, encoding="utf-8")
    before = texts(site)
    recover(site)
    assert texts(site) == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_changes_of_one_site_are_not_moved_into_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    changes = changed(site)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            publish_changes(changes, site, ["gone/index.html"])
    shutil.copytree(site, tmp_path / "copy")
    shutil.rmtree(site)
    (tmp_path / "copy").rename(site)
    before = texts(site)
    recover(site)
    assert texts(site) == before
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_files_with_any_name_are_removed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    changes = changed(site)
    names = ["gone/a\nb.txt", "gone/ .txt"]
    for name in names:
        (site / name).touch()
    publish_changes(changes, site, names)
    assert texts(site) == {**AFTERWARDS, "gone/index.html": "旧"}


def test_another_site_has_another_identity(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert identity(site) == ""
    make(site, "旧")
    first = identity(site)
    staging = staging_folder(site)
    make(staging, "新")
    publish(staging, site)
    second = identity(site)
    assert first and second not in ("", first)
    assert identity(site) == second
    (site / "index.html").unlink()
    assert identity(site) not in ("", first, second)


def test_ctrl_c_waits_until_the_work_is_done() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), undisturbed():
        signal.raise_signal(signal.SIGINT)
        done.append("work")
    assert done == ["work"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_is_left_alone_outside_the_main_thread() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen: list[object] = []

    def work() -> None:
        with undisturbed():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]


def test_everything_that_stands_beside_a_site_is_cleaned_away(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with exclusive(site):
        publish(staging_folder(site), site)
        staging_folder(site)
        changes_folder(site)
        (tmp_path / ".site-old").mkdir()
        beside = {path.name for path in tmp_path.iterdir()}
    (cleaned,) = [
        line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "rm -rf site" in line
    ]
    assert len(beside) == 5 and beside <= {*cleaned.split()}


def test_git_ignores_what_a_build_leaves_beside_a_site_of_any_name(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    shutil.copy(ROOT / ".gitignore", tmp_path)
    git(tmp_path, "add", "-A")
    for name in ("site", "part1", "part12"):
        make(tmp_path / name, "一部分")
    for name in ("site", "part1", "预览"):
        (tmp_path / f".{name}-lock").touch()
        for purpose in ("building", "changing", "old"):
            make(tmp_path / f".{name}-{purpose}", "没有完成的")
    assert git(tmp_path, "status", "--porcelain", "--untracked-files=all") == "A  .gitignore"
