"""The build, from a checked project to a site in its place: all of it, or what changed since the last time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gongkai.collector import waiting_collector
from gongkai.kept.project import Project
from gongkai.progress import Progress
from gongkai.publishing.building import ledger, swap
from gongkai.publishing.building.changes import build_changes, in_each_others_way
from gongkai.publishing.building.searching import search_unit
from gongkai.publishing.building.setting import MADE_HERE, BuildOptions, Setting
from gongkai.publishing.building.units import Unit, unit_names
from gongkai.publishing.building.whole import build_whole
from gongkai.workers import Crew

_MANY = 3_000
"""So many units that are due, and more than half of all, are better made with all others into an empty folder."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: pages and files of the whole site, and the units that were made for it."""

    pages: int
    files: int
    made: tuple[Unit, ...]
    output: Path


@waiting_collector()
def build(project: Project, output: Path, options: BuildOptions, crew: Crew, progress: Progress) -> BuildReport:
    """Build the site of a project without errors and put it at ``output``; what would be the same as before is left alone.

    Raises UnpublishableError: SkinError when MkDocs cannot render, links.BrokenLinksError when a page links to
    nothing, privacy_gate.PersonalDataError when a file holds personal data, others when a page template is faulty or
    a process of the build was ended; swap.BusyError when another build is under way. The old site is untouched in
    all of these cases.
    """
    with swap.building(output):
        return _built(Setting(project, output, options, crew, progress))


def _built(setting: Setting) -> BuildReport:
    ledger.forget_vanished(setting)
    setting.renew_events()
    if not ledger.is_as_kept(setting):
        setting.stage.clear()
    units = {*unit_names(setting.site)}
    known = setting.stage.known()
    due = setting.stage.due(units, known)
    if len(due) > max(_MANY, len(units) // 2) or in_each_others_way(setting):
        setting.stage.clear()
        known, due = set(), sorted(units)
    if known:
        indexes = {search_unit(group, setting.groups) for group in range(setting.groups)}
        gone = {unit for unit in known - units - indexes if not unit.startswith(MADE_HERE)}
        count = build_changes(setting, due, gone)
    else:
        count = build_whole(setting, due)
    return BuildReport(count.pages, count.files, tuple(due), setting.output)
