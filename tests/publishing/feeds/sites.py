"""Small sites for the tests of feeds."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from gongkai.loading import load
from gongkai.publishing import withholding
from gongkai.publishing.feeds.events import Event
from gongkai.publishing.feeds.files import site_events
from gongkai.publishing.site import Site
from support import AS_OF, write_record

URL = "https://www.example.gov.cn/fuwu/"
CODE = "510123001000"
NAME = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
NUMBER = "511703-20260302-0101"
GRANTED = {
    "result": "出证办结",
    "document_number": "达川卫许〔2026〕7号",
    "published_on": "2026-03-27",
    "permit": {
        "kind": "普通",
        "document_name": "准予行政许可决定书",
        "content": "住宿场所的卫生许可",
        "valid_from": "2026-03-24",
    },
}


def site_of(root: Path, as_of: datetime.date = AS_OF, url: str = URL) -> Site:
    """Return the site of a project."""
    catalogue, findings = load(root)
    assert findings == []
    assert catalogue.district is not None
    return withholding.site_of(catalogue, catalogue.district, as_of, url)


def events_of(root: Path, as_of: datetime.date = AS_OF) -> list[Event]:
    """Return what a project published up to a day, newest first."""
    return site_events(site_of(root, as_of))


def write_cases(root: Path, *cases: dict[str, Any], day: str = "2026-03-02") -> None:
    """Replace the cases received on a day."""
    data = {"date": day, "demonstration": True, "cases": list(cases)}
    write_record(root, f"data/approvals/{day[:4]}/{day}.yml", data)


def a_case(*events: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a case of a permit with these events after its receipt."""
    case = {
        "number": NUMBER,
        "code": CODE,
        "name": NAME,
        "organization": "weijian",
        "applicant": {"kind": "企业法人", "name": "达州市达川区某某宾馆有限公司（演示）"},
        "events": [{"on": "2026-03-02", "kind": "收件"}, *events],
        **changes,
    }
    return {key: value for key, value in case.items() if value is not None}


def event(on: str, kind: str, **more: Any) -> dict[str, Any]:
    """Return an event of a case."""
    return {"on": on, "kind": kind, **more}
