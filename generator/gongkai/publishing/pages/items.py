"""The guide of each item, and the lists of items."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.casework.efficiency import efficiency
from gongkai.catalogue import HandlingPlace
from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard
from gongkai.model.organization import Town
from gongkai.model.vocabulary import AcceptanceLevel, Audience, ItemStatus
from gongkai.pinyin import pinyin_key
from gongkai.publishing.pages.cases import newest_of
from gongkai.publishing.pages.versions import successors, upcoming
from gongkai.publishing.site import (
    NOT_PUBLIC,
    Crumb,
    Page,
    Site,
    by_pinyin,
    department_address,
    item_address,
    theme_address,
)
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
        "items": catalogue.items,
        "consultation": catalogue.consultation(item),
        "complaint": catalogue.complaint(item),
        "edit_url": site.edit_url(item.source.path),
        "essentials": essentials(site, item, where),
        "themes": list(dict.fromkeys(t.value for t in (*item.themes.personal, *item.themes.corporate))),
        "ending": successors(site, item) if item.status is ItemStatus.CANCELLED else None,
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

    ``towns`` and ``villages`` are how many of them take the application, ``roles`` what is done at each level.
    """

    who: str
    how_long: str
    how_much: str
    windows: list[str]
    towns: int
    villages: int
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
        villages=site.catalogue.villages_offering(item) if AcceptanceLevel.VILLAGE in levels else 0,
        roles={acceptance.level.value: acceptance.role.value for acceptance in item.acceptance},
        bring=bring,
        bring_remark=remark,
        visits=item.visits.count,
    )


def items_page(site: Site, _key: str) -> Page:
    """Return the list of all items, grouped by department."""
    catalogue = site.catalogue
    groups = [
        (department, by_pinyin(catalogue.items_by_department[department.id]))
        for department in sorted(catalogue.departments.values(), key=lambda d: pinyin_key(d.short_name))
        if department.id in catalogue.items_by_department
    ]
    cancelled = [card for card in catalogue.cards.values() if card.status is not ItemStatus.ACTIVE]
    total = sum(len(items) for _, items in groups)
    return Page(
        address="items/",
        template="items.html",
        title="全部事项",
        description=f"{site.district.short_name}全部 {total} 个政务服务事项，可以按类型、对象、层级筛选。",
        section="items/",
        context={
            "groups": groups,
            "cancelled": by_pinyin(cancelled),
            "all_items": [i for _, members in groups for i in members],
            "withheld": site.withheld_number(),
        },
        keywords=["政务服务事项", "办事指南"],
    )


AUDIENCE_PAGES = {
    "person": ("个人办事", "personal", (Audience.PERSON,)),
    "enterprise": (
        "企业办事",
        "corporate",
        (
            Audience.ENTERPRISE,
            Audience.INSTITUTION,
            Audience.SOCIAL_ORGANIZATION,
            Audience.UNINCORPORATED_ENTERPRISE,
            Audience.OTHER_ORGANIZATION,
        ),
    ),
}


def audience_page(site: Site, key: str) -> Page:
    """Return the items for persons, or for enterprises and organisations, by theme."""
    title, field, audiences = AUDIENCE_PAGES[key]
    by_audience = site.catalogue.items_by_audience
    items = list({i.code: i for audience in audiences for i in by_audience.get(audience, [])}.values())
    themes: dict[str, list[ItemCard]] = {}
    for item in items:
        for theme in getattr(item.themes, field):
            themes.setdefault(theme.value, []).append(item)
    ordered = sorted(themes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return Page(
        address=f"audiences/{key}/",
        template="audience.html",
        title=title,
        description=f"{site.district.short_name}{title}事项，按主题查找。",
        section=f"audiences/{key}/",
        context={
            "themes": [(name, by_pinyin(members)) for name, members in ordered],
            "total": len(items),
        },
    )


def theme_keys(site: Site) -> list[str]:
    """Return the themes that have items."""
    return sorted(site.catalogue.items_by_theme)


def theme_page(site: Site, theme: str) -> Page:
    """Return the items of one theme."""
    items = by_pinyin(site.catalogue.items_by_theme[theme])
    return Page(
        address=theme_address(theme),
        template="item_list.html",
        title=f"主题：{theme}",
        description=f"{site.district.short_name}“{theme}”主题的 {len(items)} 个政务服务事项。",
        section="items/",
        crumbs=(ALL_ITEMS,),
        context={"items": items, "introduction": f"“{theme}”主题共有 {len(items)} 个事项。"},
    )
