"""Events: everything that was published up to a day, each with an id that never changes.

Each record says by itself what was published about it (drafts). Only what several records have at one moment, which
is rare, has to be looked at together before drafts become events.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.publishing.feeds.moments import Slot, distinct

_FORBIDDEN = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 section 2.2 does not allow."""

_FULL_WIDTH = str.maketrans("<>&", "＜＞＆")
MAX_TITLE = 160
MAX_LINE = 4000


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it has a moment of its own; :func:`draft` makes one.

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

    @property
    def order(self) -> tuple[datetime.date, int, str]:
        """The key that sorts drafts, the oldest first."""
        return self.updated.day, self.updated.offset, self.identity


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


def draft(
    *,
    identity: str,
    kind: str,
    title: str,
    lines: Iterable[str],
    address: str,
    feeds: Iterable[str],
    published: Slot,
    updated: Slot,
) -> Draft:
    """Return a draft whose title and lines every format can carry, and that names each feed once."""
    shown = tuple(_shortened(readable(line), MAX_LINE) for line in lines)
    return Draft(identity, kind, _title(title), shown, address, tuple(dict.fromkeys(feeds)), published, updated)


def moved(drafts: Iterable[Draft]) -> dict[str, Slot]:
    """Return the slots of the drafts, by identity, that cannot have their own because another of the day has it.

    The drafts are all of some days. Raises ValueError when two drafts have one identity.
    """
    ordered = sorted(drafts, key=lambda each: each.order)
    identities = sorted(each.identity for each in ordered)
    for one, other in itertools.pairwise(identities):
        if one == other:
            raise ValueError(f"two events have the identity {one}")
    slots = distinct(each.updated for each in ordered)
    return {each.identity: slot for each, slot in zip(ordered, slots, strict=True) if slot is not each.updated}


def event_of(each: Draft, elsewhere: Mapping[str, Slot]) -> Event:
    """Return the event of a draft, at its own slot or at the one that it was moved to."""
    updated = elsewhere.get(each.identity, each.updated).moment
    return Event(
        identity=each.identity,
        kind=each.kind,
        title=each.title,
        lines=each.lines,
        address=each.address,
        feeds=each.feeds,
        published=updated if each.published == each.updated else each.published.moment,
        updated=updated,
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
