"""Adjustments of the catalogue (动态调整): all of them, those of a year, and each."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.model.adjustment import Adjustment, AdjustmentChange
from gongkai.publishing.addresses import (
    ADJUSTMENTS,
    adjustment_address,
    adjustments_of_year_address,
    item_address,
    organization_address,
)
from gongkai.publishing.changed_elements import ShownElement, shown_elements
from gongkai.publishing.feeds.adjustment_events import (
    change_anchor,
    change_title,
    keyed_changes,
    subject_model,
    version_made,
    wordings_of,
)
from gongkai.publishing.pages.versions import known_versions
from gongkai.publishing.site import Crumb, Page, Site

NEWEST = 50
"""How many adjustments the overview shows; the pages of the years have all."""
_ALL = Crumb("动态调整", ADJUSTMENTS)


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """Something by its name; ``address`` is None while it has no page."""

    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One change of an adjustment as its page shows it.

    ``subject`` is the item or organisation under the name that the change left it; ``version`` is the number of
    the version that it made where that version is in force.
    """

    change: AdjustmentChange
    anchor: str
    title: str
    subject: NamedSubject
    elements: tuple[ShownElement, ...]
    version: int | None
    related: tuple[NamedSubject, ...]


@dataclass(frozen=True, slots=True)
class ListedAdjustment:
    """An adjustment in a list: its address, and title and anchor of each change."""

    adjustment: Adjustment
    address: str
    changes: tuple[tuple[AdjustmentChange, str, str], ...]


def adjustment_keys(site: Site) -> list[str]:
    """Return the ids of the adjustments that have a page: all."""
    return [*site.catalogue.adjustments]


def year_keys(site: Site) -> list[str]:
    """Return the years in which adjustments were published."""
    return sorted({str(a.published_on.year) for a in _newest_first(site)})


def adjustments_page(site: Site, _key: str) -> Page:
    """Return the newest adjustments, and the way to those of each year."""
    every = _newest_first(site)
    years = [(int(year), sum(a.published_on.year == int(year) for a in every)) for year in reversed(year_keys(site))]
    return Page(
        address=ADJUSTMENTS,
        template="adjustments.html",
        title="动态调整",
        description=f"{site.district.short_name}政务服务事项目录的新增、取消、更名、下放、承接、合并、拆分和要素变更，"
        f"共 {len(every)} 次，每次都写明依据、生效日期和改了什么。",
        context={"groups": _by_year(site, every[:NEWEST]), "years": years, "total": len(every), "newest": NEWEST},
        column="政策文件",
        keywords=["动态调整", "事项目录", "政务服务事项"],
    )


def year_page(site: Site, key: str) -> Page:
    """Return all adjustments that were published in a year."""
    of_year = [a for a in _newest_first(site) if a.published_on.year == int(key)]
    return Page(
        address=adjustments_of_year_address(int(key)),
        template="adjustments_year.html",
        title=f"{key}年的动态调整",
        description=f"{site.district.short_name}政务服务事项目录 {key}年公布的 {len(of_year)} 次动态调整。",
        crumbs=(_ALL,),
        context={"listed": [_listed(site, a) for a in of_year], "year": key},
        column="政策文件",
    )


def adjustment_page(site: Site, identity: str) -> Page:
    """Return one adjustment: when, on what basis, and everything that it changed."""
    adjustment = site.catalogue.adjustments[identity]
    changes = [shown_change(site, adjustment, key, change) for key, change in keyed_changes(adjustment)]
    first = changes[0].title
    title = first if len(changes) == 1 else f"{first}等 {len(changes)} 处调整"
    return Page(
        address=adjustment_address(identity),
        template="adjustment.html",
        title=f"{title}（{identity}）",
        description=adjustment.note,
        crumbs=(_ALL, Crumb(f"{adjustment.published_on.year}年", _year_of(adjustment))),
        context={
            "adjustment": adjustment,
            "heading": title,
            "changes": changes,
            "hidden": len(site.everything.adjustments[identity].changes) - len(changes),
            "edit_url": site.edit_url(adjustment.source.path),
        },
        keywords=["动态调整", *dict.fromkeys(change.change.kind.value for change in changes)],
        article_date=adjustment.published_on,
        source=site.district.government,
    )


def _year_of(adjustment: Adjustment) -> str:
    return adjustments_of_year_address(adjustment.published_on.year)


def _newest_first(site: Site) -> list[Adjustment]:
    return sorted(site.catalogue.adjustments.values(), key=lambda a: (a.published_on, a.id), reverse=True)


def _by_year(site: Site, adjustments: list[Adjustment]) -> list[tuple[int, list[ListedAdjustment]]]:
    years = itertools.groupby(adjustments, key=lambda a: a.published_on.year)
    return [(year, [_listed(site, a) for a in group]) for year, group in years]


def _listed(site: Site, adjustment: Adjustment) -> ListedAdjustment:
    changes = tuple(
        (change, change_title(change, wordings_of(site.catalogue, adjustment, change)), change_anchor(key))
        for key, change in keyed_changes(adjustment)
    )
    return ListedAdjustment(adjustment, adjustment_address(adjustment.id), changes)


def shown_change(site: Site, adjustment: Adjustment, key: str, change: AdjustmentChange) -> ShownChange:
    """Return a change as a page shows it; ``key`` is the one that ``keyed_changes`` gave it."""
    catalogue = site.catalogue
    made = version_made(catalogue, adjustment, change)
    return ShownChange(
        change,
        change_anchor(key),
        change_title(change, wordings_of(catalogue, adjustment, change)),
        _subject(site, change),
        tuple(shown_elements(change, subject_model(catalogue, change), made, catalogue)),
        _version_in_force(site, change),
        tuple(_related(site, change)),
    )


def _subject(site: Site, change: AdjustmentChange) -> NamedSubject:
    if change.item is not None:
        return NamedSubject(change.name, item_address(change.item) if change.item in site.catalogue.cards else None)
    organization = site.catalogue.organization(change.organization or "")
    return NamedSubject(change.name, organization_address(organization) if organization else None)


def _version_in_force(site: Site, change: AdjustmentChange) -> int | None:
    if change.item is None or change.item not in site.catalogue.items:
        return None
    shown = (version for version in known_versions(site, change.item) if version.item.secrecy is None)
    return next((version.number for version in shown if version.number == change.version), None)


def _related(site: Site, change: AdjustmentChange) -> Iterator[NamedSubject]:
    catalogue = site.catalogue
    for code in change.counterparts:
        item = catalogue.cards.get(code)
        yield NamedSubject(item.name, item_address(code)) if item else NamedSubject(code, None)
    organization = catalogue.organization(change.counterpart_organization or "")
    if organization is not None:
        yield NamedSubject(organization.short_name, organization_address(organization))
