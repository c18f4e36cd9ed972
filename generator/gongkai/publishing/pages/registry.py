"""Every page of the catalogue, as a map over keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from gongkai.publishing.pages import (
    adjustments,
    cases,
    consistency,
    efficiency,
    feeds,
    history,
    item_lists,
    items,
    organizations,
    reference,
    supervision,
    versions,
)
from gongkai.publishing.site import Page, Site
from gongkai.rules.registry import RULES

ONE = ("",)


@dataclass(frozen=True, slots=True)
class PageKind:
    """Pages that are made alike: which keys there are, and what the page of a key contains."""

    name: str
    keys: Callable[[Site], Iterable[str]]
    page: Callable[[Site, str], Page]


def _one(_site: Site) -> Iterable[str]:
    return ONE


PAGE_KINDS: dict[str, PageKind] = {
    kind.name: kind
    for kind in (
        PageKind("items", _one, item_lists.items_page),
        PageKind("not-handled", item_lists.not_handled_keys, item_lists.not_handled_page),
        PageKind("item", lambda site: site.catalogue.items, items.item_page),
        PageKind("history", history.history_keys, history.history_page),
        PageKind("version", versions.version_keys, history.version_page),
        PageKind("adjustments", _one, adjustments.adjustments_page),
        PageKind("adjustments-year", adjustments.year_keys, adjustments.year_page),
        PageKind("adjustment", adjustments.adjustment_keys, adjustments.adjustment_page),
        PageKind("withheld-item", lambda site: site.withheld, items.withheld_page),
        PageKind("audience", lambda _site: item_lists.AUDIENCE_PAGES, item_lists.audience_page),
        PageKind("theme", item_lists.theme_keys, item_lists.theme_page),
        PageKind("departments", _one, organizations.departments_page),
        PageKind("department", organizations.department_keys, organizations.department_page),
        PageKind("towns", _one, organizations.towns_page),
        PageKind("town", organizations.town_keys, organizations.town_page),
        PageKind("village", organizations.village_keys, organizations.village_page),
        PageKind("approvals", _one, cases.approvals_page),
        PageKind("cases-of-month", cases.month_keys, cases.month_page),
        PageKind("efficiency", _one, efficiency.efficiency_page),
        PageKind("efficiency-of", efficiency.organization_keys, efficiency.organization_page),
        PageKind("supervision", _one, supervision.supervision_page),
        PageKind("exposures", _one, supervision.exposures_page),
        PageKind(
            "exposure", lambda site: supervision.public_keys(site, site.catalogue.exposures), supervision.exposure_page
        ),
        PageKind("inspections", _one, supervision.inspections_page),
        PageKind(
            "inspection",
            lambda site: supervision.public_keys(site, site.catalogue.inspections),
            supervision.inspection_page,
        ),
        PageKind("interviews", _one, supervision.interviews_page),
        PageKind(
            "interview",
            lambda site: supervision.public_keys(site, site.catalogue.interviews),
            supervision.interview_page,
        ),
        PageKind("appraisals", _one, supervision.appraisals_page),
        PageKind(
            "appraisal",
            lambda site: supervision.public_keys(site, site.catalogue.appraisals),
            supervision.appraisal_page,
        ),
        PageKind("consistency", _one, consistency.consistency_page),
        PageKind("laws", _one, reference.laws_page),
        PageKind("law", reference.law_keys, reference.law_page),
        PageKind("rules", _one, reference.rules_page),
        PageKind("rule", lambda _site: RULES, reference.rule_page),
        PageKind("search", _one, reference.search_page),
        PageKind("open-data", _one, reference.open_data_page),
        PageKind("feeds", _one, feeds.feeds_page),
        PageKind("sitemap", _one, reference.sitemap_page),
    )
}

PageKey = tuple[str, str]
"""The name of a kind of page, and a key of it."""

ITEM_PAGES = frozenset(("item", "history", "version"))
"""The kinds of pages that belong to one item."""


def page_keys(site: Site) -> list[PageKey]:
    """Return the keys of every page, in a fixed order."""
    return [(kind.name, key) for kind in PAGE_KINDS.values() for key in kind.keys(site)]


def item_pages(site: Site, code: str) -> Iterator[PageKey]:
    """Yield the keys of the pages that belong to an item."""
    yield "item", code
    yield "history", code
    yield from (("version", key) for key in versions.version_keys_of(site, code))


def make_page(site: Site, key: PageKey) -> Page:
    """Return the page of a key."""
    return PAGE_KINDS[key[0]].page(site, key[1])
