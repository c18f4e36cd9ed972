"""Only files that changed are read again, and every file that changed is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from building import opened
from gongkai.kept import looks as kept_looks
from gongkai.kept import project as kept_project
from gongkai.loading import load
from gongkai.progress import unseen
from gongkai.workers import LocalCrew
from kept.read_anew import ALLOWANCE, CODE, assert_as_read_anew, everything, records, refreshed
from support import BASE, change_record


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be read afresh."""

    def refuse(*_arguments: object) -> None:
        raise AssertionError("read afresh")

    monkeypatch.setattr(kept_project, "read_rows", refuse)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are read."""
    read: list[str] = []
    real = kept_project.read_rows

    def noted(root: Path, paths: Sequence[str]) -> Any:
        read.extend(paths)
        return real(root, paths)

    monkeypatch.setattr(kept_project, "read_rows", noted)
    return read


def test_what_did_not_change_is_not_read_again(district: Path, request: pytest.FixtureRequest) -> None:
    with opened(district) as project:
        first = records(project.catalogue)
    request.getfixturevalue("no_reading")
    with opened(district) as project:
        assert records(project.catalogue) == first
    assert refreshed(district) == set()


def test_only_what_changed_is_read_again(district: Path, read: list[str]) -> None:
    refreshed(district)
    assert len(read) > 20
    read.clear()
    path = district / BASE["item"]
    path.write_text(path.read_text(encoding="utf-8").replace("version: 2", "version: 3"), encoding="utf-8")
    with opened(district) as project:
        assert project.catalogue.items[CODE].version == 3
    assert read == [BASE["item"]]
    assert_as_read_anew(district)


def test_a_file_that_was_only_touched_is_not_read_again(district: Path, read: list[str]) -> None:
    refreshed(district)
    read.clear()
    path = district / BASE["item"]
    path.write_bytes(path.read_bytes())
    assert refreshed(district) == set() and read == []


@pytest.mark.parametrize("few", [0, 1_000])
def test_after_a_checkout_only_what_differs_is_read(
    district: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """All files are others with the same content, but for one; however many hashes are asked for at once."""
    monkeypatch.setattr(kept_project, "_FEW_HASHES", few)
    refreshed(district)
    read.clear()
    for path in (district / "data").rglob("*.yml"):
        path.write_bytes(path.read_bytes())
    path = district / BASE["item"]
    path.write_text(path.read_text(encoding="utf-8").replace("version: 2", "version: 3"), encoding="utf-8")
    assert refreshed(district) != set() and read == [BASE["item"]]


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is read to see whether it is as before; the looks of few files, changed just now, are trusted, too."""
    hashed: list[bytes] = []
    real = kept_project.hash_of

    def noted(content: bytes) -> bytes:
        hashed.append(content)
        return real(content)

    monkeypatch.setattr(kept_project, "hash_of", noted)
    monkeypatch.setattr(kept_project, "_FEW_LOOKS", 0)
    monkeypatch.setattr(kept_looks, "_A_MOMENT", 0)
    return hashed


def test_a_file_that_looks_as_before_is_not_opened(district: Path, hashed: list[bytes]) -> None:
    refreshed(district)
    change_record(district, BASE["item"], version=3)
    shutil.copy(district / ALLOWANCE, district / "copy")
    (district / "copy").replace(district / ALLOWANCE)
    assert refreshed(district) != set() and len(hashed) == 2
    hashed.clear()
    assert refreshed(district) == set() and hashed == []


def test_a_file_that_comes_back_is_not_taken_for_the_one_that_was_there_meanwhile(
    district: Path, hashed: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a folder is changed for another and back: what is in it looks as it did."""
    refreshed(district)
    folder, first, second = district / "data/items/weijian", district / "first", district / "second"
    shutil.copytree(folder, second)
    monkeypatch.setattr(kept_project, "_FEW_LOOKS", 50)
    for here, there, version in ((first, second, 3), (second, first, 2)):
        folder.rename(here)
        there.rename(folder)
        if version == 3:
            change_record(district, BASE["item"], version=3)
        with opened(district) as project:
            assert project.catalogue.items[CODE].version == version
    assert hashed


def test_the_same_size_and_time_do_not_hide_a_change(district: Path) -> None:
    refreshed(district)
    path = district / BASE["item"]
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("version: 2", "version: 3"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with opened(district) as project:
        assert project.catalogue.items[CODE].version == 3


def test_links_and_misplaced_files_are_looked_at_each_time(district: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("password: 123456", encoding="utf-8")
    (district / "data/laws/linked.yml").symlink_to(outside)
    (district / "data/items/readme.txt").write_text("x", encoding="utf-8")
    for _attempt in range(2):
        assert_as_read_anew(district)
    (district / "data/laws/linked.yml").unlink()
    shutil.copy(district / BASE["law"], district / "data/laws/linked.yml")
    assert_as_read_anew(district)


def test_of_known_candidates_no_other_file_is_looked_at(district: Path, read: list[str]) -> None:
    with opened(district) as project:
        read.clear()
        change_record(district, BASE["item"], version=3)
        change_record(district, ALLOWANCE, version=2)
        project.refresh(LocalCrew(1), unseen, [BASE["item"]])
        assert read == [BASE["item"]]
        assert {code: item.version for code, item in project.catalogue.items.items()} == {
            CODE: 3,
            "512011001000": 1,
        }


@pytest.mark.parametrize(
    "change",
    [
        lambda root: change_record(root, BASE["item"], version=3),
        lambda root: (root / BASE["law"]).unlink(),
        lambda root: (root / "data/items/readme.txt").write_text("x", encoding="utf-8"),
        lambda root: (root / "content/a.pdf").write_bytes(b"%PDF-1.7"),
        lambda root: (root / "data/laws/linked.yml").symlink_to(root / BASE["law"]),
        lambda root: (root / "content/new.md").write_text("---\ntitle: 一\n---\n\n# 一\n\n一段。\n", encoding="utf-8"),
        lambda root: shutil.copy(root / BASE["item"], root / "data/items/minzheng/510123001000.yml"),
        lambda root: (root / BASE["item"]).rename(root / "data/items/minzheng/510123001000.yml"),
        lambda root: (root / BASE["district"]).unlink(),
    ],
)
def test_candidates_are_read_as_everything_is(change: Callable[[Path], object], district: Path) -> None:
    with opened(district) as project:
        before = {path: path.lstat().st_mtime_ns for path in district.rglob("*.*")}
        change(district)
        after = {path: path.lstat().st_mtime_ns for path in district.rglob("*.*")}
        paths = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        candidates = [path.relative_to(district).as_posix() for path in paths if ".cache" not in path.parts]
        project.refresh(LocalCrew(1), unseen, candidates)
        catalogue, findings = load(district)
        assert everything(project.catalogue) == everything(catalogue)
        assert sorted(project.findings) == sorted(findings)
