"""Versions of an item, and the whole catalogue on a day."""

from __future__ import annotations

import datetime
import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.loading import load
from gongkai.model.adjustment import Adjustment
from gongkai.versions.history import as_of, organization_as_of, rebuild, rebuild_organization, version_on, versions
from gongkai.versions.whole_catalogue import catalogue_as_of
from support import BASE, change_record, write_record
from versions.recording import Recorder, base_data

DAY = datetime.date
NAMES = ["公共场所卫生许可证核发", "公共场所卫生许可证", "公共场所卫生许可"]


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    """An item that was renamed twice, with the former names that belong to it."""
    recorder = Recorder(tmp_path, base_data() | {"name": NAMES[0], "former_names": []})
    former: list[dict[str, str]] = []
    for old, new in itertools.pairwise(NAMES):
        until = str(recorder.day + datetime.timedelta(days=30))
        former.append({"name": old, "until": until, "basis": "文件"})
        recorder.change(recorder.data | {"name": new, "former_names": list(former)})
    return recorder


def test_every_version_with_its_days(recorder: Recorder) -> None:
    known = versions(recorder.item, recorder.adjustments.values())
    assert [(v.number, v.item.name, str(v.effective_on), str(v.ended_on)) for v in known] == [
        (3, NAMES[2], "2022-07-31", "None"),
        (2, NAMES[1], "2022-07-01", "2022-07-31"),
        (1, NAMES[0], "2022-06-01", "2022-07-01"),
    ]
    assert [v.adjustment.id if v.adjustment else None for v in known] == ["2022-002", "2022-001", None]
    assert known[0].item is not known[1].item and known[1].item.source is known[0].item.source


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (DAY(2026, 1, 1), NAMES[2]),
        (DAY(2022, 7, 31), NAMES[2]),
        (DAY(2022, 7, 30), NAMES[1]),
        (DAY(2022, 7, 1), NAMES[1]),
        (DAY(2022, 6, 1), NAMES[0]),
        (DAY(2022, 5, 31), None),
    ],
)
def test_an_item_on_a_day(recorder: Recorder, day: datetime.date, name: str | None) -> None:
    item = as_of(recorder.item, recorder.adjustments.values(), day)
    assert (item.name if item else None) == name


def test_an_item_older_than_its_records_is_never_said_not_to_exist(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, base_data() | {"version": 4})
    recorder.change(recorder.data | {"rights": ["要求说明理由"]})
    version = version_on(recorder.item, recorder.adjustments.values(), DAY(2000, 1, 1))
    assert version is not None and (version.number, version.adjustment) == (4, None)


def test_a_rename_that_does_not_record_former_names_still_gives_them_back(recorder: Recorder) -> None:
    stripped = [
        record.model_copy(
            update={
                "changes": [
                    change.model_copy(update={"elements": [e for e in change.elements if e.path == "name"]})
                    for change in record.changes
                ]
            }
        )
        for record in recorder.adjustments.values()
    ]
    known = versions(recorder.item, stripped)
    assert [[f.name for f in v.item.former_names] for v in known] == [NAMES[:2], NAMES[:1], []]


def test_an_earlier_version_with_all_records_is_no_contradiction(recorder: Recorder) -> None:
    earlier = versions(recorder.item, recorder.adjustments.values())[1].item
    assert [v.number for v in versions(earlier, recorder.adjustments.values())] == [2, 1]


def with_change(record: Adjustment, **update: object) -> Adjustment:
    return record.model_copy(update={"changes": [record.changes[0].model_copy(update=update)]})


def test_what_does_not_fit_is_an_obstacle_and_no_crash(recorder: Recorder) -> None:
    older, newer = recorder.adjustments.values()
    broken = [older, with_change(newer, elements=[])]
    history = rebuild(recorder.item, broken)
    assert [v.number for v in history.versions] == [3, 2] and history.obstacle is not None
    assert history.obstacle.adjustment is older and history.obstacle.element == 0
    for faulty in (with_change(newer, version=None), with_change(newer, version=9), with_change(newer, version=2)):
        assert rebuild(recorder.item, [faulty]).versions[0].number == 3
    undated = rebuild(recorder.item, [older, with_change(newer, previous_effective_on=None)])
    assert undated.obstacle is not None and "上一版本的生效日期" in undated.obstacle.message
    element = newer.changes[0].elements[0].model_copy(update={"old": "有 空格"})
    invalid = rebuild(recorder.item, [with_change(newer, elements=[element])])
    assert invalid.obstacle is not None and "“name”缺少或者写法不对" in invalid.obstacle.message


def test_the_first_version_by_its_record(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path)
    before = recorder.catalogue()
    before = replace(before, items={})
    change = {"kind": "新增", "item": "510123001000", "name": recorder.item.name, "version": 1}
    record = Adjustment.model_validate(
        {
            "id": "2022-001",
            "effective_on": "2022-06-01",
            "published_on": "2022-06-01",
            "basis": "文件",
            "note": "新增",
            "changes": [change],
        }
    )
    history = rebuild(recorder.item, [record])
    assert [(v.number, v.adjustment) for v in history.versions] == [(1, record)]
    assert as_of(recorder.item, [record], DAY(2022, 5, 31)) is None


def rename_department(root: Path) -> None:
    change_record(root, BASE["department"], name="达州市达川区卫生健康委员会", short_name="区卫健委")
    write_record(
        root,
        "data/adjustments/2026/2026-001.yml",
        {
            "id": "2026-001",
            "effective_on": "2026-06-01",
            "published_on": "2026-06-01",
            "basis": "机构改革方案",
            "note": "更名",
            "changes": [
                {
                    "kind": "更名",
                    "organization": "weijian",
                    "name": "达州市达川区卫生健康委员会",
                    "elements": [
                        {"path": "name", "old": "达州市达川区卫生健康局", "new": "达州市达川区卫生健康委员会"},
                        {"path": "short_name", "old": "区卫生健康局", "new": "区卫健委"},
                    ],
                }
            ],
        },
    )


def test_an_organisation_under_its_old_name(district: Path) -> None:
    rename_department(district)
    catalogue, _ = load(district)
    weijian, records = catalogue.departments["weijian"], catalogue.adjustments_of("weijian")
    assert organization_as_of(weijian, records, DAY(2026, 6, 1)) is weijian
    earlier = organization_as_of(weijian, records, DAY(2026, 5, 31))
    assert (earlier.name, earlier.short_name) == ("达州市达川区卫生健康局", "区卫生健康局")
    wrong = records[0].model_copy(
        update={"changes": [records[0].changes[0].model_copy(update={"elements": records[0].changes[0].elements[1:]})]}
    )
    again = rebuild_organization(earlier, [wrong])
    assert again.before == () and again.obstacle is not None


def test_the_catalogue_on_a_day(district: Path) -> None:
    rename_department(district)
    catalogue, _ = load(district)
    now = catalogue_as_of(catalogue, DAY(2026, 11, 23))
    assert (
        now.items == catalogue.items and now.departments == catalogue.departments and now.listings == catalogue.listings
    )
    assert now.approvals == catalogue.approvals and now.exposures == catalogue.exposures
    then = catalogue_as_of(catalogue, DAY(2024, 6, 1))
    # The one item was at its first version; the other, first in force in 2025, did not exist.
    assert {
        code: (item.version, item.time_limits.promised.value)
        for code, item in then.items.items()
        if item.time_limits.promised
    } == {"510123001000": (1, 10)}
    assert then.departments["weijian"].short_name == "区卫生健康局"
    assert {entry.code for listing in then.listings.values() for entry in listing.entries} == {"510123001000"}
    assert then.listings.keys() == catalogue.listings.keys()
    assert (then.approvals, then.adjustments, then.exposures, then.inspections) == ({}, {}, {}, {})
    assert then.pages == catalogue.pages


def test_names_in_listings_are_those_of_the_day(district: Path) -> None:
    new = "公共场所卫生许可"
    old = load(district)[0].items["510123001000"].name
    change_record(district, BASE["item"], name=new, version=3, effective_on="2026-06-01")
    for path in sorted((district / "data/listings").rglob("*.yml")):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    write_record(
        district,
        "data/adjustments/2026/2026-001.yml",
        {
            "id": "2026-001",
            "effective_on": "2026-06-01",
            "published_on": "2026-06-01",
            "basis": "文件",
            "note": "更名",
            "changes": [
                {
                    "kind": "更名",
                    "item": "510123001000",
                    "name": new,
                    "version": 3,
                    "previous_effective_on": "2025-07-01",
                    "elements": [{"path": "name", "old": old, "new": new}],
                }
            ],
        },
    )
    catalogue, _ = load(district)
    then = catalogue_as_of(catalogue, DAY(2026, 5, 31))
    assert {e.name for listing in then.listings.values() for e in listing.entries if e.code == "510123001000"} == {old}
    assert {e.name for listing in catalogue.listings.values() for e in listing.entries if e.code == "510123001000"} == {
        new
    }


def test_what_happened_later_is_left_out(district: Path) -> None:
    catalogue, _ = load(district)
    day = max(case.events[-1].on for cases in catalogue.approvals.values() for case in cases.cases)
    for earlier in (day - datetime.timedelta(days=1), DAY(2026, 3, 2)):
        then = catalogue_as_of(catalogue, earlier)
        for cases in then.approvals.values():
            assert all(event.on <= earlier for case in cases.cases for event in case.events)
        assert all(e.closure is None or e.closure.on <= earlier for e in then.exposures.values())
    page = district / "content" / "dated.md"
    page.write_text("---\ntitle: 通知\ndate: 2026-05-01\n---\n\n文字。\n", encoding="utf-8")
    catalogue, _ = load(district)
    assert "content/dated.md" not in catalogue_as_of(catalogue, DAY(2026, 4, 30)).pages
    assert "content/dated.md" in catalogue_as_of(catalogue, DAY(2026, 5, 1)).pages
