"""The adjustment record of a change, and the raised versions: worked out from the data before and after it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from gongkai.catalogue import Catalogue
from gongkai.editing.adjustment_file import new_adjustment
from gongkai.editing.changeset import Change
from gongkai.editing.yaml_editor import CannotEditError, YamlEditor
from gongkai.model.adjustment import Adjustment
from gongkai.model.base import Record
from gongkai.model.disclosure_vocabulary import AdjustmentKind
from gongkai.model.item import Item
from gongkai.model.item_parts import ALL_TOWNS, ALL_VILLAGES
from gongkai.model.kinds import kind_of
from gongkai.model.organization import Organization
from gongkai.model.validation import read_record
from gongkai.model.vocabulary import ItemStatus
from gongkai.versions.elements import ElementChange, compare_items, compare_organizations, identical, plain
from gongkai.versions.history import FIRST, changes_of, versions

_NAMES_OF_ORGANIZATIONS = ("name", "short_name", "aliases", "former_names")


class CannotAdjustError(Exception):
    """A record cannot be written; the message says in Chinese why, and what to do."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the clerk says of the change."""

    basis: str
    note: str
    effective_on: datetime.date
    published_on: datetime.date


@dataclass
class Plan:
    """What is written: nothing when every change has its record. ``lines`` say what, for the clerk."""

    changes: dict[str, Change] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    record: str | None = None


def plan(root: Path, before: Catalogue, after: Catalogue, request: Request) -> Plan:
    """Work out the record and the raised versions of what changed since ``before``; changes nothing.

    ``after`` is the project as it is in ``root``. Raises CannotAdjustError when it cannot be done for all,
    and OSError for files that cannot be read.
    """
    made, recorded = Plan(), []
    _refuse_unreadable(before, after)
    kinds = _Kinds(before, after)
    for item in after.items.values():
        old = before.items.get(item.code)
        if ("item", item.code) in before.unreadable:
            continue
        change = _added(item, after) if old is None else _changed(old, item, after, request, kinds)
        if change is not None:
            recorded.append(change)
            made.lines.append(f"{change['kind']} {item.code} {item.name} 第 {change['version']} 版")
            _set_version(root, item, change["version"], request, made)
    for organization in (*after.departments.values(), *after.towns.values()):
        change = _renamed(organization, before, after)
        if change is not None:
            recorded.append(change)
            made.lines.append(f"{change['kind']} {organization.id} {organization.name}")
    if recorded:
        _add_record(after, request, recorded, made)
        _refuse_what_cannot_be_undone(before, after, made)
    return made


def _refuse_unreadable(before: Catalogue, after: Catalogue) -> None:
    """Refuse when an item that was there can no longer be read: what changed in it is not known."""
    broken = sorted(code for kind, code in after.unreadable if kind == "item" and code in before.items)
    if broken:
        raise CannotAdjustError(f"事项 {'、'.join(broken)} 的文件读不出来，请先运行 gongkai check 改正。")


def _added(item: Item, after: Catalogue) -> dict[str, Any] | None:
    if after.adjustments_of(item.code):
        return None
    if item.version != FIRST:
        raise CannotAdjustError(
            f"{item.source.path} 是新增的事项，版本写的是 {item.version}；新增的从 1 开始，请改为 version: 1。"
        )
    return {"kind": AdjustmentKind.ADDED.value, "item": item.code, "name": item.name, "version": FIRST}


def _changed(old: Item, item: Item, after: Catalogue, request: Request, kinds: _Kinds) -> dict[str, Any] | None:
    """Return the change to record, or None when nothing of substance changed or it is recorded already."""
    changes = compare_items(plain(old), plain(item))
    if not any(change.major for change in changes) or _is_recorded(old, item, after):
        return None
    newer = [
        a.id for a, _, c in changes_of(item.code, after.adjustments_of(item.code)) if (c.version or 0) > old.version
    ]
    if newer:
        raise CannotAdjustError(
            f"事项 {item.code} 已经有调整记录 {'、'.join(newer)}，可是与内容不符。"
            "记录还没有提交的，删去它再运行；已经提交的，请从提交它的那个版本开始比较。"
        )
    if old.effective_on >= request.effective_on:
        raise CannotAdjustError(
            f"事项 {item.code} 上一版从 {old.effective_on} 起生效，这次的生效日期 {request.effective_on} 要比它晚；"
            "请用 --on 指明。"
        )
    return {
        "item": item.code,
        "name": item.name,
        "version": old.version + 1,
        "previous_effective_on": old.effective_on,
        **kinds.of(old, item, changes),
        "elements": [_element(change) for change in changes],
    }


def _is_recorded(old: Item, item: Item, after: Catalogue) -> bool:
    """Tell whether undoing the records leads back to the item as it was, in all that is of substance."""
    if item.version <= old.version:
        return False
    known = versions(item, after.adjustments_of(item.code))
    rebuilt = next((version.item for version in known if version.number == old.version), None)
    return rebuilt is not None and not any(c.major for c in compare_items(plain(old), plain(rebuilt)))


def _element(change: ElementChange) -> dict[str, Any]:
    return {"path": change.path, "old": change.old, "new": change.new}


class _Kinds:
    """Tells the kind of a change from what changed."""

    def __init__(self, before: Catalogue, after: Catalogue) -> None:
        self._successors = Counter(
            item.cancellation.replaced_by[0]
            for item in after.items.values()
            if item.cancellation is not None
            and len(item.cancellation.replaced_by) == 1
            and (old := before.items.get(item.code)) is not None
            and old.status is not ItemStatus.CANCELLED
        )

    def of(self, old: Item, item: Item, changes: list[ElementChange]) -> dict[str, Any]:
        """Return the keys of a change that say its kind and whom else it concerns.

        Several items that one replaces were merged, one that several replace was split.
        """
        new = {change.path: change.new for change in changes}
        if new.get("status") == ItemStatus.CANCELLED.value:
            return self._cancelled(item)
        if "name" in new:
            return {"kind": AdjustmentKind.RENAMED.value}
        if "authority.organization" in new:
            return self._moved(old, item)
        return {"kind": AdjustmentKind.AMENDED.value}

    def _cancelled(self, item: Item) -> dict[str, Any]:
        successors = item.cancellation.replaced_by if item.cancellation else []
        kind = AdjustmentKind.CANCELLED
        if len(successors) > 1:
            kind = AdjustmentKind.SPLIT
        elif successors and self._successors[successors[0]] > 1:
            kind = AdjustmentKind.MERGED
        return {"kind": kind.value, "counterparts": list(successors) or None}

    @staticmethod
    def _moved(old: Item, item: Item) -> dict[str, Any]:
        """Tell delegation to towns and villages from what departments take over from them."""
        everybody = (ALL_TOWNS, ALL_VILLAGES)
        was, now = old.authority.organization, item.authority.organization
        if now in everybody and was not in everybody:
            return {"kind": AdjustmentKind.DELEGATED.value, "counterpart_organization": now}
        if was in everybody and now not in everybody:
            return {"kind": AdjustmentKind.TAKEN_OVER.value, "counterpart_organization": was}
        return {"kind": AdjustmentKind.AMENDED.value}


def _renamed(organization: Organization, before: Catalogue, after: Catalogue) -> dict[str, Any] | None:
    """Return the renaming of an organisation to record, or None when there is none, or it is recorded."""
    old = before.organization(organization.id)
    if old is None or type(old) is not type(organization):
        return None
    changes = compare_organizations(plain(old), plain(organization), type(organization))
    recorded = changes_of(organization.id, after.adjustments_of(organization.id))
    said = {(element.path, element.new) for _, _, change in recorded for element in change.elements}
    if not any(change.major and (change.path, change.new) not in said for change in changes):
        return None
    names = [change for change in changes if change.path in _NAMES_OF_ORGANIZATIONS]
    return {
        "kind": AdjustmentKind.RENAMED.value,
        "organization": organization.id,
        "name": organization.name,
        "elements": [_element(change) for change in names],
    }


def _set_version(root: Path, item: Item, version: int, request: Request, made: Plan) -> None:
    path = item.source.path
    content = (root / path).read_bytes()
    try:
        editor = YamlEditor(content.decode("utf-8"))
        editor.set_number(("version",), version)
        editor.set_text(("effective_on",), str(request.effective_on))
        text = editor.result()
    except (CannotEditError, yaml.YAMLError) as error:
        message = f"{path} 里版本或者生效日期的写法特殊，没有把握只改这两处；请写成 version: 1 和 effective_on: 2026-01-31 的样子。"
        raise CannotAdjustError(message) from error
    if editor.changed:
        made.changes[path] = Change(content, text.encode("utf-8"))


def _add_record(after: Catalogue, request: Request, recorded: list[dict[str, Any]], made: Plan) -> None:
    try:
        made.record, record = new_adjustment(
            after,
            recorded,
            effective_on=request.effective_on,
            published_on=request.published_on,
            basis=request.basis,
            note=request.note,
        )
    except ValueError as error:
        raise CannotAdjustError(f"{error}。") from error
    made.changes[made.record] = record


def _refuse_what_cannot_be_undone(before: Catalogue, after: Catalogue, made: Plan) -> None:
    """Read what would be written, undo it, and compare with what was there."""
    record = _read(made, made.record or "")
    if not isinstance(record, Adjustment):
        raise CannotAdjustError("调整记录不合格式，没有写。请看一看依据和说明。")
    for change in record.changes:
        if change.item is None or change.previous_effective_on is None:
            continue
        current = after.items[change.item]
        changed = _read(made, current.source.path) if current.source.path in made.changes else current
        rebuilt = versions(changed, [*after.adjustments_of(change.item), record]) if isinstance(changed, Item) else []
        old = before.items[change.item]
        if not any(v.number == old.version and identical(plain(v.item), plain(old)) for v in rebuilt):
            raise CannotAdjustError(
                f"事项 {change.item} 的上一版按这条记录还原不出来，没有写。请运行 gongkai check 看看数据。"
            )


def _read(made: Plan, path: str) -> Record | None:
    """Return what a file that would be written says; raises CannotAdjustError when anything is wrong with it."""
    kind = kind_of(path)
    if kind is None:
        return None
    record, findings = read_record(made.changes[path].after, path, kind)
    if findings:
        first = findings[0]
        raise CannotAdjustError(f"{kind.title}的文件（{path}）不合格式，没有写：{first.message}。{first.help}")
    return record


def summary(made: Plan) -> Iterator[str]:
    """Yield what is written, one line a file."""
    yield from (f"  {line}" for line in made.lines)
    yield from (f"  写 {path}" for path in made.changes)
