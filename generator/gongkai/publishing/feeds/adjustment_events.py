"""Events of adjustments (动态调整): every change of every adjustment is one."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from gongkai.catalogue import Catalogue
from gongkai.model.adjustment import Adjustment, AdjustmentChange
from gongkai.model.disclosure_vocabulary import AdjustmentKind
from gongkai.model.item import Item
from gongkai.model.organization import Department, Town
from gongkai.publishing.feeds.addresses import subject_address
from gongkai.publishing.feeds.adjustment_wording import (
    Wording,
    amendment_line,
    amendment_title,
    changed_elements,
    version_of,
)
from gongkai.publishing.feeds.events import Draft
from gongkai.publishing.feeds.moments import plain_slot
from gongkai.publishing.feeds.names import ADJUSTMENTS, department_feed, is_secret, item_feed, publisher_feeds

KIND = "动态调整"

_TITLES = {
    AdjustmentKind.ADDED: "新增事项",
    AdjustmentKind.CANCELLED: "取消事项",
    AdjustmentKind.DELEGATED: "下放事项",
    AdjustmentKind.TAKEN_OVER: "承接事项",
    AdjustmentKind.MERGED: "合并事项",
    AdjustmentKind.SPLIT: "拆分事项",
}


def adjustment_drafts(catalogue: Catalogue, as_of: datetime.date) -> Iterator[Draft]:
    """Yield the adjustments that were published up to a day, change by change."""
    about = _by_item(catalogue)
    for adjustment in catalogue.adjustments.values():
        if adjustment.published_on > as_of:
            continue
        counts: Counter[str] = Counter()
        for change in adjustment.changes:
            subject = change.item or change.organization or ""
            counts[subject] += 1
            if change.item is None or not is_secret(catalogue, change.item):
                identity = f"adjustment/{adjustment.id}/{subject}/{counts[subject]}"
                yield _draft(catalogue, adjustment, change, identity, about.get(subject, []))


def _by_item(catalogue: Catalogue) -> dict[str, list[Adjustment]]:
    """Return which adjustments are about each item, so that its versions are not looked for in all of them."""
    about: defaultdict[str, list[Adjustment]] = defaultdict(list)
    for adjustment in catalogue.adjustments.values():
        for code in dict.fromkeys(change.item for change in adjustment.changes if change.item is not None):
            about[code].append(adjustment)
    return about


def _draft(
    catalogue: Catalogue, adjustment: Adjustment, change: AdjustmentChange, identity: str, about: Sequence[Adjustment]
) -> Draft:
    wordings = _wordings(catalogue, adjustment, change, about)
    slot = plain_slot(adjustment.published_on, identity)
    return Draft(
        identity=identity,
        kind=KIND,
        title=_title(change, wordings),
        lines=tuple(_lines(catalogue, adjustment, change, wordings)),
        address=subject_address(catalogue, item=change.item, organization=change.organization),
        feeds=tuple(_feeds(catalogue, change)),
        published=slot,
        updated=slot,
    )


def _wordings(
    catalogue: Catalogue, adjustment: Adjustment, change: AdjustmentChange, about: Sequence[Adjustment]
) -> list[Wording]:
    if change.item is None:
        model = Town if change.organization in catalogue.towns else Department
        return changed_elements(change, model, None)
    item = catalogue.items.get(change.item)
    version = version_of(adjustment, change, item, about) if item is not None else None
    return changed_elements(change, Item, version)


def _title(change: AdjustmentChange, wordings: Sequence[Wording]) -> str:
    if change.kind is AdjustmentKind.RENAMED:
        noun = "事项" if change.item is not None else "机构"
        old = next((element.old for element in change.elements if element.path == "name"), None)
        return f"{noun}更名：{old} 改为 {change.name}" if old else f"{noun}更名：{change.name}"
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
    shown = [code for code in change.counterparts if not is_secret(catalogue, code)]
    others = [catalogue.cards[code].name if code in catalogue.cards else code for code in shown]
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
