"""What a feed carries now, and what its archives carry.

Now: the newest 50 entries or those of the last 8 days, whichever is more. The rest belongs to archives by the
month of the entry's last change, so that every entry is in exactly one document. The month whose days are
just leaving the window grows until it is complete; earlier months change only when something in them is
withdrawn, which removes its content from there.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.publishing.feeds.channels import Channel
from gongkai.publishing.feeds.events import Event

NEWEST = 50
DAYS = 8


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a feed: ``name`` is its address, ``earlier`` and ``later`` its neighbours in the archive."""

    channel: Channel
    name: str
    events: Sequence[Event]
    earlier: str | None = None
    later: str | None = None

    @property
    def is_archive(self) -> bool:
        """Tell whether this is a month of the archive."""
        return self.name != self.channel.name


def documents(channel: Channel, events: Sequence[Event], as_of: datetime.date) -> list[Document]:
    """Return the current document of a feed and, newest first, its archives; ``events`` are newest first."""
    size = max(NEWEST, _of_last_days(events, as_of))
    months: dict[str, list[Event]] = {}
    if channel.archived:
        for event in events[size:]:
            months.setdefault(f"{channel.name}-{event.updated:%Y-%m}", []).append(event)
    names = [channel.name, *months]
    contents = [events[:size], *months.values()]
    return [
        Document(
            channel,
            name,
            contents[place],
            earlier=names[place + 1] if place + 1 < len(names) else None,
            later=names[place - 1] if place > 1 else None,
        )
        for place, name in enumerate(names)
    ]


def _of_last_days(events: Sequence[Event], as_of: datetime.date) -> int:
    """Return how many of the events, newest first, were on the last days up to ``as_of``."""
    first = as_of - datetime.timedelta(days=DAYS - 1)
    for number, event in enumerate(events):
        if event.updated.date() < first:
            return number
    return len(events)
