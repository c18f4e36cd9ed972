"""The moments of events: data know days, feeds want a time for every entry, and no two alike.

The time of day is no fact; it only tells entries apart and orders them. It is made from the event's identity
alone, so that it stays when other events come or go:

- cases, from 02:00 on: (days since the application, kind of event, how many of its kind, sequence number of
  the day) as the digits of one number of microseconds. Different events have different numbers as long as
  less than six years lie between application and event, and no more than four of a kind fall on one day.
- exposures, from 00:00 on: a minute for each stage, in it a checksum of the identity;
- everything else, from 01:00 on: a checksum of the identity.

Where two events still meet (checksums can), the one whose id sorts later moves on by a microsecond.
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

CHINA = datetime.timezone(datetime.timedelta(hours=8))
"""北京时间."""

_MINUTE = 60_000_000
_HOUR = 60 * _MINUTE
_LATEST = 24 * _HOUR - 1_000_000

_WIDTHS = {6: 0, 5: 1_000_000, 4: 1_100_000}
"""Where sequence numbers of each width begin: 0001 and 00001 are two numbers."""
_NUMBERS = 1_110_000
_OF_A_KIND = 4
_KINDS = 8
_STAGES = 60


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """The moment that an event has by itself: a day, and microseconds since its midnight."""

    day: datetime.date
    offset: int

    @property
    def moment(self) -> datetime.datetime:
        """The slot as a time in China."""
        midnight = datetime.datetime.combine(self.day, datetime.time(), CHINA)
        return midnight + datetime.timedelta(microseconds=self.offset)


def case_slot(day: datetime.date, received: datetime.date, sequence: str, kind: int, nth: int) -> Slot:
    """Return the slot of an event of a case: ``kind`` from 0 to 7 in the order of a procedure, ``nth`` from 1.

    ``sequence`` is the end of the case's number, 4 to 6 digits.
    """
    age = max(0, (day - received).days)
    rank = (age * _KINDS + kind) * _OF_A_KIND + min(nth, _OF_A_KIND) - 1
    return Slot(day, min(_LATEST, 2 * _HOUR + rank * _NUMBERS + _WIDTHS[len(sequence)] + int(sequence)))


def staged_slot(day: datetime.date, identity: str, stage: int) -> Slot:
    """Return the slot of one of several events of a record, in the order of their stages."""
    return Slot(day, min(stage, _STAGES - 1) * _MINUTE + zlib.crc32(identity.encode()) % _MINUTE)


def plain_slot(day: datetime.date, identity: str) -> Slot:
    """Return the slot of an event that stands alone."""
    return Slot(day, _HOUR + zlib.crc32(identity.encode()) % _HOUR)


def distinct(slots: Iterable[Slot]) -> Iterator[Slot]:
    """Return slots, given in ascending order, that differ: what meets the one before moves on by a microsecond.

    Days do not touch each other: no day has so many events that it would be full.
    """
    last: Slot | None = None
    for slot in slots:
        meets = last is not None and slot.day == last.day and slot.offset <= last.offset
        last = Slot(slot.day, last.offset + 1) if meets and last is not None else slot
        yield last
