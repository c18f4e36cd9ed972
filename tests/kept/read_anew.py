"""Reading a project that is kept, beside reading all of its files anew."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from building import opened
from gongkai.catalogue import Catalogue
from gongkai.catalogue_registers import REGISTERS
from gongkai.indexes import INDEXES
from gongkai.kept.project import Project
from gongkai.kept.store import Store, open_store
from gongkai.loading import load
from gongkai.progress import unseen
from gongkai.tracing import Question
from gongkai.workers import LocalCrew

CODE = "510123001000"
ALLOWANCE = "data/items/minzheng/512011001000.yml"


def records(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(record.source.path, record.model_dump_json(exclude_unset=True)) for record in catalogue.records()]


def everything(catalogue: Catalogue) -> dict[str, Any]:
    """Return all that a catalogue says, in its order."""
    return {
        "records": records(catalogue),
        "registers": {name: list(getattr(catalogue, name)) for name in REGISTERS.values()},
        "unreadable": catalogue.unreadable,
        "cards": list(catalogue.cards.items()),
        "answers": {name: list(catalogue.answers(name).items()) for name in INDEXES},
    }


def assert_as_read_anew(root: Path, *, jobs: int = 1) -> None:
    """The project as it is kept, and as another process would open it, is what its files say."""
    catalogue, findings = load(root)
    with opened(root, jobs) as project:
        assert everything(project.catalogue) == everything(catalogue)
        assert sorted(project.findings) == sorted(findings)
        other = Project.opened(root, Store(project.store.file))
        assert everything(other.catalogue) == everything(catalogue)
        other.store.connection.close()
        other.store.closed = True


def refreshed(root: Path, candidates: Collection[str] | None = None) -> set[Question]:
    """Return what a refreshing touches."""
    store = open_store(root)
    try:
        return Project(root, store).refresh(LocalCrew(1), unseen, candidates)
    finally:
        store.close()
