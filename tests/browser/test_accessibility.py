"""axe finds nothing, in light and dark, on a phone and on a desktop; nothing leaves the site."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

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
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
"""Width and height in pixels."""


def visit(open_page, address: str, name: str):
    """Open one of the pages, and wait until it has loaded everything."""
    watched = open_page()
    watched.page.goto(address + PAGES[name], wait_until="networkidle")
    return watched


def assert_accessible(page: Page, size: str, scheme: Literal["light", "dark"]) -> None:
    """See that axe finds nothing on a page of this size in these colours, and that it does not scroll sideways."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
    # To describe all that is well takes as long as to look at everything.
    result = Axe().run(page, options={"resultTypes": ["violations"]})
    assert result.violations_count == 0, f"{size}, {scheme}: {result.generate_report()}"
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"the page scrolls sideways on a {size}"


@pytest.mark.parametrize("name", PAGES)
def test_axe_reports_no_violation(name: str, address: str, open_page) -> None:
    watched = visit(open_page, address, name)
    assert_accessible(watched.page, "phone", "light")
    assert watched.problems == []
    assert {url for url in watched.requests if not url.startswith((address, "blob:", "data:"))} == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_axe_reports_none_on_the_desktop_and_in_the_dark_either(name: str, address: str, open_page) -> None:
    watched = visit(open_page, address, name)
    assert_accessible(watched.page, "desktop", "dark")
    assert_accessible(watched.page, "phone", "dark")
    assert_accessible(watched.page, "desktop", "light")
