"""How fast cases are handled (办件效能): the district, and each department and town."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.casework.case_facts import CaseFacts
from gongkai.casework.efficiency import Efficiency, by_item, efficiency
from gongkai.casework.register import Month
from gongkai.casework.service_centre import Stationed, stationed
from gongkai.model.item import Item
from gongkai.model.organization import Department, Town
from gongkai.pinyin import pinyin_key
from gongkai.publishing.case_charts import Spread, column_chart, share_chart, spread_chart
from gongkai.publishing.case_places import EFFICIENCY, efficiency_address
from gongkai.publishing.pages.cases import APPROVALS_CRUMB, entry_of
from gongkai.publishing.site import Crumb, Page, Site, organization_address

LISTED = 100
"""How many cases a list has at most: the newest; the others stand on the pages of their months."""
_DRAWN = 12
_ITEMS = 30


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """The figures of a department or town in the table of all; ``hall`` is None for towns."""

    name: str
    address: str
    figures_address: str
    found: Efficiency
    hall: Stationed | None


def efficiency_page(site: Site, _key: str) -> Page:
    """Return the figures of the whole district, and those of each organisation in one table."""
    facts = site.cases.recent
    rows = [_row(site, organization) for organization in _organizations(site)]
    busy = sorted((row for row in rows if row.found.binding.percent is not None), key=lambda r: -r.found.number)
    shares = [(row.name, row.found.binding.percent or 0) for row in busy[:_DRAWN]]
    items = sorted(by_item(facts).items(), key=lambda pair: (-pair[1].number, pair[0]))
    return Page(
        address=EFFICIENCY,
        template="efficiency.html",
        title="办件效能",
        description=f"{site.district.short_name}最近十二个月办件的按时率、用时、超期办件、超时默认和进驻政务服务中心的情况。",
        section="approvals/",
        crumbs=(APPROVALS_CRUMB,),
        context={
            **_common(site, facts),
            "rows": [row for row in rows if row.found.number],
            "idle": [row for row in rows if not row.found.number],
            "shares": share_chart("share-chart", "收件最多的单位的按时率", shares),
            "items": [(item, found) for item, found in _known(site, items) if item is not None][:_ITEMS],
            "hall": stationed(site.cases.catalogue.active_items()),
            "halls": [row for row in rows if row.hall is not None and row.hall.total],
        },
        column="信息公开",
        keywords=["办件效能", "按时率", "三集中三到位"],
    )


def organization_keys(site: Site) -> Iterator[str]:
    """Yield the ids of all departments and towns."""
    yield from site.catalogue.departments
    yield from site.catalogue.towns


def organization_page(site: Site, identity: str) -> Page:
    """Return the figures of a department, or of a town with its villages."""
    organization = site.catalogue.organization(identity)
    if organization is None:
        raise KeyError(identity)
    facts = site.cases.recent_by_organization.get(identity, [])
    items = list(by_item(facts).items())
    shown = [(item, found) for item, found in _known(site, items) if item is not None]
    spreads = [_spread(item, found) for item, found in shown if found.median is not None]
    slowest = sorted(spreads, key=lambda s: (-s.ninetieth, s.label))[:_DRAWN]
    hall = _hall(site, organization)
    return Page(
        address=efficiency_address(identity),
        template="efficiency_of.html",
        title=f"{organization.short_name}办件效能",
        description=f"{organization.name}最近十二个月办件的按时率、用时、超期办件和超时默认。",
        section="approvals/",
        crumbs=(APPROVALS_CRUMB, Crumb("办件效能", EFFICIENCY)),
        context={
            **_common(site, facts),
            "organization": organization,
            "address": organization_address(organization),
            "is_town": isinstance(organization, Town),
            "items": shown,
            "hidden": sum(found.number for item, found in _known(site, items) if item is None),
            "spreads": spread_chart("days-chart", "用时最长的事项：中位数、90 分位和时限", slowest),
            "hall": hall,
            "exceptions": [item for item in hall.exceptions if item.secrecy is None] if hall else [],
        },
        column="信息公开",
        keywords=[organization.short_name, "办件效能", "按时率"],
    )


def _common(site: Site, facts: Sequence[CaseFacts]) -> dict[str, Any]:
    found = efficiency(facts)
    months = _months(site, facts)
    return {
        "found": found,
        "since": site.cases.since,
        "months": months,
        "monthly": column_chart(
            "month-chart", "每月收件和其中超期的件数", [(f"{m[1]}月", n, late) for m, n, late in months]
        ),
        "overdue": [(entry_of(site, fact), fact) for fact in found.overdue[: -LISTED - 1 : -1]],
        "deemed": [(entry_of(site, fact), fact) for fact in found.deemed[: -LISTED - 1 : -1]],
        "listed": LISTED,
    }


def _months(site: Site, facts: Iterable[CaseFacts]) -> list[tuple[Month, int, int]]:
    """Return every month of the twelve up to the site's day with its cases and how many of them are overdue."""
    numbers: Counter[Month] = Counter()
    late: Counter[Month] = Counter()
    for fact in facts:
        month = (fact.received_on.year, fact.received_on.month)
        numbers[month] += 1
        late[month] += fact.overdue
    return [(month, numbers[month], late[month]) for month in _between(site.cases.since, site.as_of)]


def _between(first: datetime.date, last: datetime.date) -> list[Month]:
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [(month // 12, month % 12 + 1) for month in range(begin, end + 1)]


def _known(site: Site, items: Iterable[tuple[str, Efficiency]]) -> Iterator[tuple[Item | None, Efficiency]]:
    """Yield the items behind codes; None for one that is only counted."""
    for code, found in items:
        yield site.catalogue.items.get(code), found


def _spread(item: Item, found: Efficiency) -> Spread:
    limits = item.time_limits
    return Spread(
        item.name,
        found.median or 0,
        found.ninetieth or 0,
        limits.promised.working_days if limits.promised is not None else None,
        limits.statutory.working_days if limits.statutory is not None else None,
    )


def _organizations(site: Site) -> list[Department | Town]:
    departments = sorted(site.catalogue.departments.values(), key=lambda d: pinyin_key(d.short_name))
    return [*departments, *sorted(site.catalogue.towns.values(), key=lambda t: t.code)]


def _row(site: Site, organization: Department | Town) -> OrganizationRow:
    found = efficiency(site.cases.recent_by_organization.get(organization.id, []))
    address = organization_address(organization)
    return OrganizationRow(
        organization.short_name, address, efficiency_address(organization.id), found, _hall(site, organization)
    )


def _hall(site: Site, organization: Department | Town) -> Stationed | None:
    """Return how many of a department's items are handled in the service centre; towns have centres of their own."""
    if isinstance(organization, Town):
        return None
    return stationed(site.cases.catalogue.items_by_department.get(organization.id, []))
