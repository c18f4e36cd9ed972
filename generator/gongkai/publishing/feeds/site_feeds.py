"""What all notations of a feed say alike: ids, titles, dates, links."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import NamedTuple

from gongkai.publishing.feeds.channels import FOLDER
from gongkai.publishing.feeds.events import Event, readable, tag_uri
from gongkai.publishing.feeds.moments import CHINA
from gongkai.publishing.feeds.window import DAYS, NEWEST, FeedDocument
from gongkai.publishing.site import Site

_DEMONSTRATION = "演示数据，非官方发布"


class Head(NamedTuple):
    """What a document says besides its entries.

    ``page`` is the address of the page that the feed belongs to. ``links`` are the addresses of the document itself
    and of its neighbours, by relation (RFC 5005 section 4), without the ending that tells the format.
    """

    identity: str
    title: str
    description: str
    author: str
    page: str
    updated: datetime.datetime
    is_archive: bool
    links: Mapping[str, str]


class Entry(NamedTuple):
    """What a document says about an event; ``html`` is its text for formats that know no other."""

    identity: str
    title: str
    page: str
    kind: str
    text: str
    html: str
    published: datetime.datetime
    updated: datetime.datetime


@dataclass(frozen=True)
class SiteFeeds:
    """The site's feeds: who publishes them, and under which authority their ids are made."""

    site: Site

    def head(self, document: FeedDocument) -> Head:
        """Return what a document says besides its entries."""
        return Head(
            identity=self.feed_id(document),
            title=self.title(document),
            description=self.description(document),
            author=self.author,
            page=self.site.absolute(document.channel.page),
            updated=self.updated(document),
            is_archive=document.is_archive,
            links=self.links(document),
        )

    def entry(self, event: Event) -> Entry:
        """Return what documents say about an event."""
        text = "\n".join(event.lines)
        return Entry(
            identity=tag_uri(self._authority, event.identity),
            title=event.title,
            page=self.site.absolute(event.address),
            kind=event.kind,
            text=text,
            html="<p>" + escape(text, quote=False).replace("\n", "</p><p>") + "</p>",
            published=event.published,
            updated=event.updated,
        )

    @cached_property
    def author(self) -> str:
        """Who publishes."""
        return readable(self.site.district.government)

    @cached_property
    def _authority(self) -> str:
        return self.site.district.tag_authority

    @cached_property
    def _began(self) -> datetime.datetime:
        """When the authority for ids began."""
        return datetime.datetime(int(self._authority.rpartition(",")[2][:4]), 1, 1, tzinfo=CHINA)

    def feed_id(self, document: FeedDocument) -> str:
        """Return the id of a feed; its archives have the same, as RFC 5005 wants."""
        return tag_uri(self._authority, f"feed/{document.channel.name}")

    def title(self, document: FeedDocument) -> str:
        """Return the title of a document; an archive's names its month."""
        title = f"{document.channel.title} - {self.site.district.site.name}"
        if document.is_archive:
            title += f"（{_month(document)}存档）"
        return readable(f"{title}（{_DEMONSTRATION}）" if self.site.district.demonstration else title)

    def description(self, document: FeedDocument) -> str:
        """Return what a feed carries, how far back, and where the rest is."""
        demonstration = f"{_DEMONSTRATION}。" if self.site.district.demonstration else ""
        return readable(f"{demonstration}{document.channel.carries}{_extent(document)}")

    def updated(self, document: FeedDocument) -> datetime.datetime:
        """Return when a document last changed; one without events: when the authority for ids began."""
        return document.events[0].updated if document.events else self._began

    def links(self, document: FeedDocument) -> dict[str, str]:
        """Return the address of a document and of its neighbours, by relation, without the ending."""
        folder = self.site.absolute(FOLDER)
        links = {"self": folder + document.name}
        if document.earlier is not None:
            links["prev-archive"] = folder + document.earlier
        if document.later is not None:
            links["next-archive"] = folder + document.later
        if document.is_archive:
            links["current"] = folder + document.channel.name
        return links


def _month(document: FeedDocument) -> str:
    """Return the month of an archive, as 2026年3月."""
    year, month = document.name.rsplit("-", 2)[1:]
    return f"{year}年{int(month)}月"


def _extent(document: FeedDocument) -> str:
    """Return which part of a feed a document is."""
    if document.is_archive:
        return f"这里是{_month(document)}的存档，已经列入最新内容的除外。"
    now = f"这里是最新的 {NEWEST} 条或者最近 {DAYS} 天的全部内容，取多的一种；"
    if document.channel.archived:
        return now + "更早的按月存档。"
    return now + "更早的见“全部办件”“目录动态调整”“曝光和整改”的按月存档。"
