"""The files of all feeds."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from gongkai.publishing.case_places import case_address
from gongkai.publishing.feeds.adjustment_events import adjustment_drafts
from gongkai.publishing.feeds.as_atom_rss import rss_and_atom
from gongkai.publishing.feeds.as_json_feed import json_feed
from gongkai.publishing.feeds.case_events import case_drafts
from gongkai.publishing.feeds.channels import FORMATS, Channel, feed_address
from gongkai.publishing.feeds.events import Event, newest_first
from gongkai.publishing.feeds.exposure_events import exposure_drafts
from gongkai.publishing.feeds.policy_events import policy_drafts
from gongkai.publishing.feeds.publication import Publication
from gongkai.publishing.feeds.window import documents
from gongkai.publishing.site import Site

File = tuple[str, bytes]
"""An address below the site's root, and what stands there."""


def site_events(site: Site) -> list[Event]:
    """Return everything that was published up to the site's day, the newest first."""
    cases = case_drafts(site.catalogue, site.as_of, partial(case_address, site.cases))
    sources = (adjustment_drafts, exposure_drafts, policy_drafts)
    others = (source(site.catalogue, site.as_of) for source in sources)
    return newest_first(itertools.chain(cases, *others))


def by_feed(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Return the events of each feed, in their order, by its name."""
    groups: dict[str, list[Event]] = {}
    for event in events:
        for name in event.feeds:
            groups.setdefault(name, []).append(event)
    return groups


def channel_files(site: Site, channel: Channel, events: Sequence[Event]) -> Iterator[File]:
    """Yield every file of a feed: the document of now and its archives, in every format; ``events`` are newest first."""
    publication = Publication(site)
    for document in documents(channel, events, site.as_of):
        contents = (*rss_and_atom(publication, document), json_feed(publication, document))
        for kind, content in zip(FORMATS, contents, strict=True):
            yield feed_address(document.name, kind.ending), content
