"""A gate before publication: every internal link leads to a page, every fragment to an element."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gongkai.publishing.errors import UnpublishableError


class BrokenLinksError(UnpublishableError):
    """Pages link to what does not exist; ``broken`` lists (page, link)."""

    def __init__(self, broken: list[tuple[str, str]]) -> None:
        self.broken = broken
        lines = [f"  {page} → {link}" for page, link in broken[:20]]
        more = f"\n  ……共 {len(broken)} 处" if len(broken) > 20 else ""
        super().__init__("有链接指向不存在的页面：\n" + "\n".join(lines) + more)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect addresses and ids."""
        for name, value in attrs:
            if name in ("href", "src", "action") and value:
                self.links.append(value)
            elif name == "id" and value:
                self.ids.add(value)


def verify(site: Path) -> None:
    """Raise BrokenLinksError when any internal link of the site leads nowhere."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    parsed: dict[str, _Links] = {}
    for page in sorted(files):
        if page.endswith(".html") and not page.startswith("pagefind/"):
            parser = _Links()
            parser.feed((site / page).read_text(encoding="utf-8"))
            parsed[page] = parser
    broken = [
        (page, link)
        for page, parser in parsed.items()
        for link in parser.links
        if not _leads_somewhere(page, link, files, parsed)
    ]
    if broken:
        raise BrokenLinksError(broken)


def _leads_somewhere(page: str, link: str, files: set[str], parsed: dict[str, _Links]) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if parts.scheme or parts.netloc or page == "404.html":
        return True
    target = page
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if target == "." or parts.path.endswith(("/", "/.", "..")) or target + "/index.html" in files:
            target = posixpath.normpath(posixpath.join(target, "index.html"))
    if target not in files:
        return False
    return not parts.fragment or target not in parsed or unquote(parts.fragment) in parsed[target].ids
