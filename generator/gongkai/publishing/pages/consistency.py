"""How many names each organisation publishes, and how many equal the district's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongkai.model.organization import Department, Town
from gongkai.pinyin import pinyin_key
from gongkai.publishing.site import Page, Site, organization_address


def consistency_page(site: Site, _key: str) -> Page:
    """Return the table of departments and of towns with their villages."""
    catalogue = site.catalogue
    departments = sorted(catalogue.departments.values(), key=lambda d: pinyin_key(d.short_name))
    towns = sorted(catalogue.towns.values(), key=lambda t: t.code)
    rows = {"departments": _rows(site, departments), "towns": _rows(site, towns)}
    published = [catalogue.names_published(identity) for identity in catalogue.listings]
    total, equal = sum(count for count, _ in published), sum(same for _, same in published)
    return Page(
        address="consistency/",
        template="consistency.html",
        title="名称一致",
        description=f"{len(published)} 个部门、乡镇街道、村（社区）公布的 {total} 个事项名称，{equal} 个与区级目录一致。",
        section="supervision/",
        context={**rows, "organizations": len(published), "total": total, "equal": equal},
        column="数据发布",
    )


def _rows(site: Site, organizations: Iterable[Department | Town]) -> list[dict[str, Any]]:
    rows = []
    for organization in organizations:
        total, equal = site.catalogue.names_published(organization.id)
        row: dict[str, Any] = {
            "name": organization.short_name,
            "address": organization_address(organization),
            "total": total,
            "equal": equal,
        }
        publishers = [organization.id]
        if isinstance(organization, Town):
            publishers += [village.code for village in organization.villages]
            villages = [site.catalogue.names_published(village.code) for village in organization.villages]
            row["village_total"] = sum(count for count, _ in villages)
            row["village_equal"] = sum(same for _, same in villages)
        row["since"] = site.catalogue.agrees_since(*publishers)
        row["published"] = row["total"] + row.get("village_total", 0)
        rows.append(row)
    return rows
