"""What makes a page accessible, as far as a program can tell."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def assert_accessible(page: Page, how: str = "") -> None:
    """See that axe finds nothing on a page as it is shown now, and that it does not scroll sideways.

    ``how`` says how it is shown, for whoever reads of a failure.
    """
    # To describe all that is well takes as long as to look at everything.
    result = Axe().run(page, options={"resultTypes": ["violations"]})
    assert result.violations_count == 0, f"{how} {result.generate_report()}"
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{how} the page scrolls sideways"
