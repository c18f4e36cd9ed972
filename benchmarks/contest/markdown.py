"""The same words as Markdown, one page an item, for generators that read Markdown only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html

_ARTICLE = re.compile(r"<article [^>]*>(.*)</article>", re.DOTALL)
_BLANK = re.compile(r"\s+")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")
_ELSEWHERE = ("https:", "http:", "tel:", "mailto:")
_PARAGRAPHS = ("p", "dt", "dd")
_HEADINGS = {"h1": "#", "h2": "##", "h3": "###"}
_CONFIG = """\
site_name: 达川区政务服务事项公开
site_url: https://gongkai.example/
docs_dir: docs
site_dir: site
theme:
  name: material
  language: zh
  font: false
plugins: []
nav:
  - index.md
not_in_nav: /items/
validation:
  links:
    not_found: ignore
    unrecognized_links: ignore
"""


def prepare(folder: Path, built_items: Path) -> None:
    """Write a MkDocs project into an empty folder: a page for each ``CODE/index.html`` that gongkai built."""
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    docs = folder / "docs"
    (docs / "items").mkdir(parents=True)
    (docs / "index.md").write_text("# 达川区政务服务事项公开\n", encoding="utf-8")
    for page in built_items.glob("[0-9]*/index.html"):
        text = as_markdown(page.read_text(encoding="utf-8"))
        (docs / "items" / f"{page.parent.name}.md").write_text(text, encoding="utf-8")


def as_markdown(page: str) -> str:
    """Return the article of a page as Markdown; raises ValueError when there is none."""
    match = _ARTICLE.search(page)
    if match is None:
        raise ValueError("the page has no article")
    return "\n\n".join(_blocks(html.fragment_fromstring(match.group(1), create_parent="div"))) + "\n"


def _blocks(element: Any) -> Iterator[str]:
    """Yield the blocks below an element."""
    for child in element:
        if child.tag in _HEADINGS:
            yield f"{_HEADINGS[child.tag]} {_inline(child)}"
        elif child.tag in ("ol", "ul", "dl"):
            yield from _list(child)
        elif child.tag == "table":
            yield _table(child)
        elif child.tag in ("div", "section", "nav", "details"):
            yield from _blocks(child)
        elif text := _inline(child):
            yield f"**{text}**" if child.tag == "summary" else text


def _list(element: Any) -> Iterator[str]:
    entries = list(element.iter("div")) if element.tag == "dl" else list(element)
    lines = []
    for number, entry in enumerate(entries, 1):
        mark = f"{number}." if element.tag == "ol" else "-"
        lines.append(f"{mark} " + "\n\n    ".join(_paragraphs(entry)))
    # Without a blank line, an entry of several paragraphs would swallow the next one.
    yield ("\n\n" if any("\n" in line for line in lines) else "\n").join(lines)


def _paragraphs(entry: Any) -> list[str]:
    """Return the paragraphs of a list's entry: what stands before the first one, and each of them."""
    blocks = [part for part in entry if part.tag in _PARAGRAPHS]
    for block in blocks:
        entry.remove(block)
    return [text for text in (_inline(part) for part in (entry, *blocks)) if text]


def _table(element: Any) -> str:
    rows = [[_inline(cell) for cell in row] for row in element.iter("tr")]
    head, *body = ("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def _inline(element: Any) -> str:
    """Return the text of an element with its links, but for those to pages and headings that only our site has.

    Zensical reports every broken link, which is work that the comparison is not about.
    """
    parts = [_SPECIAL.sub(r"\\\1", element.text or "")]
    for child in element:
        text = _inline(child)
        address = child.get("href", "") if child.tag == "a" else ""
        parts.append(f"[{text}]({address})" if text and address.startswith(_ELSEWHERE) else text)
        parts.append(_SPECIAL.sub(r"\\\1", child.tail or ""))
    return _BLANK.sub(" ", "".join(parts)).strip()
