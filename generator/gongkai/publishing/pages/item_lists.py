"""The lists of items: all of them, those for persons and for enterprises, and those of a theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from gongkai.catalogue import Listed
from gongkai.model.vocabulary import Audience
from gongkai.publishing.addresses import theme_address
from gongkai.publishing.pages.items import ALL_ITEMS
from gongkai.publishing.pages.parts import ListPart, in_order, number_of_parts, part_keys, split_key
from gongkai.publishing.site import Page, Site, by_pinyin, departments_by_name

ON_ONE_PAGE = 500
"""More items than these are not listed together: the page of all leads to those of the departments."""
NOT_HANDLED = "items/not-handled/"


class NotHandled(NamedTuple):
    """An item that nobody can apply for now; ``status`` says why."""

    code: str
    name: str
    status: str


def items_page(site: Site, _key: str) -> Page:
    """Return the list of all items by department, or, where there are very many, of the departments with their numbers."""
    catalogue = site.catalogue
    sizes = catalogue.sizes("items_by_department")
    departments = [department for department in departments_by_name(catalogue) if department.id in sizes]
    total = sum(sizes[department.id] for department in departments)
    not_handled = _not_handled(site)
    page = Page(
        address="items/",
        template="items_overview.html",
        title="全部事项",
        description=f"{site.district.short_name}全部 {total} 个政务服务事项，按部门查找。",
        section="items/",
        context={
            "total": total,
            "departments": [(department, sizes[department.id]) for department in departments],
            "not_handled": len(not_handled),
            "not_handled_address": NOT_HANDLED,
            "withheld": site.withheld_number(),
        },
        keywords=["政务服务事项", "办事指南"],
    )
    if total > ON_ONE_PAGE:
        return page
    groups = [
        (
            department,
            catalogue.cards_of(item.code for item in in_order(catalogue, "items_by_department", department.id)),
        )
        for department in departments
    ]
    return replace(
        page,
        template="items.html",
        description=f"{site.district.short_name}全部 {total} 个政务服务事项，可以按类型、对象、层级筛选。",
        context={
            "groups": groups,
            "not_handled": not_handled,
            "all_items": [item for _, members in groups for item in members],
            "withheld": site.withheld_number(),
        },
    )


def not_handled_keys(site: Site) -> Iterator[str]:
    """Yield the pages of items that are not handled, which are only there when not all items are on one page."""
    found = _not_handled(site)
    if found and sum(site.catalogue.sizes("items_by_department").values()) > ON_ONE_PAGE:
        yield from part_keys("", len(found))


def not_handled_page(site: Site, key: str) -> Page:
    """Return the items that are suspended or cancelled."""
    found = _not_handled(site)
    part = ListPart(split_key(key)[1], number_of_parts(len(found)), len(found), NOT_HANDLED)
    title = "暂停和取消的事项"
    return Page(
        address=part.address,
        template="name_list.html",
        title=part.titled(title),
        description=f"{site.district.short_name}{title}，共 {part.total} 个。",
        section="items/",
        crumbs=(ALL_ITEMS,),
        context={
            "items": [Listed(item.code, f"{item.name}（{item.status}）") for item in part.of_list(found)],
            "part": part,
            "introduction": f"{title}共有 {part.total} 个。",
        },
    )


def _not_handled(site: Site) -> list[NotHandled]:
    return by_pinyin(NotHandled(*row) for row in site.catalogue.answers("items_not_handled").get("", ()))


AUDIENCE_PAGES = {
    "person": ("个人办事", (Audience.PERSON,)),
    "enterprise": (
        "企业办事",
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
    """Return the items for persons, or for enterprises and organisations, by theme; of very many only the themes."""
    title, audiences = AUDIENCE_PAGES[key]
    by_audience = site.catalogue.answers("items_by_audience")
    items = {row[0]: row for audience in audiences for row in by_audience.get(audience, ())}
    themes: dict[str, list[Listed]] = {}
    for code, name, personal, corporate in items.values():
        for theme in personal if key == "person" else corporate:
            themes.setdefault(theme, []).append(Listed(code, name))
    ordered = sorted(themes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    overview = number_of_parts(len(items)) > 1
    return Page(
        address=f"audiences/{key}/",
        template="audience.html",
        title=title,
        description=f"{site.district.short_name}{title}事项，按主题查找。",
        section=f"audiences/{key}/",
        context={
            "themes": [(name, members if overview else by_pinyin(members)) for name, members in ordered],
            "total": len(items),
            "overview": overview,
        },
    )


def theme_keys(site: Site) -> Iterator[str]:
    """Yield the themes that have items, and the further pages of these."""
    for theme, size in sorted(site.catalogue.sizes("items_by_theme").items()):
        yield from part_keys(theme, size)


def theme_page(site: Site, key: str) -> Page:
    """Return a page of the items of one theme."""
    theme, number = split_key(key)
    items = in_order(site.catalogue, "items_by_theme", theme)
    part = ListPart(number, number_of_parts(len(items)), len(items), theme_address(theme))
    return Page(
        address=part.address,
        template="item_list.html",
        title=part.titled(f"主题：{theme}"),
        description=f"{site.district.short_name}“{theme}”主题的 {len(items)} 个政务服务事项。",
        section="items/",
        crumbs=(ALL_ITEMS,),
        context={
            "items": site.catalogue.cards_of(item.code for item in part.of_list(items)),
            "part": part,
            "introduction": f"“{theme}”主题共有 {len(items)} 个事项。",
        },
    )
