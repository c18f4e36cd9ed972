"""The fields and models that a path of keys leads to, from a model on."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo


def named_type(annotation: Any, *, entries: bool) -> Any:
    """Return what an annotation names besides None; with ``entries``, what a list holds in the place of the list."""
    while True:
        origin = typing.get_origin(annotation)
        if origin is typing.Annotated or (entries and origin is list):
            annotation = typing.get_args(annotation)[0]
        elif origin in (typing.Union, types.UnionType):
            annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
        else:
            return annotation


def named_model(annotation: Any, *, entries: bool) -> type[BaseModel] | None:
    """Return the model that an annotation names (see ``named_type``), None where it names none."""
    found = named_type(annotation, entries=entries)
    return found if isinstance(found, type) and issubclass(found, BaseModel) else None


def fields_along(model: type[BaseModel], keys: Iterable[str], *, entries: bool) -> list[FieldInfo]:
    """Return the fields along a path of keys, or nothing where it leads nowhere; ``entries`` lets it lead into lists."""
    current: type[BaseModel] | None = model
    fields: list[FieldInfo] = []
    for key in keys:
        field = current.model_fields.get(key) if current is not None else None
        if field is None:
            return []
        fields.append(field)
        current = named_model(field.annotation, entries=entries)
    return fields
