"""The whole catalogue as it was on a day, as far as the records say."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from gongkai.catalogue import Catalogue
from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalCase, ApprovalDay
from gongkai.model.disclosure_vocabulary import CaseEventKind
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.listing import Listing, ListingEntry
from gongkai.model.organization import Department, Town
from gongkai.model.supervision import Exposure, SupervisionRecord
from gongkai.versions.history import as_of, organization_as_of

S = TypeVar("S", bound=SupervisionRecord)
G = TypeVar("G", Department, Town)


def catalogue_as_of(catalogue: Catalogue, day: datetime.date) -> Catalogue:
    """Return the catalogue as it was on a day; ``catalogue`` stays as it is.

    Items and the names of organisations are rebuilt from the adjustments. Listings follow the items: they bear
    the names of that day, without what their organisations did not handle yet and with what they no longer
    handle (only complete lists are ever published). Cases, adjustments, supervision records and pages from after the day are left out, and what
    happened to the others after it.
    """
    items = {
        code: _known_by(earlier, day)
        for code, item in catalogue.items.items()
        if (earlier := as_of(item, catalogue.adjustments_of(code), day)) is not None
    }
    then = replace(
        catalogue,
        departments=_organizations(catalogue.departments, catalogue, day),
        towns=_organizations(catalogue.towns, catalogue, day),
        items=items,
        approvals={key: _cases(cases, day) for key, cases in catalogue.approvals.items() if cases.date <= day},
        adjustments=_adjustments(catalogue, items, day),
        inspections=_published(catalogue.inspections, day),
        exposures={key: _exposure(e, day) for key, e in _published(catalogue.exposures, day).items()},
        interviews=_published(catalogue.interviews, day),
        appraisals=_published(catalogue.appraisals, day),
        pages={path: page for path, page in catalogue.pages.items() if _page_date(page) <= day},
    )
    then.listings = _listings(catalogue, then)
    return then


def _known_by(item: Item, day: datetime.date) -> Item:
    """Return an item whose text was corrected after a day under the date that it had by then.

    Corrections are not recorded one by one; what is certain is the day on which the version took effect.
    """
    if item.updated_on <= day or item.effective_on > day:
        return item
    return item.model_copy(update={"updated_on": item.effective_on})


def _organizations(register: Mapping[str, G], catalogue: Catalogue, day: datetime.date) -> dict[str, G]:
    return {key: organization_as_of(record, catalogue.adjustments_of(key), day) for key, record in register.items()}


def _adjustments(catalogue: Catalogue, items: Mapping[str, Item], day: datetime.date) -> dict[str, Adjustment]:
    """Return what was published by a day, without changes of items that are not there yet and will be secret."""
    hidden = {code for code, item in catalogue.items.items() if code not in items and item.secrecy is not None}
    published = {}
    for key, adjustment in catalogue.adjustments.items():
        changes = [change for change in adjustment.changes if change.item not in hidden]
        if adjustment.published_on <= day and changes:
            whole = len(changes) == len(adjustment.changes)
            published[key] = adjustment if whole else adjustment.model_copy(update={"changes": changes})
    return published


def _listings(today: Catalogue, then: Catalogue) -> dict[str, Listing]:
    """Return the listings as they stood: they differ only in items that had other versions then."""
    other = {code for code, item in today.items.items() if _version(then.items.get(code)) != item.version}
    if not other:
        return today.listings
    now, old = (
        replace(catalogue, items={code: item for code, item in catalogue.items.items() if code in other})
        for catalogue in (today, then)
    )
    return {key: _listing(listing, now, old) for key, listing in today.listings.items()}


def _version(item: Item | None) -> int | None:
    return item.version if item is not None else None


def _listing(listing: Listing, now: Catalogue, old: Catalogue) -> Listing:
    """Return a listing of today as it stood; the catalogues hold the items that had other versions then.

    What is wrong today stays wrong.
    """
    due_now, due_then = _due(listing, now), _due(listing, old)
    entries = [
        _named(entry, now, old)
        for entry in listing.entries
        if (entry.code in old.items or entry.code not in now.items)
        and (entry.code in due_then or entry.code not in due_now)
    ]
    listed = {entry.code for entry in listing.entries}
    entries += [
        ListingEntry(code=code, name=item.name)
        for code, item in due_then.items()
        if code not in due_now and code not in listed
    ]
    return listing if entries == listing.entries else listing.model_copy(update={"entries": entries})


def _due(listing: Listing, catalogue: Catalogue) -> dict[str, Item]:
    """Return the items of a catalogue that an organisation has to publish."""
    duties = catalogue.duties(listing.organization)
    return {item.code: item for item in duties[1]} if duties else {}


def _named(entry: ListingEntry, now: Catalogue, old: Catalogue) -> ListingEntry:
    """Return an entry under the item's name of that day, if it bears today's."""
    item, earlier = now.items.get(entry.code), old.items.get(entry.code)
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
