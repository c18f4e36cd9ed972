"""What stands in a record, found in one pass and without its places: almost no record has a fault to be placed."""

from __future__ import annotations

import typing
from functools import cache
from typing import Any

from gongkai.model.base import Citation, Part, Record
from gongkai.rules.engine import Context
from gongkai.rules.free_text import NAME_FIELDS


class Contents:
    """The texts of a record, those of its telephone numbers and opening hours once more, and its citations.

    ``prose`` are the free texts, ``names`` all others. Each list is in the order of the model.
    """

    __slots__ = ("citations", "hours", "names", "phones", "prose")

    def __init__(self) -> None:
        self.prose: list[str] = []
        self.names: list[str] = []
        self.phones: list[str] = []
        self.hours: list[str] = []
        self.citations: list[Citation] = []


def contents(record: Record, context: Context) -> Contents:
    """Return what stands in a record."""
    return context.of(record, _contents)


def _contents(record: Record, _context: Context) -> Contents:
    found = Contents()
    _add_part(record, found.prose, found)
    return found


def _add_part(part: Part, texts: list[str], found: Contents) -> None:
    # One object and no generators: this runs over every part of every record of every check.
    if isinstance(part, Citation):
        found.citations.append(part)
    values = part.__dict__
    for name, is_name in _fields(type(part)):
        value = values[name]
        if value is None:
            continue
        kind = type(value)
        own = found.names if is_name else texts
        if kind is str:
            own.append(value)
            if name == "phone":
                found.phones.append(value)
            elif name == "hours":
                found.hours.append(value)
        elif kind is list:
            if value:
                _add_list(value, own, found)
        elif isinstance(value, Part):
            _add_part(value, own, found)
        elif kind is dict:
            _add_mapping(value, own, found)


def _add_list(values: list[Any], texts: list[str], found: Contents) -> None:
    for value in values:
        kind = type(value)
        if kind is str:
            texts.append(value)
        elif kind is list:
            _add_list(value, found.names, found)
        elif isinstance(value, Part):
            _add_part(value, texts, found)
        elif kind is dict:
            _add_mapping(value, texts, found)


def _add_mapping(values: dict[str, Any], texts: list[str], found: Contents) -> None:
    """Add what stands in a value that no model describes: what an element was, and what it became."""
    _add_list(list(values.values()), texts, found)
    for texts_of, key in ((found.phones, "phone"), (found.hours, "hours")):
        if type(values.get(key)) is str:
            texts_of.append(values[key])


@cache
def _fields(model: type[Part]) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a model in which texts can stand, and whether these are names."""
    fields = model.model_fields.items()
    return tuple((name, name in NAME_FIELDS) for name, field in fields if _can_hold_text(field.annotation))


def _can_hold_text(annotation: Any) -> bool:
    """Tell whether a value of a type is a text or a part, or contains one; an enumeration's values are no texts."""
    if annotation is Any:
        return True
    arguments = typing.get_args(annotation)
    if arguments:
        return any(map(_can_hold_text, arguments))
    if isinstance(annotation, type):
        return annotation is str or issubclass(annotation, Part)
    return isinstance(annotation, str)
