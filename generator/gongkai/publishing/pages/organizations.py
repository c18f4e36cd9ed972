"""Departments, towns and subdistricts, villages and communities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gongkai.casework.efficiency import efficiency
from gongkai.catalogue import Catalogue
from gongkai.model.base import Record, RuleException
from gongkai.model.item_card import ItemCard
from gongkai.model.listing import ListingEntry
from gongkai.model.organization import Town, Village
from gongkai.model.vocabulary import ItemStatus, TownKind
from gongkai.publishing.addresses import department_address, town_address, village_address
from gongkai.publishing.case_places import efficiency_address
from gongkai.publishing.pages.cases import newest_of
from gongkai.publishing.pages.parts import ListPart, in_order, number_of_parts, part_keys, split_key
from gongkai.publishing.site import Crumb, Page, Site, by_pinyin, departments_by_name, towns_by_code
from gongkai.publishing.supervision import exposures, results_of, still_open
from gongkai.publishing.wording import contact_lines

_NEWEST_CASES = 5
_DEPARTMENTS = Crumb("部门", "departments/")
_TOWNS = Crumb("乡镇街道", "towns/")


def departments_page(site: Site, _key: str) -> Page:
    """Return the list of departments with how many items each handles."""
    departments = departments_by_name(site.catalogue)
    return Page(
        address="departments/",
        template="departments.html",
        title="部门",
        description=f"{site.district.short_name} {len(departments)} 个部门的职责、电话和办理的事项。",
        section="departments/",
        context={"departments": departments, "counts": site.catalogue.sizes("items_by_department")},
        column="机构概况",
    )


def department_keys(site: Site) -> Iterator[str]:
    """Yield the departments, and the further pages of their items."""
    sizes = site.catalogue.sizes("items_by_department")
    for identity in site.catalogue.departments:
        yield from part_keys(identity, sizes.get(identity, 0))


def department_page(site: Site, key: str) -> Page:
    """Return one department: duties, channels, items; or a further page of its items."""
    identity, number = split_key(key)
    department = site.catalogue.departments[identity]
    items = in_order(site.catalogue, "items_by_department", identity)
    part = ListPart(number, number_of_parts(len(items)), len(items), department_address(identity))
    cards = site.catalogue.cards_of(item.code for item in part.of_list(items))
    if number > 1:
        here = Crumb(department.short_name, department_address(identity))
        return _further_page(f"{department.short_name}办理的事项", part, cards, (_DEPARTMENTS, here))
    listing = site.catalogue.listings.get(identity)
    return Page(
        address=department_address(identity),
        template="department.html",
        title=department.short_name,
        description=f"{department.name}：{department.duties}",
        section="departments/",
        crumbs=(_DEPARTMENTS,),
        context={
            "department": department,
            "listing": listing,
            "items": cards,
            "part": part,
            "granted": _granted(department, listing),
            "consultation": contact_lines(department.consultation),
            "complaint": contact_lines(department.complaint),
            "withheld": site.withheld_number(identity),
            **_cases(site, identity),
            "edit_url": site.edit_url(department.source.path),
            **_supervised(site, [identity]),
        },
        column="机构概况",
        keywords=[department.short_name, *department.aliases],
    )


def towns_page(site: Site, _key: str) -> Page:
    """Return the list of towns and subdistricts with their villages, and the abolished ones."""
    groups = [(kind, [town for town in towns_by_code(site.catalogue) if town.kind is kind]) for kind in TownKind]
    abolished = site.catalogue.abolished.divisions if site.catalogue.abolished else []
    return Page(
        address="towns/",
        template="towns.html",
        title="乡镇街道",
        description=f"{site.district.short_name} {len(site.catalogue.towns)} 个乡镇、街道的便民服务中心和办理的事项。",
        section="towns/",
        context={
            "groups": groups,
            "abolished": abolished,
            "merged": any(division.successors for division in abolished),
            "towns": site.catalogue.towns,
            "village_count": len(site.catalogue.villages),
        },
        column="机构概况",
    )


def town_keys(site: Site) -> Iterator[str]:
    """Yield the towns, and the further pages of what they offer."""
    return _publisher_keys(site, site.catalogue.towns)


def town_page(site: Site, key: str) -> Page:
    """Return one town: its centre, what it offers, its villages; or a further page of what it offers."""
    identity, number = split_key(key)
    town = site.catalogue.towns[identity]
    part, items = _offered(site, town, number, town_address(identity))
    if number > 1:
        here = Crumb(town.short_name, town_address(identity))
        return _further_page(f"在{town.short_name}办理的事项", part, items, (_TOWNS, here))
    listing = site.catalogue.listings.get(identity)
    return Page(
        address=town_address(identity),
        template="town.html",
        title=town.short_name,
        description=f"{town.name}便民服务中心的地址、电话、办理的事项，以及所辖 {len(town.villages)} 个村（社区）。",
        section="towns/",
        crumbs=(_TOWNS,),
        context={
            "town": town,
            "listing": listing,
            "granted": _granted(town, listing),
            "items": items,
            "part": part,
            "shared_names": site.catalogue.shared_village_names,
            "consultation": contact_lines(town.consultation),
            "complaint": contact_lines(town.complaint),
            **_cases(site, identity),
            "edit_url": site.edit_url(town.source.path),
            **_supervised(site, [identity, *(village.code for village in town.villages)]),
        },
        column="机构概况",
        keywords=[town.short_name, *town.aliases],
    )


def _cases(site: Site, identity: str) -> dict[str, Any]:
    """Return what the page of a department or town says about its cases."""
    cases = site.cases.recent_at(identity)
    return {
        "efficiency": efficiency(cases),
        "newest_cases": newest_of(site, cases, _NEWEST_CASES),
        "efficiency_address": efficiency_address(identity),
    }


def village_keys(site: Site) -> Iterator[str]:
    """Yield the villages and communities, and the further pages of what they help with."""
    return _publisher_keys(site, site.catalogue.villages)


def village_page(site: Site, key: str) -> Page:
    """Return one village or community: which items it helps with; or a further page of them."""
    code, number = split_key(key)
    village, town = site.catalogue.villages[code]
    part, items = _offered(site, village, number, village_address(code))
    here = Crumb(town.short_name, town_address(town.id))
    if number > 1:
        crumbs = (_TOWNS, here, Crumb(village.name, village_address(code)))
        return _further_page(f"{town.short_name}{village.name}受理和代办的事项", part, items, crumbs)
    listing = site.catalogue.listings.get(code)
    return Page(
        address=village_address(code),
        template="village.html",
        title=f"{town.short_name}{village.name}",
        description=f"{town.short_name}{village.full_name}便民服务站受理和代办的 {part.total} 个事项。",
        section="towns/",
        crumbs=(_TOWNS, here),
        context={
            "village": village,
            "town": town,
            "items": items,
            "part": part,
            "listing": listing,
            "granted": _granted(listing),
            "consultation": contact_lines(town.consultation),
            "complaint": contact_lines(town.complaint),
            **_supervised(site, [code]),
        },
        column="机构概况",
    )


def _publisher_keys(site: Site, publishers: Iterable[str]) -> Iterator[str]:
    entries = site.everything.answers("entries_by_publisher")
    for identity in publishers:
        yield from part_keys(identity, sum(entries.get(identity, ())))


def _offered(site: Site, publisher: Town | Village, number: int, first: str) -> tuple[ListPart, list[ItemCard]]:
    """Return a page of what a town or village offers.

    In a list with more than one page, entries that are not shown keep their place: what becomes public moves no other.
    """
    identity = publisher.code if isinstance(publisher, Village) else publisher.id
    of = number_of_parts(sum(site.everything.answers("entries_by_publisher").get(identity, ())))
    if of == 1:
        items = by_pinyin(site.catalogue.offered_by(publisher))
        return ListPart(1, 1, len(items), first), items
    part = ListPart(number, of, len(site.catalogue.listings[identity].entries), first)
    entries = site.everything.memo.once(_entries_in_order, site.everything, identity, key=identity)
    cards = site.catalogue.cards_of(entry.code for entry in part.of_list(entries))
    return part, [card for card in cards if card.status is ItemStatus.ACTIVE]


def _entries_in_order(catalogue: Catalogue, identity: str) -> list[ListingEntry]:
    return by_pinyin(catalogue.listings[identity].entries)


def _further_page(title: str, part: ListPart, items: Sequence[ItemCard], crumbs: tuple[Crumb, ...]) -> Page:
    """Return a page of an organisation's list that is not the first."""
    return Page(
        address=part.address,
        template="item_list.html",
        title=part.titled(title),
        description=f"{title}，共 {part.total} 个，这是第 {part.number} 页，共 {part.of} 页。",
        section=crumbs[0].address,
        crumbs=crumbs,
        context={"items": items, "part": part, "introduction": f"{title}共有 {part.total} 个。"},
        column="机构概况",
    )


def _granted(*records: Record | None) -> list[RuleException]:
    """Return the exceptions that records grant themselves: while they do, it must be seen."""
    return [exception for record in records if record is not None for exception in record.exceptions]


def _supervised(site: Site, identities: Sequence[str]) -> dict[str, Any]:
    """Return the exposures and the appraisal results of an organisation, or of a town and its villages."""
    catalogue = site.catalogue
    found = exposures(site, (one for identity in identities for one in catalogue.exposures_of(identity)))
    closed = [exposure for exposure in found if exposure.closed_on is not None]
    return {"exposures": [*still_open(found), *closed], "results": results_of(site, identities)}
