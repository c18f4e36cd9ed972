"""What is counted but not shown: the items and cases that are not public (政府信息公开条例第十四条、第十五条).

Pages, feeds, indexes and open data are made from a catalogue that has none of them, so that none can show what
it must not. Only the counts come from the whole catalogue.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from gongkai.catalogue import Catalogue
from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalDay
from gongkai.model.item import Item
from gongkai.model.listing import Listing
from gongkai.model.organization import District
from gongkai.model.supervision import Exposure
from gongkai.publishing.site import Site
from gongkai.versions.whole_catalogue import catalogue_as_of

M = TypeVar("M", Listing, Exposure)


def site_of(
    catalogue: Catalogue, district: District, as_of: datetime.date, site_url: str, description: str = ""
) -> Site:
    """Return the site of a catalogue on a day: it shows what was public then, and counts everything."""
    then = catalogue_as_of(catalogue, as_of)
    public = public_part(then)
    counted = None if public is then else then
    recorded = None if then is catalogue else catalogue
    return Site(public, district, as_of, site_url, description, counted=counted, recorded=recorded)


def public_part(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue without the items and cases that are not public, and without what others say of them.

    It is the same catalogue where everything is public. An adjustment that is only about such items is left out.
    """
    secret = {code for code, card in catalogue.cards.items() if card.secrecy is not None}
    if not secret and all(case.secrecy is None for _, _, case in catalogue.cases()):
        return catalogue
    days = ((key, _day(day, secret)) for key, day in catalogue.approvals.items())
    adjustments = ((key, _adjustment(adjustment, secret)) for key, adjustment in catalogue.adjustments.items())
    return replace(
        catalogue,
        items={code: _item(item, secret) for code, item in catalogue.items.items() if code not in secret},
        listings={key: _without(listing, "entries", secret) for key, listing in catalogue.listings.items()},
        approvals={key: day for key, day in days if day.cases},
        adjustments={key: adjustment for key, adjustment in adjustments if adjustment.changes},
        exposures={key: _without(exposure, "items", secret) for key, exposure in catalogue.exposures.items()},
    )


def _item(item: Item, secret: Collection[str]) -> Item:
    """Return an item that is not replaced by one that is not public."""
    cancellation = item.cancellation
    if cancellation is None or not any(code in secret for code in cancellation.replaced_by):
        return item
    left = [code for code in cancellation.replaced_by if code not in secret]
    return item.model_copy(update={"cancellation": cancellation.model_copy(update={"replaced_by": left})})


def _without(record: M, field: str, secret: Collection[str]) -> M:
    """Return a record whose list of named items has none that is not public."""
    named = getattr(record, field)
    left = [entry for entry in named if entry.code not in secret]
    return record if len(left) == len(named) else record.model_copy(update={field: left})


def _day(day: ApprovalDay, secret: Collection[str]) -> ApprovalDay:
    left = [case for case in day.cases if case.secrecy is None and case.code not in secret]
    return day if len(left) == len(day.cases) else day.model_copy(update={"cases": left})


def _adjustment(adjustment: Adjustment, secret: Collection[str]) -> Adjustment:
    changes = [
        change
        if not any(code in secret for code in change.counterparts)
        else change.model_copy(update={"counterparts": [code for code in change.counterparts if code not in secret]})
        for change in adjustment.changes
        if change.item not in secret
    ]
    return adjustment if changes == adjustment.changes else adjustment.model_copy(update={"changes": changes})
