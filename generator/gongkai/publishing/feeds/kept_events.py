"""The events of every feed, kept so that a feed is made again only when something in it changes."""

from __future__ import annotations

import datetime
import json
from dataclasses import astuple

from gongkai.kept.units import Outcome, Stage, as_json
from gongkai.publishing.feeds.events import Event
from gongkai.publishing.feeds.files import by_feed, site_events
from gongkai.publishing.site import Site
from gongkai.tracing import Question, asking

_EVENTS = "events"
_UNIT = "all"


def renew_events(stage: Stage, site: Site) -> set[Question]:
    """Bring the events in a stage up to date; returns the questions for events whose answers are others now."""
    if _UNIT in stage.fresh():
        return set()
    with asking() as asked:
        events = by_feed(site_events(site))
    outcomes = [Outcome(feed, "", frozenset(), {_EVENTS: _text(found)}) for feed, found in events.items()]
    changed = {o.unit for o in outcomes if stage.part(_EVENTS, o.unit) != o.parts[_EVENTS]}
    gone = stage.known() - events.keys() - {_UNIT}
    touched = {("events", feed) for feed in (*changed, *gone)}
    outcomes = [outcome for outcome in outcomes if outcome.unit in changed]
    stage.keep([*outcomes, Outcome(_UNIT, "", frozenset(asked))], gone, touched)
    return touched


def events_of(stage: Stage, feed: str) -> list[Event]:
    """Return the events of a feed, the newest first."""
    text = stage.part(_EVENTS, feed)
    return [_event(*row) for row in json.loads(text)] if text is not None else []


def _text(events: list[Event]) -> str:
    rows = [astuple(event) for event in events]
    return as_json([[*row[:6], row[6].isoformat(), row[7].isoformat()] for row in rows])


def _event(
    identity: str,
    kind: str,
    title: str,
    lines: list[str],
    address: str,
    feeds: list[str],
    published: str,
    updated: str,
) -> Event:
    moments = (datetime.datetime.fromisoformat(text) for text in (published, updated))
    return Event(identity, kind, title, tuple(lines), address, tuple(feeds), *moments)
