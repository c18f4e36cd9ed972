"""Earlier versions of the tree are read from git, or refused with a reason."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from gongkai import revisions
from gongkai.loading import load
from gongkai.revisions import RevisionError, tree_at, working_tree, write_tree
from repository import commit, git
from support import BASE


def test_a_revision_has_the_files_as_they_were(district: Path) -> None:
    before = working_tree(district)
    first = commit(district)
    (district / BASE["item"]).write_text("改了", encoding="utf-8")
    (district / "data/laws/中文 名.yml").write_bytes(b"\xff\x00\n")
    (district / BASE["law"]).unlink()
    commit(district)
    for revision in (first, first[:10], "HEAD~1", "main^"):
        assert tree_at(district, revision) == before
    assert tree_at(district, "HEAD") == working_tree(district)
    assert tree_at(district, "HEAD")["data/laws/中文 名.yml"] == b"\xff\x00\n"
    assert BASE["law"] not in tree_at(district, "HEAD")


def test_a_project_below_its_repository(district: Path) -> None:
    before = working_tree(district)
    commit(district.parent)
    assert tree_at(district, "HEAD") == before


def test_links_are_left_out(district: Path) -> None:
    before = working_tree(district)
    (district / "data" / "laws" / "x.yml").symlink_to("/etc/passwd")
    commit(district)
    assert tree_at(district, "HEAD") == before == working_tree(district)


def test_what_nobody_looks_at_is_left_out(district: Path) -> None:
    """As in a check: what systems and editors leave beside files is no record."""
    before = working_tree(district)
    (district / "data/laws/._hetongfa.yml").write_bytes(b"\0\5\26\7")
    commit(district)
    assert tree_at(district, "HEAD") == before == working_tree(district)


def test_a_revision_without_hand_written_pages_can_be_loaded(district: Path, tmp_path: Path) -> None:
    """Git keeps no empty folders."""
    shutil.rmtree(district / "content")
    commit(district)
    write_tree(tree_at(district, "HEAD"), tmp_path / "again")
    assert load(tmp_path / "again")[0].items


def test_a_revision_can_be_written_and_loaded_like_a_project(district: Path, tmp_path: Path) -> None:
    commit(district)
    write_tree(tree_at(district, "HEAD"), tmp_path / "again")
    assert working_tree(tmp_path / "again") == working_tree(district)


@pytest.mark.parametrize("revision", ["", "--output=x", "-h", "a" * 201, "HEAD\n", "\x1b[31m"])
def test_what_is_no_name_of_a_revision(revision: str, district: Path) -> None:
    commit(district)
    with pytest.raises(RevisionError, match="不是版本的写法"):
        tree_at(district, revision)


@pytest.mark.parametrize("revision", ["nothing", "HEAD~9", "HEAD:data", "0" * 40, "main..main"])
def test_a_revision_that_is_not_there(revision: str, district: Path) -> None:
    commit(district)
    with pytest.raises(RevisionError, match=f"没有版本“{re.escape(revision)}”"):
        tree_at(district, revision)


def test_without_a_repository(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(district.parent))
    with pytest.raises(RevisionError, match="不在 git 仓库里"):
        tree_at(district, "HEAD")


def test_a_repository_of_another_user(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(district)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    said = f"属于另一个用户，git 不肯读.*请先运行：git config --global --add safe.directory {re.escape(str(district))}$"
    with pytest.raises(RevisionError, match=said):
        tree_at(district, "HEAD")


def test_a_damaged_repository(district: Path) -> None:
    commit(district)
    (district / ".git" / "config").write_text("[core\n", encoding="utf-8")
    with pytest.raises(RevisionError, match=r"读不了 .* 的 git 仓库，没有以前的版本可以比较：git 说“fatal: bad config"):
        tree_at(district, "HEAD")


def test_without_git(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(district))
    with pytest.raises(RevisionError, match="没有找到 git 程序"):
        tree_at(district, "HEAD")


def test_a_shallow_clone_says_so(district: Path, tmp_path: Path) -> None:
    first = commit(district)
    commit(district)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{district}", "shallow")
    assert tree_at(tmp_path / "shallow", "HEAD") == tree_at(district, "HEAD")
    with pytest.raises(RevisionError, match=r"浅克隆.*git fetch --unshallow"):
        tree_at(tmp_path / "shallow", first)


def test_a_revision_without_data(district: Path) -> None:
    git(district, "init", "-q", "-b", "main")
    git(district, "commit", "-q", "--allow-empty", "-m", "Begin")
    with pytest.raises(RevisionError, match="没有 data/"):
        tree_at(district, "HEAD")


def test_an_object_that_is_missing(district: Path) -> None:
    commit(district)
    blob = git(district, "rev-parse", f"HEAD:{BASE['item']}")
    (district / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(RevisionError, match="有的内容不在仓库里"):
        tree_at(district, "HEAD")


def test_too_much(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(district)
    monkeypatch.setattr(revisions, "MAX_BYTES", 1000)
    with pytest.raises(RevisionError, match="不予读取"):
        tree_at(district, "HEAD")
