"""What feeds tell about adjustments, exposures and policies, written out by hand."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from publishing.feeds.sites import CODE, NAME, a_case, event, events_of, write_cases
from support import BASE, change_record, data_of, write_record

AGED = "512011001000"


def told(root: Path, prefix: str, as_of: datetime.date = datetime.date(2026, 11, 23)) -> list[tuple[str, str, str]]:
    found = [e for e in reversed(events_of(root, as_of)) if e.identity.startswith(prefix)]
    return [(str(e.updated.date()), e.identity, e.title) for e in found]


def adjust(root: Path, *changes: dict[str, Any], identity: str = "2026-001") -> None:
    data = {
        "id": identity,
        "demonstration": True,
        "effective_on": "2026-06-01",
        "published_on": "2026-05-20",
        "basis": "川办发〔2026〕9号",
        "note": "按上级清单调整。",
        "changes": list(changes),
    }
    write_record(root, f"data/adjustments/{identity[:4]}/{identity}.yml", data)


def test_a_shorter_promise(district: Path) -> None:
    title = f"承诺时限由 10 个工作日改为 8 个工作日：{NAME}"
    assert told(district, "adjustment/") == [("2025-07-08", f"adjustment/2025-001/{CODE}/1", title)]
    (adjusted,) = [e for e in events_of(district) if e.identity.startswith("adjustment/")]
    assert adjusted.feeds == ("adjustments", f"item-{CODE}", "department-weijian")
    assert adjusted.lines[-1] == "承诺时限：由“10 个工作日”改为“8 个工作日”"
    assert "依据：达川府办函〔2025〕18号（演示）" in adjusted.lines
    assert told(district, "adjustment/", datetime.date(2025, 7, 7)) == []


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"kind": "新增", "version": 1}, f"新增事项：{NAME}"),
        ({"kind": "取消"}, f"取消事项：{NAME}"),
        ({"kind": "下放", "counterpart_organization": "tingzi"}, f"下放事项：{NAME}"),
        ({"kind": "承接"}, f"承接事项：{NAME}"),
        ({"kind": "合并", "counterparts": [AGED]}, f"合并事项：{NAME}"),
        ({"kind": "拆分"}, f"拆分事项：{NAME}"),
        (
            {"kind": "更名", "elements": [{"path": "name", "old": "公共场所卫生许可证核发", "new": NAME}]},
            f"事项更名：“公共场所卫生许可证核发”改为“{NAME}”",
        ),
        (
            {"kind": "要素变更", "elements": [{"path": "materials", "old": [{"name": "甲"}], "new": []}]},
            f"调整申请材料：{NAME}",
        ),
        (
            {"kind": "要素变更", "elements": [{"path": "visits.count", "old": 2, "new": 1}]},
            f"到办事现场次数由 2 改为 1：{NAME}",
        ),
        (
            {"kind": "要素变更", "elements": [{"path": "express_delivery", "old": False, "new": True}]},
            f"是否支持物流快递由否改为是：{NAME}",
        ),
        (
            {
                "kind": "要素变更",
                "elements": [
                    {"path": "time_limits.promised.value", "old": 10, "new": 1},
                    {"path": "time_limits.promised.unit", "old": "工作日", "new": "月"},
                ],
            },
            f"承诺时限由 10 个工作日改为 1 个月：{NAME}",
        ),
        (
            {
                "kind": "要素变更",
                "elements": [
                    {"path": "time_limits.promised", "old": {"value": 3, "unit": "工作日"}, "new": {"unit": "即时"}}
                ],
            },
            f"承诺时限由 3 个工作日改为即时办结：{NAME}",
        ),
        (
            {
                "kind": "要素变更",
                "elements": [
                    {"path": "quantity_limit", "new": "每年 10 个"},
                ],
            },
            f"增加数量限制（每年 10 个）：{NAME}",
        ),
        (
            {
                "kind": "要素变更",
                "elements": [
                    {"path": "summary", "old": "旧", "new": "新"},
                    {"path": "conditions", "old": ["甲"], "new": ["乙"]},
                ],
            },
            f"调整一句话说明、受理条件：{NAME}",
        ),
    ],
)
def test_titles_say_what_was_adjusted(change: dict[str, Any], title: str, district: Path) -> None:
    adjust(district, {"item": CODE, "name": NAME, "version": 3, "previous_effective_on": "2025-07-01", **change})
    assert told(district, "adjustment/2026") == [("2026-05-20", f"adjustment/2026-001/{CODE}/1", title)]


def test_counterparts_and_organizations_get_the_news(district: Path) -> None:
    merged = {"item": CODE, "name": NAME, "version": 3, "previous_effective_on": "2025-07-01"}
    renamed = {
        "kind": "更名",
        "organization": "weijian",
        "name": "达州市达川区卫生健康局",
        "elements": [{"path": "name", "old": "达州市达川区卫生局", "new": "达州市达川区卫生健康局"}],
    }
    adjust(
        district,
        {"kind": "合并", "counterparts": [AGED], "counterpart_organization": "tingzi", **merged},
        renamed,
    )
    feeds = {e.identity: e.feeds for e in events_of(district) if e.identity.startswith("adjustment/2026")}
    assert feeds == {
        f"adjustment/2026-001/{CODE}/1": (
            "adjustments",
            f"item-{CODE}",
            "department-weijian",
            f"item-{AGED}",
            "department-minzheng",
            "town-tingzi",
        ),
        "adjustment/2026-001/weijian/1": ("adjustments", "department-weijian"),
    }
    titles = [title for _, identity, title in told(district, "adjustment/2026-001/weijian")]
    assert titles == ["机构更名：“达州市达川区卫生局”改为“达州市达川区卫生健康局”"]


def test_an_exposure_and_how_it_was_mended(district: Path) -> None:
    expected = [
        ("2026-04-20", "exposure/2026-001/published", "曝光：亭子镇——便民服务中心张贴的高龄津贴办事指南没有写监督电话"),
        ("2026-04-28", "exposure/2026-001/progress/1", "整改进展：亭子镇——已经重新印制，等待张贴"),
        ("2026-05-12", "exposure/2026-001/closure", "整改完成：亭子镇——已经按区级目录重新张贴，现场核对无误"),
    ]
    assert told(district, "exposure/") == expected
    for day in ("2026-04-19", "2026-04-20", "2026-05-11"):
        assert told(district, "exposure/", datetime.date.fromisoformat(day)) == [r for r in expected if r[0] <= day]
    feeds = {e.feeds for e in events_of(district) if e.identity.startswith("exposure/")}
    assert feeds == {("exposures", "town-tingzi", f"item-{AGED}")}
    addresses = {e.address for e in events_of(district) if e.identity.startswith("exposure/")}
    assert addresses == {"supervision/exposures/2026-001/"}


def test_an_exposure_is_told_under_the_name_of_its_day(district: Path) -> None:
    former = [{"name": "达州市达川区老亭镇人民政府", "until": "2026-08-01", "basis": "某文件"}]
    change_record(district, BASE["town"], former_names=former)
    titles = [title for _, _, title in told(district, "exposure/")]
    assert [title.split("：")[1].split("——")[0] for title in titles] == ["达州市达川区老亭镇人民政府"] * 3


def test_mending_is_not_told_before_the_exposure(district: Path) -> None:
    change_record(district, BASE["exposure"], published_on="2026-05-30")
    assert {row[0] for row in told(district, "exposure/")} == {"2026-05-30"}
    order = [identity.rpartition("2026-001/")[2] for _, identity, _ in told(district, "exposure/")]
    assert order == ["published", "progress/1", "closure"]


def test_policies_are_pages_with_a_date(district: Path) -> None:
    folder = district / "content" / "policies"
    folder.mkdir()
    (folder / "index.md").write_text("---\ntitle: 政策文件\ndate: 2026-01-01\n---\n", encoding="utf-8")
    (folder / "undated.md").write_text("---\ntitle: 草稿\n---\n", encoding="utf-8")
    (folder / "一次告知.md").write_text(
        "---\ntitle: 一次性告知办法\ndate: 2026-04-15\ndescription: 缺什么一次说清\nsource: 区行政审批局\n---\n",
        encoding="utf-8",
    )
    identity = "policy/%E4%B8%80%E6%AC%A1%E5%91%8A%E7%9F%A5"
    assert told(district, "policy/") == [("2026-04-15", identity, "发布政策：一次性告知办法")]
    (policy,) = [e for e in events_of(district) if e.identity == identity]
    assert policy.address == "policies/%E4%B8%80%E6%AC%A1%E5%91%8A%E7%9F%A5/"
    assert policy.lines == ("缺什么一次说清", "来源：区行政审批局", "发布日期：2026-04-15")
    assert told(district, "policy/", datetime.date(2026, 4, 14)) == []


def test_adjustments_of_one_day_have_moments_of_their_own(district: Path) -> None:
    change = {"kind": "取消", "name": NAME, "version": 3, "previous_effective_on": "2025-07-01"}
    adjust(district, {"item": CODE, **change})
    (before,) = [e for e in events_of(district) if "2026-001/5101" in e.identity]
    adjust(district, {"item": AGED, **change}, {"item": CODE, **change}, {"item": CODE, **change})
    write_cases(district, a_case(event("2026-05-20", "受理")))
    after = {e.identity: e.updated for e in events_of(district)}
    assert after[before.identity] == before.updated
    assert len(set(after.values())) == len(after)
    assert f"adjustment/2026-001/{CODE}/2" in after


def test_the_fixture_is_as_the_tests_think(district: Path) -> None:
    assert data_of((district / BASE["exposure"]).read_text(encoding="utf-8"))["closure"]["on"] == "2026-05-12"
