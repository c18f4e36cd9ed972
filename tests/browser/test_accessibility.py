"""axe finds nothing, in light and dark, on a phone and on a desktop; nothing leaves the site."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page

from browser.accessible import assert_accessible

PAGES = {
    "home": "",
    "item": "items/510123001000/",
    "paid item": "items/510109004000/",
    "cancelled item": "items/512014009000/",
    "history": "items/510511001000/history/",
    "earlier version": "items/510511001000/versions/3/",
    "adjustments": "adjustments/",
    "adjustments of a year": "adjustments/2025/",
    "adjustment": "adjustments/2026-006/",
    "list": "items/",
    "theme": "themes/shehuibaozhang/",
    "department": "departments/weijian/",
    "town": "towns/tingzi/",
    "village": "villages/511703100001/",
    "guide": "guides/first-visit/",
    "policy": "policies/catalogue-rules/",
    "cases": "approvals/",
    "cases of a month": "approvals/2026/03/",
    "efficiency": "approvals/efficiency/",
    "efficiency of a department": "approvals/efficiency/weijian/",
    "supervision": "supervision/",
    "exposures": "supervision/exposures/",
    "exposure": "supervision/exposures/2026-005/",
    "inspections": "supervision/inspections/",
    "inspection": "supervision/inspections/2026-002/",
    "interviews": "supervision/interviews/",
    "interview": "supervision/interviews/2026-001/",
    "appraisals": "supervision/appraisals/",
    "appraisal": "supervision/appraisals/2026-002/",
    "exposed item": "items/510117003000/",
    "consistency": "consistency/",
    "law": "laws/xingzhengxukefa/",
    "rule": "rules/T001/",
    "search": "search/?q=卫生",
    "open data": "open-data/",
    "feeds": "feeds/",
}
ALIKE = {
    "paid item",
    "cancelled item",
    "exposed item",
    "earlier version",
    "adjustments of a year",
    "theme",
    "village",
    "policy",
    "cases of a month",
    "efficiency of a department",
    "inspections",
    "interviews",
    "interview",
    "appraisals",
}
"""Pages laid out much as others are: together they take a minute, so they are looked at with the slow tests."""
assert PAGES.keys() >= ALIKE
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
"""Width and height in pixels."""


def visit(open_page, address: str, name: str):
    """Open one of the pages, and wait until it has loaded everything."""
    watched = open_page()
    watched.page.goto(address + PAGES[name], wait_until="networkidle")
    return watched


def assert_shown_well(page: Page, size: str, scheme: Literal["light", "dark"]) -> None:
    """See that a page is accessible in a size and colours."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
    assert_accessible(page, f"{size}, {scheme}")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in ALIKE else ()) for name in PAGES]
)
def test_axe_reports_no_violation(name: str, address: str, open_page) -> None:
    watched = visit(open_page, address, name)
    assert_shown_well(watched.page, "phone", "light")
    assert watched.problems == []
    assert {url for url in watched.requests if not url.startswith((address, "blob:", "data:"))} == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_axe_reports_none_on_the_desktop_and_in_the_dark_either(name: str, address: str, open_page) -> None:
    watched = visit(open_page, address, name)
    assert_shown_well(watched.page, "desktop", "dark")
    assert_shown_well(watched.page, "phone", "dark")
    assert_shown_well(watched.page, "desktop", "light")
