"""Whatever changes between two builds, the second makes the site that a build from nothing makes, and no more of it anew."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building import build_site, check
from gongkai.publishing import workshop
from gongkai.publishing.build import BuildReport
from gongkai.publishing.setting import LIST, MADE_HERE, SEARCH, SKIN
from gongkai.reporting.summary import has_errors
from publishing import changes
from publishing.changes import ALLOWANCE, CHANGES, PERMIT
from support import AS_OF, BASE, change_record, copy_district, data_of, make_buildable, write_record
from support import check as plain

TOMORROW = AS_OF + datetime.timedelta(days=1)
SOURCES = ("data", "content", "theme")
OF_PERMIT = f"item\t{PERMIT}"
PERMIT_NAME = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small district, ready to be built; nobody changes it."""
    return make_buildable(copy_district(tmp_path_factory.mktemp("pristine")))


@pytest.fixture
def project(pristine: Path, tmp_path: Path) -> Path:
    """A project of the test's own, whose site was built."""
    root = tmp_path / "district"
    shutil.copytree(pristine, root)
    build_site(root, root / "site")
    return root


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


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
    shutil.rmtree(clean.parent.parent if clean.parent.parent != root.parent else clean.parent)


def outcome(build: Callable[[], object]) -> object:
    """Return what becomes of a build: what went wrong, in words, or what it returned."""
    try:
        return build()
    except Exception as error:
        return type(error).__name__, str(error)


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


STEPS = st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 60)), min_size=1, max_size=6)


def follow(pristine: Path, steps: list[tuple[str, int]]) -> None:
    """Check after each change, and build where nothing is wrong; what is wrong is taken back."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "district"
        shutil.copytree(pristine, root)
        report = build_site(root, root / "site")
        for change, number in steps:
            before = sources(root)
            CHANGES[change](root, number)
            findings = check(root).findings
            assert findings == plain(root)
            if has_errors(findings):
                put_back(root, before)
                assert check(root).findings == plain(root)
            report = build_site(root, root / "site")
        assert_as_from_nothing(root, report)


_SETTINGS = settings(
    deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@settings(_SETTINGS, max_examples=10)
@given(steps=STEPS)
def test_any_changes_one_after_another(pristine: Path, steps: list[tuple[str, int]]) -> None:
    follow(pristine, steps)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=200)
@given(steps=STEPS)
def test_many_changes_one_after_another(pristine: Path, steps: list[tuple[str, int]]) -> None:
    follow(pristine, steps)
