"""Building sites in tests, as the commands do."""

from __future__ import annotations

import atexit
import datetime
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from gongkai.kept.project import Project
from gongkai.kept.store import open_store
from gongkai.progress import unseen
from gongkai.publishing.building.build import BuildReport, build
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
) -> BuildReport:
    """Build the site of a project, whatever a check would find in it."""
    with opened(root, jobs) as project, lent(root, project.store.folder):
        return build(project, output, BuildOptions(day, site_url, search=search), LocalCrew(jobs), unseen)


@contextmanager
def lent(root: Path, kept: Path) -> Iterator[None]:
    """Lend a project the skin and the templates that this process made for others: most builds would wait for those alone.

    A build takes them only if it would make the same.
    """
    templates, skin = _workshop() / "templates", _workshop() / digest(json.dumps(sources_of(root)).encode())
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


@cache
def _workshop() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="lent-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
