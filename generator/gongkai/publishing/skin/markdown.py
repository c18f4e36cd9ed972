"""The Python-Markdown extension of hand-written pages: item references and cleaning.

``[[510123001000]]`` becomes a link to the item under its current name, ``[[department:weijian]]`` and
``[[town:tingzi]]`` the same for organisations, and ``[[…|words]]`` shows other words. What the clerk
writes as raw HTML passes through nh3, so that no page can carry a script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import nh3
from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor

from gongkai.reading.markdown_text import REFERENCE

BASE_MARK = "@@slot:base@@"
"""Stands for the way from a page to the site's root, until the publisher knows the page's depth."""

Target = tuple[str, str]
"""Address below the site's root, and the name shown."""

_ALLOWED_TAGS = nh3.ALLOWED_TAGS | {
    "article", "aside", "details", "div", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "img", "section", "span", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
_ALLOWED_ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "details": {"open"},
    "th": {"scope", "colspan", "rowspan", "align"},
    "td": {"colspan", "rowspan", "align"},
    "ol": {"start"},
}


def clean(html: str) -> str:
    """Return HTML with everything removed that could run, load from elsewhere, or carry a style."""
    return nh3.clean(
        html,
        tags=_ALLOWED_TAGS,
        attributes=_ALLOWED_ATTRIBUTES,
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel=None,
    )


class _Reference(InlineProcessor):
    def __init__(self, targets: Mapping[str, Target], markdown: Markdown) -> None:
        super().__init__(REFERENCE.pattern, markdown)
        self._targets = targets

    def handleMatch(  # type: ignore[override]  # noqa: N802 - named by Python-Markdown
        self, match: re.Match[str], _data: str
    ) -> tuple[ElementTree.Element | None, int | None, int | None]:
        address, name = self._targets.get(match["target"], (None, None))
        if address is None:
            return None, None, None
        link = ElementTree.Element("a", {"class": "reference", "href": f"{BASE_MARK}/{address}"})
        link.text = match["text"] or name
        return link, match.start(0), match.end(0)


class _Clean(Postprocessor):
    def run(self, text: str) -> str:
        """Return the page's HTML, cleaned."""
        return clean(text)


class GongkaiExtension(Extension):
    """Resolves references and cleans the result.

    ``targets`` maps what stands between the brackets to an address and a name; the publisher fills it.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"targets": [{}, "addresses and names by reference"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - named by Python-Markdown
        """Register the two processors."""
        md.inlinePatterns.register(_Reference(self.getConfig("targets"), md), "gongkai-reference", 175)
        md.postprocessors.register(_Clean(md), "gongkai-clean", -100)


def makeExtension(**kwargs: Any) -> GongkaiExtension:  # noqa: N802 - named by Python-Markdown
    """Return the extension; Python-Markdown calls this."""
    return GongkaiExtension(**kwargs)
