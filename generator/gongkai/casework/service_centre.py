"""三集中三到位: how many items are handled in the service centre (政务大厅), and which are not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gongkai.catalogue import Catalogue


class Outside(NamedTuple):
    """An item that is handled elsewhere; ``reason`` is empty where none is written."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stationed:
    """How many of some items are handled in the service centre; ``outside`` are the others."""

    total: int
    outside: int

    @property
    def number(self) -> int:
        """How many items are handled there."""
        return self.total - self.outside

    @property
    def percent(self) -> int | None:
        """The share in per cent, rounded down, so that 100 means all; None without items."""
        return self.number * 100 // self.total if self.total else None


def stationed(catalogue: Catalogue, department: str) -> Stationed:
    """Return how many active items of a department are handled in the service centre."""
    outside = len(outside_of(catalogue, department))
    return Stationed(len(catalogue.answers("items_by_department").get(department, [])), outside)


def stationed_by_department(catalogue: Catalogue) -> dict[str, Stationed]:
    """Return the same of every department that has items, without reading which items they are."""
    totals, outside = (catalogue.sizes(name) for name in ("items_by_department", "items_outside_hall"))
    return {department: Stationed(total, outside.get(department, 0)) for department, total in totals.items()}


def outside_of(catalogue: Catalogue, department: str) -> list[Outside]:
    """Return the active items of a department that are handled elsewhere, in the order of the catalogue."""
    return [Outside(*row) for row in catalogue.answers("items_outside_hall").get(department, [])]
