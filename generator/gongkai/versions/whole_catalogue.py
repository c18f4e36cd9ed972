"""The whole catalogue as it was on a day, as far as the records say."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from gongkai.catalogue import Catalogue
from gongkai.model.approval_case import ApprovalCase, ApprovalDay
from gongkai.model.disclosure_vocabulary import CaseEventKind
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.listing import Listing
from gongkai.model.organization import Department, Town
from gongkai.model.supervision import Exposure, SupervisionRecord
from gongkai.reading.yaml_text import read_yaml
from gongkai.versions.history import as_of, organization_as_of

S = TypeVar("S", bound=SupervisionRecord)
G = TypeVar("G", Department, Town)


def catalogue_as_of(catalogue: Catalogue, day: datetime.date) -> Catalogue:
    """Return the catalogue as it was on a day; ``catalogue`` stays as it is.

    Items and the names of organisations are rebuilt from the adjustments. Listings follow the items: an
    entry bears the item's name of that day, and is left out while its item did not exist; entries that a
    listing has dropped since are not known. Cases, adjustments, supervision records and pages from after
    the day are left out, and what happened to the others after it.
    """
    items = {
        code: earlier
        for code, item in catalogue.items.items()
        if (earlier := as_of(item, catalogue.adjustments_of(code), day)) is not None
    }
    return replace(
        catalogue,
        departments=_organizations(catalogue.departments, catalogue, day),
        towns=_organizations(catalogue.towns, catalogue, day),
        items=items,
        listings={key: _listing(listing, catalogue, items) for key, listing in catalogue.listings.items()},
        approvals={key: _cases(cases, day) for key, cases in catalogue.approvals.items() if cases.date <= day},
        adjustments={key: a for key, a in catalogue.adjustments.items() if a.published_on <= day},
        inspections=_published(catalogue.inspections, day),
        exposures={key: _exposure(e, day) for key, e in _published(catalogue.exposures, day).items()},
        interviews=_published(catalogue.interviews, day),
        appraisals=_published(catalogue.appraisals, day),
        pages={path: page for path, page in catalogue.pages.items() if _page_date(page) <= day},
    )


def _organizations(register: Mapping[str, G], catalogue: Catalogue, day: datetime.date) -> dict[str, G]:
    return {key: organization_as_of(record, catalogue.adjustments_of(key), day) for key, record in register.items()}


def _listing(listing: Listing, today: Catalogue, items: Mapping[str, Item]) -> Listing:
    """Return a listing with the items and names of that day; a name that is wrong today stays wrong."""
    entries = []
    for entry in listing.entries:
        now, then = today.items.get(entry.code), items.get(entry.code)
        if now is not None and then is None:
            continue
        renamed = now is not None and then is not None and entry.name == now.name != then.name
        entries.append(entry.model_copy(update={"name": then.name}) if renamed and then else entry)
    return listing if entries == listing.entries else listing.model_copy(update={"entries": entries})


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
    """Return the date in a page's front matter; a page without one has always been there."""
    block = "\n".join(page.lines).removeprefix("---\n").partition("\n---\n")[0]
    data = read_yaml(block.encode(), page.path).data
    date = data.get("date") if isinstance(data, dict) else None
    return datetime.date.fromisoformat(date) if isinstance(date, str) else datetime.date.min
