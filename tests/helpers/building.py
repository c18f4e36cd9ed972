"""Building sites in tests, as the commands do."""

from __future__ import annotations

import atexit
import datetime
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path

from gongkai.kept.project import Project
from gongkai.kept.store import open_store
from gongkai.progress import unseen
from gongkai.publishing.building.build import BuildReport, build
from gongkai.publishing.building.prepare import prepare_skin, prepare_templates
from gongkai.publishing.building.setting import BuildOptions
from gongkai.publishing.digest import digest
from gongkai.publishing.skin.skin import is_kept, skin_cache, sources_of
from gongkai.publishing.templates.render import template_cache
from gongkai.rules.checking import Checked, Day, check_project
from gongkai.workers import LocalCrew
from support import AS_OF


@contextmanager
def opened(root: Path, jobs: int = 1) -> Iterator[Project]:
    """Yield a project that was read, with what is kept of it."""
    store = open_store(root)
    try:
        project = Project(root, store)
        project.refresh(LocalCrew(jobs))
        yield project
    finally:
        store.close()


def check(root: Path, day: datetime.date = AS_OF, jobs: int = 1) -> Checked:
    """Check a project."""
    with opened(root, jobs) as project:
        return check_project(project, Day(day, day), LocalCrew(jobs))


def build_site(
    root: Path,
    output: Path,
    day: datetime.date = AS_OF,
    *,
    search: bool = False,
    jobs: int = 1,
    site_url: str | None = None,
    borrowing: bool = True,
) -> BuildReport:
    """Build the site of a project, whatever a check would find in it, ``borrowing`` skin and templates as with ``lend``."""
    with opened(root, jobs) as project, lent(root, project.store.folder, day, site_url) if borrowing else nullcontext():
        return build(project, output, BuildOptions(day, site_url, search=search), LocalCrew(jobs), unseen)


def lend(root: Path) -> Path:
    """Give a project, of which nothing is kept, the skin and the templates that this process made for others.

    Most builds in tests would wait for those alone; a build takes them only if it would make the same. Returns the project.
    """
    with tempfile.TemporaryDirectory() as beside:
        if not _skin_for(root, AS_OF).exists():
            copy = Path(shutil.copytree(root, Path(beside, "project"), ignore=shutil.ignore_patterns(".cache")))
            with opened(copy) as project, lent(root, project.store.folder, AS_OF):
                prepare_templates(project)
                prepare_skin(project, BuildOptions(AS_OF))
    store = open_store(root)
    try:
        with lent(root, store.folder, AS_OF):
            return root
    finally:
        store.close()


@contextmanager
def lent(root: Path, kept: Path, day: datetime.date, site_url: str | None = None) -> Iterator[None]:
    """Put what was lent where a project keeps its own, and borrow what the project makes."""
    templates, skin = _workshop() / "templates", _skin_for(root, day, site_url)
    for own, others in ((template_cache(kept), templates), (skin_cache(kept), skin)):
        if others.exists() and not own.exists():
            shutil.copytree(others, own)
    yield
    templates.mkdir(exist_ok=True)
    for file in template_cache(kept).iterdir():
        if not (templates / file.name).exists():
            shutil.copy2(file, templates)
    if is_kept(kept) and not skin.exists():
        shutil.copytree(skin_cache(kept), skin)


def _skin_for(root: Path, day: datetime.date, site_url: str | None = None) -> Path:
    """Return where the skin is that can be lent to a project, if one was made."""
    return _workshop() / digest(json.dumps([sources_of(root), str(day), site_url]).encode())


@cache
def _workshop() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="lent-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
