"""A citizen goes through a list that has several pages."""

from __future__ import annotations

import pytest

from browser.accessible import assert_accessible, assert_not_sideways
from building import build_site
from long_lists import add_items, lower_limits
from support import copy_district, make_buildable


@pytest.fixture(scope="module")
def long_lists(tmp_path_factory: pytest.TempPathFactory, serve) -> str:
    """Where a site is served whose lists are long for lowered limits."""
    folder = tmp_path_factory.mktemp("long-lists")
    root = make_buildable(copy_district(folder))
    add_items(root, 20, suspended=3)
    with pytest.MonkeyPatch.context() as monkeypatch:
        lower_limits(monkeypatch)
        build_site(root, folder / "site")
    return serve(folder / "site")


def test_to_the_last_page_and_back_on_a_phone(long_lists: str, open_page) -> None:
    watched = open_page(width=390, height=844)
    page = watched.page
    page.goto(f"{long_lists}towns/tingzi/")
    seen = [page.locator(".item-row__name").all_text_contents()]
    assert page.get_by_text("第 1 页，共 3 页").is_visible() and not page.get_by_role("link", name="上一页").count()
    for number in (2, 3):
        page.get_by_role("link", name="下一页").first.click()
        page.wait_for_url(f"{long_lists}towns/tingzi/{number}/")
        assert page.get_by_text(f"第 {number} 页，共 3 页").first.is_visible()
        assert_not_sideways(page)
        seen.append(page.locator(".item-row__name").all_text_contents())
    assert page.get_by_role("link", name="下一页").count() == 0
    assert [len(names) for names in seen] == [8, 8, 3] and len({name for names in seen for name in names}) == 19
    page.get_by_role("link", name="上一页").first.click()
    page.wait_for_url(f"{long_lists}towns/tingzi/2/")
    assert page.locator(".item-row__name").all_text_contents() == seen[1]
    page.get_by_label("面包屑").get_by_role("link", name="亭子镇").click()
    page.wait_for_url(f"{long_lists}towns/tingzi/")
    assert watched.problems == []


def test_from_all_items_to_a_department_without_scripts(long_lists: str, open_page) -> None:
    page = open_page(width=390, height=844, scripts=False).page
    page.goto(f"{long_lists}items/")
    page.get_by_role("link", name="区卫生健康局").click()
    page.wait_for_url(f"{long_lists}departments/weijian/#items", wait_until="load")
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url(f"{long_lists}departments/weijian/2/", wait_until="load")
    assert page.locator(".item-row").count() == 8


def test_filters_count_what_is_on_the_page(long_lists: str, open_page) -> None:
    page = open_page().page
    page.goto(f"{long_lists}towns/tingzi/2/")
    status = page.locator("[data-count]")
    assert status.text_content() == "本页 8 个事项"
    page.locator("summary", has_text="筛选").click()
    page.get_by_label("可网办", exact=True).check(force=True)
    assert status.text_content() in ("本页 8 个事项", "本页 8 个事项，筛选出 0 个")


@pytest.mark.parametrize("size", [(390, 844), (1280, 900)])
@pytest.mark.parametrize(
    "place", ["items/", "items/not-handled/", "themes/zhunyingzhunban/2/", "audiences/enterprise/"]
)
def test_axe_reports_no_violation(place: str, size: tuple[int, int], long_lists: str, open_page) -> None:
    watched = open_page(width=size[0], height=size[1])
    watched.page.goto(long_lists + place, wait_until="networkidle")
    assert_accessible(watched.page)
