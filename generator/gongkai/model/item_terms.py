"""What cases go by of their item: its limits, and what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard
from gongkai.model.item_parts import Secrecy, TimeLimits
from gongkai.model.vocabulary import ItemType


class ItemTerms(NamedTuple):
    """办件所依据的事项要素: the fields have the names and the meaning that they have in :class:`Item`."""

    code: str
    name: str
    type: ItemType
    time_limits: TimeLimits
    secrecy: Secrecy | None

    def plain(self) -> list[str]:
        """Return the terms as JSON can hold them; ``of`` makes them again."""
        secrecy = self.secrecy.model_dump_json() if self.secrecy is not None else ""
        return [self.code, self.name, self.type.value, self.time_limits.model_dump_json(), secrecy]

    @classmethod
    def of(cls, plain: Sequence[str]) -> ItemTerms:
        """Return what ``plain`` returned as terms."""
        code, name, kind, limits, secrecy = plain
        return cls(
            code,
            name,
            ItemType(kind),
            TimeLimits.model_validate_json(limits),
            Secrecy.model_validate_json(secrecy) if secrecy else None,
        )


def terms_of(item: Item | ItemCard) -> ItemTerms:
    """Return what cases go by of an item."""
    return ItemTerms(item.code, item.name, item.type, item.time_limits, item.secrecy)
