"""What makes a page accessible, as far as a program can tell."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def assert_accessible(page: Page, shown: str = "as it is") -> None:
    """See that axe finds nothing on a page as it is shown now, and that it does not scroll sideways; a failure says how it
    is ``shown``.
    """
    # To describe all that is well takes as long as to look at everything.
    result = Axe().run(page, options={"resultTypes": ["violations"]})
    assert result.violations_count == 0, f"{shown}: {result.generate_report()}"
    assert_not_sideways(page, shown)


def assert_not_sideways(page: Page, shown: str = "as it is") -> None:
    """See that a page does not scroll sideways."""
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{shown}: the page scrolls sideways"
