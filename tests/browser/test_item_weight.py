"""What the guide of an item costs somebody who opens it for the first time, compressed as servers do."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

HTML_BUDGET = 25 * 1024
FIRST_VISIT_BUDGET = 150 * 1024


def _compressed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def _guides(site: Path) -> dict[str, int]:
    """The size of every item's page."""
    return {page.parent.name: _compressed(page.read_bytes()) for page in site.glob("items/[0-9]*/index.html")}


def _visited(watched, address: str) -> list[str]:
    """Open a page, wait until nothing more comes, and return the paths of what it loaded."""
    watched.page.goto(address, wait_until="networkidle")
    return [urlsplit(url).path for url in watched.requests]


def test_the_html_of_an_item_is_small(built_site: Path) -> None:
    sizes = _guides(built_site)
    assert len(sizes) > 50
    assert {code: size for code, size in sizes.items() if size > HTML_BUDGET} == {}


def test_a_first_visit_to_an_item_loads_little(built_site: Path, address: str, open_page) -> None:
    sizes = _guides(built_site)
    heaviest = max(sizes, key=lambda code: sizes[code])
    watched = open_page()
    responses = []
    watched.page.on("response", lambda response: responses.append(response))
    paths = _visited(watched, f"{address}items/{heaviest}/")
    loaded = {urlsplit(response.url).path: _compressed(response.body()) for response in responses}
    assert set(loaded) == set(paths)
    assert any(path.endswith(".css") for path in loaded)
    assert any(path.endswith(".js") for path in loaded)
    assert sum(loaded.values()) <= FIRST_VISIT_BUDGET, loaded
    assert watched.problems == []


def test_search_is_loaded_by_an_item_page_only_once_it_is_used(address: str, open_page) -> None:
    watched = open_page()
    paths = _visited(watched, f"{address}items/510131003000/")
    searching = ("/pagefind/", "/assets/vendor/", "/assets/names", "/assets/js/names.js", "/assets/js/search.js")
    assert [path for path in paths if path.startswith(searching)] == []
    field = watched.page.locator("#header-q")
    with watched.page.expect_response("**/assets/names.json*"):
        field.fill("健康合格证明")
    assert not any("/pagefind/" in url for url in watched.requests)
    field.press("Enter")
    watched.page.locator("[data-text-results] li").first.wait_for()
    assert any("/pagefind/" in url for url in watched.requests)
