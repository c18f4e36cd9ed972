"""The whole catalogue as it was on a day, as far as the records say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from gongkai.catalogue import Catalogue
from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalCase, ApprovalDay
from gongkai.model.base import Record
from gongkai.model.disclosure_vocabulary import CaseEventKind
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.item_card import card_of
from gongkai.model.listing import Listing, ListingEntry
from gongkai.model.listing_terms import ListingTerms
from gongkai.model.organization import Department, Town
from gongkai.model.supervision import Exposure, SupervisionRecord
from gongkai.versions.history import as_of, organization_as_of

S = TypeVar("S", bound=SupervisionRecord)
G = TypeVar("G", Department, Town)


def catalogue_as_of(catalogue: Catalogue, day: datetime.date) -> Catalogue:
    """Return the catalogue as it was on a day: itself where nothing was otherwise; it stays as it is.

    That is known at once where no record tells of a later day. Items and the names of organisations are rebuilt from the adjustments. Listings follow the items: they bear
    the names of that day, without what their organisations did not handle yet and with what they no longer
    handle (only complete lists are ever published). Cases, adjustments, supervision records and pages from after the day are left out, and what
    happened to the others after it.
    """
    if catalogue.latest is not None and catalogue.latest <= day:
        return catalogue
    changed = _items(catalogue, day)
    registers: dict[str, Any] = {
        "departments": _organizations(catalogue.departments, catalogue, day),
        "towns": _organizations(catalogue.towns, catalogue, day),
        "approvals": {key: _cases(cases, day) for key, cases in catalogue.approvals.items() if cases.date <= day},
        "adjustments": _adjustments(catalogue, changed, day),
        "inspections": _published(catalogue.inspections, day),
        "exposures": {key: _exposure(e, day) for key, e in _published(catalogue.exposures, day).items()},
        "interviews": _published(catalogue.interviews, day),
        "appraisals": _published(catalogue.appraisals, day),
        "pages": {path: page for path, page in catalogue.pages.items() if _page_date(page) <= day},
    }
    differing = {name: register for name, register in registers.items() if _differs(getattr(catalogue, name), register)}
    if not changed and not differing:
        return catalogue
    then = replace(catalogue, stored_answers=None, **differing, **_with_items(catalogue, changed))
    then.listings = _listings(catalogue, then, changed)
    return then


def _items(catalogue: Catalogue, day: datetime.date) -> dict[str, Item | None]:
    """Return the items that were otherwise on a day, None for those that were not there."""
    return {
        code: _known_by(as_of(catalogue.items[code], catalogue.adjustments_of(code), day), day)
        for code, card in catalogue.cards.items()
        if max(card.effective_on, card.updated_on) > day
    }


def _with_items(catalogue: Catalogue, changed: Mapping[str, Item | None]) -> dict[str, Any]:
    """Return the registers of items and of their cards with those that were otherwise."""
    if not changed:
        return {}
    cards = {code: card for code, card in catalogue.cards.items() if changed.get(code, card) is not None}
    cards |= {code: card_of(item) for code, item in changed.items() if item is not None}
    return {"items": _Then(catalogue.items, changed), "stored_cards": cards}


class _Then(Mapping[str, Item]):
    """A register of items with some of them as they were; the others are read when they are asked for."""

    def __init__(self, today: Mapping[str, Item], changed: Mapping[str, Item | None]) -> None:
        self._today = today
        self._changed = changed

    def __getitem__(self, code: str) -> Item:
        item = self._changed[code] if code in self._changed else self._today[code]
        if item is None:
            raise KeyError(code)
        return item

    def __contains__(self, code: object) -> bool:
        return code in self._today and (code not in self._changed or self._changed[str(code)] is not None)

    def __iter__(self) -> Iterator[str]:
        return (code for code in self._today if code in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __reduce__(self) -> tuple[type[dict[str, Item]], tuple[dict[str, Item]]]:
        """Cross to another process as what it holds."""
        return dict, (dict(self.items()),)


def _differs(today: Mapping[str, Any], then: Mapping[str, Any]) -> bool:
    return len(today) != len(then) or any(today[key] is not record for key, record in then.items())


def _known_by(item: Item | None, day: datetime.date) -> Item | None:
    """Return an item whose text was corrected after a day under the date that it had by then.

    Corrections are not recorded one by one; what is certain is the day on which the version took effect.
    """
    if item is None or item.updated_on <= day or item.effective_on > day:
        return item
    return item.model_copy(update={"updated_on": item.effective_on})


def _organizations(register: Mapping[str, G], catalogue: Catalogue, day: datetime.date) -> dict[str, G]:
    return {key: organization_as_of(record, catalogue.adjustments_of(key), day) for key, record in register.items()}


def _adjustments(catalogue: Catalogue, changed: Mapping[str, Item | None], day: datetime.date) -> dict[str, Adjustment]:
    """Return what was published by a day, without changes of items that are not there yet and will be secret."""
    hidden = {code for code, item in changed.items() if item is None and catalogue.cards[code].secrecy is not None}
    published = {}
    for key, adjustment in catalogue.adjustments.items():
        changes = [change for change in adjustment.changes if change.item not in hidden]
        if adjustment.published_on <= day and changes:
            whole = len(changes) == len(adjustment.changes)
            published[key] = adjustment if whole else adjustment.model_copy(update={"changes": changes})
    return published


def _listings(today: Catalogue, then: Catalogue, changed: Mapping[str, Item | None]) -> Mapping[str, Listing]:
    """Return the listings as they stood: they differ only in items that had other versions then."""
    other = {code for code, item in changed.items() if item is None or item.version != today.cards[code].version}
    if not other:
        return today.listings
    now, old = (
        replace(
            catalogue,
            stored_answers=None,
            stored_cards={code: card for code, card in catalogue.cards.items() if code in other},
        )
        for catalogue in (today, then)
    )
    return {key: _listing(listing, now, old) for key, listing in today.listings.items()}


def _listing(listing: Listing, now: Catalogue, old: Catalogue) -> Listing:
    """Return a listing of today as it stood; the catalogues hold the items that had other versions then.

    What is wrong today stays wrong.
    """
    due_now, due_then = _due(listing, now), _due(listing, old)
    entries = [
        _named(entry, now, old)
        for entry in listing.entries
        if (entry.code in old.cards or entry.code not in now.cards)
        and (entry.code in due_then or entry.code not in due_now)
    ]
    listed = {entry.code for entry in listing.entries}
    entries += [
        ListingEntry(code=code, name=item.name)
        for code, item in due_then.items()
        if code not in due_now and code not in listed
    ]
    return listing if entries == listing.entries else listing.model_copy(update={"entries": entries})


def _due(listing: Listing, catalogue: Catalogue) -> dict[str, ListingTerms]:
    """Return the items of a catalogue that an organisation has to publish."""
    duties = catalogue.duties(listing.organization)
    return {item.code: item for item in duties[1]} if duties else {}


def _named(entry: ListingEntry, now: Catalogue, old: Catalogue) -> ListingEntry:
    """Return an entry under the item's name of that day, if it bears today's."""
    item, earlier = now.cards.get(entry.code), old.cards.get(entry.code)
    if item is None or earlier is None or not entry.name == item.name != earlier.name:
        return entry
    return entry.model_copy(update={"name": earlier.name})


def _cases(cases: ApprovalDay, day: datetime.date) -> ApprovalDay:
    """Return a day's cases without what happened to them after a day."""
    known = [_case(case, day) for case in cases.cases]
    return cases if known == cases.cases else cases.model_copy(update={"cases": known})


def _case(case: ApprovalCase, day: datetime.date) -> ApprovalCase:
    events = [event for event in case.events if event.on <= day]
    if len(events) == len(case.events):
        return case
    decided = any(event.kind is CaseEventKind.DECIDED for event in events)
    return case.model_copy(update={"events": events, "decision": case.decision if decided else None})


def _published(register: Mapping[str, S], day: datetime.date) -> dict[str, S]:
    return {key: record for key, record in register.items() if record.published_on <= day}


def _exposure(exposure: Exposure, day: datetime.date) -> Exposure:
    progress = [step for step in exposure.progress if step.on <= day]
    closure = exposure.closure if exposure.closure and exposure.closure.on <= day else None
    if progress == exposure.progress and closure == exposure.closure:
        return exposure
    return exposure.model_copy(update={"progress": progress, "closure": closure})


def _page_date(page: HandWrittenPage) -> datetime.date:
    """Return when a page was published; a page without a date has always been there."""
    return page.front_matter.date or datetime.date.min


def latest_day(record: Record) -> datetime.date:
    """Return the last day of which a record tells: as of that day and later, ``catalogue_as_of`` leaves it as it is.

    Organisations change with adjustments alone; they, laws, listings and calendars give no day of their own.
    """
    days = [datetime.date.min]
    if isinstance(record, Item):
        days += [record.effective_on, record.updated_on]
    elif isinstance(record, ApprovalDay):
        days += [record.date, *(event.on for case in record.cases for event in case.events)]
    elif isinstance(record, Adjustment):
        days += [record.published_on, record.effective_on]
    elif isinstance(record, SupervisionRecord):
        days.append(record.published_on)
        if isinstance(record, Exposure):
            days += [step.on for step in record.progress]
            days += [record.closure.on] if record.closure else []
    elif isinstance(record, HandWrittenPage):
        days.append(_page_date(record))
    return max(days)
