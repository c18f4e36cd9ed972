"""A site after changes, beside one that is built from nothing."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from building import build_site
from commands import files
from gongkai.publishing.building.build import BuildReport
from publishing.edits import ALLOWANCE, PERMIT
from support import AS_OF, change_record

TOMORROW = AS_OF + datetime.timedelta(days=1)
SOURCES = ("data", "content", "theme")
OF_PERMIT = f"item\t{PERMIT}"
OF_ALLOWANCE = f"item\t{ALLOWANCE}"
ALLOWANCE_PATH = f"data/items/minzheng/{ALLOWANCE}.yml"
PERMIT_NAME = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"


def times(site: Path) -> dict[str, tuple[int, int]]:
    """Return by address which file stands there, and when it was written."""
    found = ((path, path.stat()) for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): (status.st_ino, status.st_mtime_ns) for path, status in found}


def differing(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def built_from_nothing(root: Path, day: datetime.date = AS_OF, *, search: bool = False) -> tuple[BuildReport, Path]:
    """Build the same sources elsewhere, without anything that was kept."""
    clean = Path(tempfile.mkdtemp(dir=root.parent)) / root.name
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns(".cache", "site"))
    return build_site(clean, clean / "site", day, search=search), clean / "site"


def assert_as_from_nothing(
    root: Path, report: BuildReport, day: datetime.date = AS_OF, *, search: bool = False
) -> None:
    """See that the site is to the byte that of a build from nothing, and that nothing was left beside it."""
    anew, clean = built_from_nothing(root, day, search=search)
    one, other = files(root / "site"), files(clean)
    assert differing(one, other) == set()
    assert (report.pages, report.files) == (anew.pages, anew.files)
    assert report.files == len(one)
    assert not [path.name for path in root.glob(".site-*") if path.name != ".site-lock"]
    shutil.rmtree(clean.parent.parent)


def sources(root: Path) -> dict[str, bytes]:
    found = (path for folder in SOURCES for path in (root / folder).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def put_back(root: Path, before: Mapping[str, bytes]) -> None:
    """Make the sources again what they were."""
    for path, content in sources(root).items():
        if path not in before:
            (root / path).unlink()
        elif before[path] != content:
            (root / path).write_bytes(before[path])
    for path in before.keys() - sources(root).keys():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(before[path])


def built_after(
    root: Path, change: Callable[[], object] | None = None, *, compared: bool = True
) -> tuple[BuildReport, set[str], set[str]]:
    """Make a change and build; returns the report and the addresses of files that were written, and of those that went.

    Every other file is the same file as before. The site is ``compared`` with one that is built from nothing.
    """
    before = times(root / "site")
    if change is not None:
        change()
    report = build_site(root, root / "site")
    after = times(root / "site")
    if compared:
        assert_as_from_nothing(root, report)
    return report, {name for name in after if after[name] != before.get(name)}, before.keys() - after.keys()


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def give_a_right(root: Path) -> None:
    change_record(root, ALLOWANCE_PATH, rights=["可以要求说明理由"])
