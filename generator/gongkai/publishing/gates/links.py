"""A gate before publication: every internal link leads to a page, every fragment to an element."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.tree import files_below

_TAG = re.compile(r"<[a-zA-Z][^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*>")
_ATTRIBUTE = re.compile(r"[ \t\n\f\r](href|src|action|id)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_QUOTED = re.compile(r" (href|src|action|id)\s*=\s*(?:\"([^\"]*)\"|(.))", re.DOTALL)
"""Begins with a space and no other blank: what begins with a certain character is found in a quarter of the time."""
_BEHIND_OTHER_BLANKS = re.compile(r"\n(?:href|src|action|id)\b")
_PLAIN_PATH = re.compile(r"(?:[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)*/)*(?:[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)*)?\Z")
_UNREAD = re.compile(r"<!--.*?-->|<script\b[^>]*>.*?</script\s*>|<style\b[^>]*>.*?</style\s*>", re.DOTALL)

NOWHERE = ""
"""The target of a link that cannot be understood: no file has this name."""


class BrokenLinksError(UnpublishableError):
    """Pages link to what does not exist; ``broken`` lists (page, link)."""

    def __init__(self, broken: list[tuple[str, str]]) -> None:
        self.broken = broken
        lines = [f"  {page} → {link}" for page, link in broken[:20]]
        more = f"\n  ……共 {len(broken)} 处" if len(broken) > 20 else ""
        super().__init__("有链接指向不存在的页面：\n" + "\n".join(lines) + more)


@dataclass(frozen=True, slots=True)
class Links:
    """Where a page links to.

    ``targets`` are files below the site's root, or folders that have an index page; ``anchors`` are elements of pages,
    as (page, id); each comes with the link as it is written.
    """

    targets: Mapping[str, str]
    anchors: Mapping[tuple[str, str], str]
    ids: frozenset[str]


def links_of(page: str, html: str, *, self_contained: bool | None = None) -> Links:
    """Return the links of a page, given its address below the root, or of a piece of it.

    ``self_contained`` tells what ``is_self_contained`` tells of the piece, where that is known.
    """
    found, ids = _links_and_ids(html, is_self_contained(html) if self_contained is None else self_contained)
    targets: dict[str, str] = {}
    anchors: dict[tuple[str, str], str] = {}
    up = "../" * page.count("/")
    target: str | None
    # What is shown at any address has absolute links.
    for link in () if page == "404.html" else found:
        if link.startswith("#") and "%" not in link and link.isprintable():
            # Nothing in it to be decoded, and no line break or tab, which browsers leave out.
            target, fragment = page, link[1:]
        elif up and link.startswith(up):
            # From any page, the way over the site's root to a place is the same.
            target, fragment = _over_root(up, link)
        elif _is_elsewhere(link):
            continue
        else:
            target, fragment = _from(page, link)
        if target is None:
            continue
        targets.setdefault(target, link)
        if fragment and (target == page or target.endswith((".html", "/")) or "." not in posixpath.basename(target)):
            anchors.setdefault((target, fragment), link)
    return Links(targets, anchors, frozenset(ids))


def leads_somewhere(target: str, files: Collection[str]) -> bool:
    """Tell whether a target is among the files, as it is or as a folder with an index page."""
    return target in files or (bool(target) and f"{target}/index.html" in files)


def verify(site: Path, pages: Iterable[str] | None = None) -> None:
    """Raise BrokenLinksError when an internal link of some pages, or of any page of the site, leads nowhere."""
    files = frozenset(files_below(site))
    if pages is None:
        pages = sorted(page for page in files if page.endswith(".html") and not page.startswith("pagefind/"))
    broken = broken_links(
        partial(read_page, site), ((page, links_of(page, read_page(site, page))) for page in pages), files
    )
    if broken:
        raise BrokenLinksError(sorted(broken))


def broken_links(
    read: Callable[[str], str], pages: Iterable[tuple[str, Links]], files: Collection[str]
) -> set[tuple[str, str]]:
    """Return the links of some pages that lead nowhere, as (page, link); ``read`` returns the text of a page."""
    broken: set[tuple[str, str]] = set()
    wanted: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for page, links in pages:
        broken |= {(page, link) for target, link in links.targets.items() if not leads_somewhere(target, files)}
        for anchor, link in links.anchors.items():
            wanted.setdefault(anchor, []).append((page, link))
    for anchor in missing_anchors(read, wanted, files):
        broken |= {*wanted[anchor]}
    return broken


def missing_anchors(
    read: Callable[[str], str], anchors: Iterable[tuple[str, str]], files: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield those of the elements, as (page, id), that the pages of a site do not have."""
    by_page: dict[str, list[str]] = {}
    for target, identity in anchors:
        by_page.setdefault(target, []).append(identity)
    for target, identities in by_page.items():
        page = target if target in files else f"{target}/index.html"
        if page not in files or not page.endswith(".html"):
            continue
        ids = links_of(page, read(page)).ids
        yield from ((target, identity) for identity in identities if identity not in ids)


def read_page(site: Path, page: str) -> str:
    """Return the text of a page."""
    return (site / page).read_text(encoding="utf-8")


def _links_and_ids(html: str, self_contained: bool) -> tuple[list[str], set[str]]:
    """Return the addresses and the ids in a page, as a browser understands them."""
    found = _found_plainly(html) if self_contained else None
    if found is None:
        found = [pair for tag in dict.fromkeys(_tags(html)) for pair in _attributes(tag)]
    links = dict.fromkeys(value for name, value in found if name != "id")
    return list(links), {value for name, value in found if name == "id"}


def _found_plainly(html: str) -> list[tuple[str, str]] | None:
    """Return the attributes of plain HTML without looking at its tags one by one.

    None where some attribute has no double quotes around its value, or may stand behind another of HTML's blanks than a
    space. Text that looks like an attribute counts as one: in text that is escaped there are no double quotes.
    """
    if "\t" in html or "\r" in html or "\f" in html or _BEHIND_OTHER_BLANKS.search(html):
        return None
    found = _QUOTED.findall(html)
    if any(otherwise for _, _, otherwise in found):
        return None
    return [(name, unescape(value) if "&" in value else value) for name, value, _ in dict.fromkeys(found) if value]


def is_self_contained(html: str) -> bool:
    """Tell whether a piece of a page surely means the same to a browser inside any page."""
    return "<!--" not in html and "<script" not in html and "<style" not in html and html.count("<") == html.count(">")


def _tags(html: str) -> list[str]:
    """Return the opening tags of a page, without those inside comments, scripts and styles."""
    if "<!--" in html or "<style" in html or html.count("<script") != html.count("></script>"):
        html = _UNREAD.sub(_opening, html)
    return _TAG.findall(html)


def _opening(match: re.Match[str]) -> str:
    """Keep the tag that opens a script or a style, without what is inside."""
    found = _TAG.match(match.group())
    return found.group() if found else ""


@lru_cache(maxsize=20_000)
def _attributes(tag: str) -> tuple[tuple[str, str], ...]:
    """Return the ids and the addresses in a tag; most tags of a site stand on every page."""
    found = ((name, unescape("".join(values))) for name, *values in _ATTRIBUTE.findall(tag))
    return tuple((name, value) for name, value in found if value)


@lru_cache(maxsize=20_000)
def _over_root(up: str, link: str) -> tuple[str | None, str]:
    """Return where a link leads that begins with the way ``up`` to the site's root."""
    rest = link.removeprefix(up) or "./"
    path, _, fragment = rest.partition("#")
    # Most links are so plain that nothing in them need be taken apart.
    if path and _PLAIN_PATH.match(path) and "%" not in fragment:
        return f"{path}index.html" if path.endswith("/") else path, fragment
    return _from("", rest)


@lru_cache(maxsize=20_000)
def _is_elsewhere(link: str) -> bool:
    """Tell whether a link leads out of the site, from whichever page."""
    return _from("", link)[0] is None


def _from(page: str, link: str) -> tuple[str | None, str]:
    try:
        parts = urlsplit(link)
    except ValueError:
        return NOWHERE, ""
    if parts.scheme or parts.netloc:
        return None, ""
    fragment = unquote(parts.fragment)
    if not parts.path:
        return page or "index.html", fragment
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if target == "." or parts.path.endswith(("/", "/.", "..")):
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target, fragment
