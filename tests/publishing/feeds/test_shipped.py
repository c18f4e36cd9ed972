"""The feeds of the shipped district: every document valid, at its own address, and read back as it was meant."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import feedparser
import pytest

from gongkai.loading import load
from gongkai.publishing.feeds.events import tag_uri
from gongkai.publishing.pages.registry import make_page, page_keys
from gongkai.publishing.site import Site
from publishing.feeds.sites import URL, files, site_events
from publishing.feeds.validators import ATOM, problems
from support import AS_OF, ROOT


@pytest.fixture(scope="module")
def site() -> Site:
    catalogue, _ = load(ROOT)
    return Site(catalogue, catalogue.district, AS_OF, URL)


@pytest.fixture(scope="module")
def published(site: Site) -> dict[str, bytes]:
    return {address: content for address, content in files(site) if not address.endswith(".opml")}


def test_every_document_is_valid(published: dict[str, bytes]) -> None:
    assert len(published) > 600
    assert {a: found for a, content in published.items() if (found := problems(a, content, AS_OF))} == {}


def test_every_document_says_where_it_is(published: dict[str, bytes]) -> None:
    for address, content in published.items():
        if address.endswith(".json"):
            assert json.loads(content)["feed_url"] == URL + address
        else:
            (own,) = ElementTree.fromstring(content).findall(f".//{ATOM}link[@rel='self']")
            assert own.get("href") == URL + address


def test_a_reader_understands_every_document(published: dict[str, bytes], site: Site) -> None:
    events = {tag_uri(site.district.tag_authority, event.identity): event for event in site_events(site)}
    seen = set()
    for address, content in published.items():
        if address.endswith((".rss", ".atom")):
            document = feedparser.parse(content)
            assert not document.bozo, address
            assert document.version == {"rss": "rss20", "atom": "atom10"}[address.rpartition(".")[2]]
            for entry in document.entries:
                seen.add(entry.id)
                assert (entry.title, entry.link) == (events[entry.id].title, URL + events[entry.id].address)
    assert seen == set(events)


def test_titles_tell_events_apart(site: Site) -> None:
    """A title says what changed, and of what. (Cases of one item on one day differ in their number only, in the text.)"""
    told: dict[tuple[object, ...], str] = {}
    for event in site_events(site):
        if not event.identity.startswith("case/"):
            key = (event.published.date(), event.kind, event.title)
            assert told.setdefault(key, event.identity) == event.identity, event.title


def test_every_entry_leads_to_a_page_of_its_own_subject(site: Site) -> None:
    addresses = {make_page(site, key).address for key in page_keys(site)} | {
        path.relative_to(ROOT / "content").with_suffix("").as_posix() + "/" for path in (ROOT / "content").rglob("*.md")
    }
    events = site_events(site)
    assert {event.address.partition("#")[0] for event in events} <= addresses
    for event in events:
        if event.identity.startswith("exposure/"):
            assert event.address == f"supervision/exposures/{event.identity.split('/')[1]}/"
