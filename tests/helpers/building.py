"""Building sites in tests, as the commands do."""

from __future__ import annotations

import atexit
import datetime
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
    with opened(root, jobs) as project, compiled_templates(template_cache(project.store.folder)):
        return build(project, output, BuildOptions(day, site_url, search=search), LocalCrew(jobs), unseen)


@contextmanager
def compiled_templates(kept: Path) -> Iterator[None]:
    """Lend a project the templates that this process compiled for others: most builds in tests would wait for that alone."""
    if not kept.exists():
        shutil.copytree(_compiled(), kept)
    yield
    for file in kept.iterdir():
        if not (_compiled() / file.name).exists():
            shutil.copy2(file, _compiled())


@cache
def _compiled() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="templates-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
