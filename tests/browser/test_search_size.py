"""A first suggestion among 2,000 items loads little, even from a server that compresses nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from gongkai.loading import load
from gongkai.publishing.search.names_index import names_index, names_text
from gongkai.publishing.site import Site
from support import AS_OF, ROOT
from synthetic import synthetic_items

BUDGET = 60 * 1024


def test_a_first_suggestion_among_2000_items(built_site: Path, tmp_path: Path, serve, open_page) -> None:
    catalogue, _ = load(ROOT)
    items = synthetic_items(list(catalogue.items.values()), 2000)
    catalogue.items = {item.code: item for item in items}
    folder = tmp_path / "site"
    (folder / "assets").mkdir(parents=True)
    for part in ("css", "js", "vendor", "stylesheets", "icon.svg"):
        source = built_site / "assets" / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / "assets" / part)
    shutil.copy(built_site / "index.html", folder / "index.html")
    known = Site(catalogue, catalogue.district, AS_OF, "https://x.example/")
    address, content = names_index(names_text(known, item) for item in sorted(items, key=lambda item: item.code))
    (folder / address).write_bytes(content)
    watched = open_page()
    sizes: dict[str, int] = {}
    watched.page.goto(serve(folder), wait_until="networkidle")
    watched.page.on("response", lambda response: sizes.__setitem__(response.url, len(response.body())))
    wanted = items[1234]
    watched.page.locator("#home-q").fill(wanted.name)
    option = watched.page.locator(".search-box [role=option]").first
    option.wait_for()
    assert option.inner_text().startswith(wanted.name)
    names = {url.rsplit("/", 1)[1] for url in sizes}
    assert names == {"names.js", "minisearch.js", "names.json.gz"}
    assert sum(sizes.values()) <= BUDGET, sizes
