"""What a feed carries now, and what its archives carry.

Now: the newest 50 entries or those of the last 8 days, whichever is more. The rest belongs to archives by the
month of the entry's last change, so that every entry is in exactly one document. The month whose days are
just leaving the window grows until it is complete; earlier months change only when something in them is
withdrawn, which removes its content from there.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.publishing.feeds.channels import Channel
from gongkai.publishing.feeds.events import Draft, Event, event_of
from gongkai.publishing.feeds.moments import Slot

NEWEST = 50
DAYS = 8


@dataclass(frozen=True, slots=True)
class FeedDocument:
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


def entries(
    channel: Channel, drafts: Iterable[Draft], elsewhere: Mapping[str, Slot], as_of: datetime.date
) -> list[Event]:
    """Return what a feed and its archives carry of the drafts that name it, newest first.

    ``elsewhere`` has the slots of those that ``events.moved`` moves, of whatever feeds.
    """
    newest = sorted(drafts, key=lambda draft: draft.order, reverse=True)
    carried = newest if channel.archived else newest[: _size([draft.updated.day for draft in newest], as_of)]
    return [event_of(draft, elsewhere) for draft in carried]


def documents(channel: Channel, events: Sequence[Event], as_of: datetime.date) -> list[FeedDocument]:
    """Return the current document of a feed and, newest first, its archives; ``events`` are newest first."""
    size = _size([event.updated.date() for event in events], as_of)
    months: dict[str, list[Event]] = {}
    if channel.archived:
        for event in events[size:]:
            months.setdefault(f"{channel.name}-{event.updated:%Y-%m}", []).append(event)
    names = [channel.name, *months]
    contents = [events[:size], *months.values()]
    return [
        FeedDocument(
            channel,
            name,
            contents[place],
            earlier=names[place + 1] if place + 1 < len(names) else None,
            later=names[place - 1] if place > 1 else None,
        )
        for place, name in enumerate(names)
    ]


def _size(days: Sequence[datetime.date], as_of: datetime.date) -> int:
    """Return how many entries of these days, newest first, a feed carries now; there may be fewer."""
    first = as_of - datetime.timedelta(days=DAYS - 1)
    return max(NEWEST, next((number for number, day in enumerate(days) if day < first), len(days)))
