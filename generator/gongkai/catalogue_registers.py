"""Records by kind and identity, with the cards of items and the answers of the indexes."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.catalogue_views import Villages
from gongkai.indexes import INDEXES, grouped
from gongkai.memo import Memo
from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalDay
from gongkai.model.base import Record
from gongkai.model.calendar import WorkingCalendar
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard, card_of
from gongkai.model.law import Law
from gongkai.model.listing import Listing
from gongkai.model.organization import AbolishedDivisions, Department, District, Town, Village
from gongkai.model.supervision import Appraisal, Exposure, Inspection, Interview
from gongkai.tracing import KEYS, Question, ask, fetch, traced

REGISTERS: Mapping[str, str] = {
    "department": "departments",
    "town": "towns",
    "law": "laws",
    "item": "items",
    "listing": "listings",
    "calendar": "calendars",
    "approvals": "approvals",
    "adjustment": "adjustments",
    "inspection": "inspections",
    "exposure": "exposures",
    "interview": "interviews",
    "appraisal": "appraisals",
    "page": "pages",
}
"""The catalogue's register of each kind of record that has more than one."""

CARD = "card"
"""The name under which questions to the cards are noted."""

UNREADABLE = "unreadable"
"""The name under which questions for the files are noted that could not become records."""


_RECENT = 64
"""So many large things are kept that were made last: items with all their versions, for instance."""


@dataclass
class Registers:
    """Everything that was read, by kind and identity. The registers note what they are asked (see ``tracing``).

    ``district`` is None only when its file could not be read. Registers keep the order of the files,
    which is the order of their paths. ``unreadable`` holds (kind, identity) of files that are there but
    could not become records: a reference to one of them is no second fault. ``stored_cards`` and ``stored_answers``
    (by index) are taken where they are given, so that not every record need be read to know them. ``recent`` keeps
    what is large, and is asked for again soon if at all.
    """

    district: District | None = None
    abolished: AbolishedDivisions | None = None
    departments: Mapping[str, Department] = field(default_factory=dict)
    towns: Mapping[str, Town] = field(default_factory=dict)
    laws: Mapping[str, Law] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)
    listings: Mapping[str, Listing] = field(default_factory=dict)
    calendars: Mapping[str, WorkingCalendar] = field(default_factory=dict)
    approvals: Mapping[str, ApprovalDay] = field(default_factory=dict)
    adjustments: Mapping[str, Adjustment] = field(default_factory=dict)
    inspections: Mapping[str, Inspection] = field(default_factory=dict)
    exposures: Mapping[str, Exposure] = field(default_factory=dict)
    interviews: Mapping[str, Interview] = field(default_factory=dict)
    appraisals: Mapping[str, Appraisal] = field(default_factory=dict)
    pages: Mapping[str, HandWrittenPage] = field(default_factory=dict)
    unreadable: set[tuple[str, str]] = field(default_factory=set)
    stored_cards: Mapping[str, ItemCard] | None = field(default=None, repr=False)
    stored_answers: Mapping[str, Mapping[Any, list[Any]]] | None = field(default=None, repr=False)
    latest: datetime.date | None = field(default=None, repr=False)
    memo: Memo = field(default_factory=Memo, init=False, repr=False, compare=False)
    recent: Memo = field(default_factory=lambda: Memo(_RECENT), init=False, repr=False, compare=False)
    _traced_answers: dict[str, Mapping[Any, list[Any]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for kind, name in REGISTERS.items():
            setattr(self, name, traced(kind, getattr(self, name)))
        if self.stored_cards is not None:
            self.stored_cards = traced(CARD, self.stored_cards)

    def take_over(self, before: Registers, touched: Collection[Question]) -> None:
        """Go on with what was made of registers of before, but for what depends on answers that changed."""
        self.memo, self.recent = before.memo, before.recent
        self.memo.forget(touched)
        self.recent.forget(touched)

    @property
    def cards(self) -> Mapping[str, ItemCard]:
        """What lists and other records need to know of each item, without reading all of it."""
        if self.stored_cards is not None:
            return self.stored_cards
        return self.memo.once(self._made_cards)

    def cards_of(self, codes: Iterable[str]) -> list[ItemCard]:
        """Return the cards of those among some items that are there, read at once."""
        wanted = list(codes)
        fetch(self.cards, wanted)
        cards = (self.cards.get(code) for code in wanted)
        return [card for card in cards if card is not None]

    def _made_cards(self) -> Mapping[str, ItemCard]:
        return {code: card_of(item) for code, item in self.items.items()}

    def answers(self, name: str) -> Mapping[Any, list[Any]]:
        """Return the answers of one index, as they are kept; see ``indexes``."""
        known = self._traced_answers.get(name)
        if known is not None:
            return known
        if self.stored_answers is not None and name in self.stored_answers:
            return self._traced_answers.setdefault(name, traced(name, self.stored_answers[name]))
        return self.memo.once(self._index, name, key=name)

    def _index(self, name: str) -> Mapping[Any, list[Any]]:
        index = INDEXES[name]
        register = self.cards if index.subject == CARD else getattr(self, REGISTERS[index.subject])
        return grouped(index, register.values())

    def records(self) -> Iterator[Record]:
        """Yield every record: whatever stands in a file of its own."""
        yield from (record for record in (self.district, self.abolished) if record is not None)
        for register in self._registers():
            yield from register.values()

    def _registers(self) -> Iterator[Mapping[str, Any]]:
        yield from (getattr(self, name) for name in REGISTERS.values())

    @property
    def villages(self) -> Mapping[str, tuple[Village, Town]]:
        """Villages and communities by division code, each with its town."""
        return Villages(self.answers("towns_by_village"), self.towns, self.memo)

    def knows(self, kind: str, identity: str) -> bool:
        """Tell whether a department, town, law, item or village exists, readable or not."""
        register: Container[str]
        if kind == "village":
            register = self.villages
        elif kind == "item":
            # Whoever only wants to know whether it is there need not be made again with every text of it.
            register = self.cards
        else:
            register = getattr(self, REGISTERS[kind])
        if identity in register or self.is_unreadable(kind, identity):
            return True
        # A village's code says which town it is in; that town's file may be the one that is broken.
        return kind == "village" and any(unread == "town" for unread, _ in self.unreadable)

    def is_unreadable(self, kind: str, identity: str) -> bool:
        """Tell whether there is a file of a record that could not become one."""
        ask(UNREADABLE, KEYS)
        return (kind, identity) in self.unreadable

    def organization(self, identity: str) -> Department | Town | None:
        """Return a department or a town by its id."""
        return self.departments.get(identity) or self.towns.get(identity)
