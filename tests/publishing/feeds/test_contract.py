"""What subscribers rely on: addresses, ids, and the same bytes for the same data."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from urllib.parse import urldefrag
from xml.etree import ElementTree

import feedparser
import pytest

from building import build_site
from gongkai.loading import load
from gongkai.publishing.feeds.channels import announced_on, channel_named
from publishing.feeds.sites import CODE, GRANTED, URL, a_case, channels, event, files, site_of, write_cases
from publishing.feeds.validators import ATOM
from support import AS_OF, BASE, change_record, check, make_buildable

NAMES = [
    "cases",
    "decisions",
    "adjustments",
    "exposures",
    "policies",
    "department-minzheng",
    "department-weijian",
    "town-tingzi",
    "town-micheng",
    "item-510123001000",
    "item-512011001000",
]
IDS = [
    "tag:gongkai.example,2026:exposure/2026-001/closure",
    "tag:gongkai.example,2026:exposure/2026-001/progress/1",
    "tag:gongkai.example,2026:exposure/2026-001/published",
    "tag:gongkai.example,2026:case/511703-20260302-0001/decided/1",
    "tag:gongkai.example,2026:case/511703-20260302-0002/decided/1",
    "tag:gongkai.example,2026:case/511703-20260302-0001/accepted/1",
    "tag:gongkai.example,2026:case/511703-20260302-0002/accepted/1",
    "tag:gongkai.example,2026:adjustment/2025-001/510123001000/1",
]


def ids(published: dict[str, bytes]) -> list[str]:
    """Return the ids of every feed, each format's having to be the same; without repetition, newest first."""
    found: dict[str, str] = {}
    for name in NAMES:
        atom = ElementTree.fromstring(published[f"feeds/{name}.atom"])
        mine = [(e.findtext(f"{ATOM}id"), e.findtext(f"{ATOM}updated")) for e in atom.iter(f"{ATOM}entry")]
        rss = ElementTree.fromstring(published[f"feeds/{name}.rss"])
        items = json.loads(published[f"feeds/{name}.json"])["items"]
        assert [e.findtext("guid") for e in rss.iter("item")] == [i for i, _ in mine] == [i["id"] for i in items]
        found |= {str(identity): str(updated) for identity, updated in mine}
    return sorted(found, key=found.__getitem__, reverse=True)


def test_addresses_are_frozen(district: Path) -> None:
    expected = {f"feeds/{name}.{ending}" for name in NAMES for ending in ("rss", "atom", "json")}
    assert set(dict(files(site_of(district)))) == expected | {"feeds/gongkai.opml"}


def test_addresses_of_archives_are_frozen(district: Path) -> None:
    for number in range(60):
        day = datetime.date(2025, 12, 1) + datetime.timedelta(days=number)
        write_cases(district, a_case(event(str(day), "受理"), number=f"511703-{day:%Y%m%d}-0001"), day=str(day))
    archives = [a for a in dict(files(site_of(district))) if "-20" in a]
    assert archives == [f"feeds/cases-{month}.{e}" for month in ("2025-12",) for e in ("rss", "atom", "json")]


def test_ids_are_frozen(district: Path) -> None:
    assert ids(dict(files(site_of(district)))) == IDS


def test_ids_outlive_hosts_and_names(district: Path) -> None:
    data = site_of(district).district.site.model_dump(exclude_none=True)
    change_record(district, BASE["district"], name="达州市新名区", site=data | {"domain": "new.gov.cn", "name": "新站"})
    change_record(district, BASE["department"], name="达州市达川区卫健委", short_name="区卫健委")
    change_record(district, BASE["item"], name="公共场所卫生行政许可")
    change_record(district, BASE["town"], short_name="新亭镇")
    site = site_of(district, url="https://new.gov.cn/")
    assert ids(dict(files(site))) == IDS


def test_the_same_data_make_the_same_bytes(district: Path) -> None:
    assert dict(files(site_of(district))) == dict(files(site_of(district)))


def test_a_feed_by_its_name_alone_is_the_one_among_all(district: Path) -> None:
    secrecy = {"kind": "国家秘密", "basis": "《中华人民共和国政府信息公开条例》第十四条"}
    site = site_of(district)
    assert [channel_named(site.catalogue, name) for name in NAMES] == channels(site)
    change_record(district, BASE["item"], secrecy=secrecy)
    catalogue = site_of(district).catalogue
    unknown = ("", "item", f"item-{CODE}", "item-000000000000", "department-tingzi", "town-weijian", "cases-2026-03")
    assert {channel_named(catalogue, name) for name in unknown} == {None}


@pytest.mark.parametrize(
    "authority",
    [
        "gongkai",
        "gongkai.example",
        "Gongkai.example,2026",
        "公开.中国,2026",
        "a.example,26",
        "a.example,2026-13",
        "a b.cn,2026",
    ],
)
def test_an_authority_that_makes_no_tag_uri_is_refused(authority: str, district: Path) -> None:
    change_record(district, BASE["district"], tag_authority=authority)
    assert {f.path for f in load(district)[1]} == {"data/organizations/district.yml"}


def test_the_placeholder_authority_is_refused_for_production(district: Path) -> None:
    """It could never be changed afterwards."""
    found = [
        f
        for f in check(district, production=True)
        if "tag_authority" in f.message or "gongkai.example,2026" in f.message
    ]
    assert [f.code for f in found] == ["D001"]


def test_another_day_changes_only_what_its_window_changes(district: Path) -> None:
    one, other = (dict(files(site_of(district, day))) for day in (AS_OF, AS_OF + datetime.timedelta(days=3)))
    assert one == other


def test_opml_lists_every_feed_once(district: Path) -> None:
    root = ElementTree.fromstring(dict(files(site_of(district)))["feeds/gongkai.opml"])
    assert root.tag == "opml" and root.get("version") == "2.0" and root.findtext("head/title")
    outlines = [o for o in root.iter("outline") if o.get("type") == "rss"]
    assert [o.get("xmlUrl") for o in outlines] == [f"{URL}feeds/{name}.rss" for name in NAMES]
    assert all(o.get("text") and o.get("description") and o.get("htmlUrl") for o in outlines)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("", NAMES[:5]),
        ("feeds/", NAMES[:5]),
        ("approvals/2026/03/", ["cases", "decisions"]),
        ("adjustments/", ["adjustments"]),
        ("supervision/", ["exposures"]),
        ("supervision/exposures/2026-001/", ["exposures"]),
        ("policies/name-consistency/", ["policies"]),
        ("items/", []),
        (f"items/{CODE}/", [f"item-{CODE}"]),
        (f"items/{CODE}/history/", [f"item-{CODE}"]),
        ("adjustments/2025/", ["adjustments"]),
        ("items/000000000000/", []),
        ("departments/weijian/", ["department-weijian"]),
        ("towns/tingzi/", ["town-tingzi"]),
        ("villages/511703100002/", ["town-tingzi"]),
        ("about/", []),
    ],
)
def test_pages_announce_their_feeds(address: str, names: list[str], district: Path) -> None:
    assert [name for name, _ in announced_on(site_of(district), address)] == names


def test_secret_items_have_no_feed(district: Path) -> None:
    secrecy = {"kind": "国家秘密", "basis": "《中华人民共和国政府信息公开条例》第十四条"}
    change_record(district, BASE["item"], secrecy=secrecy)
    site = site_of(district)
    assert announced_on(site, f"items/{CODE}/") == ()
    assert not [address for address in dict(files(site)) if CODE in address]
    assert CODE not in "".join(content.decode() for _, content in files(site))


@pytest.fixture
def built(district: Path, tmp_path: Path) -> Path:
    """The small district, built with the shipped theme and with pages that say little, policies among them."""
    make_buildable(district, dated=datetime.date(2026, 5, 1))
    write_cases(district, a_case(event("2026-03-03", "受理"), event("2026-03-10", "办结"), decision=GRANTED))
    build_site(district, tmp_path / "site")
    return tmp_path / "site"


def test_a_build_publishes_the_feeds_and_its_pages_announce_them(built: Path) -> None:
    def announced(page: str) -> list[str]:
        text = (built / page).read_text(encoding="utf-8")
        links = [line for line in text.splitlines() if 'rel="alternate"' in line and "/json" not in line]
        return [line.split('href="')[1].split('"')[0] for line in links]

    endings = ("rss", "atom", "json")
    assert announced("index.html") == [f"feeds/{name}.{e}" for name in NAMES[:5] for e in endings]
    assert announced("feeds/index.html") == [f"../feeds/{name}.{e}" for name in NAMES[:5] for e in endings]
    assert announced("policies/name-consistency/index.html") == [f"../../feeds/policies.{e}" for e in endings]
    assert announced("about/index.html") == announced("404.html") == []
    assert announced("towns/tingzi/index.html") == [f"../../feeds/town-tingzi.{e}" for e in endings]
    page = (built / "feeds/index.html").read_text(encoding="utf-8")
    assert all(f'href="../feeds/{name}.{e}"' in page for name in NAMES for e in endings)
    assert 'href="../feeds/gongkai.opml"' in page
    for path in (built / "feeds").glob("*.rss"):
        for entry in feedparser.parse(path.read_bytes()).entries:
            target, anchor = urldefrag(entry.link.removeprefix("https://gongkai.example/"))
            page = (built / target / "index.html").read_text(encoding="utf-8")
            assert not anchor or f'id="{anchor}"' in page, entry.link


def feeds_in(site: Path) -> dict[str, bytes]:
    """Return the published feeds of a site, and the list of them."""
    found = [path for path in (site / "feeds").iterdir() if path.suffix != ".html" and path.is_file()]
    return {f"feeds/{path.name}": path.read_bytes() for path in found}


def test_a_build_publishes_the_feeds_of_the_site(built: Path, district: Path) -> None:
    published = dict(files(site_of(district, url="https://gongkai.example/")))
    assert published == feeds_in(built) and len(published) == 34


def test_processes_make_the_same_bytes(built: Path, district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.publishing.building.setting._FEW", 0)
    monkeypatch.setattr("gongkai.publishing.building.setting._PORTION", 3)
    build_site(district, built.with_name("two"), jobs=2)
    assert feeds_in(built.with_name("two")) == feeds_in(built)


def test_an_adjustment_leads_to_its_page(built: Path) -> None:
    (entry,) = feedparser.parse((built / "feeds/adjustments.atom").read_bytes()).entries
    assert entry.link == f"https://gongkai.example/adjustments/2025-001/#change-{CODE}-1"


def test_ids_outlive_templates(built: Path, district: Path, tmp_path: Path) -> None:
    for template in ("main.html", "pages/item.html", "pages/feeds.html"):
        path = district / "theme" / template
        path.write_text(path.read_text(encoding="utf-8") + "<!-- another look -->\n", encoding="utf-8")
    build_site(district, tmp_path / "other")
    before, after = feeds_in(built), feeds_in(tmp_path / "other")
    assert len(before) == 34 and after == before
