"""What lists, indexes and other records need to know of an item, without the rest of it."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ConfigDict, TypeAdapter

from gongkai.model.base import Date, FormerName, Part
from gongkai.model.item import Item
from gongkai.model.item_parts import Acceptance, Hall, Secrecy, Themes, TimeLimits
from gongkai.model.vocabulary import Audience, HandlingKind, ItemStatus, ItemType


class ItemCard(Part):
    """事项卡片: the fields have the names and the meaning that they have in :class:`Item`.

    ``organization`` is the competent authority; ``laws`` are the ids of the laws that the item cites anywhere, in
    order, each once; ``things`` are the names of its result and materials. ``charged`` tells whether it costs anything,
    None where the item does not say, ``online`` whether it is handled on the web.
    """

    code: str
    name: str
    former_names: list[FormerName]
    everyday_names: list[str]
    summary: str
    type: ItemType
    status: ItemStatus
    version: int
    effective_on: Date
    updated_on: Date
    secrecy: Secrecy | None
    department: str
    organization: str
    audiences: list[Audience]
    themes: Themes
    acceptance: list[Acceptance]
    laws: list[str]
    things: list[str]
    handling: HandlingKind
    time_limits: TimeLimits
    charged: bool | None
    hall: Hall
    online: bool
    cancelled_on: Date | None


CARDS: TypeAdapter[list[ItemCard]] = TypeAdapter(list[ItemCard], config=ConfigDict(defer_build=True))
"""Reads many cards from JSON at once."""


def card_of(item: Item) -> ItemCard:
    """Return an item's card."""
    return ItemCard.model_construct(
        code=item.code,
        name=item.name,
        former_names=item.former_names,
        everyday_names=item.everyday_names,
        summary=item.summary,
        type=item.type,
        status=item.status,
        version=item.version,
        effective_on=item.effective_on,
        updated_on=item.updated_on,
        secrecy=item.secrecy,
        department=item.department,
        organization=item.authority.organization,
        audiences=item.audiences,
        themes=item.themes,
        acceptance=item.acceptance,
        laws=list(dict.fromkeys(_laws(item))),
        things=[name for name in (item.result.name, *(material.name for material in item.materials)) if name],
        handling=item.handling,
        time_limits=item.time_limits,
        charged=item.fees.charged if item.fees else None,
        hall=item.hall,
        online=item.online.available,
        cancelled_on=item.cancellation.on if item.cancellation else None,
    )


def _laws(item: Item) -> Iterator[str]:
    """Yield the law of every citation in an item, in the order of the model."""
    for citation in item.legal_basis:
        yield citation.law
    for parts in (
        item.materials,
        item.procedure,
        item.prior_reviews,
        item.special_procedures,
        item.intermediary_services,
    ):
        for part in parts:
            if part.basis is not None:
                yield part.basis.law
