"""Records linked to each other, and the questions one can ask of them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalCase, ApprovalDay
from gongkai.model.base import Citation, Contact, Record, Window, walk
from gongkai.model.calendar import WorkingCalendar
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.item_parts import ALL_TOWNS, ALL_VILLAGES, Acceptance
from gongkai.model.law import Law
from gongkai.model.listing import Listing, ListingEntry
from gongkai.model.organization import AbolishedDivisions, Department, District, Organization, Town, Village
from gongkai.model.supervision import Appraisal, Exposure, Inspection, Interview
from gongkai.model.vocabulary import AcceptanceLevel, Audience, ItemStatus, ItemType

R = TypeVar("R", bound=Record)
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class HandlingPlace:
    """Where an item can be handled: an organisation, its window, and what is done there."""

    organization: Organization
    window: Window
    acceptance: Acceptance | None


@dataclass
class Catalogue:
    """Everything that was read, by kind and identity.

    ``district`` is None only when its file could not be read. Registers keep the order of the files,
    which is the order of their paths. ``unreadable`` holds (kind, identity) of files that are there but
    could not become records: a reference to one of them is no second fault.
    """

    district: District | None = None
    abolished: AbolishedDivisions | None = None
    departments: dict[str, Department] = field(default_factory=dict)
    towns: dict[str, Town] = field(default_factory=dict)
    laws: dict[str, Law] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)
    calendars: dict[str, WorkingCalendar] = field(default_factory=dict)
    approvals: dict[str, ApprovalDay] = field(default_factory=dict)
    adjustments: dict[str, Adjustment] = field(default_factory=dict)
    inspections: dict[str, Inspection] = field(default_factory=dict)
    exposures: dict[str, Exposure] = field(default_factory=dict)
    interviews: dict[str, Interview] = field(default_factory=dict)
    appraisals: dict[str, Appraisal] = field(default_factory=dict)
    pages: dict[str, HandWrittenPage] = field(default_factory=dict)
    unreadable: set[tuple[str, str]] = field(default_factory=set)

    def records(self) -> Iterator[Record]:
        """Yield every record: whatever stands in a file of its own."""
        yield from (record for record in (self.district, self.abolished) if record is not None)
        for register in self._registers():
            yield from register.values()

    def _registers(self) -> Iterator[dict[str, Any]]:
        yield from (self.departments, self.towns, self.laws, self.items, self.listings, self.calendars)
        yield from (self.approvals, self.adjustments)
        yield from (self.inspections, self.exposures, self.interviews, self.appraisals)
        yield self.pages

    def of_type(self, model: type[R]) -> Iterator[R]:
        """Yield the records of one type."""
        return (record for record in self.records() if isinstance(record, model))

    @cached_property
    def villages(self) -> dict[str, tuple[Village, Town]]:
        """Villages and communities by division code, each with its town."""
        return {village.code: (village, town) for town in self.towns.values() for village in town.villages}

    def knows(self, kind: str, identity: str) -> bool:
        """Tell whether a department, town, law, item or village exists, readable or not."""
        registers: dict[str, Container[str]] = {
            "department": self.departments,
            "town": self.towns,
            "law": self.laws,
            "item": self.items,
            "village": self.villages,
        }
        if identity in registers[kind] or (kind, identity) in self.unreadable:
            return True
        # A village's code says which town it is in; that town's file may be the one that is broken.
        return kind == "village" and any(unread == "town" for unread, _ in self.unreadable)

    def organization(self, identity: str) -> Department | Town | None:
        """Return a department or a town by its id."""
        return self.departments.get(identity) or self.towns.get(identity)

    def authority_name(self, item: Item) -> str:
        """Return the name of the competent authority as the public knows it."""
        identity = item.authority.organization
        if identity == ALL_TOWNS:
            return "各乡镇人民政府、街道办事处"
        if identity == ALL_VILLAGES:
            return "各村（居）民委员会"
        organization = self.organization(identity)
        return organization.name if organization else identity

    def active_items(self) -> Iterator[Item]:
        """Yield the items that the public can apply for today."""
        return (item for item in self.items.values() if item.status is ItemStatus.ACTIVE)

    @cached_property
    def codes_by_name(self) -> Mapping[str, list[str]]:
        """Codes of the items that are not cancelled, by name."""
        return _group((i.name, i.code) for i in self.items.values() if i.status is not ItemStatus.CANCELLED)

    @cached_property
    def items_by_department(self) -> Mapping[str, list[Item]]:
        """Active items by the department in charge."""
        return _group((item.department, item) for item in self.active_items())

    @cached_property
    def items_by_level(self) -> Mapping[AcceptanceLevel, list[Item]]:
        """Active items by the levels at which an application can be handed in."""
        return _group(
            (level, item)
            for item in self.active_items()
            for level in {acceptance.level for acceptance in item.acceptance}
        )

    @cached_property
    def items_by_audience(self) -> Mapping[Audience, list[Item]]:
        """Active items by whom they serve."""
        return _group((audience, item) for item in self.active_items() for audience in item.audiences)

    @cached_property
    def items_by_theme(self) -> Mapping[str, list[Item]]:
        """Active items by theme, personal and corporate themes under one name together."""
        return _group(
            (theme.value, item)
            for item in self.active_items()
            for theme in {t.value: t for t in (*item.themes.personal, *item.themes.corporate)}.values()
        )

    @cached_property
    def items_by_type(self) -> Mapping[ItemType, list[Item]]:
        """Active items by type."""
        return _group((item.type, item) for item in self.active_items())

    @cached_property
    def _entries_by_item(self) -> Mapping[str, list[tuple[Listing, ListingEntry]]]:
        return _group((entry.code, (listing, entry)) for listing in self.listings.values() for entry in listing.entries)

    def entries_of(self, code: str) -> list[tuple[Listing, ListingEntry]]:
        """Return every listing entry that publishes an item."""
        return self._entries_by_item.get(code, [])

    def places(self, item: Item) -> list[HandlingPlace]:
        """Return where an item can be handled: departments and towns, in the order of their listings.

        Villages are left out: hundreds of them help with the same items; ask ``villages_offering``.
        """
        places = []
        for listing, entry in self.entries_of(item.code):
            organization = self.organization(listing.organization)
            if organization is None:
                continue
            level = AcceptanceLevel.TOWN if isinstance(organization, Town) else AcceptanceLevel.DISTRICT
            acceptance = next((a for a in item.acceptance if a.level is level), None)
            places.append(HandlingPlace(organization, entry.window or listing.window, acceptance))
        return places

    def offered_by(self, organization: Organization | Village) -> list[Item]:
        """Return the active items that an organisation's listing publishes, in its order."""
        identity = organization.code if isinstance(organization, Village) else organization.id
        listing = self.listings.get(identity)
        if listing is None:
            return []
        items = (self.items.get(entry.code) for entry in listing.entries)
        return [item for item in items if item is not None and item.status is ItemStatus.ACTIVE]

    def villages_offering(self, item: Item) -> int:
        """Return how many villages and communities publish an item."""
        return sum(listing.organization in self.villages for listing, _ in self.entries_of(item.code))

    def consultation(self, item: Item) -> Contact | None:
        """Return whom to ask about an item: its own contact, or its department's."""
        department = self.departments.get(item.department)
        return item.consultation or (department.consultation if department else None)

    def complaint(self, item: Item) -> Contact | None:
        """Return where to complain about an item: its own channel, or its department's."""
        if item.supervision:
            return item.supervision.complaint
        department = self.departments.get(item.department)
        return department.complaint if department else None

    def implementation_code(self, item: Item) -> str | None:
        """Return the 31-character 实施编码: credit code 18, level 1, item code 12 (GB/T 39554.1-2020).

        None where every town has one of its own.
        """
        organization = self.organization(item.authority.organization)
        if organization is None:
            return None
        return organization.uscc + item.exercise_levels[0].digit + item.code

    def duties(self, identity: str) -> tuple[str, list[Item]] | None:
        """Return the level of a publisher, in Chinese, and the items it has to publish; None for an unknown one."""
        if identity in self.departments:
            level, noun, mine = AcceptanceLevel.DISTRICT, "区级", self.items_by_department.get(identity, [])
        elif identity in self.towns:
            level, noun, mine = AcceptanceLevel.TOWN, "乡镇（街道）", self.items_by_level.get(AcceptanceLevel.TOWN, [])
        elif identity in self.villages:
            level, noun, mine = (
                AcceptanceLevel.VILLAGE,
                "村（社区）",
                self.items_by_level.get(AcceptanceLevel.VILLAGE, []),
            )
        else:
            return None
        town = self.villages[identity][1].id if identity in self.villages else identity
        due = [
            item
            for item in mine
            if any(a.level is level and (not a.organizations or town in a.organizations) for a in item.acceptance)
        ]
        return noun, due

    def has_listing(self, identity: str) -> bool:
        """Tell whether an organisation has a listing, readable or not."""
        return identity in self.listings or ("listing", identity) in self.unreadable

    def names_published(self, identity: str) -> tuple[int, int]:
        """Return how many names an organisation's listing publishes, and how many equal the catalogue's."""
        listing = self.listings.get(identity)
        if listing is None:
            return 0, 0
        equal = sum(entry.code in self.items and entry.name == self.items[entry.code].name for entry in listing.entries)
        return len(listing.entries), equal

    def cases(self) -> Iterator[tuple[ApprovalDay, int, ApprovalCase]]:
        """Yield every approval case with the file it stands in and its position there."""
        for day in self.approvals.values():
            for index, case in enumerate(day.cases):
                yield day, index, case

    @cached_property
    def cases_by_number(self) -> Mapping[str, list[tuple[ApprovalDay, int]]]:
        """Where each case number stands; a second place is a fault."""
        return _group((case.number, (day, index)) for day, index, case in self.cases())

    @cached_property
    def cases_by_document(self) -> Mapping[tuple[str, str], list[tuple[ApprovalDay, int]]]:
        """Where each decision document stands, by organisation and document number."""
        return _group(
            ((case.organization, case.decision.document_number), (day, index))
            for day, index, case in self.cases()
            if case.decision is not None and case.decision.document_number is not None
        )

    def name_on(self, code: str, day: datetime.date) -> str | None:
        """Return the name an item had on a day, from its former names; None for an unknown item."""
        item = self.items.get(code)
        if item is None:
            return None
        later = [former for former in item.former_names if former.until > day]
        return min(later, key=lambda former: former.until).name if later else item.name

    def adjustments_of(self, identity: str) -> list[Adjustment]:
        """Return the adjustments of an item or an organisation, by its code or id, in the order of the files."""
        return self._adjustments_by_subject.get(identity, [])

    @cached_property
    def _adjustments_by_subject(self) -> Mapping[str, list[Adjustment]]:
        return _group(
            (subject, adjustment)
            for adjustment in self.adjustments.values()
            for subject in dict.fromkeys(change.item or change.organization for change in adjustment.changes)
            if subject is not None
        )

    def exposures_of(self, identity: str) -> list[Exposure]:
        """Return the exposures of a department, a town or a village, in the order of the files."""
        return self._exposures_by_organization.get(identity, [])

    @cached_property
    def _exposures_by_organization(self) -> Mapping[str, list[Exposure]]:
        return _group((exposure.organization, exposure) for exposure in self.exposures.values())

    def exposures_about(self, code: str) -> list[Exposure]:
        """Return the exposures that name an item, in the order of the files."""
        return self._exposures_by_item.get(code, [])

    @cached_property
    def _exposures_by_item(self) -> Mapping[str, list[Exposure]]:
        return _group((item.code, exposure) for exposure in self.exposures.values() for item in exposure.items)

    def interviews_about(self, exposure: str) -> list[Interview]:
        """Return the interviews that an exposure led to, in the order of the files."""
        return self._interviews_by_exposure.get(exposure, [])

    @cached_property
    def _interviews_by_exposure(self) -> Mapping[str, list[Interview]]:
        return _group((identity, one) for one in self.interviews.values() for identity in dict.fromkeys(one.exposures))

    def appraisals_of(self, identity: str) -> list[Appraisal]:
        """Return the appraisals with a result of a department, a town or a village, in the order of the files."""
        return self._appraisals_by_organization.get(identity, [])

    @cached_property
    def _appraisals_by_organization(self) -> Mapping[str, list[Appraisal]]:
        return _group(
            (identity, appraisal)
            for appraisal in self.appraisals.values()
            for identity in dict.fromkeys(result.organization for result in appraisal.results)
        )

    def citing(self, law: Law) -> list[Item]:
        """Return the active items that cite a law anywhere."""
        return self._items_by_law.get(law.id, [])

    @cached_property
    def _items_by_law(self) -> Mapping[str, list[Item]]:
        return _group(
            (law, item)
            for item in self.active_items()
            for law in dict.fromkeys(citation.law for _, citation in citations(item))
        )


def citations(record: Record) -> Iterator[tuple[tuple[str | int, ...], Citation]]:
    """Yield every citation of a record with its location."""
    for loc, part in walk(record):
        if isinstance(part, Citation):
            yield loc, part


def _group(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
