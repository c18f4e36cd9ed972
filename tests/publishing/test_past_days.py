"""A build of a past day shows what was in force then: names, versions, cases, adjustments, exposures, feeds, pages."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest

from building import build_site
from gongkai.loading import load
from gongkai.rules.engine import Context, run
from gongkai.rules.registry import RULES
from support import AS_OF, BASE, change_record, copy_district, copy_shipped, data_of, make_buildable, write_record

CODE, AGED = "510123001000", "512011001000"
OLD_NAME, NEW_NAME = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）", "公共场所卫生行政许可"
POLICY = "policies/one-time-notice"

DAYS = {day: datetime.date.fromisoformat(day) for day in ("2024-12-31", "2026-04-25", "2026-07-15", "2026-11-23")}


def adjust(root: Path, identity: str, effective: str, published: str, change: dict[str, object]) -> None:
    write_record(
        root,
        f"data/adjustments/{identity[:4]}/{identity}.yml",
        {
            "id": identity,
            "effective_on": effective,
            "published_on": published,
            "basis": "达川府办函〔2026〕30号（演示）",
            "note": "按上级清单调整。",
            "changes": [change],
        },
    )


def page(root: Path, path: str, front: str, text: str) -> None:
    (root / "content" / f"{path}.md").write_text(f"---\ntitle: {path}\n{front}---\n\n# {path}\n\n{text}\n", "utf-8")


def rename_the_permit(root: Path) -> None:
    """The permit gets another name on 2026-06-01, everywhere."""
    for path in (root / "data").rglob("*.yml"):
        if "approvals" not in path.parts and "adjustments" not in path.parts:
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(f"name: {OLD_NAME}\n", f"name: {NEW_NAME}\n"), encoding="utf-8")
    basis = "达川府办函〔2026〕30号（演示）"
    former = data_of((root / BASE["item"]).read_text(encoding="utf-8"))["former_names"]
    former += [{"name": OLD_NAME, "until": "2026-06-01", "basis": basis}]
    change_record(root, BASE["item"], version=3, effective_on="2026-06-01", former_names=former)
    elements = [{"path": "name", "old": OLD_NAME, "new": NEW_NAME}]
    change = {"kind": "更名", "item": CODE, "name": NEW_NAME, "version": 3, "previous_effective_on": "2025-07-01"}
    adjust(root, "2026-001", "2026-06-01", "2026-06-01", {**change, "elements": elements})


def end_the_allowance(root: Path) -> None:
    """The allowance ends on 2026-09-01; nobody lists it any more."""
    cancellation = {"on": "2026-09-01", "basis": "达川府办函〔2026〕30号（演示）", "note": "改由市里发放。"}
    path = "data/items/minzheng/512011001000.yml"
    change_record(root, path, version=2, effective_on="2026-09-01", status="取消", cancellation=cancellation)
    for listing in (root / "data" / "listings").rglob("*.yml"):
        name = listing.relative_to(root).as_posix()
        entries = data_of(listing.read_text(encoding="utf-8"))["entries"]
        change_record(root, name, entries=[entry for entry in entries if entry["code"] != AGED])
    elements = [{"path": "status", "new": "取消"}, {"path": "cancellation", "new": cancellation}]
    name = "80周岁以上老年人高龄津贴发放"
    change = {"kind": "取消", "item": AGED, "name": name, "version": 2, "previous_effective_on": "2025-01-01"}
    adjust(root, "2026-002", "2026-09-01", "2026-09-03", {**change, "elements": elements})


def write_pages(root: Path) -> None:
    page(root, POLICY, "date: 2026-05-01\n", "一次告知。")
    page(root, "policies/index", "", "- [一次性告知](one-time-notice.md)\n- [名称一致](name-consistency.md)")
    page(root, "guides/rights", "", f"依据[一次性告知](../policies/one-time-notice.md)；办[[{AGED}]]、[[{CODE}]]。")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small district after a renaming, a cancellation and a new policy."""
    root = make_buildable(copy_district(tmp_path_factory.mktemp("project")))
    rename_the_permit(root)
    end_the_allowance(root)
    write_pages(root)
    return root


def built(root: Path, output: Path, day: datetime.date, jobs: int = 1) -> Path:
    catalogue, findings = load(root)
    findings += run(RULES.values(), Context(catalogue, day, AS_OF))
    assert findings == [], day
    build_site(root, output, day, jobs=jobs)
    return output


@pytest.fixture(scope="module")
def sites(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The site on each of the days; a build fails when a link leads nowhere."""
    folder = tmp_path_factory.mktemp("sites")
    return {name: built(project, folder / name, day) for name, day in DAYS.items()}


def html(site: Path, address: str) -> str:
    return (site / address / "index.html").read_text(encoding="utf-8")


def title(site: Path, address: str) -> str:
    return html(site, address).split("<h1")[1].split(">", 1)[1].split("</h1>")[0]


def entries(site: Path, feed: str) -> list[str]:
    items = json.loads((site / "feeds" / f"{feed}.json").read_text(encoding="utf-8"))["items"]
    return [item["id"].removeprefix("tag:gongkai.example,2026:") for item in items]


def test_names_and_versions(sites: dict[str, Path]) -> None:
    shown = {day: title(site, f"items/{CODE}") for day, site in sites.items()}
    assert shown == {
        "2024-12-31": OLD_NAME,
        "2026-04-25": OLD_NAME,
        "2026-07-15": NEW_NAME,
        "2026-11-23": NEW_NAME,
    }
    limits = {day: "<strong>10 个工作日</strong>" in html(site, f"items/{CODE}") for day, site in sites.items()}
    assert [day for day, ten in limits.items() if ten] == ["2024-12-31"]
    for day, site in sites.items():
        version = {"2024-12-31": 1, "2026-04-25": 2}.get(day, 3)
        assert f"第 {version} 版，" in html(site, f"items/{CODE}"), day
        pages = {path.parent.name for path in (site / "items" / CODE / "versions").glob("*/index.html")}
        assert pages == {str(number) for number in range(1, version + 1)}, day


def test_an_item_is_there_from_its_first_day_and_stays_when_it_ends(sites: dict[str, Path]) -> None:
    assert not (sites["2024-12-31"] / "items" / AGED).exists()
    assert "本事项已于" not in html(sites["2026-07-15"], f"items/{AGED}")
    assert "本事项已于 2026年9月1日取消。" in html(sites["2026-11-23"], f"items/{AGED}")


def test_lists_are_complete_under_the_names_of_the_day(sites: dict[str, Path]) -> None:
    village = "villages/511703100001"
    assert [day for day, site in sites.items() if f"items/{AGED}/" in html(site, village)] == [
        "2026-04-25",
        "2026-07-15",
    ]
    for day, site in sites.items():
        total, equal = re.search(r"公布的 (\d+) 个事项名称，(\d+) 个与区级目录一致", html(site, "consistency")).groups()  # type: ignore[union-attr]
        assert total == equal == {"2024-12-31": "3", "2026-11-23": "3"}.get(day, "10"), day


def test_adjustments_exposures_cases_and_policies(sites: dict[str, Path]) -> None:
    permit, renamed, ended = (
        f"adjustment/2025-001/{CODE}/1",
        f"adjustment/2026-001/{CODE}/1",
        f"adjustment/2026-002/{AGED}/1",
    )
    assert {day: entries(site, "adjustments") for day, site in sites.items()} == {
        "2024-12-31": [],
        "2026-04-25": [permit],
        "2026-07-15": [renamed, permit],
        "2026-11-23": [ended, renamed, permit],
    }
    pages = {day: sorted(p.name for p in (site / "adjustments").glob("*-*")) for day, site in sites.items()}
    assert pages["2024-12-31"] == [] and pages["2026-04-25"] == ["2025-001"]
    assert pages["2026-11-23"] == ["2025-001", "2026-001", "2026-002"]
    exposures = {day: [e.rpartition("2026-001/")[2] for e in entries(s, "exposures")] for day, s in sites.items()}
    assert exposures["2024-12-31"] == [] and exposures["2026-04-25"] == ["published"]
    assert exposures["2026-07-15"] == ["closure", "progress/1", "published"]
    assert [len(entries(site, "cases")) for site in sites.values()] == [0, 4, 4, 4]
    policies = {day: len(entries(site, "policies")) for day, site in sites.items()}
    assert policies == {"2024-12-31": 0, "2026-04-25": 0, "2026-07-15": 1, "2026-11-23": 1}


def test_what_is_not_there_yet_has_no_page_and_no_link(sites: dict[str, Path]) -> None:
    early, late = sites["2024-12-31"], sites["2026-11-23"]
    assert not (early / POLICY).exists() and (late / POLICY).is_dir()
    assert "一次性告知" not in html(early, "policies") and "名称一致" in html(early, "policies")
    assert "一次性告知" in html(late, "policies")
    said = html(early, "guides/rights")
    assert f'依据一次性告知；办80周岁以上老年人高龄津贴发放、<a class="reference" href="../../items/{CODE}/">' in said
    assert f'href="../../items/{AGED}/"' in html(late, "guides/rights")
    assert POLICY not in (early / "sitemap.xml").read_text(encoding="utf-8")


def test_two_builds_of_one_day_are_byte_identical(project: Path, sites: dict[str, Path], tmp_path: Path) -> None:
    again = built(project, tmp_path / "again", DAYS["2026-04-25"], jobs=2)
    first = sites["2026-04-25"]
    trees = [{p.relative_to(s).as_posix(): p.read_bytes() for p in s.rglob("*") if p.is_file()} for s in (first, again)]
    assert trees[0] == trees[1] and len(trees[0]) > 100


def test_a_past_day_looks_as_the_site_looked_on_it(project: Path, sites: dict[str, Path], tmp_path: Path) -> None:
    """Files from before the changes, built on that day, and today's files built for that day make one site."""
    root = make_buildable(copy_district(tmp_path))
    write_pages(root)
    was = built(root, tmp_path / "was", DAYS["2026-04-25"])
    now = sites["2026-04-25"]
    same = sorted(p.relative_to(was).as_posix() for p in was.rglob("*") if p.is_file())
    assert same == sorted(p.relative_to(now).as_posix() for p in now.rglob("*") if p.is_file())
    differing = [name for name in same if (was / name).read_bytes() != (now / name).read_bytes()]
    assert differing == []


def test_the_shipped_district_on_a_past_day(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build_site(copy_shipped(tmp_path), site, datetime.date(2026, 4, 30))
    assert title(site, "items/510711002000") == "低保边缘家庭认定"
    assert "<strong>28 个工作日</strong>" in html(site, "items/510511001000")
    assert sorted(p.name for p in (site / "policies").iterdir()) == ["catalogue-rules", "index.html", "one-time-notice"]
    assert sorted(p.name for p in (site / "adjustments").glob("*-*"))[-1] == "2026-004"
    assert entries(site, "adjustments")[0] == "adjustment/2026-004/510105002000/1"
    dates = re.findall(r'"date_published": "(\d{4}-\d\d-\d\d)', (site / "feeds/cases.json").read_text(encoding="utf-8"))
    assert len(dates) >= 50 and max(dates) <= "2026-04-30"
