"""On a phone, what belongs together stays on one line."""

from __future__ import annotations

import pytest

BROKEN = r"""() => {
  const found = [];
  const words = /\d{4}-\d{2}-\d{2}|\d{4}年\d+月\d+日收件|调整 \d{4}-\d{3}|公网安备\d+号/g;
  const lines = (rects) => new Set([...rects].map((rect) => Math.round(rect.bottom))).size;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = texts.nextNode()); )
    for (const match of node.data.matchAll(words)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      if (lines(range.getClientRects()) > 1) found.push(match[0]);
    }
  for (const element of document.querySelectorAll(".item-row__authority, .tag, .keep"))
    if (lines(element.getClientRects()) > 1) found.push(element.textContent);
  return found;
}"""


@pytest.mark.parametrize(
    "page", ["themes/shehuibaozhang/", "approvals/", "adjustments/", "items/510511001000/history/", "policies/"]
)
def test_dates_numbers_and_names_do_not_break(page: str, address: str, open_page) -> None:
    shown = open_page(width=390, height=844).page
    shown.goto(address + page, wait_until="networkidle")
    assert shown.evaluate(BROKEN) == []
