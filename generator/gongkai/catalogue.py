"""Records linked to each other, and the questions one can ask of them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gongkai.catalogue_registers import Registers
from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalCase, ApprovalDay, Month
from gongkai.model.base import Contact, Window
from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard
from gongkai.model.item_parts import ALL_TOWNS, ALL_VILLAGES, Acceptance
from gongkai.model.item_terms import ItemTerms
from gongkai.model.listing_terms import ListingTerms
from gongkai.model.organization import Department, Organization, Town, Village
from gongkai.model.supervision import Appraisal, Exposure, Interview
from gongkai.model.vocabulary import AcceptanceLevel, ItemStatus
from gongkai.tracing import Traced, fetch


class Listed(NamedTuple):
    """An item in a list."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class HandlingPlace:
    """Where an item can be handled: an organisation, its window, and what is done there."""

    organization: Organization
    window: Window
    acceptance: Acceptance | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many names are published, how many of them equal the catalogue's, and the ISO day since which these have.

    That is the day of the newest list, or the later day on which something in a list got its name; it is empty where none are
    equal.
    """

    names: int
    equal: int
    since: str

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.names + other.names, self.equal + other.equal, max(self.since, other.since))


class Catalogue(Registers):
    """The registers, and what their records say of each other."""

    def authority_name(self, item: Item) -> str:
        """Return the name of the competent authority as the public knows it."""
        identity = item.authority.organization
        if identity == ALL_TOWNS:
            return "各乡镇人民政府、街道办事处"
        if identity == ALL_VILLAGES:
            return "各村（居）民委员会"
        organization = self.organization(identity)
        return organization.name if organization else identity

    def active_items(self) -> Iterator[ItemCard]:
        """Yield the items that the public can apply for today."""
        return (card for card in self.cards.values() if card.status is ItemStatus.ACTIVE)

    @property
    def codes_by_name(self) -> Mapping[str, list[str]]:
        """Codes of the items that are not cancelled, by name."""
        return self.answers("codes_by_name")

    def unusual_readings(self, code: str) -> list[tuple[int, int, str]]:
        """Return where in the names of an item (``indexes.names_found_by``) a character does not read as usual, and how it reads."""
        found = self.answers("unusual_readings").get(code, [])
        return [(number, place, syllable) for _, number, place, syllable in found]

    def listed(self, index: str, key: str) -> list[Listed]:
        """Return code and name of the items under a key of one of the indexes that name them."""
        return [Listed(code, name) for code, name, *_ in self.answers(index).get(key, [])]

    def sizes(self, index: str) -> Mapping[Any, int]:
        """Return how many values an index has under each key."""
        answers = self.answers(index)
        return answers.sizes() if isinstance(answers, Traced) else {key: len(found) for key, found in answers.items()}

    def places(self, item: Item) -> list[HandlingPlace]:
        """Return where an item can be handled: departments and towns, in the order of their listings.

        Villages are left out: hundreds of them help with the same items; ask ``is_in_villages``.
        """
        places = []
        acceptance = {accepted.level: accepted for accepted in reversed(item.acceptance)}
        for publisher in self.answers("listings_by_item").get(item.code, []):
            organization = self.organization(publisher)
            if organization is None:
                continue
            listing = self.listings[publisher]
            level = AcceptanceLevel.TOWN if isinstance(organization, Town) else AcceptanceLevel.DISTRICT
            positions = self.memo.once(_positions, self, publisher, key=publisher)[item.code]
            windows = (listing.entries[position].window or listing.window for position in positions)
            places += [HandlingPlace(organization, window, acceptance.get(level)) for window in windows]
        return places

    def offered_by(self, organization: Organization | Village) -> list[ItemCard]:
        """Return the active items that an organisation's listing publishes, in its order."""
        identity = organization.code if isinstance(organization, Village) else organization.id
        listing = self.listings.get(identity)
        if listing is None:
            return []
        cards = self.cards_of(entry.code for entry in listing.entries)
        return [card for card in cards if card.status is ItemStatus.ACTIVE]

    def is_in_villages(self, item: Item) -> bool:
        """Tell whether any village or community publishes an item."""
        return any(publisher in self.villages for publisher in self.answers("villages_by_item").get(item.code, ()))

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

    def publisher_name(self, identity: str) -> str:
        """Return the short name of a department, town or village, a village's with its town's; an unknown id as it is."""
        organization = self.organization(identity)
        if organization is not None:
            return organization.short_name
        if identity in self.villages:
            village, town = self.villages[identity]
            return town.short_name + village.name
        return identity

    def listing_terms(self, codes: Sequence[str]) -> list[ListingTerms | None]:
        """Return what listings go by of some items; None for one that there is not."""
        known = self.answers("listing_terms_by_item")
        fetch(known, codes)
        found = (known.get(code) for code in codes)
        return [ListingTerms.of(plain[0]) if plain else None for plain in found]

    def duties(self, identity: str) -> tuple[str, list[ListingTerms]] | None:
        """Return the level of a publisher, in Chinese, and the items it has to publish; None for an unknown one."""
        level = self._level_of(identity)
        if level is None:
            return None
        if level is AcceptanceLevel.DISTRICT:
            codes = [code for code, _ in self.answers("items_by_department").get(identity, [])]
        else:
            codes = self.answers("items_by_level").get(level, [])
        town = self._town_of(identity)
        mine = filter(None, self.listing_terms(codes))
        return _PUBLISHERS[level], [item for item in mine if item.is_accepted(level, town)]

    def is_due(self, code: str, identity: str) -> bool:
        """Tell whether a publisher has to publish an item: whether it is among the publisher's ``duties``."""
        level = self._level_of(identity)
        (item,) = self.listing_terms([code])
        if level is None or item is None or item.status is not ItemStatus.ACTIVE:
            return False
        if level is AcceptanceLevel.DISTRICT and item.department != identity:
            return False
        return item.is_accepted(level, self._town_of(identity))

    def _level_of(self, identity: str) -> AcceptanceLevel | None:
        """Return the level of a publisher; None for an unknown one."""
        if identity in self.departments:
            return AcceptanceLevel.DISTRICT
        if identity in self.towns:
            return AcceptanceLevel.TOWN
        return AcceptanceLevel.VILLAGE if identity in self.villages else None

    def _town_of(self, identity: str) -> str:
        """Return the id of a village's town, and that of any other publisher."""
        return self.villages[identity][1].id if identity in self.villages else identity

    def is_listed(self, code: str, identity: str) -> bool:
        """Tell whether an organisation's listing has an item."""
        return identity in self.listings and code in self.memo.once(_positions, self, identity, key=identity)

    def has_listing(self, identity: str) -> bool:
        """Tell whether an organisation has a listing, readable or not."""
        return identity in self.listings or self.is_unreadable("listing", identity)

    def agreement(self, identity: str) -> Agreement:
        """Return how the names that an organisation's listing publishes agree with the catalogue's."""
        listing = self.listings.get(identity)
        if listing is None:
            return Agreement(0, 0, "")
        equal, since = 0, ""
        items = self.listing_terms([entry.code for entry in listing.entries])
        for entry, item in zip(listing.entries, items, strict=True):
            if item is not None and item.name == entry.name:
                equal += 1
                since = max(since, listing.published_on.isoformat(), *item.renamed_on)
        return Agreement(len(listing.entries), equal, since)

    def cases_of_number(self, number: str) -> list[tuple[ApprovalDay, int]]:
        """Return where a case number stands; a second place is a fault."""
        return self._on_days("cases_by_number", number)

    def fetch_cases(self, numbers: Sequence[str]) -> None:
        """Let the registers read some cases, which are asked for soon, at once."""
        days = self.answers("cases_by_number")
        fetch(days, numbers)
        fetch(self.approvals, [day for number in numbers for day, _ in days.get(number, [])])

    def case(self, number: str) -> ApprovalCase | None:
        """Return a case by its number."""
        found = self.cases_of_number(number)
        if not found:
            return None
        day, position = found[0]
        return day.cases[position]

    @property
    def case_months(self) -> Iterable[Month]:
        """The months in which cases were received, in no order."""
        return self.answers("case_numbers_by_month")

    @property
    def items_with_cases(self) -> Iterable[str]:
        """The codes of the items that cases are about, in no order."""
        return self.answers("case_numbers_by_item")

    def case_numbers_in(self, month: Month) -> list[str]:
        """Return the numbers of the cases received in a month, in the order of the files."""
        return self.answers("case_numbers_by_month").get(month, [])

    def case_numbers_about(self, code: str) -> list[str]:
        """Return the numbers of the cases about an item, in the order of the files."""
        return self.answers("case_numbers_by_item").get(code, [])

    def case_numbers_at(self, organization: str) -> list[str]:
        """Return the numbers of the cases that a department, town or village accepted, in the order of the files."""
        return self.answers("case_numbers_by_organization").get(organization, [])

    def terms(self, code: str) -> ItemTerms | None:
        """Return what cases go by of an item, without reading all of it."""
        found = self.answers("terms_by_item").get(code)
        return ItemTerms.of(found[0]) if found else None

    def cases_of_document(self, organization: str, number: str) -> list[tuple[ApprovalDay, int]]:
        """Return where a decision document stands, by organisation and document number."""
        return self._on_days("cases_by_document", (organization, number))

    def _on_days(self, index: str, key: Any) -> list[tuple[ApprovalDay, int]]:
        return [(self.approvals[day], position) for day, position in self.answers(index).get(key, [])]

    def name_on(self, code: str, day: datetime.date) -> str | None:
        """Return the name an item had on a day; None for an unknown item.

        Former names do not list a name that is used again; the adjustment that ended it the first time does.
        """
        card = self.cards.get(code)
        if card is None:
            return None
        ended = [(former.until, former.name) for former in card.former_names]
        ended += [
            (adjustment.effective_on, str(element.old))
            for adjustment in self.adjustments_of(code)
            for change in adjustment.changes
            if change.item == code
            for element in change.elements
            if element.path == "name"
        ]
        return min(((until, name) for until, name in ended if until > day), default=(day, card.name))[1]

    def adjustments_of(self, identity: str) -> list[Adjustment]:
        """Return the adjustments of an item or an organisation, by its code or id, in the order of the files."""
        return [self.adjustments[key] for key in self.answers("adjustments_by_subject").get(identity, [])]

    def exposures_of(self, identity: str) -> list[Exposure]:
        """Return the exposures of a department, a town or a village, in the order of the files."""
        return [self.exposures[key] for key in self.answers("exposures_by_organization").get(identity, [])]

    def exposures_about(self, code: str) -> list[Exposure]:
        """Return the exposures that name an item, in the order of the files."""
        return [self.exposures[key] for key in self.answers("exposures_by_item").get(code, [])]

    def interviews_about(self, exposure: str) -> list[Interview]:
        """Return the interviews that an exposure led to, in the order of the files."""
        return [self.interviews[key] for key in self.answers("interviews_by_exposure").get(exposure, [])]

    def appraisals_of(self, identity: str) -> list[Appraisal]:
        """Return the appraisals with a result of a department, a town or a village, in the order of the files."""
        return [self.appraisals[key] for key in self.answers("appraisals_by_organization").get(identity, [])]

    @property
    def item_names(self) -> list[list[Any]]:
        """What all items are called; see the index of that name."""
        return self.answers("item_names").get("", [])

    @property
    def department_names(self) -> list[list[Any]]:
        """What all departments are called; see the index of that name."""
        return self.answers("department_names").get("", [])

    @property
    def town_names(self) -> list[list[Any]]:
        """What all towns are called; see the index of that name."""
        return self.answers("town_names").get("", [])

    @property
    def shared_village_names(self) -> dict[str, list[str]]:
        """The names that several villages have, each with the short names of their towns."""
        return self.memo.once(_shared_village_names, self)

    @property
    def law_names(self) -> list[list[Any]]:
        """What all laws are called; see the index of that name."""
        return self.answers("law_names").get("", [])

    def departments_of_segment(self, segment: str) -> list[Department]:
        """Return the departments with a segment of item codes, in the order of the files: one, unless there is a fault."""
        return [self.departments[identity] for identity in self.answers("departments_by_segment").get(segment, [])]


_PUBLISHERS = {
    AcceptanceLevel.DISTRICT: "区级",
    AcceptanceLevel.TOWN: "乡镇（街道）",
    AcceptanceLevel.VILLAGE: "村（社区）",
}
"""What publishers at each level are called."""


def _positions(catalogue: Catalogue, publisher: str) -> dict[str, list[int]]:
    """Return where in a publisher's listing each item stands."""
    positions: dict[str, list[int]] = {}
    for index, entry in enumerate(catalogue.listings[publisher].entries):
        positions.setdefault(entry.code, []).append(index)
    return positions


def _shared_village_names(catalogue: Catalogue) -> dict[str, list[str]]:
    towns: dict[str, list[str]] = {}
    for _, short_name, _, _, villages in catalogue.town_names:
        for village in villages:
            towns.setdefault(village, []).append(short_name)
    return {name: where for name, where in towns.items() if len(where) > 1}
