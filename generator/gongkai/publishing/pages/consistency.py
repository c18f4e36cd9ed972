"""How many names each organisation publishes, and how many equal the district's."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.catalogue import Agreement
from gongkai.model.organization import Department, Town
from gongkai.publishing.addresses import organization_address
from gongkai.publishing.site import Page, Site, departments_by_name, towns_by_code

_NOTHING = Agreement(0, 0, "")


def consistency_page(site: Site, _key: str) -> Page:
    """Return the table of departments and of towns with their villages."""
    catalogue = site.catalogue
    departments = departments_by_name(catalogue)
    towns = towns_by_code(catalogue)
    agreements = {identity: catalogue.agreement(identity) for identity in catalogue.listings}
    rows = {
        "departments": [_row(department, agreements) for department in departments],
        "towns": [_row(town, agreements) for town in towns],
    }
    publishing = sum(one.names > 0 for one in agreements.values())
    total, equal = (sum(getattr(one, what) for one in agreements.values()) for what in ("names", "equal"))
    return Page(
        address="consistency/",
        template="consistency.html",
        title="名称一致",
        description=f"{publishing} 个部门、乡镇街道、村（社区）公布的 {total} 个事项名称，{equal} 个与区级目录一致。",
        section="supervision/",
        context={**rows, "organizations": publishing, "total": total, "equal": equal},
        column="数据发布",
    )


@dataclass(frozen=True, slots=True)
class ConsistencyRow:
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


def _row(organization: Department | Town, agreements: Mapping[str, Agreement]) -> ConsistencyRow:
    villages = organization.villages if isinstance(organization, Town) else ()
    in_villages = sum((agreements.get(village.code, _NOTHING) for village in villages), _NOTHING)
    own = agreements.get(organization.id, _NOTHING)
    together = own + in_villages
    agree = 0 < together.names == together.equal
    return ConsistencyRow(
        name=organization.short_name,
        address=organization_address(organization),
        total=own.names,
        equal=own.equal,
        village_total=in_villages.names,
        village_equal=in_villages.equal,
        since=datetime.date.fromisoformat(together.since) if agree else None,
    )
