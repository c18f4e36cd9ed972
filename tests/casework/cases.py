"""Cases for the tests of what is derived from them."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from gongkai.casework.case_facts import CaseFacts, derive
from gongkai.casework.working_days import WorkingCalendars
from gongkai.loading import load
from gongkai.model.approval_case import ApprovalCase
from gongkai.model.item import Item
from support import DISTRICT

CALENDARS = WorkingCalendars({})
PERMIT, ALLOWANCE = "510123001000", "512011001000"


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


@cache
def items() -> dict[str, Item]:
    return load(DISTRICT)[0].items


def event(on: str, kind: str, **fields: Any) -> dict[str, Any]:
    return {"on": day(on), "kind": kind, **fields}


def case(*events: dict[str, Any], code: str = PERMIT, number: int = 1, **fields: Any) -> ApprovalCase:
    """A case of an enterprise at 区卫生健康局, received on the day of its first event."""
    received = f"{events[0]['on']:%Y%m%d}"
    data = {
        "number": f"511703-{received}-{number:04}",
        "code": code,
        "name": items()[code].name,
        "organization": "weijian",
        "applicant": {"kind": "企业法人", "name": "达州市达川区演示宾馆有限公司"},
        "events": list(events),
    }
    return ApprovalCase.model_validate(data | fields)


def facts(case_: ApprovalCase, as_of: str, item: Item | None = None) -> CaseFacts:
    found = derive(case_, item or items()[case_.code], CALENDARS, day(as_of))
    assert found is not None
    return found


def permit_decision(published_on: str | None = None, **fields: Any) -> dict[str, Any]:
    permit = {
        "kind": "普通",
        "document_name": "准予行政许可决定书",
        "content": "公共场所卫生许可",
        "valid_from": "2026-03-06",
    }
    decision = {"result": "出证办结", "document_number": "达川卫许〔2026〕12号", "permit": permit}
    return decision | ({"published_on": day(published_on)} if published_on else {}) | fields
