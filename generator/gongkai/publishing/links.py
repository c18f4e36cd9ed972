"""A gate before publication: every internal link leads to a page, every fragment to an element."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gongkai.publishing.errors import UnpublishableError
from gongkai.workers import process_pool

_CHUNK = 100
_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(r"\s(href|src|action|id)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_SIMPLE_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_UNREAD = re.compile(r"<!--.*?-->|<script\b[^>]*>.*?</script\s*>|<style\b[^>]*>.*?</style\s*>", re.DOTALL)


class BrokenLinksError(UnpublishableError):
    """Pages link to what does not exist; ``broken`` lists (page, link)."""

    def __init__(self, broken: list[tuple[str, str]]) -> None:
        self.broken = broken
        lines = [f"  {page} → {link}" for page, link in broken[:20]]
        more = f"\n  ……共 {len(broken)} 处" if len(broken) > 20 else ""
        super().__init__("有链接指向不存在的页面：\n" + "\n".join(lines) + more)


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A link to an element of another page."""

    page: str
    link: str
    target: str
    identity: str


def verify(site: Path, jobs: int = 1) -> None:
    """Raise BrokenLinksError when any internal link of the site leads nowhere."""
    files = frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    pages = sorted(page for page in files if page.endswith(".html") and not page.startswith("pagefind/"))
    chunks = [pages[start : start + _CHUNK] for start in range(0, len(pages), _CHUNK)]
    broken: list[tuple[str, str]] = []
    fragments: list[_Fragment] = []
    for found in _inspected(site, files, chunks, jobs):
        broken += found[0]
        fragments += found[1]
    broken += _leading_nowhere(site, fragments)
    if broken:
        raise BrokenLinksError(sorted(broken))


_Found = tuple[list[tuple[str, str]], list[_Fragment]]
_task: list[tuple[Path, frozenset[str]]] = []
"""What a process works on; it comes with the process, not with every portion."""


def _inspected(site: Path, files: frozenset[str], chunks: list[list[str]], jobs: int) -> Iterator[_Found]:
    if jobs <= 1 or len(chunks) <= jobs:
        _start(site, files)
        yield from map(_inspect, chunks)
        return
    with process_pool(jobs, _start, site, files) as pool:
        yield from pool.map(_inspect, chunks)


def _start(site: Path, files: frozenset[str]) -> None:
    _task[:] = [(site, files)]


def _inspect(pages: list[str]) -> _Found:
    """Return the links of some pages that lead to no file, and those to elements of other pages."""
    ((site, files),) = _task
    broken: list[tuple[str, str]] = []
    fragments: list[_Fragment] = []
    for page in pages:
        links, ids = _links_and_ids((site / page).read_text(encoding="utf-8"))
        if page == "404.html":
            # It is shown at any address, so its links are absolute.
            continue
        for link in links:
            target, fragment = _target(page, link, files)
            if target is None:
                continue
            if target not in files or (target == page and fragment and fragment not in ids):
                broken.append((page, link))
            elif fragment and target != page and target.endswith(".html"):
                fragments.append(_Fragment(page, link, target, fragment))
    return broken, fragments


def _links_and_ids(html: str) -> tuple[list[str], set[str]]:
    """Return the addresses and the ids in a page, as a browser understands them."""
    links: dict[str, None] = {}
    ids: set[str] = set()
    for tag in dict.fromkeys(_tags(html)):
        for name, value in _attributes(tag):
            if name == "id":
                ids.add(value)
            else:
                links[value] = None
    return list(links), ids


def _tags(html: str) -> list[str]:
    """Return the opening tags of a page, without those inside comments, scripts and styles."""
    if "<!--" in html or "<style" in html or html.count("<script") != html.count("></script>"):
        html = _UNREAD.sub(_opening, html)
    tags = _SIMPLE_TAG.findall(html)
    # A value that holds a bracket would cut its tag short.
    return tags if all(tag.count('"') % 2 == 0 for tag in tags) else _TAG.findall(html)


def _opening(match: re.Match[str]) -> str:
    """Keep the tag that opens a script or a style, without what is inside."""
    found = _TAG.match(match.group())
    return found.group() if found else ""


@lru_cache(maxsize=20_000)
def _attributes(tag: str) -> tuple[tuple[str, str], ...]:
    """Return the ids and the addresses in a tag; most tags of a site stand on every page."""
    found = ((name, unescape("".join(values))) for name, *values in _ATTRIBUTE.findall(tag))
    return tuple((name, value) for name, value in found if value)


def _target(page: str, link: str, files: frozenset[str]) -> tuple[str | None, str]:
    """Return the file and the element that a link leads to; None for one that leads out of the site."""
    up = "../" * page.count("/")
    if link.startswith(up):
        # From any page, the way over the site's root to a place is the same.
        return _from_root(link.removeprefix(up), files)
    return _resolved(page, link, files)


@lru_cache(maxsize=100_000)
def _from_root(link: str, files: frozenset[str]) -> tuple[str | None, str]:
    return _resolved("", link or "./", files)


def _resolved(page: str, link: str, files: frozenset[str]) -> tuple[str | None, str]:
    try:
        parts = urlsplit(link)
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc:
        return None, ""
    fragment = unquote(parts.fragment)
    if not parts.path:
        return page or "index.html", fragment
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if target == "." or parts.path.endswith(("/", "/.", "..")) or f"{target}/index.html" in files:
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target, fragment


def _leading_nowhere(site: Path, fragments: Iterable[_Fragment]) -> Iterator[tuple[str, str]]:
    """Yield the links to elements that their pages do not have."""
    by_target: defaultdict[str, list[_Fragment]] = defaultdict(list)
    for fragment in fragments:
        by_target[fragment.target].append(fragment)
    for target, links in by_target.items():
        ids = _links_and_ids((site / target).read_text(encoding="utf-8"))[1]
        yield from ((one.page, one.link) for one in links if one.identity not in ids)
