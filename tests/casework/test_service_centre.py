"""How many items are handled in the service centre."""

from __future__ import annotations

from casework.cases import ALLOWANCE
from gongkai.casework.service_centre import Stationed, outside_of, stationed, stationed_by_department
from gongkai.loading import load
from support import DISTRICT


def test_the_share_and_those_that_are_elsewhere() -> None:
    catalogue, _ = load(DISTRICT)
    found = stationed_by_department(catalogue)
    assert found == {"weijian": Stationed(1, 0), "minzheng": Stationed(1, 1)}
    assert all(stationed(catalogue, department) == one for department, one in found.items())
    (item,) = outside_of(catalogue, "minzheng")
    assert item.code == ALLOWANCE and item.name == catalogue.items[ALLOWANCE].name
    assert item.reason.startswith("由乡镇便民服务中心")


def test_percent_is_rounded_down() -> None:
    assert (Stationed(2, 1).number, Stationed(2, 1).percent) == (1, 50)
    assert Stationed(1000, 1).percent == 99


def test_no_items() -> None:
    catalogue, _ = load(DISTRICT)
    assert (stationed(catalogue, "nobody").total, stationed(catalogue, "nobody").percent) == (0, None)
