"""How the mending of a fault stands, day by day."""

from __future__ import annotations

import datetime

import pytest

from gongkai.casework.exposures import rectification
from gongkai.casework.working_days import WorkingCalendars
from gongkai.model.supervision import Exposure

FAULT = {
    "id": "2026-001",
    "published_on": "2026-04-20",
    "organization": "tingzi",
    "method": "暗访",
    "found_by": "weijian",
    "found_on": "2026-04-09",
    "problem": "办事指南没有写监督电话。",
    "demand": "按区级目录重新张贴。",
    "deadline": "2026-05-20",
    "progress": [{"on": "2026-04-28", "note": "已经印制。"}, {"on": "2026-05-25", "note": "还差两个村。"}],
    "closure": {"on": "2026-05-28", "confirmed_by": "weijian", "result": "已经张贴。"},
}


@pytest.mark.parametrize(
    ("as_of", "state", "overdue_by", "silent"),
    [
        ("2026-04-20", "整改中", 0, False),
        ("2026-05-20", "整改中", 0, False),
        ("2026-05-21", "逾期未整改", 1, True),
        ("2026-05-25", "逾期未整改", 3, False),
        ("2026-05-28", "已销号", 6, False),
        ("2026-11-23", "已销号", 6, False),
    ],
)
def test_states(as_of: str, state: str, overdue_by: int, silent: bool) -> None:
    found = rectification(Exposure.model_validate(FAULT), WorkingCalendars({}), datetime.date.fromisoformat(as_of))
    assert (found.state, found.overdue_by, found.silent) == (state, overdue_by, silent)
