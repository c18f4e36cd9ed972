"""A record's data as elements: what stands at which path, and how two versions differ.

Mappings are descended into, lists are whole: the materials of an item are one element. An element that is
null is no element.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from gongkai.model.base import Record
from gongkai.model.field_paths import fields_along, named_model
from gongkai.model.item import Item
from gongkai.model.organization import Organization
from gongkai.versions.substance import VERSION_KEYS, Substance, item_substance, organization_substance

Data = dict[str, Any]
"""A record as its file says it: mappings, lists, texts, numbers, true and false."""


@dataclass(frozen=True, slots=True)
class ElementChange:
    """One element that differs: None for ``old`` means that it was not there, for ``new`` that it is gone.

    ``major`` tells whether the change is of substance, ``reason`` why.
    """

    path: str
    old: Any
    new: Any
    major: bool
    reason: str


def plain(record: Record) -> Data:
    """Return a record as its file says it, without nulls."""
    return without_nulls(record.model_dump(mode="json", exclude_unset=True))


def without_nulls(data: Mapping[str, Any]) -> Data:
    """Return data without the keys whose value is null, at any depth of mappings."""
    return {
        key: without_nulls(value) if isinstance(value, Mapping) else value
        for key, value in data.items()
        if value is not None
    }


def flatten(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the elements by dotted path; a mapping without keys is an element of its own."""
    return dict(_flatten(without_nulls(data), ""))


def _flatten(data: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        path = f"{prefix}{key}"
        if isinstance(value, Mapping) and value:
            yield from _flatten(value, f"{path}.")
        else:
            yield path, value


def compare_items(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[ElementChange]:
    """Return the elements in which two versions of an item differ, besides its version and effective date."""
    return [change for change in _compare(before, after, Item, item_substance) if change.path not in VERSION_KEYS]


def compare_organizations(
    before: Mapping[str, Any], after: Mapping[str, Any], model: type[Organization]
) -> list[ElementChange]:
    """Return the elements in which two versions of a department or town differ."""
    return _compare(before, after, model, organization_substance)


def compare_records(before: Mapping[str, Any], after: Mapping[str, Any], model: type[Record]) -> list[ElementChange]:
    """Return the elements in which two versions of any other record differ; none makes a version."""
    return _compare(before, after, model, lambda _path: Substance(False, "登记资料"))


def _compare(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    model: type[Record],
    substance: Callable[[str], Substance],
) -> list[ElementChange]:
    old, new = flatten(before), flatten(after)
    changes = []
    for path in dict.fromkeys((*old, *new)):
        was, now = old.get(path), new.get(path)
        if identical(was, now):
            continue
        meaning = substance(path)
        if meaning.major and same_meaning(model, path, was, now):
            meaning = Substance(False, "写法不同，意思一样")
        changes.append(ElementChange(path, was, now, meaning.major, meaning.reason))
    return changes


def comparable(entries: Iterable[Any]) -> list[str]:
    """Return the entries of a list as texts that are equal where the entries are, whatever the order of their keys."""
    return [json.dumps(entry, ensure_ascii=False, sort_keys=True, default=str) for entry in entries]


def identical(a: Any, b: Any) -> bool:
    """Tell whether two plain values are written alike: unlike ``==``, true is not 1."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(identical(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(identical, a, b))
    return bool(a == b)


def same_meaning(model: type[BaseModel], path: str, a: Any, b: Any) -> bool:
    """Tell whether two values of an element mean the same: one may leave out what the other says by default."""
    if identical(a, b):
        return True
    field = field_at(model, path)
    if field is None:
        return False
    try:
        return bool(_meaning(field, a) == _meaning(field, b))
    except ValidationError:
        return False


def _meaning(field: FieldInfo, value: Any) -> Any:
    """Return what a value means to the model; raises ValidationError for one that it refuses."""
    if value is None and not field.is_required():
        return field.get_default(call_default_factory=True)
    annotation: Any = field.annotation
    return TypeAdapter(annotation).validate_python(value)


def field_at(model: type[BaseModel], path: str) -> FieldInfo | None:
    """Return the field that a dotted path leads to, or None where the model has no such element."""
    fields = fields_along(model, path.split("."), entries=False)
    return fields[-1] if fields else None


def title_of(model: type[BaseModel], path: str) -> str:
    """Return the Chinese titles along a path, such as 办结时限·承诺办结时限; the path itself for an unknown one."""
    fields = fields_along(model, path.split("."), entries=False)
    return "·".join(field.title or "" for field in fields) if fields else path


def model_at(model: type[BaseModel], path: str) -> type[BaseModel] | None:
    """Return the model of what stands at a path, or of a list's entries there; None for plain values."""
    field = field_at(model, path)
    return named_model(field.annotation, entries=True) if field is not None else None
