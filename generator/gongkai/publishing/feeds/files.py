"""The files of all feeds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial

from gongkai.publishing.case_places import case_address
from gongkai.publishing.feeds.adjustment_events import adjustment_drafts
from gongkai.publishing.feeds.as_atom_rss import rss_and_atom
from gongkai.publishing.feeds.as_json_feed import json_feed
from gongkai.publishing.feeds.case_events import case_drafts
from gongkai.publishing.feeds.channels import FORMATS, OPML, channels, feed_address
from gongkai.publishing.feeds.events import Event, newest_first
from gongkai.publishing.feeds.exposure_events import exposure_drafts
from gongkai.publishing.feeds.opml import opml
from gongkai.publishing.feeds.policy_events import policy_drafts
from gongkai.publishing.feeds.publication import Publication
from gongkai.publishing.feeds.window import Document, documents
from gongkai.publishing.site import Site
from gongkai.workers import process_pool

File = tuple[str, bytes]
"""An address below the site's root, and what stands there."""

_PORTION = 2_000
"""How many entries a process makes before it takes the next: less than half a second's work."""
_DOCUMENT = 2
"""What a document costs by itself, in entries."""


def site_events(site: Site) -> list[Event]:
    """Return everything that was published up to the site's day, the newest first."""
    cases = case_drafts(site.catalogue, site.as_of, partial(case_address, site.cases))
    sources = (adjustment_drafts, exposure_drafts, policy_drafts)
    others = (source(site.catalogue, site.as_of) for source in sources)
    return newest_first(itertools.chain(cases, *others))


def site_documents(site: Site) -> list[Document]:
    """Return every document of every feed, in a fixed order."""
    by_feed: dict[str, list[Event]] = {}
    for event in site_events(site):
        for name in event.feeds:
            by_feed.setdefault(name, []).append(event)
    return [
        document
        for channel in channels(site.catalogue)
        for document in documents(channel, by_feed.get(channel.name, []), site.as_of)
    ]


def files(site: Site, jobs: int = 1) -> Iterator[File]:
    """Yield every file of every feed, made on several processes when there is much to do."""
    publication, made = Publication(site), site_documents(site)
    portions = list(_portions(made))
    if jobs <= 1 or len(portions) <= jobs:
        for document in made:
            yield from _written(publication, document)
    else:
        with process_pool(jobs, _start, publication, made) as executor:
            for written in executor.map(_write_portion, portions):
                yield from written
    yield OPML, opml(site)


def _portions(made: Sequence[Document]) -> Iterator[tuple[int, int]]:
    """Yield stretches of documents that are about the same work, as (first, end)."""
    first = work = 0
    for number, document in enumerate(made):
        work += _DOCUMENT + len(document.events)
        if work >= _PORTION:
            yield first, number + 1
            first, work = number + 1, 0
    if first < len(made):
        yield first, len(made)


def _written(publication: Publication, document: Document) -> list[File]:
    """Return a document in every format."""
    contents = (*rss_and_atom(publication, document), json_feed(publication, document))
    return [
        (feed_address(document.name, kind.ending), content) for kind, content in zip(FORMATS, contents, strict=True)
    ]


_task: list[tuple[Publication, Sequence[Document]]] = []
"""What a worker process works on; it comes with the process, not with every document."""


def _start(publication: Publication, made: Sequence[Document]) -> None:
    _task[:] = [(publication, made)]


def _write_portion(portion: tuple[int, int]) -> list[File]:
    ((publication, made),) = _task
    return [file for document in made[slice(*portion)] for file in _written(publication, document)]
