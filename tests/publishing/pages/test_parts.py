"""Long lists in numbered pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree, html

from building import opened
from gongkai.model.item_card import ItemCard
from gongkai.publishing.feeds.opml import opml
from gongkai.publishing.pages.home import home_page
from gongkai.publishing.pages.parts import number_of_parts, part_keys, split_key
from gongkai.publishing.pages.registry import make_page, page_keys
from gongkai.publishing.templates.render import Renderer, environment
from gongkai.publishing.withholding import SiteOptions, site_of
from gongkai.tracing import asking
from long_lists import A_PAGE, add_items, lower_limits
from publishing.feeds import sites
from publishing.pages.rendered import SHELL, pages, text
from support import AS_OF, BASE, ROOT, change_record

PERMIT, ALLOWANCE = "510123001000", "512011001000"
SECRECY = {"kind": "国家秘密", "basis": "《中华人民共和国政府信息公开条例》第十四条"}


@pytest.fixture
def codes(district: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes of twenty more items of the district, of which three are suspended."""
    lower_limits(monkeypatch)
    return add_items(district, 20, suspended=3)


def listed(page: html.HtmlElement) -> list[str]:
    """Return the codes of the items that a page lists, in order."""
    rows = page.find_class("item-list") + page.find_class("plain-list") + page.findall(".//tbody")
    links = [a.get("href") for rows_of in rows for a in rows_of.iter("a")]
    return [link.rstrip("/").rpartition("/")[2] for link in links if "/items/" in link]


def test_how_a_list_is_cut() -> None:
    assert [number_of_parts(total) for total in (0, 1, 200, 201, 400, 401)] == [1, 1, 1, 2, 2, 3]
    assert list(part_keys("weijian", 401)) == ["weijian", "weijian/2", "weijian/3"]
    assert split_key("weijian") == ("weijian", 1) and split_key("weijian/12") == ("weijian", 12)


@pytest.mark.parametrize(
    ("kind", "first", "total", "others"),
    [
        ("department", "departments/weijian/", 18, set()),
        ("town", "towns/tingzi/", 19, {ALLOWANCE}),
        ("village", "villages/511703100001/", 18, {ALLOWANCE}),
        ("law", "laws/gonggongchangsuoweishengguanlitiaoli/", 18, set()),
        ("theme", "themes/zhunyingzhunban/", 18, set()),
    ],
)
def test_every_entry_stands_on_one_of_the_pages(
    kind: str, first: str, total: int, others: set[str], district: Path, codes: list[str]
) -> None:
    made = {address: page for address, page in pages(district, kind).items() if address.startswith(first)}
    assert list(made) == [first, f"{first}2/", f"{first}3/"]
    found = [code for page in made.values() for code in listed(page)]
    expected = {*codes[:17], *others} | ({PERMIT} if kind != "village" else set())
    assert len(found) == total and {*found} == expected
    assert [len(listed(page)) for page in made.values()] == [A_PAGE, A_PAGE, total - 2 * A_PAGE]
    for number, (address, page) in enumerate(made.items(), start=1):
        up = "../" * address.count("/")
        navigation = page.find_class("pager")
        assert all(text(nav).startswith(f"第 {number} 页，共 3 页") for nav in navigation) and navigation
        ways = {a.get("rel"): a.get("href").removeprefix(up) for a in navigation[0].iter("a")}
        before = {"prev": first if number == 2 else f"{first}{number - 1}/"} if number > 1 else {}
        assert ways == before | ({"next": f"{first}{number + 1}/"} if number < 3 else {})
        assert str(total) in text(page)


def test_a_short_list_has_neither_numbers_nor_further_pages(district: Path) -> None:
    made = pages(district, "department", "town", "village", "law", "theme", "audience", "items", "not-handled")
    assert not any(page.find_class("pager") for page in made.values())
    assert not any(address.rstrip("/").endswith("/2") for address in made)
    assert "items/not-handled/" not in made


def test_all_items_are_an_overview_of_departments(district: Path, codes: list[str]) -> None:
    made = pages(district, "items", "not-handled")
    overview = made["items/"]
    said = text(overview)
    assert "共 19 个事项" in said and "区卫生健康局18 个事项" in said
    assert "../departments/weijian/#items" in [a.get("href") for a in overview.iter("a")]
    assert listed(overview) == [] and "暂停和取消的事项（3）" in said
    assert {*listed(made["items/not-handled/"])} == {*codes[17:]} and "（暂停）" in text(made["items/not-handled/"])


def test_many_items_for_an_audience_are_an_overview_of_themes(district: Path, codes: list[str]) -> None:
    page = pages(district, "audience")["audiences/enterprise/"]
    assert "共 18 个事项" in text(page) and listed(page) == []
    assert "../../themes/zhunyingzhunban/" in [a.get("href") for a in page.iter("a")]


def test_filters_say_that_they_are_for_one_page(district: Path, codes: list[str]) -> None:
    first = pages(district, "department")["departments/weijian/"]
    assert "筛选只管本页的 8 个事项" in text(first)
    assert first.find_class("filters__status")[0].get("data-count") == "本页"


def test_what_is_not_public_keeps_its_place(district: Path, codes: list[str]) -> None:
    before = {a: listed(p) for a, p in pages(district, "town").items() if a.startswith("towns/tingzi/")}
    change_record(district, f"data/items/weijian/{codes[0]}.yml", secrecy=SECRECY)
    after = {a: listed(p) for a, p in pages(district, "town").items() if a.startswith("towns/tingzi/")}
    assert after == {address: [code for code in found if code != codes[0]] for address, found in before.items()}


def test_lists_of_feeds_leave_out_those_of_very_many_items(district: Path, codes: list[str]) -> None:
    page = pages(district, "feeds")["feeds/"]
    assert "22 个事项各有自己的订阅源" in text(page) and "清单里没有各个事项的" in text(page)
    assert not any("feeds/item-" in (a.get("href") or "") for a in page.iter("a"))
    outlines = etree.fromstring(opml(sites.site_of(district)))
    assert [group.get("title") for group in outlines.findall("body/outline")] == ["全区", "部门", "乡镇街道"]


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("department", "weijian/2"),
        ("theme", "准营准办/2"),
        ("law", "gonggongchangsuoweishengguanlitiaoli/2"),
        ("items", ""),
        ("audience", "enterprise"),
        ("town", "tingzi/2"),
    ],
)
def test_a_page_asks_about_no_more_items_than_it_shows(kind: str, key: str, district: Path, codes: list[str]) -> None:
    with opened(district) as project:
        site = site_of(project.catalogue, SiteOptions(AS_OF, sites.URL))
        assert (kind, key) in page_keys(site)
        with asking() as asked:
            page = make_page(site, (kind, key))
        cards = {code for register, code in asked if register == "card"}
        assert cards == {item.code for item in page.context.get("items", ()) if isinstance(item, ItemCard)}
        assert len(cards) == (A_PAGE if kind in ("department", "theme", "town") else 0)
        assert not [code for register, code in asked if register == "item"]


def test_the_home_page_shows_what_was_updated_last(district: Path, codes: list[str]) -> None:
    for day, code in enumerate((codes[5], codes[2], PERMIT), start=1):
        path = BASE["item"] if code == PERMIT else f"data/items/weijian/{code}.yml"
        change_record(district, path, updated_on=f"2026-11-{day:02}")
    site = sites.site_of(district)
    page = html.fromstring(Renderer(site, SHELL, environment(ROOT)).html(home_page(site)))
    newest = [a.get("href").rstrip("/").rpartition("/")[2] for rows in page.find_class("dated") for a in rows.iter("a")]
    assert newest[:3] == [PERMIT, codes[2], codes[5]] and len(newest) == 8
