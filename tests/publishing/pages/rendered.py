"""Pages of a small site, rendered without the shell and parsed."""

from __future__ import annotations

import datetime
from pathlib import Path

from lxml import html

from gongkai.publishing.pages.registry import make_page, page_keys
from gongkai.publishing.skin.shell import Shell
from gongkai.publishing.templates.render import Renderer, environment
from publishing.feeds.sites import site_of
from support import AS_OF, ROOT

SHELL = Shell.cut("<title>@@slot:title@@</title><main>@@slot:content@@</main>")


def pages(root: Path, *kinds: str, as_of: datetime.date = AS_OF) -> dict[str, html.HtmlElement]:
    """Return the pages of some kinds by address."""
    site = site_of(root, as_of)
    renderer = Renderer(site, SHELL, environment(ROOT))
    made = [make_page(site, key) for key in page_keys(site) if key[0] in kinds]
    return {page.address: html.fromstring(renderer.html(page)) for page in made}


def text(element: html.HtmlElement) -> str:
    """Return the text of an element on one line."""
    return " ".join(element.text_content().split())


def rows(element: html.HtmlElement, name: str) -> dict[str, str]:
    """Return the terms and values of the lists of facts with a class."""
    return {text(row[0]): text(row[1]) for facts in element.find_class(name) for row in facts}


def links(element: html.HtmlElement) -> dict[str, str]:
    """Return the addresses of links by their text."""
    return {text(a): a.get("href") for a in element.iter("a")}


def table(element: html.HtmlElement, heading: str) -> list[list[str]]:
    """Return the rows of the first table below a heading, by the heading's id."""
    (found,) = element.xpath(f"(//*[@id='{heading}']/following::table)[1]/tbody")
    return [[text(cell) for cell in row] for row in found]
