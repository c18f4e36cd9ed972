"""The versions of an item that a site can show: those in force up to its day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.model.adjustment import Adjustment, AdjustmentChange
from gongkai.model.item import Item
from gongkai.model.vocabulary import ItemStatus
from gongkai.publishing.site import Site
from gongkai.versions.history import ItemVersion, history_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a version stands among the others of its item, for the top of its page.

    ``last_day`` is None for the version in force; ``current`` is the number of that one; ``ended`` tells whether the
    item is cancelled by now.
    """

    number: int
    effective_on: datetime.date
    last_day: datetime.date | None
    current: int
    ended: bool


def known_versions(site: Site, code: str) -> list[ItemVersion]:
    """Return an item's versions up to the site's day, newest first.

    They are rebuilt from all records, so that none is lost while an adjustment is in force and not published; such
    an adjustment is not told. For a day that the records do not reach back to, the oldest version that they know.
    """
    recorded = site.records.adjustments_of(code)
    if not recorded:
        item = site.catalogue.items[code]
        return [ItemVersion(item.version, item, item.effective_on, None, None, None)]
    known = history_of(site.records, code).versions
    begun = [version for version in known if version.effective_on <= site.as_of] or known[-1:]
    newest = replace(begun[0], item=site.catalogue.items[code], ended_on=None)
    return [_published(version, site.as_of) for version in (newest, *begun[1:])]


def _published(version: ItemVersion, day: datetime.date) -> ItemVersion:
    if version.adjustment is None or version.adjustment.published_on <= day:
        return version
    return replace(version, adjustment=None, change=None)


def version_keys(site: Site) -> Iterator[str]:
    """Yield code and number of every version that has a page."""
    for code in site.catalogue.items:
        yield from version_keys_of(site, code)


def version_keys_of(site: Site, code: str) -> Iterator[str]:
    """Yield code and number of the versions of an item that have a page: those that were secret have none."""
    for version in known_versions(site, code):
        if version.item.secrecy is None:
            yield f"{code}/{version.number}"


def find_version(known: Sequence[ItemVersion], number: int) -> tuple[ItemVersion, Standing]:
    """Return one of an item's versions, newest first, and where it stands; raises LookupError for one that is not there."""
    version = next((version for version in known if version.number == number), None)
    if version is None:
        raise LookupError(f"there is no version {number}")
    return version, standing_of(version, known[0])


def standing_of(version: ItemVersion, newest: ItemVersion) -> Standing:
    """Return where a version stands; ``newest`` is the one in force."""
    ended = newest.item.status is ItemStatus.CANCELLED
    return Standing(version.number, version.effective_on, last_day(version), newest.number, ended)


def last_day(version: ItemVersion) -> datetime.date | None:
    """Return the last day on which a version was in force; None while it is."""
    return version.ended_on - datetime.timedelta(days=1) if version.ended_on is not None else None


def upcoming(site: Site, code: str) -> list[Adjustment]:
    """Return an item's adjustments that were published and have not taken effect, the earliest first."""
    coming = [a for a in site.catalogue.adjustments_of(code) if a.effective_on > site.as_of]
    return sorted(coming, key=lambda adjustment: (adjustment.effective_on, adjustment.id))


def stopped_by(site: Site, item: Item) -> ItemVersion | None:
    """Return the version whose published adjustment made an item cancelled or suspended; None where no record says."""
    if item.status is ItemStatus.ACTIVE:
        return None
    known = known_versions(site, item.code)
    return next((v for v in known if v.change is not None and _sets_status(v.change, item.status)), None)


def successors(site: Site, item: Item) -> tuple[str, list[str]]:
    """Return how a cancelled item ended (合并, 拆分 or 取消), and the codes of those to go to that are shown."""
    stopped = stopped_by(site, item)
    change = stopped.change if stopped else None
    codes = list(item.cancellation.replaced_by) if item.cancellation else []
    if change is not None:
        codes += change.counterparts
    shown = [code for code in dict.fromkeys(codes) if code in site.catalogue.items]
    return change.kind.value if change is not None else "取消", shown


def _sets_status(change: AdjustmentChange, status: ItemStatus) -> bool:
    return any(element.path == "status" and element.new == status.value for element in change.elements)
