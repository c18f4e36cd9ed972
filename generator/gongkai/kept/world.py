"""How a process that takes part in the work comes by the project: it is a copy of one that has it, or it opens the store."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from gongkai.kept.project import Project
from gongkai.kept.store import Store


@dataclass(frozen=True, slots=True)
class World:
    """Where a project and what is kept of it lie; ``token`` is another for every state of them."""

    root: Path
    store: Path
    token: str


_worlds: dict[World, Project] = {}
"""The one state of a project that this process knows."""


def world_of(project: Project) -> World:
    """Return what other processes need to know a project as this one does."""
    world = World(project.root, project.store.file, secrets.token_hex(8))
    _worlds.clear()
    _worlds[world] = project
    return world


def project_in(world: World) -> Project:
    """Return the project of a world, opened if it is not known here."""
    if world not in _worlds:
        _worlds.clear()
        _worlds[world] = Project.opened(world.root, Store(world.store))
    return _worlds[world]
