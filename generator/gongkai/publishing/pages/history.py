"""The history of an item: what changed from version to version, and every version at an address of its own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gongkai.catalogue import Catalogue, HandlingPlace
from gongkai.catalogue_views import Overlaid
from gongkai.model.item import Item
from gongkai.model.organization import Town
from gongkai.model.vocabulary import AcceptanceLevel
from gongkai.publishing.addresses import history_address, item_address, version_address
from gongkai.publishing.feeds.adjustment_events import keyed_changes
from gongkai.publishing.pages.adjustments import ShownChange, shown_change
from gongkai.publishing.pages.items import ALL_ITEMS, guide
from gongkai.publishing.pages.versions import Standing, find_version, known_versions, last_day, standing_of, upcoming
from gongkai.publishing.site import Crumb, Page, Site
from gongkai.publishing.wording import chinese_date
from gongkai.versions.history import ItemVersion, Kept, organization_as_of


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version in an item's history: ``change`` is None where no published record says how it came about."""

    version: ItemVersion
    standing: Standing
    change: ShownChange | None


def history_keys(site: Site) -> list[str]:
    """Return the items that have a history page: all."""
    return [*site.catalogue.items]


def history_page(site: Site, code: str) -> Page:
    """Return every known version of an item, newest first, with what made it."""
    item = site.catalogue.items[code]
    known = known_versions(site, code)
    current = known[0].number
    shown = [ShownVersion(v, standing_of(v, known[0]), _change(site, v)) for v in known]
    return Page(
        address=history_address(code),
        template="history.html",
        title=f"{item.name}：历次版本（{code}）",
        description=f"{item.name}现在是第 {current} 版，{chinese_date(item.effective_on)}起施行；有记录的 {len(known)} 版，"
        "每一版从哪一天到哪一天、改了什么、依据什么。",
        section="items/",
        crumbs=(ALL_ITEMS, Crumb(item.name, item_address(code))),
        context={"item": item, "versions": shown, "upcoming": upcoming(site, code)},
        column="办事服务",
        keywords=[item.name, "历次版本", "动态调整"],
    )


def version_page(site: Site, key: str) -> Page:
    """Return one version of an item: the guide as it was, or what is new in the version that the guide shows."""
    code, _, number = key.partition("/")
    known = known_versions(site, code)
    version, standing = find_version(known, int(number))
    if standing.last_day is None:
        now = {"item": version.item, "version": version, "change": _change(site, version), "oldest": len(known) == 1}
        return _page_of(site, site.catalogue, version, "version.html", {**now, "standing": standing})
    then = _organizations_of(site, version)
    context = guide(replace(site, catalogue=then), version.item, _places(then, version.item))
    return _page_of(site, then, version, "item.html", {**context, "standing": standing, "edit_url": None})


def _page_of(site: Site, then: Catalogue, version: ItemVersion, template: str, context: dict[str, Any]) -> Page:
    """Return the page of a version; ``then`` has the names that organisations had in its time."""
    item = version.item
    department = then.departments[item.department]
    return Page(
        address=version_address(item.code, version.number),
        template=template,
        title=f"{item.name}（第 {version.number} 版）",
        description=f"{item.name}第 {version.number} 版，{chinese_date(version.effective_on)}起施行：{item.summary}",
        section="items/",
        crumbs=(
            ALL_ITEMS,
            Crumb(site.catalogue.items[item.code].name, item_address(item.code)),
            Crumb("历次版本", history_address(item.code)),
        ),
        context=context,
        keywords=[item.name, department.short_name],
        article_date=version.effective_on,
        source=department.name,
        indexed=False,
    )


def _change(site: Site, version: ItemVersion) -> ShownChange | None:
    if version.adjustment is None:
        return None
    public = site.catalogue.adjustments.get(version.adjustment.id)
    changes = keyed_changes(public) if public is not None else ()
    made = ((key, c) for key, c in changes if (c.item, c.version) == (version.item.code, version.number))
    return next((shown_change(site, version.adjustment, key, c) for key, c in made), None)


def _organizations_of(site: Site, version: ItemVersion) -> Catalogue:
    """Return the catalogue with the names that departments and towns had on a version's last day."""
    records, now, day = site.records, site.catalogue, last_day(version) or site.as_of
    departments = _renamed_since(day, records.departments, records)
    towns = _renamed_since(day, records.towns, records)
    if not departments and not towns:
        return now
    return replace(now, departments=Overlaid(departments, now.departments), towns=Overlaid(towns, now.towns))


def _renamed_since(day: datetime.date, register: Mapping[str, Kept], records: Catalogue) -> dict[str, Kept]:
    """Return those of a register that were renamed after a day, as they were on it.

    Nothing is asked of the others, so that a page need not be made again when one of them changes.
    """
    adjusted = ((key, records.adjustments_of(key)) for key in register)
    return {
        key: organization_as_of(register[key], adjustments, day)
        for key, adjustments in adjusted
        if any(adjustment.effective_on > day for adjustment in adjustments)
    }


def _places(catalogue: Catalogue, item: Item) -> list[HandlingPlace]:
    """Return where an earlier version could be handled: of the places of today those that it names."""
    return [
        place
        for place in catalogue.places(item)
        if place.acceptance is not None
        and (
            place.acceptance.level is not AcceptanceLevel.TOWN
            or not isinstance(place.organization, Town)
            or not place.acceptance.organizations
            or place.organization.id in place.acceptance.organizations
        )
    ]
