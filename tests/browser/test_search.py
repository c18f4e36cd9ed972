"""Searching in a real browser: what people type finds the item they mean, first."""

from __future__ import annotations

import csv
import re

import pytest

from support import FIXTURES

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


def test_the_search_page_shows_names_then_full_text(address: str, open_page) -> None:
    watched = open_page()
    page = watched.page
    page.goto(address + "search/?q=健康合格证明")
    page.locator("[data-text-results] li").first.wait_for()
    excerpts = page.locator("[data-text-results] p").all_inner_texts()
    assert excerpts and not [text for text in excerpts if re.search(r"[。？！][。.]|\s[。.]", text)]
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
    page.wait_for_function(
        "before => document.querySelector('[data-text-status]').innerText !== before && !document.querySelector('[data-text-status]').innerText.includes('正在')",
        arg=before,
    )
    page.locator("[data-text-results] li").first.wait_for()
    codes = page.locator("[data-text-results] a").evaluate_all("all => all.map((one) => new URL(one.href).pathname)")
    assert codes and all(path.startswith(("/items/510123", "/items/512023", "/items/510523")) for path in codes)


def test_a_query_in_the_header_leads_to_the_search_page_without_scripts(address: str, open_page) -> None:
    page = open_page(scripts=False).page
    page.goto(address)
    page.locator("#header-q").fill("低保")
    page.locator("#header-q").press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert "需要浏览器开启 JavaScript" in page.locator("noscript").first.inner_text()
