"""What does not exist yet on a site's day although the files say it: no page, and no link to one.

MkDocs is told by its own configuration which hand-written pages to leave out; links to what is not there are
taken out of the pages that it made.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from pathspec.gitignore import GitIgnoreSpec

from gongkai.publishing.pages.registry import make_page, page_keys
from gongkai.publishing.site import Site
from gongkai.publishing.withholding import public_part

_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_ENTRY = re.compile(r"[ \t]*<(tr|li)\b[^>]*>(?:(?!<(?:tr|li)\b).)*?</\1>\n?", re.DOTALL)
"""The innermost row of a table or entry of a list."""
_SPECIAL = re.compile(r"([\\*?\[\]!# ])")
"""What means something in a gitignore pattern."""


@dataclass(frozen=True, slots=True)
class NotYet:
    """``pages`` are source paths below content/ of hand-written pages; ``addresses`` lead to no page of that day."""

    pages: tuple[str, ...] = ()
    addresses: frozenset[str] = frozenset()

    def leave_out_of(self, config: MkDocsConfig) -> None:
        """Tell MkDocs to leave the hand-written pages out, of the site and of its navigation."""
        if not self.pages:
            return
        patterns = ["/" + _SPECIAL.sub(r"\\\1", page) for page in self.pages]
        left_out = GitIgnoreSpec.from_lines(patterns)
        config.exclude_docs = config.exclude_docs + left_out if config.exclude_docs else left_out
        config.nav = _without(config.nav, self.pages)

    def unlink(self, output: Path) -> None:
        """Take the links to what is not there out of the hand-written pages in a folder.

        The entry of a list or table that leads to a page goes with it; elsewhere the words stay.
        """
        if not self.addresses:
            return
        pages = {_address_of(page) for page in self.pages}
        for path in sorted(output.rglob("*.html")):
            text = path.read_text(encoding="utf-8")
            at = path.relative_to(output).as_posix()
            kept = _ENTRY.sub(_drop(pages, at), text)
            kept = _LINK.sub(lambda link, at=at: link[2] if _leads(link[1], at) in self.addresses else link[0], kept)  # type: ignore[misc]
            if kept != text:
                path.write_text(kept, encoding="utf-8")


def not_yet(site: Site) -> NotYet:
    """Return what the files say and the site's day does not know yet."""
    if site.recorded is None:
        return NotYet()
    pages = tuple(path.removeprefix("content/") for path in site.recorded.pages if path not in site.catalogue.pages)
    later = replace(site, catalogue=public_part(site.recorded), counted=site.recorded, recorded=None)
    known = {*page_keys(site)}
    addresses = {make_page(later, key).address for key in page_keys(later) if key not in known}
    return NotYet(pages, frozenset(addresses | {_address_of(page) for page in pages}))


def _without(nav: Any, pages: Collection[str]) -> Any:
    """Return a navigation without some pages, and without the sections that have none left."""
    if isinstance(nav, list):
        return [kept for entry in nav if (kept := _without(entry, pages))]
    if isinstance(nav, dict):
        return {title: kept for title, entry in nav.items() if (kept := _without(entry, pages))}
    return None if nav in pages else nav


def _address_of(page: str) -> str:
    """Return the address of a hand-written page."""
    path = page.removesuffix(".md")
    folder, _, name = path.rpartition("/")
    return f"{folder}/" if name == "index" and folder else "" if name == "index" else f"{path}/"


def _leads(link: str, at: str) -> str | None:
    """Return the address below the site's root that a link on the page ``at`` leads to; None for one elsewhere."""
    try:
        parts = urlsplit(unescape(link))
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    target = posixpath.normpath(posixpath.join(posixpath.dirname(at), unquote(parts.path)))
    return f"{target.removesuffix('/index.html')}/"


def _drop(pages: Iterable[str], at: str) -> Callable[[re.Match[str]], str]:
    """Return what stays of an entry: nothing, where it links to one of the pages."""

    def kept(entry: re.Match[str]) -> str:
        linked = {_leads(link[1], at) for link in _LINK.finditer(entry[0])}
        return "" if linked & {*pages} else entry[0]

    return kept
