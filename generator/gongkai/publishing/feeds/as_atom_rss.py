"""Documents of feeds as Atom (RFC 4287) and RSS 2.0, by feedgen.

What feedgen 1.0 gets wrong unless told is told here: the order of entries, the time of change (it would read
the clock), one alternate link, and the link of an RSS channel, for which it takes the last one given.
"""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any

from feedgen.feed import FeedGenerator

from gongkai.publishing.feeds.channels import FORMATS
from gongkai.publishing.feeds.events import Event
from gongkai.publishing.feeds.history_links import HistoryLinks
from gongkai.publishing.feeds.publication import Publication
from gongkai.publishing.feeds.window import Document

_RSS, _ATOM, _ = FORMATS


def rss_and_atom(publication: Publication, document: Document) -> tuple[bytes, bytes]:
    """Return a document as RSS 2.0 and as Atom; the entries are made once for both."""
    feed = _feed(publication, document)
    page = publication.site.absolute(document.channel.page)
    links = publication.links(document, _RSS.ending)
    feed.link(href=links.pop("self"), rel="self", type=_RSS.media_type, replace=True)
    feed.link(href=page, rel="alternate")
    neighbours = partial(HistoryLinks, document.is_archive, _RSS.media_type, links)
    feed.register_extension("rss_history", neighbours, atom=False)
    rss = bytes(feed.rss_str())
    feed.link(href=page, rel="alternate", type="text/html", replace=True)
    for relation, address in publication.links(document, _ATOM.ending).items():
        feed.link(href=address, rel=relation, type=_ATOM.media_type)
    mark = partial(HistoryLinks, document.is_archive, _ATOM.media_type)
    feed.register_extension("atom_history", mark, rss=False)
    return rss, bytes(feed.atom_str())


def _feed(publication: Publication, document: Document) -> Any:
    feed = FeedGenerator()
    feed.id(publication.feed_id(document))
    feed.title(publication.title(document))
    feed.description(publication.description(document))
    feed.author(name=publication.author)
    feed.language("zh-CN")
    feed.generator("gongkai")
    feed.updated(publication.updated(document))
    for event in document.events:
        _add(feed, publication, event)
    return feed


def _add(feed: Any, publication: Publication, event: Event) -> None:
    entry = feed.add_entry(order="append")
    entry.id(publication.event_id(event))
    entry.title(event.title)
    entry.link(href=publication.site.absolute(event.address), rel="alternate", type="text/html")
    entry.published(event.published)
    entry.updated(event.updated)
    entry.category(term=event.kind)
    entry.content(paragraphs(event), type="html")


def paragraphs(event: Event) -> str:
    """Return an event's text as HTML: RSS has no other kind of content."""
    return "<p>" + "</p><p>".join(escape("\n".join(event.lines), quote=False).split("\n")) + "</p>"
