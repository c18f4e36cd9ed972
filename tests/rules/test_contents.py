"""What is found without places is what a walk over a record finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.loading import load
from gongkai.model.base import Citation
from gongkai.model.hand_written import HandWrittenPage
from gongkai.rules.contents import contents
from gongkai.rules.engine import Context, walked
from gongkai.rules.free_text import texts
from support import AS_OF, BASE, change_record, data_of


def write_elements(root: Path, elements: list[dict[str, Any]]) -> None:
    (change,) = data_of((root / BASE["adjustment"]).read_text(encoding="utf-8"))["changes"]
    change_record(root, BASE["adjustment"], changes=[{**change, "elements": elements}])


def test_nothing_that_stands_in_a_record_is_left_out(district: Path) -> None:
    """Nor what stands in the elements of an adjustment, which no model describes."""
    materials = [{"name": "申请书", "samples": ["空白表"], "source": {"phone": "0818-0000000"}}]
    elements = [
        {"path": "consultation", "old": {"phone": "0818-0000001", "hours": "工作日"}},
        {"path": "materials", "new": materials},
    ]
    write_elements(district, elements)
    catalogue, _ = load(district)
    context = Context(catalogue, AS_OF)
    adjustment = catalogue.adjustments["2025-001"]
    assert contents(adjustment, context).phones == ["0818-0000001", "0818-0000000"]
    assert [
        (loc[2:], value) for loc, value in walked(adjustment, context) if value in ("申请书", "空白表", "工作日")
    ] == [
        (("elements", 0, "old", "hours"), "工作日"),
        (("elements", 1, "new", 0, "name"), "申请书"),
        (("elements", 1, "new", 0, "samples", 0), "空白表"),
    ]
    for record in catalogue.records():
        found, places = contents(record, context), walked(record, context)
        written = [(loc[-1], value) for loc, value in places if type(value) is str]
        assert sorted((*found.prose, *found.names)) == sorted(value for _, value in written)
        assert found.phones == [value for name, value in written if name == "phone"]
        assert found.hours == [value for name, value in written if name == "hours"]
        assert found.citations == [part for _, part in places if isinstance(part, Citation)]
        if not isinstance(record, HandWrittenPage):
            assert found.prose == [text for _, text in texts(record)]
