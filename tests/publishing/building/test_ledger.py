"""What is missing of a site, or of what is known of it, is made again; a site that is gone is forgotten."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from building import build_site, opened
from commands import files
from gongkai.publishing.digest import digest
from publishing.building.comparing import (
    differing,
    give_a_right,
)


@pytest.fixture(scope="module")
def with_a_right(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the project after ``give_a_right``, built from nothing."""
    root = tmp_path_factory.mktemp("right") / "district"
    shutil.copytree(pristine, root, ignore=shutil.ignore_patterns(".cache", "site"))
    give_a_right(root)
    build_site(root, root / "site")
    return files(root / "site")


def test_a_site_that_was_removed_is_forgotten(project: Path) -> None:
    other = project.parent / "other-site"
    build_site(project, other)

    def kept() -> set[str]:
        with opened(project) as known:
            tables = (
                "SELECT DISTINCT stage FROM made.units",
                "SELECT stage FROM made.shares",
                "SELECT name FROM made.notes",
            )
            return {name for query in tables for (name,) in known.store.rows(query) if "-site" in name}

    stages = {f"site {other}", f"events {other}"}
    notes = {f"identity of {other}", f"count of {other}", *(f"circumstances of {stage}" for stage in stages)}
    assert kept() == stages | notes
    build_site(project, project / "site")
    assert kept()
    shutil.rmtree(other)
    report = build_site(project, project / "site")
    assert report.made == () and kept() == set()
    build_site(project, other)
    assert files(other) == files(project / "site")


def replaced_by_a_copy(root: Path) -> None:
    shutil.copytree(root / "site", root / "copy")
    shutil.rmtree(root / "site")
    (root / "copy").rename(root / "site")


def beside(root: Path) -> Path:
    """Return where the skin and the settings are kept."""
    (folder,) = (root / ".cache").glob("kept-beside-*")
    return folder


MISSING: dict[str, Callable[[Path], object]] = {
    "the site": lambda root: shutil.rmtree(root / "site"),
    "its folders": lambda root: [shutil.rmtree(path) for path in (root / "site").iterdir() if path.is_dir()],
    "the home page": lambda root: (root / "site/index.html").unlink(),
    "the marker": lambda root: (root / "site/.gongkai-site").unlink(),
    "the site's own folder": replaced_by_a_copy,
    "the cache": lambda root: shutil.rmtree(root / ".cache"),
    "the units": lambda root: [path.unlink() for path in (root / ".cache").glob("kept-*.made.sqlite")],
    "the skin": lambda root: shutil.rmtree(beside(root) / "skin"),
    "what is known of the skin": lambda root: (beside(root) / "skin/skin.json").write_text("{}", encoding="utf-8"),
    "a style": lambda root: next((beside(root) / "skin/files").rglob("*.css")).unlink(),
    "the settings": lambda root: (beside(root) / "settings.json").write_text("[]", encoding="utf-8"),
}


@pytest.mark.parametrize("what", MISSING)
def test_what_is_missing_is_made_again(what: str, project: Path, with_a_right: dict[str, bytes]) -> None:
    expected = files(project / "site")
    MISSING[what](project)
    report = build_site(project, project / "site")
    assert differing(files(project / "site"), expected) == set() and report.files == len(expected)
    MISSING[what](project)
    give_a_right(project)
    report = build_site(project, project / "site")
    assert differing(files(project / "site"), with_a_right) == set() and report.files == len(with_a_right)


def test_what_came_with_the_files_is_not_taken_for_what_is_kept(project: Path) -> None:
    """As in a fresh clone of a project into which somebody committed a ``.cache/``: the files are the same, not their times."""
    expected = files(project / "site")
    clone = project.parent / "clone"
    shutil.copytree(project, clone, ignore=shutil.ignore_patterns("site"), copy_function=shutil.copyfile)
    settings = beside(clone) / "settings.json"
    made_from, url, description = json.loads(settings.read_text(encoding="utf-8").partition("\n")[2])
    forged = json.dumps([made_from, url, f"{description}（假的）"])
    settings.write_text(f"{digest(forged.encode())}\n{forged}", encoding="utf-8")
    shutil.copytree(settings.parent, clone / ".cache", dirs_exist_ok=True)
    build_site(clone, clone / "site")
    assert files(clone / "site") == expected
    assert beside(clone) != settings.parent
