"""The home page: its own words are hand-written, the rest comes from the catalogue."""

from __future__ import annotations

from gongkai.catalogue import Catalogue
from gongkai.model.item_card import ItemCard
from gongkai.publishing.site import Page, Site, departments_by_name, towns_by_code

_NEWEST = 8


def home_page(site: Site) -> Page:
    """Return the home page: search first, then the ways into the catalogue."""
    catalogue = site.catalogue
    of_department = catalogue.sizes("items_by_department")
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
            "departments": [one for one in departments_by_name(catalogue) if one.id in of_department],
            "counts": of_department,
            "towns": towns_by_code(catalogue),
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
