"""Feed Paging and Archiving (RFC 5005) as an extension of feedgen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

HISTORY = "http://purl.org/syndication/history/1.0"
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class HistoryLinks:
    """Adds ``fh:archive`` to archives, and the links between documents.

    feedgen writes Atom's links itself but, of all links, only ``self`` into RSS.
    """

    is_archive: bool
    media_type: str
    rss_links: Mapping[str, str] = field(default_factory=dict)

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces that the feed's root declares."""
        return {"fh": HISTORY} if self.is_archive else {}

    def extend_atom(self, feed: Any) -> None:
        """Mark an Atom feed."""
        self._mark(feed)

    def extend_rss(self, rss: Any) -> None:
        """Mark an RSS channel and link it to its neighbours."""
        (channel,) = rss
        for relation, address in self.rss_links.items():
            etree.SubElement(channel, f"{{{_ATOM}}}link", href=address, rel=relation, type=self.media_type)
        self._mark(channel)

    def _mark(self, parent: Any) -> None:
        if self.is_archive:
            etree.SubElement(parent, f"{{{HISTORY}}}archive")
