"""Elements, and which of their changes are of substance."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.model.adjustment import ChangedElement
from gongkai.model.item import Item
from gongkai.versions.elements import compare_items, flatten, same_meaning, title_of
from gongkai.versions.substance import ITEM_ELEMENTS, item_substance
from gongkai.versions.undo import CannotUndoError, undo
from versions.recording import base_data


def test_mappings_are_descended_and_lists_are_whole() -> None:
    data = {"a": {"b": 1, "c": {"d": [{"e": 2}]}}, "f": None, "g": {"h": None}, "i": []}
    assert flatten(data) == {"a.b": 1, "a.c.d": [{"e": 2}], "g": {}, "i": []}


def test_every_element_of_an_item_is_in_the_table() -> None:
    assert set(Item.model_fields) - {"code", "version", "effective_on"} <= set(ITEM_ELEMENTS)
    tops = {path.partition(".")[0] for path in ITEM_ELEMENTS}
    assert tops <= set(Item.model_fields)


@pytest.mark.parametrize(
    ("path", "major"),
    [
        ("name", True),
        ("time_limits.promised.value", True),
        ("fees.charged", True),
        ("fees.online_payment", False),
        ("online.url", False),
        ("online.depth", True),
        ("remedies.litigation.organization", True),
        ("remedies.litigation.phone", False),
        ("updated_on", False),
        ("questions", False),
        ("unheard_of", True),
    ],
)
def test_substance(path: str, major: bool) -> None:
    assert item_substance(path).major is major


def test_changes_of_an_item() -> None:
    old = base_data()
    new = base_data() | {"version": 2, "effective_on": "2026-01-01", "summary": "新的说明", "self_service": False}
    new["time_limits"] = {"statutory": {"value": 20, "unit": "工作日"}, "promised": {"unit": "即时"}}
    changes = {(c.path, c.old, c.new, c.major) for c in compare_items(old, new)}
    assert changes == {
        ("summary", old["summary"], "新的说明", False),
        ("time_limits.promised.value", 8, None, True),
        ("time_limits.promised.unit", "工作日", "即时", True),
        # Saying what holds anyway changes nothing.
        ("self_service", None, False, False),
    }


def test_the_same_meaning() -> None:
    assert same_meaning(Item, "appointment", None, False)
    assert same_meaning(Item, "materials", [], None)
    assert not same_meaning(Item, "appointment", None, True)
    assert not same_meaning(Item, "visits.count", 1, None)
    assert not same_meaning(Item, "no_such", 1, 2)


def test_titles() -> None:
    assert title_of(Item, "time_limits.promised.value") == "办结时限·承诺办结时限·数值"
    assert title_of(Item, "no.such") == "no.such"


def elements(*rows: tuple[str, Any, Any]) -> list[ChangedElement]:
    return [ChangedElement(path=path, old=old, new=new) for path, old, new in rows]


def test_undo_leaves_its_input_alone() -> None:
    data = base_data()
    was = undo(data, elements(("fees.charged", None, False), ("time_limits.promised.value", 10, 8)), Item)
    assert "fees" not in was and was["time_limits"]["promised"]["value"] == 10
    assert data == base_data()


def test_a_recorded_mapping_is_undone_as_a_whole() -> None:
    now = {"value": 8, "unit": "工作日"}
    was = undo(base_data(), elements(("time_limits.promised", None, now)), Item)
    assert was["time_limits"] == {"statutory": {"value": 20, "unit": "工作日"}}


def test_an_element_of_no_substance_may_have_been_corrected_since() -> None:
    assert undo(base_data(), elements(("summary", "原来的", "后来又改过的")), Item)["summary"] == "原来的"


@pytest.mark.parametrize(
    ("rows", "index", "message"),
    [
        ([("time_limits.promised.value", 10, 7)], 0, "记录说调整以后是“7”，而这一版里是“8”"),
        ([("summary", "甲", "乙"), ("rights", ["甲"], None)], 1, "记录说调整以后是空的，而这一版里是1 项的列表"),
        ([("no.such", 1, 2)], 0, "没有“no.such”这个要素"),
        ([("version", 1, 2)], 0, "“version”不写在变动的要素里"),
        ([("summary", "甲", None), ("summary", "乙", None)], 1, "写了两遍"),
        ([("summary", None, None)], 0, "没有写原来的内容，也没有写现在的内容"),
    ],
)
def test_what_cannot_be_undone(rows: list[tuple[str, Any, Any]], index: int, message: str) -> None:
    with pytest.raises(CannotUndoError, match=message) as caught:
        undo(base_data(), elements(*rows), Item)
    assert caught.value.element == index
    assert caught.value.help.endswith("。")
