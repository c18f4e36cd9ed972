"""Events: everything that was published up to a day, each with an id that never changes."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.publishing.feeds.moments import Slot, distinct

_FORBIDDEN = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 section 2.2 does not allow."""

_FULL_WIDTH = str.maketrans("<>&", "＜＞＆")
MAX_TITLE = 160
MAX_LINE = 4000


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it has a moment of its own.

    ``identity`` comes from data that never change: a code, a number, a path, and the kind of event. ``lines``
    are the text. ``feeds`` are the names of the feeds that carry it; those that do not exist are left out
    later. ``published`` is when it happened, ``updated`` when its content last changed in substance.
    """

    identity: str
    kind: str
    title: str
    lines: tuple[str, ...]
    address: str
    feeds: tuple[str, ...]
    published: Slot
    updated: Slot


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of feeds; no two events have the same ``updated``."""

    identity: str
    kind: str
    title: str
    lines: tuple[str, ...]
    address: str
    feeds: tuple[str, ...]
    published: datetime.datetime
    updated: datetime.datetime


def tag_uri(authority: str, identity: str) -> str:
    """Return the id of a feed or an event (RFC 4151); ``authority`` is the district's, not the host's."""
    return f"tag:{authority}:{identity}"


def newest_first(drafts: Iterable[Draft]) -> list[Event]:
    """Give every draft its moment and return the events, the newest first.

    Raises ValueError when two drafts have one identity.
    """
    ordered = sorted(drafts, key=lambda draft: (draft.updated, draft.identity))
    events = [
        _event(draft, moment)
        for draft, moment in zip(ordered, distinct(draft.updated for draft in ordered), strict=True)
    ]
    identities = sorted(event.identity for event in events)
    for one, other in itertools.pairwise(identities):
        if one == other:
            raise ValueError(f"two events have the identity {one}")
    events.reverse()
    return events


def _event(draft: Draft, moment: datetime.datetime) -> Event:
    return Event(
        identity=draft.identity,
        kind=draft.kind,
        title=_title(draft.title),
        lines=tuple(_shortened(readable(line), MAX_LINE) for line in draft.lines),
        address=draft.address,
        feeds=tuple(dict.fromkeys(draft.feeds)),
        published=moment if draft.published == draft.updated else draft.published.moment,
        updated=moment,
    )


def readable(text: str) -> str:
    """Return a text without the characters that XML forbids, with plain line ends."""
    if text.isprintable():
        return text
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _title(title: str) -> str:
    """Return a title on one line, without anything that a reader of RSS could take for HTML.

    RSS does not say whether a title is text or HTML; full-width signs are the same in both.
    """
    return _shortened(" ".join(readable(title).split()).translate(_FULL_WIDTH), MAX_TITLE)


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def excerpt(text: str, limit: int = 40) -> str:
    """Return the first sentence of a text for a title, cut where it is long."""
    sentence = re.split(r"[。；！？\n]", text.strip(), maxsplit=1)[0]
    return _shortened(sentence, limit)
