"""The events of every feed, kept so that a feed is made again only when something in it changes."""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from typing import Any

from gongkai.kept.units import Outcome, Stage, as_json, hashes_of
from gongkai.publishing.feeds.channels import MAIN, Channel
from gongkai.publishing.feeds.events import Draft, Event, moved
from gongkai.publishing.feeds.moments import CHINA, Slot
from gongkai.publishing.feeds.sources import drafts_of, sources
from gongkai.publishing.feeds.window import entries
from gongkai.publishing.site import Site
from gongkai.tracing import Question, asking

EVENTS = "events"
"""The kind of the shares that hold the events of a feed; the register of questions for them, by the feed's name, is the stage."""

_OF_RECORD, _OF_FEED = "record\t", "feed\t"


def renew_events(stage: Stage, site: Site) -> None:
    """Bring the events in a stage up to date; units that asked for events which are others now are stale then."""
    records = {f"{_OF_RECORD}{register}\t{key}": (register, key) for register, key in sources(site)}
    known = {unit for unit in stage.known() if unit.startswith(_OF_RECORD)}
    fresh = stage.fresh()
    outcomes = []
    for unit, source in records.items():
        if unit not in fresh:
            with asking() as asked:
                drafts = as_json([_plain(draft) for draft in drafts_of(site, source)])
            outcomes.append(Outcome(unit, drafts, hashes_of(asked)))
    gone = known - records.keys()
    before = stage.made({outcome.unit for outcome in outcomes})
    if gone or any(before.get(outcome.unit) != outcome.made for outcome in outcomes):
        _keep_with_feeds(stage, outcomes, gone, site.as_of)
    else:
        stage.keep(outcomes)


def _keep_with_feeds(stage: Stage, outcomes: Sequence[Outcome], gone: Collection[str], as_of: datetime.date) -> None:
    """Keep drafts, and give every feed the events that it carries of all of them.

    Both are kept at once: drafts that count already would not be looked at again by the next build after this one ended
    between the two.
    """
    units = stage.made(None) | {outcome.unit: outcome.made for outcome in outcomes}
    of_records = sorted(unit for unit in units.keys() - {*gone} if unit.startswith(_OF_RECORD))
    feeds = _by_feed((_draft(row) for unit in of_records for row in json.loads(units[unit])), as_of)
    of_feeds = [Outcome(f"{_OF_FEED}{name}", "", shares={EVENTS: text}) for name, text in feeds.items()]
    changed = [outcome for outcome in of_feeds if stage.share(EVENTS, outcome.unit) != outcome.shares[EVENTS]]
    empty = {unit for unit in units if unit.startswith(_OF_FEED)} - {outcome.unit for outcome in of_feeds}
    names = {unit.removeprefix(_OF_FEED) for unit in (*(outcome.unit for outcome in changed), *empty)}
    touched: set[Question] = {(stage.name, name) for name in names}
    stage.keep([*outcomes, *changed], [*gone, *empty], touched)


def _by_feed(drafts: Iterable[Draft], as_of: datetime.date) -> dict[str, str]:
    drafts = list(drafts)
    elsewhere = moved(drafts)
    groups: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        for name in draft.feeds:
            groups[name].append(draft)
    main = {channel.name: channel for channel in MAIN}
    return {
        name: as_json([_kept(event) for event in entries(main.get(name, _OTHER), some, elsewhere, as_of)])
        for name, some in groups.items()
    }


_OTHER = Channel("", "", "", "")
"""Stands for every feed that is not archived: what it carries does not depend on more."""


def events_by_feed(stage: Stage, feeds: Iterable[str]) -> dict[str, list[Event]]:
    """Return the events of a few feeds, by the feed's name, the newest first; most feeds of items have none."""
    kept = stage.shares_of(EVENTS, [_OF_FEED + feed for feed in feeds])
    return {unit.removeprefix(_OF_FEED): [_event(*row) for row in json.loads(text)] for unit, text in kept.items()}


_texts = attrgetter("identity", "kind", "title", "lines", "address", "feeds")
"""What drafts and events have in common, in the order of both."""


def _plain(draft: Draft) -> list[Any]:
    return [*_texts(draft), *((slot.day.isoformat(), slot.offset) for slot in (draft.published, draft.updated))]


def _draft(row: list[Any]) -> Draft:
    identity, kind, title, lines, address, feeds, *slots = row
    published, updated = (_slot(*slot) for slot in slots)
    return Draft(identity, kind, title, tuple(lines), address, tuple(feeds), published, updated)


def _slot(day: str, offset: int) -> Slot:
    return Slot(datetime.date.fromisoformat(day), offset)


def _kept(event: Event) -> list[Any]:
    return [*_texts(event), event.published.isoformat(), event.updated.isoformat()]


def _event(
    identity: str, kind: str, title: str, lines: list[str], address: str, feeds: list[str], published: str, updated: str
) -> Event:
    moments = (datetime.datetime.fromisoformat(text).astimezone(CHINA) for text in (published, updated))
    return Event(identity, kind, title, tuple(lines), address, tuple(feeds), *moments)
