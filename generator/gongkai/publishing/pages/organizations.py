"""Departments, towns and subdistricts, villages and communities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from gongkai.casework.efficiency import efficiency
from gongkai.model.vocabulary import TownKind
from gongkai.pinyin import pinyin_key
from gongkai.publishing.case_places import efficiency_address
from gongkai.publishing.pages.cases import newest_of
from gongkai.publishing.site import (
    Crumb,
    Page,
    Site,
    by_pinyin,
    department_address,
    town_address,
    village_address,
)
from gongkai.publishing.supervision import exposures, results_of, still_open
from gongkai.publishing.wording import contact_lines

_NEWEST_CASES = 5
_DEPARTMENTS = Crumb("部门", "departments/")
_TOWNS = Crumb("乡镇街道", "towns/")


def departments_page(site: Site, _key: str) -> Page:
    """Return the list of departments with how many items each handles."""
    departments = sorted(site.catalogue.departments.values(), key=lambda d: pinyin_key(d.short_name))
    counts = {key: len(items) for key, items in site.catalogue.items_by_department.items()}
    return Page(
        address="departments/",
        template="departments.html",
        title="部门",
        description=f"{site.district.short_name} {len(departments)} 个部门的职责、电话和办理的事项。",
        section="departments/",
        context={"departments": departments, "counts": counts},
        column="机构概况",
    )


def department_page(site: Site, identity: str) -> Page:
    """Return one department: duties, channels, items."""
    department = site.catalogue.departments[identity]
    listing = site.catalogue.listings.get(identity)
    return Page(
        address=department_address(identity),
        template="department.html",
        title=department.short_name,
        description=f"{department.name}：{department.duties}",
        section="departments/",
        crumbs=(_DEPARTMENTS,),
        context={
            "department": department,
            "listing": listing,
            "items": by_pinyin(site.catalogue.items_by_department.get(identity, [])),
            "consultation": contact_lines(department.consultation),
            "complaint": contact_lines(department.complaint),
            "withheld": site.withheld_number(identity),
            **_cases(site, identity),
            "edit_url": site.edit_url(department.source.path),
            **_supervised(site, [identity]),
        },
        column="机构概况",
        keywords=[department.short_name, *department.aliases],
    )


def towns_page(site: Site, _key: str) -> Page:
    """Return the list of towns and subdistricts with their villages, and the abolished ones."""
    groups = [
        (kind, sorted((t for t in site.catalogue.towns.values() if t.kind is kind), key=lambda t: t.code))
        for kind in TownKind
    ]
    return Page(
        address="towns/",
        template="towns.html",
        title="乡镇街道",
        description=f"{site.district.short_name} {len(site.catalogue.towns)} 个乡镇、街道的便民服务中心和办理的事项。",
        section="towns/",
        context={
            "groups": groups,
            "abolished": site.catalogue.abolished.divisions if site.catalogue.abolished else [],
            "towns": site.catalogue.towns,
            "village_count": len(site.catalogue.villages),
        },
        column="机构概况",
    )


def town_page(site: Site, identity: str) -> Page:
    """Return one town: its centre, what it offers, its villages."""
    town = site.catalogue.towns[identity]
    repeated = Counter(village.name for village, _ in site.catalogue.villages.values())
    return Page(
        address=town_address(identity),
        template="town.html",
        title=town.short_name,
        description=f"{town.name}便民服务中心的地址、电话、办理的事项，以及所辖 {len(town.villages)} 个村（社区）。",
        section="towns/",
        crumbs=(_TOWNS,),
        context={
            "town": town,
            "listing": site.catalogue.listings.get(identity),
            "items": by_pinyin(site.catalogue.offered_by(town)),
            "shared_names": {name for name, count in repeated.items() if count > 1},
            "consultation": contact_lines(town.consultation),
            "complaint": contact_lines(town.complaint),
            **_cases(site, identity),
            "edit_url": site.edit_url(town.source.path),
            **_supervised(site, [identity, *(village.code for village in town.villages)]),
        },
        column="机构概况",
        keywords=[town.short_name, *town.aliases],
    )


def _cases(site: Site, identity: str) -> dict[str, Any]:
    """Return what the page of a department or town says about its cases."""
    cases = site.cases.recent_at(identity)
    return {
        "efficiency": efficiency(cases),
        "newest_cases": newest_of(site, cases, _NEWEST_CASES),
        "efficiency_address": efficiency_address(identity),
    }


def village_page(site: Site, code: str) -> Page:
    """Return one village or community: which items it helps with."""
    village, town = site.catalogue.villages[code]
    items = by_pinyin(site.catalogue.offered_by(village))
    return Page(
        address=village_address(code),
        template="village.html",
        title=f"{town.short_name}{village.name}",
        description=f"{town.short_name}{village.full_name}便民服务站受理和代办的 {len(items)} 个事项。",
        section="towns/",
        crumbs=(_TOWNS, Crumb(town.short_name, town_address(town.id))),
        context={
            "village": village,
            "town": town,
            "items": items,
            "listing": site.catalogue.listings.get(code),
            "consultation": contact_lines(town.consultation),
            "complaint": contact_lines(town.complaint),
            **_supervised(site, [code]),
        },
        column="机构概况",
    )


def _supervised(site: Site, identities: Sequence[str]) -> dict[str, Any]:
    """Return the exposures and the appraisal results of an organisation, or of a town and its villages."""
    catalogue = site.catalogue
    found = exposures(site, (one for identity in identities for one in catalogue.exposures_of(identity)))
    closed = [exposure for exposure in found if exposure.closed_on is not None]
    return {"exposures": [*still_open(found), *closed], "results": results_of(site, identities)}
