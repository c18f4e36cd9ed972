"""How fast cases are handled (办件效能): the district, and each department and town."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from gongkai.casework.case_facts import CaseFacts
from gongkai.casework.efficiency import Efficiency, by_item, efficiency, figures
from gongkai.casework.service_centre import Stationed, outside_of, stationed, stationed_by_department
from gongkai.model.approval_case import Month
from gongkai.model.item_terms import ItemTerms
from gongkai.model.organization import Department, Town
from gongkai.publishing.addresses import organization_address
from gongkai.publishing.case_places import EFFICIENCY, efficiency_address
from gongkai.publishing.charts import Spread, column_chart, share_chart, spread_chart
from gongkai.publishing.pages.cases import APPROVALS_CRUMB, entry_of
from gongkai.publishing.site import Crumb, Page, Site, departments_by_name, towns_by_code

LISTED = 100
"""How many cases a list has at most: the newest; the others stand on the pages of their months."""
_DRAWN = 12
_ITEMS = 30


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """The figures of a department or town in the table of all; ``hall`` is None where there are no items, as in towns."""

    name: str
    address: str
    figures_address: str
    found: Efficiency
    hall: Stationed | None


def efficiency_page(site: Site, _key: str) -> Page:
    """Return the figures of the whole district, and those of each organisation in one table."""
    tallies = site.cases.recent_tallies()
    counted = {month: (found.number, found.overdue_number) for month, found in tallies.items()}
    halls = stationed_by_department(site.cases.catalogue)
    rows = [_row(site, organization, halls.get(organization.id)) for organization in _organizations(site)]
    busy = sorted((row for row in rows if row.found.binding.percent is not None), key=lambda r: -r.found.number)
    shares = [(row.name, row.found.binding.percent or 0) for row in busy[:_DRAWN]]
    return Page(
        address=EFFICIENCY,
        template="efficiency.html",
        title="办件效能",
        description=f"{site.district.short_name}最近十二个月办件的按时率、用时、超期办件、超时默认和进驻政务服务中心的情况。",
        section="approvals/",
        crumbs=(APPROVALS_CRUMB,),
        context={
            **_common(site, figures(tallies.values()), counted),
            "rows": [row for row in rows if row.found.number],
            "idle": [row for row in rows if not row.found.number],
            "shares": share_chart("share-chart", "收件最多的单位的按时率", shares),
            "items": _busiest_items(site),
            "hall": Stationed(sum(hall.total for hall in halls.values()), sum(hall.outside for hall in halls.values())),
            "halls": [row for row in rows if row.hall is not None],
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
    facts = site.cases.recent_at(identity)
    items = [(_public_terms(site, code), found) for code, found in by_item(facts).items()]
    shown = [(item, found) for item, found in items if item is not None]
    spreads = [_spread(item, found) for item, found in shown if found.median is not None]
    slowest = sorted(spreads, key=lambda s: (-s.ninetieth, s.label))[:_DRAWN]
    # Towns have centres of their own.
    hall = stationed(site.cases.catalogue, identity) if isinstance(organization, Department) else None
    outside = outside_of(site.catalogue, identity) if hall else []
    return Page(
        address=efficiency_address(identity),
        template="efficiency_of.html",
        title=f"{organization.short_name}办件效能",
        description=f"{organization.name}最近十二个月办件的按时率、用时、超期办件和超时默认。",
        section="approvals/",
        crumbs=(APPROVALS_CRUMB, Crumb("办件效能", EFFICIENCY)),
        context={
            **_common(site, efficiency(facts), _by_month(facts)),
            "organization": organization,
            "address": organization_address(organization),
            "is_town": isinstance(organization, Town),
            "items": shown,
            "hidden": sum(found.number for item, found in items if item is None),
            "spreads": spread_chart("days-chart", "用时最长的事项：中位数、90 分位和时限", slowest),
            "hall": hall,
            "outside": outside,
            "outside_withheld": hall.outside - len(outside) if hall else 0,
        },
        column="信息公开",
        keywords=[organization.short_name, "办件效能", "按时率"],
    )


def _common(site: Site, found: Efficiency, counted: Mapping[Month, tuple[int, int]]) -> dict[str, Any]:
    """Return what is told of any group of cases; ``counted`` are the cases of each month and how many are overdue."""
    months = [(month, *counted.get(month, (0, 0))) for month in _between(site.cases.since, site.as_of)]
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


def _by_month(facts: Iterable[CaseFacts]) -> dict[Month, tuple[int, int]]:
    """Return how many cases each month has, and how many of them are overdue."""
    late: defaultdict[Month, list[bool]] = defaultdict(list)
    for fact in facts:
        late[fact.received_on.year, fact.received_on.month].append(fact.overdue)
    return {month: (len(found), sum(found)) for month, found in late.items()}


def _between(first: datetime.date, last: datetime.date) -> list[Month]:
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [(month // 12, month % 12 + 1) for month in range(begin, end + 1)]


def _busiest_items(site: Site) -> list[tuple[ItemTerms, Efficiency]]:
    """Return the items with the most cases that are public, with their figures."""
    register = site.cases
    numbers = {code: len(register.recent_numbers_about(code)) for code in register.catalogue.items_with_cases}
    busiest = sorted((code for code, number in numbers.items() if number), key=lambda code: (-numbers[code], code))
    terms = filter(None, (_public_terms(site, code) for code in busiest))
    return [(item, efficiency(register.recent_about(item.code))) for item in islice(terms, _ITEMS)]


def _public_terms(site: Site, code: str) -> ItemTerms | None:
    """Return what cases go by of an item; None for one that is only counted."""
    terms = site.cases.catalogue.terms(code)
    return terms if terms is not None and terms.secrecy is None else None


def _spread(item: ItemTerms, found: Efficiency) -> Spread:
    limits = item.time_limits
    return Spread(
        item.name,
        found.median or 0,
        found.ninetieth or 0,
        limits.promised.working_days if limits.promised is not None else None,
        limits.statutory.working_days if limits.statutory is not None else None,
    )


def _organizations(site: Site) -> list[Department | Town]:
    return [*departments_by_name(site.catalogue), *towns_by_code(site.catalogue)]


def _row(site: Site, organization: Department | Town, hall: Stationed | None) -> OrganizationRow:
    found = efficiency(site.cases.recent_at(organization.id))
    address = organization_address(organization)
    return OrganizationRow(organization.short_name, address, efficiency_address(organization.id), found, hall)
