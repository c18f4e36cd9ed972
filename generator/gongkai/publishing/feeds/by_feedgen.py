"""Feeds as Atom (RFC 4287) and RSS 2.0, by feedgen.

What feedgen 1.0 gets wrong unless told is told here: the order of entries, the time of change (it would read
the clock), one alternate link, and the link of an RSS channel, for which it takes the last one given.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from feedgen.feed import FeedGenerator

from gongkai.publishing.feeds.channels import FORMATS
from gongkai.publishing.feeds.history_links import HistoryLinks
from gongkai.publishing.feeds.site_feeds import Entry, Head

_RSS, _ATOM, _ = FORMATS


def rss_and_atom(head: Head, entries: Iterable[Entry]) -> tuple[bytes, bytes]:
    """Return a feed as RSS 2.0 and as Atom."""
    feed = _feed(head, entries)
    links = {relation: f"{address}.{_RSS.ending}" for relation, address in head.links.items()}
    feed.link(href=links.pop("self"), rel="self", type=_RSS.media_type, replace=True)
    feed.link(href=head.page, rel="alternate")
    neighbours = partial(HistoryLinks, head.is_archive, _RSS.media_type, links)
    feed.register_extension("rss_history", neighbours, atom=False)
    rss = bytes(feed.rss_str())
    feed.link(href=head.page, rel="alternate", type="text/html", replace=True)
    for relation, address in head.links.items():
        feed.link(href=f"{address}.{_ATOM.ending}", rel=relation, type=_ATOM.media_type)
    mark = partial(HistoryLinks, head.is_archive, _ATOM.media_type)
    feed.register_extension("atom_history", mark, rss=False)
    return rss, bytes(feed.atom_str())


def _feed(head: Head, entries: Iterable[Entry]) -> Any:
    feed = FeedGenerator()
    feed.id(head.identity)
    feed.title(head.title)
    feed.description(head.description)
    feed.author(name=head.author)
    feed.language("zh-CN")
    feed.generator("gongkai")
    feed.updated(head.updated)
    for entry in entries:
        _add(feed, entry)
    return feed


def _add(feed: Any, entry: Entry) -> None:
    added = feed.add_entry(order="append")
    added.id(entry.identity)
    added.title(entry.title)
    added.link(href=entry.page, rel="alternate", type="text/html")
    added.published(entry.published)
    added.updated(entry.updated)
    added.category(term=entry.kind)
    added.content(entry.html, type="html")
