"""The home page: its own words are hand-written, the rest comes from the catalogue."""

from __future__ import annotations

from gongkai.pinyin import pinyin_key
from gongkai.publishing.site import Page, Site


def home_page(site: Site) -> Page:
    """Return the home page: search first, then the ways into the catalogue."""
    catalogue = site.catalogue
    newest = sorted(catalogue.active_items(), key=lambda i: (i.updated_on, i.code), reverse=True)
    departments = [d for d in catalogue.departments.values() if d.id in catalogue.items_by_department]
    return Page(
        address="",
        template="home.html",
        title=site.district.site.name,
        description=site.description,
        context={
            "themes": sorted(
                ((name, len(items)) for name, items in catalogue.items_by_theme.items()),
                key=lambda pair: (-pair[1], pair[0]),
            ),
            "departments": sorted(departments, key=lambda d: pinyin_key(d.short_name)),
            "counts": {key: len(items) for key, items in catalogue.items_by_department.items()},
            "towns": sorted(catalogue.towns.values(), key=lambda t: t.code),
            "newest": newest[:8],
            "total": sum(1 for _ in catalogue.active_items()),
            "village_count": len(catalogue.villages),
            "withheld": site.withheld_number(),
        },
    )
