"""The files of all feeds."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from gongkai.publishing.feeds.channels import OPML, Channel, channels
from gongkai.publishing.feeds.events import Draft, moved
from gongkai.publishing.feeds.moments import Slot
from gongkai.publishing.feeds.opml import opml
from gongkai.publishing.feeds.publication import Publication
from gongkai.publishing.feeds.sources import drafts_of, sources
from gongkai.publishing.feeds.window import Document, documents, entries
from gongkai.publishing.feeds.writer import File, Writer
from gongkai.publishing.site import Site


def site_documents(site: Site) -> list[Document]:
    """Return every document of every feed, in a fixed order."""
    drafts = [draft for source in sources(site) for draft in drafts_of(site, source)]
    elsewhere = moved(drafts)
    by_feed: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        for name in draft.feeds:
            by_feed[name].append(draft)
    return [
        document
        for channel in channels(site.catalogue)
        for document in channel_documents(channel, by_feed.get(channel.name, ()), elsewhere, site.as_of)
    ]


def channel_documents(
    channel: Channel, drafts: Iterable[Draft], elsewhere: Mapping[str, Slot], as_of: datetime.date
) -> list[Document]:
    """Return the documents of a feed: ``drafts`` are those that name it, ``elsewhere`` is what ``moved`` returns."""
    return documents(channel, entries(channel, drafts, elsewhere, as_of), as_of)


def files(site: Site) -> Iterator[File]:
    """Yield every file of every feed."""
    writer = Writer(Publication(site))
    for document in site_documents(site):
        yield from writer.files(document)
    yield OPML, opml(site)
