"""What rules need to know of all records at once, kept from one run to the next: after a small change nobody need make it anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import chain
from typing import Any

from gongkai.catalogue import Catalogue
from gongkai.collector import waiting_collector
from gongkai.kept.file_rows import as_key, key_of
from gongkai.kept.project import Project
from gongkai.kept.units import Outcome, Stage, as_json, hashes_of
from gongkai.kept.world import World, project_in
from gongkai.rules.engine import Table
from gongkai.rules.families.canonical_names import nearly_equal
from gongkai.rules.remarks import known_names
from gongkai.tracing import asking
from gongkai.workers import Crew, spread

Make = Callable[[Catalogue], Any]

TABLES: tuple[Make, ...] = (nearly_equal, known_names)
"""What makes plain data of the catalogue alone; each table is kept under the name of what makes it."""

_MANY = 2_000
"""From so many items on, a table takes longer to make than another process to start."""
_STAGE = "tables"
_ASKED = "asked"
"""The kind of the shares that hold which questions were asked in making a table: whoever looks into it asks them, too."""


def tables_of(project: Project, world: World, crew: Crew) -> dict[str, Table]:
    """Return all tables of a project, made anew where an answer changed that one asked for.

    Empty where two files claim one identity: then nothing may be kept. This writes to the store. Raises WorkerLostError.
    """
    stage = Stage(project.store, _STAGE, project.settings)
    if not project.whole:
        stage.clear()
        return {}
    fresh = stage.fresh()
    stale = [make.__name__ for make in TABLES if make.__name__ not in fresh]
    if stale:
        # What is made of many names on the way takes more memory than anything that stays; other processes give it back.
        few = len(stale) if len(project.catalogue.items) < _MANY else 0
        made = spread(crew, partial(_made, world), [[name] for name in stale], few, lambda _: None)
        stage.keep([*chain.from_iterable(made)])
    return _kept(stage, [make.__name__ for make in TABLES])


@waiting_collector()
def _made(world: World, names: Sequence[str]) -> list[Outcome]:
    catalogue = project_in(world).catalogue
    return [_outcome(make, catalogue) for make in TABLES if make.__name__ in names]


def _outcome(make: Make, catalogue: Catalogue) -> Outcome:
    with asking() as asked:
        table = make(catalogue)
    questions = as_json(sorted((register, as_key(key)) for register, key in asked))
    return Outcome(make.__name__, as_json(table), hashes_of(asked), {_ASKED: questions})


def _kept(stage: Stage, names: Collection[str]) -> dict[str, Table]:
    asked = stage.shares_by_unit(_ASKED)
    questions = {
        name: frozenset((register, key_of(key)) for register, key in json.loads(asked[name])) for name in names
    }
    return {name: Table(text, questions[name]) for name, text in stage.made(names).items()}
