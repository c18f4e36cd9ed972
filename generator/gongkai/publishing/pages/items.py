"""The guide of each item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.casework.efficiency import efficiency
from gongkai.catalogue import HandlingPlace
from gongkai.model.item import Item
from gongkai.model.organization import Town
from gongkai.model.vocabulary import AcceptanceLevel, ItemStatus
from gongkai.publishing.addresses import department_address, item_address
from gongkai.publishing.pages.cases import newest_of
from gongkai.publishing.pages.versions import stopped_by, successors, upcoming
from gongkai.publishing.site import NOT_PUBLIC, Crumb, Page, Site
from gongkai.publishing.supervision import exposures, still_open
from gongkai.publishing.wording import fee_text, materials_to_bring

ALL_ITEMS = Crumb("全部事项", "items/")
_NEWEST_CASES = 3
_NO_CASES = efficiency(())


def item_page(site: Site, code: str) -> Page:
    """Return the guide of one item."""
    item = site.catalogue.items[code]
    department = site.catalogue.departments[item.department]
    cases = site.cases.recent_about(code)
    today = {
        "upcoming": upcoming(site, code),
        "exposures": still_open(exposures(site, site.catalogue.exposures_about(code))),
        "efficiency": efficiency(cases) if cases else _NO_CASES,
        "newest_cases": newest_of(site, cases, _NEWEST_CASES),
    }
    return Page(
        address=item_address(code),
        template="item.html",
        title=item.name if item.status is not ItemStatus.CANCELLED else f"{item.name}（已取消）",
        description=f"{item.name}：{item.summary}",
        section="items/",
        crumbs=(ALL_ITEMS, Crumb(department.short_name, department_address(department.id))),
        context=guide(site, item) | today,
        keywords=[item.name, *item.everyday_names, department.short_name],
        article_date=item.updated_on,
        source=department.name,
        alternates=(("application/json", f"{item.name}（JSON）", site.absolute(f"api/v1/items/{code}.json")),),
    )


def guide(site: Site, item: Item, places: list[HandlingPlace] | None = None) -> dict[str, Any]:
    """Return what the guide of an item shows; ``places`` where they are not those of today.

    ``standing`` is for the pages of versions, which say where a version stands among the others.
    """
    catalogue = site.catalogue
    where = catalogue.places(item) if places is None else places
    authority = catalogue.organization(item.authority.organization)
    themes = list(dict.fromkeys(theme.value for theme in (*item.themes.personal, *item.themes.corporate)))
    # What is active today is itself on the pages of its themes.
    shown_today = places is None and item.status is ItemStatus.ACTIVE
    of_theme = catalogue.answers("items_by_theme")
    return {
        "item": item,
        "department": catalogue.departments[item.department],
        "authority": catalogue.authority_name(item),
        "authority_code": authority.uscc if authority else None,
        "implementation_code": catalogue.implementation_code(item),
        "district_places": [p for p in where if not isinstance(p.organization, Town)],
        "town_places": [p for p in where if isinstance(p.organization, Town)],
        "departments": catalogue.departments,
        "towns": catalogue.towns,
        "laws": catalogue.laws,
        "cards": catalogue.cards,
        "consultation": catalogue.consultation(item),
        "complaint": catalogue.complaint(item),
        "edit_url": site.edit_url(item.source.path),
        "essentials": essentials(site, item, where),
        "themes": themes,
        "theme_pages": themes if shown_today else [theme for theme in themes if theme in of_theme],
        "ending": successors(site, item) if item.status is ItemStatus.CANCELLED else None,
        "stopped": stopped_by(site, item),
        "standing": None,
        "upcoming": [],
    }


def withheld_page(site: Site, code: str) -> Page:
    """Return the page of an item that is counted but not shown: that it is not public, and on what ground."""
    return Page(
        address=item_address(code),
        template="item_withheld.html",
        title=f"{NOT_PUBLIC}（{code}）",
        description="这个事项依法不公开，只计入事项总数。",
        section="items/",
        crumbs=(ALL_ITEMS,),
        context={"code": code, "secrecy": site.withheld[code].secrecy},
    )


@dataclass(frozen=True, slots=True)
class Essentials:
    """What a citizen looks for first: who, how long, how much, where, what to bring.

    ``towns`` is how many of them take the application, ``villages`` whether any does, ``roles`` what is done at each level.
    """

    who: str
    how_long: str
    how_much: str
    windows: list[str]
    towns: int
    villages: bool
    roles: dict[str, str]
    bring: list[str]
    bring_remark: str
    visits: int


def essentials(site: Site, item: Item, places: list[HandlingPlace]) -> Essentials:
    """Return what a citizen looks for first."""
    towns = sum(isinstance(place.organization, Town) for place in places)
    windows = [p.window.place for p in places if not isinstance(p.organization, Town)]
    # Where towns take the application, the district's window is for special cases: towns come first.
    nearby = towns > 0 and not item.hall.stationed
    promised = item.time_limits.promised
    levels = {acceptance.level for acceptance in item.acceptance}
    bring, remark = materials_to_bring(item)
    return Essentials(
        who="、".join(audience.value for audience in item.audiences),
        how_long=promised.text if promised else "没有承诺时限",
        how_much=fee_text(item),
        windows=[] if nearby else windows,
        towns=towns,
        villages=AcceptanceLevel.VILLAGE in levels and site.catalogue.is_in_villages(item),
        roles={acceptance.level.value: acceptance.role.value for acceptance in item.acceptance},
        bring=bring,
        bring_remark=remark,
        visits=item.visits.count,
    )
