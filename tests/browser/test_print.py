"""What stands on paper, and what does not."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("page", ["items/510123001000/", "approvals/", "guides/first-visit/"])
def test_paper_has_the_banner_and_nothing_to_press(page: str, address: str, open_page) -> None:
    shown = open_page().page
    shown.goto(address + page, wait_until="networkidle")
    shown.emulate_media(media="print")
    assert shown.get_by_text("演示数据，非官方发布").is_visible()
    pressed = shown.locator("button, .button, .site-nav, .page-toc, .breadcrumb")
    assert [pressed.nth(n).inner_html() for n in range(pressed.count()) if pressed.nth(n).is_visible()] == []
