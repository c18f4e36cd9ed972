"""Searching in a real browser: what people type finds the item they mean, first."""

from __future__ import annotations

import csv
import re

import pytest

from gongkai.loading import load
from support import FIXTURES, ROOT

QUERIES = list(csv.DictReader((FIXTURES / "queries.csv").read_text(encoding="utf-8").splitlines()))

FIND = """async (queries) => {
  const names = await import("/assets/js/names.js");
  const index = await names.loadNames();
  return queries.map((query) => index.find(query, 20).map((item) => item.id));
}"""


def test_the_table_of_queries(address: str, open_page) -> None:
    watched = open_page()
    watched.page.goto(address + "search/")
    results = watched.page.evaluate(FIND, [row["query"] for row in QUERIES])
    not_first, absent = [], []
    for row, found in zip(QUERIES, results, strict=True):
        if row["code"] not in found:
            absent.append((row["kind"], row["query"], found[:1]))
        elif found[0] != row["code"]:
            not_first.append((row["kind"], row["query"], found[0]))
    assert len(QUERIES) >= 120
    assert absent == []
    assert len(not_first) <= len(QUERIES) * 6 / 120, not_first


def test_every_body_and_law_is_found_first_by_its_name(address: str, open_page) -> None:
    catalogue, _ = load(ROOT)
    wanted = {department.short_name: f"departments/{key}/" for key, department in catalogue.departments.items()}
    wanted |= {town.short_name: f"towns/{key}/" for key, town in catalogue.towns.items()}
    wanted |= {town.name: f"towns/{key}/" for key, town in catalogue.towns.items()}
    wanted |= {law.title: f"laws/{key}/" for key, law in catalogue.laws.items()}
    page = open_page().page
    page.goto(address + "search/")
    found = page.evaluate(FIND, [*wanted])
    assert [name for name, ids in zip(wanted, found, strict=True) if ids[:1] != [wanted[name]]] == []
    names = [village.name for village, _ in catalogue.villages.values()]
    found = page.evaluate(FIND, names)
    # Several towns have a village of one name.
    missing = [code for code, ids in zip(catalogue.villages, found, strict=True) if f"villages/{code}/" not in ids[:5]]
    assert len(names) > 400 and missing == []


@pytest.mark.parametrize(
    ("query", "name", "path"),
    [
        ("minzhengju", "区民政局", "departments/minzheng/"),
        ("市场监管局", "区市场监督管理局", "departments/shichangjianguan/"),
        ("石桥镇", "石桥镇", "towns/shiqiao/"),
    ],
)
def test_a_body_is_suggested(query: str, name: str, path: str, address: str, open_page) -> None:
    page = open_page().page
    page.goto(address)
    page.locator("#home-q").fill(query)
    option = page.locator(".search-box [role=option]", has_text=name).first
    option.wait_for()
    option.click()
    page.wait_for_url(f"**/{path}")


@pytest.mark.parametrize("way", ["typed", "pasted", "set"])
def test_suggestions_come_however_text_arrives(way: str, address: str, open_page) -> None:
    watched = open_page()
    page = watched.page
    page.goto(address)
    field = page.locator("#home-q")
    if way == "typed":
        field.press_sequentially("shipinjingying")
    elif way == "pasted":
        field.focus()
        page.keyboard.insert_text("食品经营")
    else:
        field.fill("食品经营")
    option = page.locator(".search-box [role=option]").first
    option.wait_for()
    assert option.inner_text().startswith("食品经营许可")
    option.click()
    page.wait_for_url("**/items/510131003000/")
    assert watched.problems == []


def test_suggestions_with_the_keyboard(address: str, open_page) -> None:
    page = open_page().page
    page.goto(address)
    field = page.locator("#home-q")
    field.fill("护照")
    page.locator(".search-box [role=option]").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert active and page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")


def assert_sentences(page) -> None:
    """Assert that all excerpts are Chinese sentences with one mark at their end."""
    excerpts = page.locator("[data-text-results] p").all_inner_texts()
    assert excerpts and not [text for text in excerpts if re.search(r"[。？！][。.\s]|\s[。.]|[^\d]\.|\.(?!\d)", text)]


def test_excerpts_of_short_records(address: str, open_page) -> None:
    page = open_page().page
    for query in ("石桥镇", "行政许可法"):
        page.goto(address + f"search/?q={query}")
        page.locator("[data-text-results] li").first.wait_for()
        assert_sentences(page)


def test_the_search_page_shows_names_then_full_text(address: str, open_page) -> None:
    watched = open_page()
    page = watched.page
    page.goto(address + "search/?q=健康合格证明")
    page.locator("[data-text-results] li").first.wait_for()
    assert_sentences(page)
    titles = page.locator("[data-text-results] a").all_inner_texts()
    assert any("公共场所卫生许可" in title for title in titles)
    page.locator("[data-text-results] a", has_text="公共场所卫生许可").first.click()
    page.wait_for_url("**/items/510123001000/")
    assert watched.problems == []


def test_full_text_is_filtered(address: str, open_page) -> None:
    page = open_page().page
    page.goto(address + "search/?q=许可证")
    page.locator("[data-text-results] li").first.wait_for()
    page.locator("[data-text-filters] select[name=部门]").wait_for()
    names = page.locator("[data-text-filters] select").evaluate_all("all => all.map((one) => one.name)")
    assert set(names) == {"内容", "部门", "受理层级", "事项类型", "服务对象"}
    before = page.locator("[data-text-status]").inner_text()
    page.locator("[data-text-filters] select[name=部门]").select_option("区卫生健康局")
    page.locator("[data-text-status]").filter(has_not_text=before).filter(has_not_text="正在").wait_for()
    page.locator("[data-text-results] li").first.wait_for()
    codes = page.locator("[data-text-results] a").evaluate_all("all => all.map((one) => new URL(one.href).pathname)")
    assert codes and all(path.startswith(("/items/510123", "/items/512023", "/items/510523")) for path in codes)


def test_filters_stay_when_one_comes_back(address: str, open_page) -> None:
    page = open_page().page
    page.goto(address + "search/?q=许可证")
    chosen = page.locator("[data-text-filters] select[name=部门]")
    chosen.wait_for()
    options = chosen.locator("option").all_inner_texts()
    assert options[:2] == ["全部", "达川生态环境局"] and options[2].startswith("区")
    levels = page.locator("[data-text-filters] select[name=受理层级] option").all_inner_texts()
    assert levels == ["全部", "区", "乡镇", "村"]
    chosen.select_option("区卫生健康局")
    page.wait_for_url("**/search/?q=*&*")
    page.locator("[data-text-results] a").first.click()
    page.wait_for_url("**/items/*/")
    page.go_back()
    chosen.wait_for()
    assert chosen.input_value() == "区卫生健康局"
    page.locator("[data-text-results] a").first.wait_for()
    # Playwright polls functions with eval, which the pages do not allow.
    others = "".join(f":not([href*='items/{code}'])" for code in ("510123", "512023", "510523"))
    page.locator(f"[data-text-results] a{others}").first.wait_for(state="detached")


def test_a_query_in_the_header_leads_to_the_search_page_without_scripts(address: str, open_page) -> None:
    page = open_page(scripts=False).page
    page.goto(address)
    page.locator("#header-q").fill("低保")
    page.locator("#header-q").press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert "需要浏览器开启 JavaScript" in page.locator("noscript").first.inner_text()
    assert not page.locator("#names-title").is_visible()
