"""How many names each organisation publishes, and how many equal the district's."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from gongkai.catalogue import Catalogue
from gongkai.model.organization import Department, Town
from gongkai.pinyin import pinyin_key
from gongkai.publishing.site import Page, Site, organization_address


def consistency_page(site: Site, _key: str) -> Page:
    """Return the table of departments and of towns with their villages."""
    catalogue = site.catalogue
    departments = sorted(catalogue.departments.values(), key=lambda d: pinyin_key(d.short_name))
    towns = sorted(catalogue.towns.values(), key=lambda t: t.code)
    rows = {
        "departments": [_row(catalogue, department) for department in departments],
        "towns": [_row(catalogue, town) for town in towns],
    }
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


@dataclass(frozen=True, slots=True)
class Row:
    """What an organisation publishes: how many names, and how many of them equal the district's.

    ``since`` is the day from which on all have agreed, those of a town's villages too; None where they do not, or where
    there are none (``published``).
    """

    name: str
    address: str
    total: int
    equal: int
    village_total: int
    village_equal: int
    since: datetime.date | None

    @property
    def published(self) -> int:
        """How many names it publishes together with its villages."""
        return self.total + self.village_total


def _row(catalogue: Catalogue, organization: Department | Town) -> Row:
    villages = [village.code for village in organization.villages] if isinstance(organization, Town) else []
    in_villages = [catalogue.names_published(code) for code in villages]
    total, equal = catalogue.names_published(organization.id)
    return Row(
        name=organization.short_name,
        address=organization_address(organization),
        total=total,
        equal=equal,
        village_total=sum(count for count, _ in in_villages),
        village_equal=sum(same for _, same in in_villages),
        since=catalogue.agrees_since(organization.id, *villages),
    )
