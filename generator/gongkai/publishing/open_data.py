"""What programs can download: JSON, CSV, and the list of addresses."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

import pydantic_core

from gongkai.model.item import Item
from gongkai.model.law import Law
from gongkai.model.organization import Town
from gongkai.publishing.addresses import (
    department_address,
    is_version_address,
    item_address,
    town_address,
    village_address,
)
from gongkai.publishing.disclosure_data import adjustment_rows, supervision_rows
from gongkai.publishing.site import Page, Site
from gongkai.publishing.wording import fee_text

API = "api/v1/"


def item_file(site: Site, code: str) -> tuple[str, bytes]:
    """Return address and bytes of what programs can read about one item: all its elements, and what is ``derived`` of it."""
    item = site.catalogue.items[code]
    # Both parts are written without becoming Python objects or one document before: this is a tenth of the work for an item.
    elements = item.model_dump_json(indent=1, exclude_none=True).removesuffix("\n}")
    derived = to_json({"derived": _derived(site, item)}).removeprefix("{")
    return f"{API}items/{code}.json", f"{elements},{derived}".encode()


LISTS: Mapping[str, Callable[[Site], Mapping[str, Any]]] = {
    "organizations": lambda site: _document(site, list(_organizations(site))),
    "laws": lambda site: _document(site, [_law(law) for law in site.catalogue.laws.values()]),
    "supervision": lambda site: _document(site, list(supervision_rows(site))),
    "adjustments": lambda site: _document(site, list(adjustment_rows(site))),
}
"""The open data about many things but items, by their names."""

SUMMARIES, ROWS = "summaries", "rows"
"""The kinds of the shares of an item in the two lists of all items."""


def list_file(site: Site, name: str) -> tuple[str, bytes]:
    """Return address and bytes of one of ``LISTS``."""
    return f"{API}{name}.json", to_json(LISTS[name](site)).encode()


def _law(law: Law) -> dict[str, Any]:
    return law.model_dump(mode="json", exclude_defaults=True)


def summary_text(site: Site, item: Item) -> str:
    """Return an item's share in the JSON list of all items."""
    return "  " + to_json(summary(site, item)).removesuffix("\n").replace("\n", "\n  ")


def items_json(site: Site, summaries: Sequence[str]) -> tuple[str, bytes]:
    """Return address and bytes of the JSON list of all items, from their shares in the order of codes."""
    document = {**_document(site, []), "count": len(summaries)}
    del document["data"]
    beginning = to_json({**document, "withheld": len(site.withheld)}).removesuffix("\n}\n")
    data = "[\n" + ",\n".join(summaries) + "\n ]" if summaries else "[]"
    return API + "items.json", f'{beginning},\n "data": {data}\n}}\n'.encode()


def to_json(value: Mapping[str, Any]) -> str:
    """Return JSON as it is published: readable, in a fixed order, with a final newline."""
    return pydantic_core.to_json(value, indent=1).decode() + "\n"


def _document(site: Site, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "publisher": site.district.government,
        "demonstration": site.district.demonstration,
        "as_of": site.as_of.isoformat(),
        "count": len(rows),
        "data": rows,
    }


def summary(site: Site, item: Item) -> dict[str, Any]:
    """Return what the list of items says about one item."""
    promised = item.time_limits.promised
    return {
        "code": item.code,
        "name": item.name,
        "type": item.type.value,
        "status": item.status.value,
        "version": item.version,
        "department": item.department,
        "authority": site.catalogue.authority_name(item),
        "audiences": [audience.value for audience in item.audiences],
        "levels": [acceptance.level.value for acceptance in item.acceptance],
        "promised": promised.text if promised else None,
        "charged": item.fees.charged if item.fees else None,
        "updated_on": item.updated_on.isoformat(),
        "url": site.absolute(item_address(item.code)),
        "json": site.absolute(f"{API}items/{item.code}.json"),
    }


def _derived(site: Site, item: Item) -> dict[str, Any]:
    """Return what the catalogue derives about an item."""
    complaint, consultation = site.catalogue.complaint(item), site.catalogue.consultation(item)
    return {
        "url": site.absolute(item_address(item.code)),
        "authority": site.catalogue.authority_name(item),
        "implementation_code": site.catalogue.implementation_code(item),
        "consultation": consultation.model_dump(exclude_none=True) if consultation else None,
        "complaint": complaint.model_dump(exclude_none=True) if complaint else None,
        "legal_basis": [{"title": site.catalogue.laws[c.law].title, "article": c.article} for c in item.legal_basis],
        "places": [
            {"organization": place.organization.id, "name": place.organization.name}
            | place.window.model_dump(exclude_none=True)
            for place in site.catalogue.places(item)
        ],
    }


CSV_COLUMNS = (
    "基本编码", "事项名称", "事项类型", "事项状态", "版本", "业务主管部门", "实施主体", "行使层级", "服务对象", "受理层级",
    "办件类型", "法定办结时限", "承诺办结时限", "收费", "到现场次数", "设定依据", "受理条件", "申请材料", "办理流程",
    "办理形式", "办理地点", "办理时间", "网办地址", "结果名称", "主题分类", "收费依据", "权力来源", "实施编码",
    "咨询电话", "投诉电话", "日常用语", "曾用名", "更新日期", "网址",
)  # fmt: skip
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def items_csv(rows: Sequence[str]) -> tuple[str, bytes]:
    """Return address and bytes of the whole catalogue as CSV, from its rows in the order of codes.

    It is UTF-8 with a byte-order mark, so that Excel reads it.
    """
    return API + "items.csv", b"\xef\xbb\xbf" + (_csv(CSV_COLUMNS) + "".join(rows)).encode()


def row_text(site: Site, item: Item) -> str:
    """Return an item's row; a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return _csv([_defused(cell) for cell in _csv_row(site, item)])


def _csv(cells: Iterable[str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def _defused(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA_STARTS) else cell


def _csv_row(site: Site, item: Item) -> list[str]:
    catalogue = site.catalogue
    statutory, promised = item.time_limits.statutory, item.time_limits.promised
    consultation, complaint = catalogue.consultation(item), catalogue.complaint(item)
    windows = [place.window for place in catalogue.places(item) if not isinstance(place.organization, Town)]
    return [
        item.code,
        item.name,
        item.type.value,
        item.status.value,
        str(item.version),
        catalogue.departments[item.department].name,
        catalogue.authority_name(item),
        "、".join(level.value for level in item.exercise_levels),
        "、".join(audience.value for audience in item.audiences),
        "、".join(acceptance.level.value for acceptance in item.acceptance),
        item.handling.value,
        statutory.text if statutory else "",
        promised.text if promised else "",
        fee_text(item),
        str(item.visits.count),
        "；".join(f"《{catalogue.laws[c.law].title}》{c.article or ''}" for c in item.legal_basis),
        "；".join(item.conditions),
        "；".join(material.name for material in item.materials),
        "→".join(step.kind.value for step in item.procedure),
        "、".join(form.value for form in item.forms),
        "；".join(window.place for window in windows),
        "；".join(dict.fromkeys(window.hours for window in windows)),
        item.online.url or "",
        item.result.name or "",
        "、".join(dict.fromkeys(theme.value for theme in (*item.themes.personal, *item.themes.corporate))),
        "；".join(fee.basis for fee in item.fees.items) if item.fees else "",
        item.power_source.value if item.power_source else "",
        catalogue.implementation_code(item) or "",
        (consultation.phone or "") if consultation else "",
        (complaint.phone or "") if complaint else "",
        "、".join(item.everyday_names),
        "、".join(former.name for former in item.former_names),
        item.updated_on.isoformat(),
        site.absolute(item_address(item.code)),
    ]


def _organizations(site: Site) -> Iterator[dict[str, Any]]:
    for department in site.catalogue.departments.values():
        data = department.model_dump(mode="json", exclude_none=True)
        yield {"level": "区", "url": site.absolute(department_address(department.id)), **data}
    for town in site.catalogue.towns.values():
        data = town.model_dump(mode="json", exclude_none=True, exclude={"villages"})
        yield {"level": "乡镇", "url": site.absolute(town_address(town.id)), **data}
        for village in town.villages:
            data = village.model_dump(mode="json", exclude_none=True)
            yield {
                "level": "村",
                "url": site.absolute(village_address(village.code)),
                "town": town.id,
                **data,
            }


def is_in_sitemap(site: Site, page: Page) -> bool:
    """Tell whether a page is listed in sitemap.xml: items that are not public and single versions of items are not."""
    return not is_version_address(page.address) and not (
        page.address.startswith("items/") and page.address in {item_address(code) for code in site.withheld}
    )


def sitemap(site: Site, addresses: Iterable[str]) -> tuple[str, bytes]:
    """Return address and bytes of the list of pages for search engines, in the order of the addresses."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    lines += [f"<url><loc>{escape(site.absolute(address), quote=False)}</loc></url>" for address in addresses]
    return "sitemap.xml", ("\n".join([*lines, "</urlset>"]) + "\n").encode()
