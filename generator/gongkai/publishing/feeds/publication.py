"""What all notations of a feed say alike: ids, titles, dates, links."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from gongkai.publishing.feeds.channels import feed_address
from gongkai.publishing.feeds.events import Event, readable, tag_uri
from gongkai.publishing.feeds.moments import CHINA
from gongkai.publishing.feeds.window import DAYS, NEWEST, Document
from gongkai.publishing.site import Site

_DEMONSTRATION = "演示数据，非官方发布"


@dataclass(frozen=True)
class Publication:
    """The site's feeds: who publishes them, and under which authority their ids are made."""

    site: Site

    @property
    def author(self) -> str:
        """Who publishes."""
        return readable(self.site.district.government)

    def feed_id(self, document: Document) -> str:
        """Return the id of a feed; its archives have the same, as RFC 5005 wants."""
        return tag_uri(self.site.district.tag_authority, f"feed/{document.channel.name}")

    def event_id(self, event: Event) -> str:
        """Return the id of an event, the same in every feed and notation."""
        return tag_uri(self.site.district.tag_authority, event.identity)

    def title(self, document: Document) -> str:
        """Return the title of a document; an archive's names its month."""
        title = f"{document.channel.title} - {self.site.district.site.name}"
        if document.is_archive:
            title += f"（{_month(document)}存档）"
        return readable(f"{title}（{_DEMONSTRATION}）" if self.site.district.demonstration else title)

    def description(self, document: Document) -> str:
        """Return what a feed carries, how far back, and where the rest is."""
        demonstration = f"{_DEMONSTRATION}。" if self.site.district.demonstration else ""
        return readable(f"{demonstration}{document.channel.carries}{_extent(document)}")

    def updated(self, document: Document) -> datetime.datetime:
        """Return when a document last changed; one without events: when the authority for ids began."""
        if document.events:
            return document.events[0].updated
        year = self.site.district.tag_authority.rpartition(",")[2][:4]
        return datetime.datetime(int(year), 1, 1, tzinfo=CHINA)

    def links(self, document: Document, ending: str) -> dict[str, str]:
        """Return the address of a document and of its neighbours, by relation (RFC 5005 section 4)."""
        names = {"self": document.name, "prev-archive": document.earlier, "next-archive": document.later}
        if document.is_archive:
            names["current"] = document.channel.name
        return {
            relation: self.site.absolute(feed_address(name, ending))
            for relation, name in names.items()
            if name is not None
        }


def _month(document: Document) -> str:
    """Return the month of an archive, as 2026年3月."""
    year, month = document.name.rsplit("-", 2)[1:]
    return f"{year}年{int(month)}月"


def _extent(document: Document) -> str:
    """Return which part of a feed a document is."""
    if document.is_archive:
        return f"这里是{_month(document)}的存档，已经列入最新内容的除外。"
    now = f"这里是最新的 {NEWEST} 条或者最近 {DAYS} 天的全部内容，取多的一种；"
    if document.channel.archived:
        return now + "更早的按月存档。"
    return now + "更早的见“全部办件”“目录动态调整”“曝光和整改”的按月存档。"
