"""Events of adjustments (动态调整): every change of every adjustment is one."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence

from gongkai.catalogue import Catalogue
from gongkai.model.adjustment import Adjustment, AdjustmentChange
from gongkai.model.disclosure_vocabulary import AdjustmentKind
from gongkai.model.item import Item
from gongkai.model.organization import Department, Town
from gongkai.publishing.addresses import adjustment_address
from gongkai.publishing.feeds.adjustment_wording import (
    Wording,
    amendment_line,
    amendment_title,
    changed_elements,
    changes_a_limit,
)
from gongkai.publishing.feeds.events import Draft, draft
from gongkai.publishing.feeds.moments import plain_slot
from gongkai.publishing.feeds.names import ADJUSTMENTS, department_feed, item_feed, publisher_feeds
from gongkai.versions.history import history_of

KIND = "动态调整"

_TITLES = {
    AdjustmentKind.ADDED: "新增事项",
    AdjustmentKind.CANCELLED: "取消事项",
    AdjustmentKind.DELEGATED: "下放事项",
    AdjustmentKind.TAKEN_OVER: "承接事项",
    AdjustmentKind.MERGED: "合并事项",
    AdjustmentKind.SPLIT: "拆分事项",
}


def adjustment_drafts(catalogue: Catalogue, adjustment: Adjustment, as_of: datetime.date) -> Iterator[Draft]:
    """Yield the changes of an adjustment, if it was published up to a day."""
    if adjustment.published_on <= as_of:
        for key, change in keyed_changes(adjustment):
            yield _draft(catalogue, adjustment, key, change)


def keyed_changes(adjustment: Adjustment) -> Iterator[tuple[str, AdjustmentChange]]:
    """Yield the changes of an adjustment, with the key that tells each from the others.

    Keys go into the ids of entries: they never change.
    """
    counts: Counter[str] = Counter()
    for change in adjustment.changes:
        subject = change.item or change.organization or ""
        counts[subject] += 1
        yield f"{subject}/{counts[subject]}", change


def change_anchor(key: str) -> str:
    """Return the id that a change has on its adjustment's page."""
    return f"change-{key.replace('/', '-')}"


def _draft(catalogue: Catalogue, adjustment: Adjustment, key: str, change: AdjustmentChange) -> Draft:
    wordings = wordings_of(catalogue, adjustment, change)
    identity = f"adjustment/{adjustment.id}/{key}"
    slot = plain_slot(adjustment.published_on, identity)
    return draft(
        identity=identity,
        kind=KIND,
        title=change_title(change, wordings),
        lines=_lines(catalogue, adjustment, change, wordings),
        address=f"{adjustment_address(adjustment.id)}#{change_anchor(key)}",
        feeds=_feeds(catalogue, change),
        published=slot,
        updated=slot,
    )


def wordings_of(catalogue: Catalogue, adjustment: Adjustment, change: AdjustmentChange) -> list[Wording]:
    """Return what a change changed, in words that fit a line."""
    if change.item is None:
        return changed_elements(change, subject_model(catalogue, change), None)
    made = version_made(catalogue, adjustment, change) if changes_a_limit(change) else None
    return changed_elements(change, Item, made)


def subject_model(catalogue: Catalogue, change: AdjustmentChange) -> type[Item | Department | Town]:
    """Return what a change is about: an item, a department or a town."""
    if change.item is not None:
        return Item
    return Town if change.organization in catalogue.towns else Department


def version_made(catalogue: Catalogue, adjustment: Adjustment, change: AdjustmentChange) -> Item | None:
    """Return the version of an item that a change led to, or the item as it is where the records do not fit.

    None for an unknown item.
    """
    item = catalogue.items.get(change.item or "")
    if item is None:
        return None
    known = history_of(catalogue, item.code).versions
    by = (adjustment.id, change.version)
    return next((v.item for v in known if v.adjustment is not None and (v.adjustment.id, v.number) == by), item)


def change_title(change: AdjustmentChange, wordings: Sequence[Wording]) -> str:
    """Return what a change is, on one line."""
    if change.kind is AdjustmentKind.RENAMED:
        noun = "事项" if change.item is not None else "机构"
        old = next((element.old for element in change.elements if element.path == "name"), None)
        return f"{noun}更名：“{old}”改为“{change.name}”" if old else f"{noun}更名：{change.name}"
    if change.kind is AdjustmentKind.AMENDED:
        return f"{amendment_title(wordings)}：{change.name}"
    return f"{_TITLES[change.kind]}：{change.name}"


def _lines(
    catalogue: Catalogue, adjustment: Adjustment, change: AdjustmentChange, wordings: Sequence[Wording]
) -> Iterator[str]:
    yield f"{'事项' if change.item is not None else '机构'}：{change.name}"
    if change.item is not None:
        yield f"事项编码：{change.item}"
    yield f"生效日期：{adjustment.effective_on}"
    yield f"公布日期：{adjustment.published_on}"
    yield f"依据：{adjustment.basis}"
    yield f"说明：{adjustment.note}"
    yield from map(amendment_line, wordings)
    others = [catalogue.cards[code].name if code in catalogue.cards else code for code in change.counterparts]
    if others:
        yield f"相关事项：{'、'.join(others)}"
    organization = catalogue.organization(change.counterpart_organization or "")
    if organization is not None:
        yield f"相关机构：{organization.short_name}"


def _feeds(catalogue: Catalogue, change: AdjustmentChange) -> Iterator[str]:
    yield ADJUSTMENTS
    for code in (change.item, *change.counterparts):
        if code is None:
            continue
        yield item_feed(code)
        if code in catalogue.cards:
            yield department_feed(catalogue.cards[code].department)
    for organization in (change.organization, change.counterpart_organization):
        if organization is not None:
            yield from publisher_feeds(catalogue, organization)
