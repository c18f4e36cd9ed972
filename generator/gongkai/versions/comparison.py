"""Two versions of the whole data: which records came, went and changed, and in which elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gongkai.model.kinds import KINDS, Kind, kind_of
from gongkai.model.organization import Department, Town
from gongkai.reading.yaml_text import read_yaml
from gongkai.versions.elements import (
    Data,
    ElementChange,
    compare_items,
    compare_organizations,
    compare_records,
)

COMPARED = ("item", "department", "town", "law")
"""The kinds whose records are compared element by element."""

_NAME_KEYS = ("name", "title")


@dataclass(frozen=True, slots=True)
class PlainRecord:
    """One data file: where it stands, and what it says."""

    kind: Kind
    identity: str
    path: str
    data: Data

    @property
    def name(self) -> str:
        """What the record is called, or its identity when it has no name."""
        return next((str(self.data[key]) for key in _NAME_KEYS if key in self.data), self.identity)


@dataclass(slots=True)
class PlainRecords:
    """The records of one version of the tree by kind and identity, and the files that could not be read."""

    records: dict[tuple[str, str], PlainRecord] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that differs: ``before`` is None for one that came, ``after`` for one that went."""

    before: PlainRecord | None
    after: PlainRecord | None
    elements: tuple[ElementChange, ...]

    @property
    def record(self) -> PlainRecord:
        """The record as it is now, or as it was last."""
        found = self.after or self.before
        if found is None:
            raise LookupError("a difference without records")
        return found

    @property
    def major(self) -> bool:
        """Whether an element of substance changed."""
        return any(change.major for change in self.elements)


def plain_records(files: Mapping[str, bytes]) -> PlainRecords:
    """Read the records that are compared out of files by path; never raises for bad content."""
    found = PlainRecords()
    for path in sorted(files):
        kind = kind_of(path)
        if kind is None or kind.name not in COMPARED or kind.key is None:
            continue
        data = read_yaml(files[path], path).data
        if not isinstance(data, dict):
            found.unreadable.append(path)
            continue
        identity = str(data.get(kind.key, path.rpartition("/")[2].removesuffix(".yml")))
        found.records[kind.name, identity] = PlainRecord(kind, identity, path, data)
    return found


def differences(before: PlainRecords, after: PlainRecords) -> Iterator[Difference]:
    """Yield what differs between two versions of the data, by kind and identity.

    A record whose file cannot be read in the other version neither came nor went.
    """
    unread = {*before.unreadable, *after.unreadable}
    order = {kind.name: position for position, kind in enumerate(KINDS)}
    order["item"] = -1
    for key in sorted({*before.records, *after.records}, key=lambda key: (order[key[0]], key[1])):
        old, new = before.records.get(key), after.records.get(key)
        if any(record.path in unread for record in (old, new) if record is not None):
            continue
        if old is None or new is None:
            yield Difference(old, new, ())
        elif elements := _compare(old, new):
            yield Difference(old, new, tuple(elements))
        elif _version(old) != _version(new):
            yield Difference(old, new, ())


def _version(record: PlainRecord) -> tuple[Any, Any]:
    return record.data.get("version"), record.data.get("effective_on")


def _compare(old: PlainRecord, new: PlainRecord) -> list[ElementChange]:
    model = new.kind.model
    if new.kind.name == "item":
        return compare_items(old.data, new.data)
    if issubclass(model, Department | Town):
        return compare_organizations(old.data, new.data, model)
    return compare_records(old.data, new.data, model)
