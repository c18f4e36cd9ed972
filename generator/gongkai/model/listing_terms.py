"""What listings go by of their items: names, and who has to publish them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard
from gongkai.model.vocabulary import AcceptanceLevel, ItemStatus


class ListingTerms(NamedTuple):
    """公布清单所依据的事项要素: an item is accepted at levels, each with the ids of the organisations there, none for all.

    ``renamed_on`` are the ISO days on which former names ended; ``stationed`` tells whether it is handled in the service
    centre.
    """

    code: str
    name: str
    renamed_on: Sequence[str]
    status: ItemStatus
    department: str
    accepted: Sequence[tuple[str, Sequence[str]]]
    stationed: bool

    def is_accepted(self, level: AcceptanceLevel, organization: str) -> bool:
        """Tell whether an organisation at a level accepts applications; at that of villages it is the town that counts."""
        return any(at == level and (not some or organization in some) for at, some in self.accepted)

    def plain(self) -> list[Any]:
        """Return the terms as JSON can hold them; ``of`` makes them again."""
        code, name, renamed_on, status, department, accepted, stationed = self
        return [code, name, [*renamed_on], status.value, department, [[*one] for one in accepted], stationed]

    @classmethod
    def of(cls, plain: Sequence[Any]) -> ListingTerms:
        """Return what ``plain`` returned as terms."""
        code, name, renamed_on, status, *rest = plain
        return cls(code, name, renamed_on, ItemStatus(status), *rest)


def listing_terms_of(item: Item | ItemCard) -> ListingTerms:
    """Return what listings go by of an item."""
    return ListingTerms(
        item.code,
        item.name,
        [former.until.isoformat() for former in item.former_names],
        item.status,
        item.department,
        [(accepted.level.value, accepted.organizations) for accepted in item.acceptance],
        item.hall.stationed,
    )
