"""三集中三到位: which items are handled in the service centre (政务大厅), and why the others are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.model.item_card import ItemCard


@dataclass(frozen=True, slots=True)
class Stationed:
    """How many of some items are handled in the service centre; ``exceptions`` are the others."""

    total: int
    exceptions: tuple[ItemCard, ...]

    @property
    def number(self) -> int:
        """How many items are handled there."""
        return self.total - len(self.exceptions)

    @property
    def percent(self) -> int | None:
        """The share in per cent, rounded down, so that 100 means all; None without items."""
        return self.number * 100 // self.total if self.total else None


def stationed(items: Iterable[ItemCard]) -> Stationed:
    """Return which of the items are handled in the service centre; exceptions keep the order of ``items``."""
    known = list(items)
    return Stationed(len(known), tuple(item for item in known if not item.hall.stationed))
