"""Documents in every format; an entry is written once for all documents that carry it."""

from __future__ import annotations

from gongkai.publishing.feeds import as_json_feed, moulds
from gongkai.publishing.feeds.channels import FORMATS, feed_address
from gongkai.publishing.feeds.events import Event
from gongkai.publishing.feeds.site_feeds import SiteFeeds
from gongkai.publishing.feeds.window import FeedDocument

File = tuple[str, bytes]
"""An address below the site's root, and what stands there."""


class Writer:
    """Writes documents of a site's feeds; keeps the entries that it has written."""

    def __init__(self, feeds: SiteFeeds) -> None:
        self._feeds = feeds
        self._written: dict[Event, tuple[str, str, str]] = {}

    def files(self, document: FeedDocument) -> list[File]:
        """Return a document in every format."""
        head = self._feeds.head(document)
        entries = [self._entry(event) for event in document.events]
        rss, atom = moulds.rss_and_atom(head, [entry[0] for entry in entries], [entry[1] for entry in entries])
        contents = rss, atom, as_json_feed.json_feed(head, [entry[2] for entry in entries])
        return [
            (feed_address(document.name, kind.ending), content) for kind, content in zip(FORMATS, contents, strict=True)
        ]

    def _entry(self, event: Event) -> tuple[str, str, str]:
        """Return an event in RSS, in Atom and as JSON."""
        written = self._written.get(event)
        if written is None:
            entry = self._feeds.entry(event)
            written = self._written[event] = *moulds.rss_and_atom_entry(entry), as_json_feed.item(entry)
        return written
