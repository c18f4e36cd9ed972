"""Earlier versions of items and organisations, rebuilt from the adjustment records alone.

The file says how a record is now; each adjustment says what it changed. Undoing them from the newest to the
oldest gives every version that the records reach back to. What was before the oldest record is not known.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import ValidationError

from gongkai.catalogue import Catalogue
from gongkai.model.adjustment import Adjustment, AdjustmentChange
from gongkai.model.item import Item
from gongkai.model.organization import Organization
from gongkai.versions.elements import Data, plain
from gongkai.versions.undo import CannotUndoError, undo

Kept = TypeVar("Kept", bound=Organization)


class _Numbered(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def effective_on(self) -> datetime.date: ...


Version = TypeVar("Version", bound=_Numbered)
"""A version of an item, or what is kept of one."""

FIRST = 1
"""The version that an item begins with."""


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """One version of an item: how it was from ``effective_on`` until the day before ``ended_on``.

    ``ended_on`` is None for the newest version. ``adjustment`` and ``change`` say what made this version;
    None for the oldest that is known, where the records do not say how it came about.
    """

    number: int
    item: Item
    effective_on: datetime.date
    ended_on: datetime.date | None
    adjustment: Adjustment | None
    change: AdjustmentChange | None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why undoing stopped: the change with this index in this adjustment cannot be undone.

    ``element`` is the index of the element at fault; None when the version numbers or dates do not fit
    together. ``message`` and ``help`` are for a clerk.
    """

    adjustment: Adjustment
    change: int
    element: int | None
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class History:
    """The versions of an item that could be rebuilt, newest first, and what stopped the rest."""

    versions: tuple[ItemVersion, ...]
    obstacle: Obstacle | None = None


@dataclass(frozen=True, slots=True)
class OrganizationHistory(Generic[Kept]):
    """An organisation before each of its adjustments, newest first, and what stopped the rest.

    Each pair is the adjustment and the organisation as it was until it took effect.
    """

    before: tuple[tuple[Adjustment, Kept], ...]
    obstacle: Obstacle | None = None


def changes_of(identity: str, adjustments: Iterable[Adjustment]) -> list[tuple[Adjustment, int, AdjustmentChange]]:
    """Return what adjustments say of an item or an organisation, newest first, with the change's index."""
    found = [
        (adjustment, index, change)
        for adjustment in adjustments
        for index, change in enumerate(adjustment.changes)
        if identity in (change.item, change.organization)
    ]
    return sorted(found, key=lambda row: (row[2].version or 0, row[0].effective_on, row[0].id, row[1]), reverse=True)


def rebuild(item: Item, adjustments: Iterable[Adjustment]) -> History:
    """Undo an item's adjustments, newest first, as far as they fit; never raises for what does not fit.

    Records of later versions than the item's own are left aside: it may be an earlier version itself.
    """
    versions: list[ItemVersion] = []
    current = item
    ended_on: datetime.date | None = None
    for adjustment, index, change in changes_of(item.code, adjustments):
        if not versions and (change.version or 0) > item.version:
            continue
        fault = _misfit(current, versions, adjustment, index, change)
        if fault is not None:
            return History((*versions, _oldest(current, ended_on)), fault)
        versions.append(ItemVersion(current.version, current, current.effective_on, ended_on, adjustment, change))
        if change.version == FIRST:
            return History(tuple(versions))
        ended_on = current.effective_on
        try:
            current = _before(current, change)
        except CannotUndoError as error:
            return History(tuple(versions), Obstacle(adjustment, index, error.element, str(error), error.help))
    return History((*versions, _oldest(current, ended_on)))


def _oldest(item: Item, ended_on: datetime.date | None) -> ItemVersion:
    return ItemVersion(item.version, item, item.effective_on, ended_on, None, None)


def _misfit(
    current: Item, newer: list[ItemVersion], adjustment: Adjustment, index: int, change: AdjustmentChange
) -> Obstacle | None:
    """Tell why a change cannot be what made the version ``current``, or return None when it can."""
    if change.version != current.version or adjustment.effective_on != current.effective_on:
        above = "事项文件" if not newer else "下一条记录"
        message = (
            f"记录的是 {adjustment.effective_on} 生效的第 {change.version} 版，"
            f"而按{above}应当是 {current.effective_on} 生效的第 {current.version} 版"
        )
        return Obstacle(adjustment, index, None, message, "版本号和生效日期要一版接一版，请核对后改正。")
    if change.version > FIRST and change.previous_effective_on is None:
        message = f"第 {change.version} 版没有写上一版本的生效日期（previous_effective_on）"
        return Obstacle(adjustment, index, None, message, "请照上一版的生效日期补上。")
    return None


def _before(item: Item, change: AdjustmentChange) -> Item:
    """Return the item before a change; raises CannotUndoError when the elements do not fit or make no item."""
    data: Data = {
        **_without_own_name(undo(plain(item), change.elements, Item), item, change),
        "version": item.version - 1,
        "effective_on": str(change.previous_effective_on),
    }
    try:
        earlier = Item.model_validate(data)
    except ValidationError as error:
        raise _no_record(change, error) from error
    earlier.attach(item.source)
    return earlier


def _without_own_name(data: Data, item: Item, change: AdjustmentChange) -> Data:
    """Drop the former names that ended with a renaming: the version before still bore them.

    Not where the record says itself what the former names were.
    """
    paths = {element.path for element in change.elements}
    former_names = data.get("former_names", [])
    if not all(isinstance(former, dict) and "until" in former for former in former_names):
        return data
    kept = [former for former in former_names if str(former["until"]) < str(item.effective_on)]
    if "name" not in paths or "former_names" in paths or kept == former_names:
        return data
    rest = {key: value for key, value in data.items() if key != "former_names"}
    return rest | {"former_names": kept} if kept else rest


def _no_record(change: AdjustmentChange, error: ValidationError) -> CannotUndoError:
    """Say which element's old value the model refuses."""
    loc = [step for step in error.errors()[0]["loc"] if isinstance(step, str)]
    guilty = [i for i, e in enumerate(change.elements) if loc[: len(e.path.split("."))] == e.path.split(".")]
    place = ".".join(loc)
    return CannotUndoError(
        guilty[0] if guilty else 0,
        f"还原出来的上一版不合格式：“{place}”缺少或者写法不对",
        "请照上一版的内容改正原来的内容（old）。",
    )


def history_of(catalogue: Catalogue, code: str) -> History:
    """Return what ``rebuild`` returns for an item of a catalogue; it is made once for all who ask one after the other."""
    return catalogue.recent.once(_history_of, catalogue, code, key=code)


def _history_of(catalogue: Catalogue, code: str) -> History:
    return rebuild(catalogue.items[code], catalogue.adjustments_of(code))


def versions(item: Item, adjustments: Iterable[Adjustment]) -> list[ItemVersion]:
    """Return an item's versions, newest first, as far back as the records reach."""
    return list(rebuild(item, adjustments).versions)


def version_on(item: Item, adjustments: Iterable[Adjustment], day: datetime.date) -> ItemVersion | None:
    """Return the version that applied on a day, or None when the item did not exist yet.

    For a day before the oldest known version of an item that is older than the records, that oldest
    version: the item existed, and no more is known of it (its ``effective_on`` is then after ``day``).
    """
    return in_force(rebuild(item, adjustments).versions, day)


def in_force(known: Sequence[Version], day: datetime.date) -> Version | None:
    """Return which of an item's versions, newest first, applied on a day; as :func:`version_on` says."""
    for version in known:
        if version.effective_on <= day:
            return version
    return None if known[-1].number == FIRST else known[-1]


def as_of(item: Item, adjustments: Iterable[Adjustment], day: datetime.date) -> Item | None:
    """Return an item as it was on a day, or None when it did not exist yet; see :func:`version_on`."""
    version = version_on(item, adjustments, day)
    return version.item if version else None


def rebuild_organization(organization: Kept, adjustments: Iterable[Adjustment]) -> OrganizationHistory[Kept]:
    """Undo the renaming of a department or town, newest first; never raises for what does not fit."""
    before: list[tuple[Adjustment, Kept]] = []
    current = organization
    for adjustment, index, change in changes_of(organization.id, adjustments):
        try:
            current = _organization_before(current, change)
        except CannotUndoError as error:
            return OrganizationHistory(
                tuple(before), Obstacle(adjustment, index, error.element, str(error), error.help)
            )
        before.append((adjustment, current))
    return OrganizationHistory(tuple(before))


def _organization_before(organization: Kept, change: AdjustmentChange) -> Kept:
    model = type(organization)
    try:
        earlier = model.model_validate(undo(plain(organization), change.elements, model))
    except ValidationError as error:
        raise _no_record(change, error) from error
    earlier.attach(organization.source)
    return earlier


def organization_as_of(organization: Kept, adjustments: Iterable[Adjustment], day: datetime.date) -> Kept:
    """Return a department or town under the names it had on a day, as far as the records say."""
    current = organization
    for adjustment, earlier in rebuild_organization(organization, adjustments).before:
        if adjustment.effective_on <= day:
            break
        current = earlier
    return current
