"""What a site is made of, in units: the least parts of it that are made again when something changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from gongkai.publishing import open_data
from gongkai.publishing.feeds import channels
from gongkai.publishing.feeds.channels import channel_named, other_channels
from gongkai.publishing.feeds.events import Event
from gongkai.publishing.feeds.files import channel_files
from gongkai.publishing.feeds.names import item_feed
from gongkai.publishing.feeds.opml import opml
from gongkai.publishing.feeds.writer import File, Writer
from gongkai.publishing.pages.home import home_page
from gongkai.publishing.pages.registry import ITEM_PAGES, PAGE_KINDS, item_pages, make_page
from gongkai.publishing.search import full_text, names_index
from gongkai.publishing.site import Page, Site
from gongkai.publishing.templates.render import Renderer

Unit = str
"""A kind of unit and a key of it, with a tab between them."""


class Feeds(Protocol):
    """Who knows the events of the feeds, and writes their documents."""

    writer: Writer

    def events_of(self, feed: str) -> list[Event]:
        """Return the events of the feed of a name, the newest first."""


ITEM, FEED, OPML, DATA, HOME = "item", "feed", "opml", "data", "home"
PAGE = "page:"
"""What the kinds of units begin with that are single pages; the name of the kind of page follows."""


@dataclass(frozen=True, slots=True)
class Made:
    """What one unit adds to a site.

    ``pages`` are rendered pages with the slots that differ from page to page, ``files`` everything else; ``shares`` are
    what it adds to what is made of all units, by kind, None where the unit has none.
    """

    pages: list[tuple[Page, dict[str, str]]]
    files: list[File]
    shares: Mapping[str, str | None] = field(default_factory=dict)


def kind_of(unit: Unit) -> str:
    """Return the kind of a unit."""
    return unit.partition("\t")[0]


def key_of(unit: Unit) -> str:
    """Return the key of a unit."""
    return unit.partition("\t")[2]


def feed_of(unit: Unit) -> str | None:
    """Return the name of the feed that a unit writes, if any."""
    kind, _, key = unit.partition("\t")
    return item_feed(key) if kind == ITEM else key if kind == FEED else None


def unit_names(site: Site) -> Iterator[Unit]:
    """Yield every unit of a site."""
    yield f"{HOME}\t"
    yield from (f"{ITEM}\t{code}" for code in site.catalogue.items)
    for kind in PAGE_KINDS.values():
        if kind.name not in ITEM_PAGES:
            yield from (f"{PAGE}{kind.name}\t{key}" for key in kind.keys(site))
    yield from (f"{FEED}\t{channel.name}" for channel in other_channels(site.catalogue))
    yield from (f"{DATA}\t{name}" for name in open_data.LISTS)
    yield f"{OPML}\t"


def make(renderer: Renderer, feeds: Feeds, unit: Unit) -> Made:
    """Return what a unit adds to the site."""
    kind, _, key = unit.partition("\t")
    site = renderer.site
    if kind == ITEM:
        return _item(renderer, feeds, key)
    if kind == FEED:
        return Made([], list(_feed(site, feeds, key)))
    if kind == DATA:
        return Made([], [open_data.list_file(site, key)])
    if kind == OPML:
        return Made([], [(channels.OPML, opml(site))])
    if kind == HOME:
        made = _pages(renderer, [home_page(site)])
        ((page, slots),) = made.pages
        hero = renderer.slots(replace(page, template="home_hero.html"))["content"]
        return replace(made, pages=[(page, {**slots, "hero": hero})])
    made = _pages(renderer, [make_page(site, (kind.removeprefix(PAGE), key))])
    names = names_index.names_beside(site, kind.removeprefix(PAGE), key)
    return made if names is None else replace(made, shares={**made.shares, names_index.NAMES: names})


def search_record(site: Site, unit: Unit) -> str | None:
    """Return a unit's share in the full text index, None where it has none."""
    kind, _, key = unit.partition("\t")
    if kind == ITEM:
        return full_text.item_record(site, site.catalogue.items[key])
    return full_text.record_beside(site, kind.removeprefix(PAGE), key) if kind.startswith(PAGE) else None


def _feed(site: Site, feeds: Feeds, name: str) -> Iterator[File]:
    channel = channel_named(site.catalogue, name)
    if channel is not None:
        yield from channel_files(channel, feeds.events_of(name), site.as_of, feeds.writer)


def _pages(renderer: Renderer, pages: Iterable[Page]) -> Made:
    pages = list(pages)
    shares = {SITEMAP: json.dumps([page.address for page in pages if open_data.is_in_sitemap(renderer.site, page)])}
    return Made([(page, renderer.slots(page)) for page in pages], [], shares)


def _item(renderer: Renderer, feeds: Feeds, code: str) -> Made:
    """Return all pages of an item, what programs read of it, its feeds, and its shares in the lists."""
    site = renderer.site
    item = site.catalogue.items[code]
    made = _pages(renderer, (make_page(site, key) for key in item_pages(site, code)))
    files = [open_data.item_file(site, code), *_feed(site, feeds, item_feed(code))]
    shares = {
        **made.shares,
        open_data.SUMMARIES: open_data.summary_text(site, item),
        open_data.ROWS: open_data.row_text(site, item),
        names_index.NAMES: names_index.names_text(site, item),
    }
    return Made(made.pages, files, shares)


SITEMAP = "sitemap"
"""The kind of the shares in the list of addresses."""
