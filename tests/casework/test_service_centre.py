"""How many items are handled in the service centre."""

from __future__ import annotations

from casework.cases import ALLOWANCE, items
from gongkai.casework.service_centre import stationed


def test_the_share_and_the_exceptions() -> None:
    found = stationed(items().values())
    assert (found.total, found.number, found.percent) == (2, 1, 50)
    assert [item.code for item in found.exceptions] == [ALLOWANCE]
    assert found.exceptions[0].hall.exception.startswith("由乡镇便民服务中心")


def test_no_items() -> None:
    assert (stationed([]).total, stationed([]).percent) == (0, None)
