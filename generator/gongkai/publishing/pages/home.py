"""The home page: its own words are hand-written, the rest comes from the catalogue."""

from __future__ import annotations

from gongkai.catalogue import Catalogue
from gongkai.model.item_card import ItemCard
from gongkai.pinyin import pinyin_key
from gongkai.publishing.site import Page, Site

_NEWEST = 8


def home_page(site: Site) -> Page:
    """Return the home page: search first, then the ways into the catalogue."""
    catalogue = site.catalogue
    of_department = catalogue.sizes("items_by_department")
    departments = [d for d in catalogue.departments.values() if d.id in of_department]
    return Page(
        address="",
        template="home.html",
        title=site.district.site.name,
        description=site.description,
        context={
            "themes": sorted(
                catalogue.sizes("items_by_theme").items(),
                key=lambda pair: (-pair[1], pair[0]),
            ),
            "departments": sorted(departments, key=lambda d: pinyin_key(d.short_name)),
            "counts": of_department,
            "towns": sorted(catalogue.towns.values(), key=lambda t: t.code),
            "newest": _newest(catalogue),
            "total": sum(of_department.values()),
            "village_count": len(catalogue.villages),
            "withheld": site.withheld_number(),
        },
    )


def _newest(catalogue: Catalogue) -> list[ItemCard]:
    """Return the items that were updated last, asking about no more of them than about a month's."""
    found: list[list[str]] = []
    for month in sorted(catalogue.sizes("items_by_month"), reverse=True):
        found += sorted(catalogue.answers("items_by_month")[month], key=lambda row: (row[1], row[0]), reverse=True)
        if len(found) >= _NEWEST:
            break
    return [catalogue.cards[code] for code, _ in found[:_NEWEST]]
