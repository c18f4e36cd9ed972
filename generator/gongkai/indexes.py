"""What the catalogue derives from its records: answers by what is asked, each record's share in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalDay, Month, month_of
from gongkai.model.base import FormerName
from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard
from gongkai.model.item_terms import terms_of
from gongkai.model.law import Law
from gongkai.model.listing import Listing
from gongkai.model.listing_terms import listing_terms_of
from gongkai.model.organization import Department, Town, Village
from gongkai.model.supervision import Appraisal, Exposure, Interview
from gongkai.model.vocabulary import ItemStatus, LawStatus
from gongkai.pinyin import unusual

Pairs = Callable[[Any], Iterable[tuple[Hashable, Any]]]
"""Keys are texts or tuples of texts, values are what JSON can hold: answers are kept from one run to the next."""


@dataclass(frozen=True, slots=True)
class Index:
    """One kind of answer: the pairs of key and value that a record of the kind ``subject`` adds to it."""

    name: str
    subject: str
    pairs: Pairs


INDEXES: dict[str, Index] = {}


def _index(subject: str) -> Callable[[Pairs], Pairs]:
    def register(pairs: Pairs) -> Pairs:
        INDEXES[pairs.__name__] = Index(pairs.__name__, subject, pairs)
        return pairs

    return register


def grouped(index: Index, records: Iterable[Any]) -> dict[Any, list[Any]]:
    """Return the answers of an index over records, each in the order of the records."""
    groups: defaultdict[Any, list[Any]] = defaultdict(list)
    for record in records:
        for key, value in index.pairs(record):
            groups[key].append(value)
    return dict(groups)


def _is_active(card: ItemCard) -> bool:
    return card.status is ItemStatus.ACTIVE


@_index("card")
def codes_by_name(card: ItemCard) -> Iterator[tuple[str, str]]:
    """Codes of the items that are not cancelled, by name."""
    if card.status is not ItemStatus.CANCELLED:
        yield card.name, card.code


@_index("card")
def unusual_readings(card: ItemCard) -> Iterator[tuple[str, list[Any]]]:
    """Where in the names of an item (``names_found_by``) a character does not read as usual: code, number, place, syllable."""
    for number, name in enumerate(names_found_by(card)):
        yield from ((card.code, [card.code, number, place, syllable]) for place, syllable in unusual(name))


def names_found_by(item: Item | ItemCard) -> list[str]:
    """Return the names by which an item is looked for."""
    return [item.name, *item.everyday_names, *(former.name for former in item.former_names)]


def names_of_organization(organization: Department | Town | Village) -> list[str]:
    """Return the names by which a department, town or village is looked for, the one that it is shown under first."""
    former = [former.name for former in organization.former_names]
    if isinstance(organization, Village):
        return [organization.name, organization.full_name, *former]
    return [organization.short_name, organization.name, *organization.aliases, *former]


def names_of_law(law: Law) -> list[str]:
    """Return the names by which a law is looked for, the one that it is shown under first."""
    return [law.short_title, law.title]


@_index("card")
def items_by_department(card: ItemCard) -> Iterator[tuple[str, list[str]]]:
    """Codes and names of active items by the department in charge."""
    if _is_active(card):
        yield card.department, [card.code, card.name]


@_index("card")
def items_outside_hall(card: ItemCard) -> Iterator[tuple[str, list[str]]]:
    """Codes and names of active items that are not handled in the service centre, and why, by the department in charge."""
    if _is_active(card) and not card.hall.stationed:
        yield card.department, [card.code, card.name, card.hall.exception or ""]


@_index("card")
def items_by_level(card: ItemCard) -> Iterator[tuple[str, str]]:
    """Codes of active items by the levels at which an application can be handed in."""
    if _is_active(card):
        yield from ((level, card.code) for level in dict.fromkeys(a.level.value for a in card.acceptance))


@_index("card")
def items_by_audience(card: ItemCard) -> Iterator[tuple[str, list[Any]]]:
    """Codes and names of active items, with their personal and corporate themes, by whom they serve."""
    if _is_active(card):
        themes = [[theme.value for theme in some] for some in (card.themes.personal, card.themes.corporate)]
        yield from ((audience.value, [card.code, card.name, *themes]) for audience in card.audiences)


@_index("card")
def items_by_theme(card: ItemCard) -> Iterator[tuple[str, list[str]]]:
    """Codes and names of active items by theme, personal and corporate themes under one name together."""
    if _is_active(card):
        themes = dict.fromkeys(theme.value for theme in (*card.themes.personal, *card.themes.corporate))
        yield from ((theme, [card.code, card.name]) for theme in themes)


@_index("card")
def items_by_law(card: ItemCard) -> Iterator[tuple[str, list[str]]]:
    """Codes and names of active items by the laws that they cite."""
    if _is_active(card):
        yield from ((law, [card.code, card.name]) for law in card.laws)


@_index("card")
def items_by_month(card: ItemCard) -> Iterator[tuple[str, list[str]]]:
    """Codes of active items and the days on which they were updated last, by month."""
    if _is_active(card):
        day = card.updated_on.isoformat()
        yield day[:7], [card.code, day]


@_index("card")
def items_not_handled(card: ItemCard) -> Iterator[tuple[str, list[str]]]:
    """Codes, names and states of the items that are not active, all under one key."""
    if not _is_active(card):
        yield "", [card.code, card.name, card.status.value]


@_index("card")
def item_names(card: ItemCard) -> Iterator[tuple[str, list[Any]]]:
    """What items are called, everything under one key: code, status, name, former, everyday names, names of things."""
    former = _ended(card.former_names)
    yield "", [card.code, card.status.value, card.name, former, card.everyday_names, card.things]


def _ended(names: Iterable[FormerName]) -> list[list[str]]:
    return [[name.name, name.until.isoformat(), name.basis] for name in names]


@_index("card")
def listing_terms_by_item(card: ItemCard) -> Iterator[tuple[str, list[Any]]]:
    """What listings go by of an item; see ``ListingTerms``."""
    yield card.code, listing_terms_of(card).plain()


@_index("card")
def items_not_public(card: ItemCard) -> Iterator[tuple[str, str]]:
    """Codes of the items that are not public, all under one key."""
    if card.secrecy is not None:
        yield "", card.code


@_index("card")
def terms_by_item(card: ItemCard) -> Iterator[tuple[str, list[str]]]:
    """What cases go by of an item; see ``ItemTerms``."""
    yield card.code, terms_of(card).plain()


@_index("department")
def department_names(department: Department) -> Iterator[tuple[str, list[Any]]]:
    """What departments are called, everything under one key: name, short name, aliases, former names."""
    yield "", [department.name, department.short_name, department.aliases, _ended(department.former_names)]


@_index("department")
def departments_by_segment(department: Department) -> Iterator[tuple[str, str]]:
    """Departments by the segment of item codes that stands for them."""
    yield department.item_segment, department.id


@_index("town")
def town_names(town: Town) -> Iterator[tuple[str, list[Any]]]:
    """What towns are called, everything under one key: name, short name, aliases, former names, villages' names."""
    villages = [village.name for village in town.villages]
    yield "", [town.name, town.short_name, town.aliases, _ended(town.former_names), villages]


@_index("law")
def law_names(law: Law) -> Iterator[tuple[str, list[Any]]]:
    """What laws are called, everything under one key: id, title, short title, former names, end and successors.

    The end is the day on which a law was repealed, empty for one in force.
    """
    repealed = law.repealed_on if law.status is LawStatus.REPEALED else None
    ended = repealed.isoformat() if repealed is not None else ""
    yield "", [law.id, law.title, law.short_title, _ended(law.former_names), ended, law.successors]


@_index("town")
def towns_by_village(town: Town) -> Iterator[tuple[str, str]]:
    """The town of a village or community, by the village's division code."""
    yield from ((village.code, town.id) for village in town.villages)


@_index("town")
def towns_by_division(town: Town) -> Iterator[tuple[str, str]]:
    """The town that has a division code: as its own, or as that of a village or community."""
    yield from ((code, town.id) for _, code in town.division_codes())


@_index("listing")
def entries_by_publisher(listing: Listing) -> Iterator[tuple[str, int]]:
    """How many entries a publisher's listing has."""
    yield listing.organization, len(listing.entries)


@_index("listing")
def listings_by_item(listing: Listing) -> Iterator[tuple[str, str]]:
    """Departments and towns that publish an item."""
    if not listing.of_village:
        yield from _publishers(listing)


@_index("listing")
def villages_by_item(listing: Listing) -> Iterator[tuple[str, str]]:
    """Villages and communities that publish an item: often all of them, so that the others are better found without them."""
    if listing.of_village:
        yield from _publishers(listing)


def _publishers(listing: Listing) -> Iterator[tuple[str, str]]:
    return ((code, listing.organization) for code in dict.fromkeys(entry.code for entry in listing.entries))


@_index("approvals")
def cases_by_number(day: ApprovalDay) -> Iterator[tuple[str, list[Any]]]:
    """Where a case number stands: day and position; a second place is a fault."""
    yield from ((case.number, [str(day.date), index]) for index, case in enumerate(day.cases))


@_index("approvals")
def cases_by_document(day: ApprovalDay) -> Iterator[tuple[tuple[str, str], list[Any]]]:
    """Where a decision document stands, by organisation and document number."""
    for index, case in enumerate(day.cases):
        if case.decision is not None and case.decision.document_number is not None:
            yield (case.organization, case.decision.document_number), [str(day.date), index]


@_index("approvals")
def cases_not_public(day: ApprovalDay) -> Iterator[tuple[str, str]]:
    """The days with cases that are not public, all under one key."""
    if any(case.secrecy is not None for case in day.cases):
        yield "", str(day.date)


@_index("approvals")
def case_numbers_by_month(day: ApprovalDay) -> Iterator[tuple[Month, str]]:
    """Numbers of cases by the month of their receipt."""
    yield from ((month_of(case.number), case.number) for case in day.cases)


@_index("approvals")
def case_numbers_by_item(day: ApprovalDay) -> Iterator[tuple[str, str]]:
    """Numbers of cases by the item that they are about."""
    yield from ((case.code, case.number) for case in day.cases)


@_index("approvals")
def case_numbers_by_organization(day: ApprovalDay) -> Iterator[tuple[str, str]]:
    """Numbers of cases by the department, town or village that accepted them."""
    yield from ((case.organization, case.number) for case in day.cases)


@_index("adjustment")
def adjustments_by_subject(adjustment: Adjustment) -> Iterator[tuple[str, str]]:
    """Adjustments by the code or id of what they change."""
    subjects = dict.fromkeys(change.item or change.organization or "" for change in adjustment.changes)
    yield from ((subject, adjustment.id) for subject in subjects)


@_index("exposure")
def exposures_by_organization(exposure: Exposure) -> Iterator[tuple[str, str]]:
    """Exposures by the department, town or village exposed."""
    yield exposure.organization, exposure.id


@_index("exposure")
def exposures_by_item(exposure: Exposure) -> Iterator[tuple[str, str]]:
    """Exposures by the items that they name."""
    yield from ((code, exposure.id) for code in dict.fromkeys(item.code for item in exposure.items))


@_index("interview")
def interviews_by_exposure(interview: Interview) -> Iterator[tuple[str, str]]:
    """Interviews by the exposures that led to them."""
    yield from ((exposure, interview.id) for exposure in dict.fromkeys(interview.exposures))


@_index("appraisal")
def appraisals_by_organization(appraisal: Appraisal) -> Iterator[tuple[str, str]]:
    """Appraisals by the organisations with a result in them."""
    organizations = dict.fromkeys(result.organization for result in appraisal.results)
    yield from ((organization, appraisal.id) for organization in organizations)
