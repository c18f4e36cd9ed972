"""What depends on what: the files whose meaning changes when others change."""

from __future__ import annotations

from collections.abc import Iterator, Set

from gongkai.catalogue import Catalogue
from gongkai.model.base import Record, walk
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.organization import Town

_IDENTITIES = ("code", "id")


def dependents(touched: Set[str], *catalogues: Catalogue) -> set[str]:
    """Return the paths of the records that refer to what stands, or stood, in the touched files.

    The catalogues are the data as they are and as they were, so that what refers to a deleted record is
    found too. A record refers to another when it says its code or id anywhere.
    """
    identities = {
        identity
        for catalogue in catalogues
        for record in catalogue.records()
        if record.source.path in touched
        for identity in _identities(record)
    }
    if not identities:
        return set()
    return {
        record.source.path
        for catalogue in catalogues
        for record in catalogue.records()
        if record.source.path not in touched and any(said in identities for said in _said(record))
    }


def _identities(record: Record) -> Iterator[str]:
    """Yield what others call a record by; listings and case files are referred to by nobody."""
    for key in _IDENTITIES:
        identity = getattr(record, key, None)
        if isinstance(identity, str):
            yield identity
    if isinstance(record, Town):
        yield from (village.code for village in record.villages)


def _said(record: Record) -> Iterator[str]:
    if isinstance(record, HandWrittenPage):
        yield from (target.rpartition(":")[2] for target in record.references)
        return
    for _, value in walk(record):
        if isinstance(value, str):
            yield value
