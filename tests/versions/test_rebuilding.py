"""Whatever is changed and recorded, undoing the records gives back the files as they were."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.model.adjustment import Adjustment
from gongkai.model.base import Source
from gongkai.model.item import Item
from gongkai.reading.marks import Mark
from gongkai.versions.elements import compare_items, plain
from gongkai.versions.history import rebuild
from versions.recording import Recorder, base_data

BASE = base_data()
TEXTS = st.sampled_from(["年满 80 周岁", "no", "12:30", "0123", "第一行\n第二行", "“引号”：冒号", "a #b", "2026-01-31"])
DURATIONS = st.fixed_dictionaries({"value": st.integers(1, 20), "unit": st.sampled_from(["工作日", "日", "月"])})
FLAGS = st.sampled_from([None, True, False])
REMEDY = st.fixed_dictionaries({"organization": TEXTS}, optional={"phone": TEXTS, "address": TEXTS})
MAJOR: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["公共场所卫生许可", "公共场所卫生许可证核发", BASE["name"]]),
    "conditions": st.lists(TEXTS, max_size=3),
    "rights": st.one_of(st.none(), st.lists(TEXTS, max_size=2)),
    "materials": st.lists(st.sampled_from(BASE["materials"]), max_size=4),
    "procedure": st.lists(st.sampled_from(BASE["procedure"]), max_size=4),
    "quantity_limit": st.one_of(st.none(), TEXTS),
    "time_limits": st.fixed_dictionaries({}, optional={"statutory": DURATIONS, "promised": DURATIONS}),
    "fees": st.one_of(
        st.none(), st.fixed_dictionaries({"charged": st.booleans()}, optional={"online_payment": st.booleans()})
    ),
    "appointment": FLAGS,
    "self_service": FLAGS,
    "remedies": st.one_of(
        st.none(), st.fixed_dictionaries({}, optional={"reconsideration": REMEDY, "litigation": REMEDY})
    ),
    "referrals": st.sampled_from([None, {}, {"outward": []}]),
    "status": st.sampled_from([None, "在用", "暂停", "取消"]),
    "cancellation": st.sampled_from([None, {"on": "2026-01-31", "basis": "文件", "note": "不再办理"}]),
}
MINOR: dict[str, st.SearchStrategy[Any]] = {
    "summary": TEXTS,
    "updated_on": st.dates().map(str).filter(lambda day: day > "1000"),
    "everyday_names": st.one_of(st.none(), st.lists(st.just("办卫生证"), max_size=2)),
    "questions": st.lists(st.fixed_dictionaries({"question": TEXTS, "answer": TEXTS}), max_size=2),
    "themes": st.sampled_from([{}, {"personal": ["准营准办"]}, {"personal": [], "corporate": ["医疗卫生"]}]),
    "consultation": st.sampled_from([None, {"phone": "12345"}, {"window": "A12", "hours": "工作日"}]),
    "former_names": st.sampled_from([None, [], [{"name": "卫生许可", "until": "2001-01-01", "basis": "文件"}]]),
}


def edits(table: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Changes of several elements at once; None takes one out."""
    return st.fixed_dictionaries({}, optional=table)


def edited(data: dict[str, Any], changes: dict[str, Any], *, raised: bool) -> dict[str, Any]:
    result = copy.deepcopy(data)
    for key, value in changes.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = value
    result["version"] += raised
    return result


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("item")


@settings(max_examples=100)
@given(steps=st.lists(st.tuples(edits(MAJOR), edits(MINOR), st.booleans()), min_size=1, max_size=4))
def test_rebuilt_versions_are_the_files_as_they_were(
    folder: Path, steps: list[tuple[dict[str, Any], dict[str, Any], bool]]
) -> None:
    recorder = Recorder(folder)
    files = [recorder.data]
    for number, (major, minor, raised) in enumerate(steps):
        # What makes a change one of substance in any case.
        certain = {"obligations": [f"第 {number} 次修改"]}
        made = recorder.change(edited(recorder.data, major | minor | certain, raised=raised))
        assert made.record is not None
        files.append(recorder.data)
    history = rebuild(recorder.item, recorder.adjustments.values())
    assert history.obstacle is None
    assert [plain(version.item) for version in history.versions] == files[::-1]
    assert [version.number for version in history.versions] == list(range(len(files), 0, -1))


@settings(max_examples=100)
@given(steps=st.lists(st.one_of(edits(MAJOR), edits(MINOR), edits(MAJOR | MINOR)), min_size=1, max_size=5))
def test_corrections_between_versions_leave_the_substance_of_all(folder: Path, steps: list[dict[str, Any]]) -> None:
    recorder = Recorder(folder)
    files = [recorder.data]
    for changes in steps:
        made = recorder.change(edited(recorder.data, changes, raised=False))
        if made.record is None:
            files.pop()
        files.append(recorder.data)
    history = rebuild(recorder.item, recorder.adjustments.values())
    assert history.obstacle is None
    assert len(history.versions) == len(files)
    for version, data in zip(history.versions, reversed(files), strict=True):
        assert [change for change in compare_items(plain(version.item), data) if change.major] == []
        assert (version.number, str(version.effective_on)) == (data["version"], data["effective_on"])


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)
PATHS = st.sampled_from(
    [
        *BASE,
        "time_limits.promised",
        "time_limits.promised.value",
        "fees.charged",
        "name.x",
        "no.such",
        "former_names.name",
    ]
)


@settings(max_examples=200)
@given(rows=st.lists(st.tuples(PATHS, JSON, JSON), max_size=4), version=st.sampled_from([None, 1, 2, 3]))
def test_a_hostile_record_is_an_obstacle_and_no_crash(rows: list[tuple[str, Any, Any]], version: int | None) -> None:
    item = Item.model_validate(BASE | {"version": 2, "effective_on": "2025-07-01"})
    item.attach(Source("data/items/x.yml", Mark((1, 1))))
    record = Adjustment.model_validate(
        {
            "id": "2025-001",
            "effective_on": "2025-07-01",
            "published_on": "2025-07-01",
            "basis": "文件",
            "note": "说明",
            "changes": [
                {
                    "kind": "要素变更",
                    "item": item.code,
                    "name": item.name,
                    "version": version,
                    "previous_effective_on": "2022-06-01",
                    "elements": [{"path": path, "old": old, "new": new} for path, old, new in rows],
                }
            ],
        }
    )
    history = rebuild(item, [record])
    assert history.versions[0].item is item
    if history.obstacle is not None:
        assert history.obstacle.message and history.obstacle.help.endswith("。")
    elif version == 2:
        assert [known.number for known in history.versions] == [2, 1]
