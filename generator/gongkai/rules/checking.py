"""Every rule over every record of a project, on several processes, and only where something changed since the last time."""

from __future__ import annotations

import datetime
import json
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial

from gongkai.collector import waiting_collector
from gongkai.finding import Finding
from gongkai.kept.file_rows import findings_of, findings_text
from gongkai.kept.project import Project
from gongkai.kept.units import Outcome, Stage, as_json, hashes_of
from gongkai.kept.world import World, project_in, world_of
from gongkai.model.approval_case import ApprovalDay
from gongkai.model.base import Record
from gongkai.model.listing import Listing
from gongkai.progress import Progress, unseen
from gongkai.rules.engine import Context, RulesByType, Table, check_records
from gongkai.tracing import asking, fetch
from gongkai.workers import Crew, spread_in_turns

_FEW = 300
"""So few records are checked sooner than other processes start."""
_PORTION = 50
_PORTION_OF_LISTINGS = 10
"""A listing can have hundreds of entries; in large portions, one process would wait for the other at the end."""
_STAGE = "检查"
_ASKED_OF_EVERY_ITEM = ("codes_by_name", "adjustments_by_subject", "towns_by_village")


@dataclass(frozen=True, slots=True)
class Day:
    """Under which circumstances records are checked; see ``Context``."""

    as_of: datetime.date
    written_on: datetime.date
    production: bool = False

    @property
    def stage(self) -> str:
        """The name under which what is found is kept."""
        return f"check {self.production}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, in order of place, and how many names of how many organisations were compared, how many of them equal."""

    findings: list[Finding]
    organizations: int
    names: int
    equal: int


@waiting_collector()
def check_project(project: Project, day: Day, crew: Crew, progress: Progress = unseen) -> Checked:
    """Return what the rules find in a project, and what is wrong with its files."""
    stage = Stage(project.store, day.stage, f"{day.as_of} {day.written_on} {project.settings}")
    records = project.records()
    known = stage.known()
    due = stage.due(records.keys(), known) if project.whole else sorted(records)
    gone = known - records.keys()
    if gone:
        stage.keep((), gone)
    with closing(_outcomes(project, due, day, crew, progress)) as found_anew:
        for outcomes in found_anew:
            stage.keep(outcomes)
    if len(due) > _FEW:
        _context.clear()
        project.let_go()
    found_in = stage.made_of_some()
    if not project.whole:
        # What was found depends on which of two files was taken for the record.
        stage.clear()
    made = [json.loads(text) for text in found_in.values()]
    compared = [counts for _, counts in made if counts is not None]
    found = [finding for findings, _ in made if findings for finding in findings_of(findings)]
    return Checked(
        sorted([*project.findings, *found]),
        len(compared),
        sum(count for count, _ in compared),
        sum(equal for _, equal in compared),
    )


def _outcomes(
    project: Project, due: Sequence[str], day: Day, crew: Crew, progress: Progress
) -> Generator[list[Outcome]]:
    if not due:
        return
    from gongkai.rules.tables import tables_of  # noqa: PLC0415 - imports rules, which a check of nothing new need not

    records = project.records()
    world = world_of(project)
    _work_in(world, day, tables_of(project, world, crew))
    if len(due) > _FEW:
        project.ready(_ASKED_OF_EVERY_ITEM)
        # What is made only once is made before other processes start, so that they need not make it again.
        first = {records[path][0]: path for path in reversed(due)}
        _check(world, day, list(first.values()))
    progress(_STAGE, 0, len(due))
    work, done = partial(_check, world, day), lambda done: progress(_STAGE, done, len(due))
    yield from spread_in_turns(crew, work, due, lambda path: records[path][0], _portion_of, _FEW, done)


def _portion_of(kind: str) -> int:
    return _PORTION_OF_LISTINGS if kind == "listing" else _PORTION


_context: dict[tuple[World, Day], Context] = {}
"""The one context that this process works in."""


def _work_in(world: World, day: Day, tables: Mapping[str, Table]) -> None:
    _context.clear()
    _context[world, day] = Context(project_in(world).catalogue, day.as_of, day.written_on, tables)


@waiting_collector()
def _check(world: World, day: Day, paths: Sequence[str]) -> list[Outcome]:
    """Run every rule over the records of some files."""
    from gongkai.rules.registry import RULES  # noqa: PLC0415 - a tenth of a second that a check of nothing new saves

    project = project_in(world)
    if (world, day) not in _context:
        # A worker of a cluster makes the tables anew: the store is written to meanwhile.
        _work_in(world, day, {})
    context = _context[world, day]
    rules = RulesByType(RULES.values(), production=day.production)
    outcomes = []
    project.fetch(paths)
    for path in paths:
        with asking() as asked:
            record = project.record(path)
            if isinstance(record, Listing):
                fetch(context.catalogue.answers("listing_terms_by_item"), [entry.code for entry in record.entries])
            elif isinstance(record, ApprovalDay):
                fetch(context.catalogue.cards, [case.code for case in record.cases])
                fetch(context.catalogue.answers("cases_by_number"), [case.number for case in record.cases])
            found = sorted(check_records([record], rules, context))
            compared = _compared(record, context)
        made = as_json([findings_text(found) if found else "", compared]) if found or compared is not None else ""
        outcomes.append(Outcome(path, made, hashes_of(asked)))
    return outcomes


def _compared(record: Record, context: Context) -> tuple[int, int] | None:
    if not isinstance(record, Listing):
        return None
    agreement = context.catalogue.agreement(record.organization)
    return agreement.names, agreement.equal
