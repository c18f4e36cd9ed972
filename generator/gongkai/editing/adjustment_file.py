"""The files that record adjustments: their number, their place, and their text in the style of data/."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from gongkai.catalogue import Catalogue
from gongkai.editing.changeset import Change
from gongkai.editing.yaml_scalar import WORDS_OF_YAML, quoted, scalar
from gongkai.invisible import INVISIBLE
from gongkai.model.adjustment import Adjustment, AdjustmentChange, ChangedElement
from gongkai.model.kinds import kind_of, schema_comment

LAST_NUMBER = 999
"""The highest number of a year: ids have three digits."""

_KEY = re.compile(r"[a-z_][a-z0-9_]*\Z")


def new_adjustment(
    catalogue: Catalogue,
    changes: Sequence[Mapping[str, Any]],
    *,
    effective_on: datetime.date,
    published_on: datetime.date,
    basis: str,
    note: str,
) -> tuple[str, Change]:
    """Return path and content of a new adjustment's file, under the next number of the year that it is published in.

    Raises ValueError, with a message for the clerk, when the year's numbers are used up, and TypeError for values that
    YAML data cannot hold.
    """
    # A file that cannot be read has its number all the same.
    used = [*catalogue.adjustments, *(identity for kind, identity in catalogue.unreadable if kind == "adjustment")]
    identity = next_adjustment_id(used, published_on.year)
    data = {
        "id": identity,
        "demonstration": True if catalogue.district is not None and catalogue.district.demonstration else None,
        "effective_on": effective_on,
        "published_on": published_on,
        "basis": basis,
        "note": note,
        "changes": changes,
    }
    return adjustment_path(identity), Change(None, adjustment_text(data).encode("utf-8"))


def next_adjustment_id(existing: Iterable[str], year: int) -> str:
    """Return the id after the highest of a year, such as 2026-009; gaps are not filled.

    Raises ValueError, with a message for the clerk, when the year's numbers are used up.
    """
    prefix = f"{year:04d}-"
    numbers = [int(identity.removeprefix(prefix)) for identity in existing if identity.startswith(prefix)]
    following = max(numbers, default=0) + 1
    if following > LAST_NUMBER:
        raise ValueError(f"{year} 年的动态调整编号已经用到 {LAST_NUMBER} 号，不能再编新的")
    return f"{prefix}{following:03d}"


def adjustment_path(identity: str) -> str:
    """Return where the adjustment with this id is kept, below the project root."""
    return f"data/adjustments/{identity[:4]}/{identity}.yml"


def adjustment_text(data: Mapping[str, Any]) -> str:
    """Return the text of an adjustment's file.

    Keys stand in the order of the model and nulls are left out, except inside old and new values, which stay
    as they are. Raises ValueError for an id that is none, TypeError for values that YAML data cannot hold.
    """
    path = adjustment_path(str(data["id"]))
    kind = kind_of(path)
    if kind is None:
        raise ValueError(f"“{data['id']}”不是动态调整的编号")
    return "\n".join([schema_comment(kind, path), *_mapping(_in_order(data), ""), ""])


def _in_order(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return an adjustment with its keys in the order of the model, down to the changed elements."""
    ordered = _by_model(data, Adjustment)
    ordered["changes"] = [_by_model(change, AdjustmentChange) for change in data["changes"]]
    for change in ordered["changes"]:
        if "elements" in change:
            change["elements"] = [_by_model(element, ChangedElement) for element in change["elements"]]
    return ordered


def _by_model(data: Mapping[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Order keys; exceptions, which every record may have, and unknown keys come last."""
    known = [key for key in model.model_fields if key != "exceptions"]
    keys = [*(key for key in known if key in data), *(key for key in data if key not in known)]
    return {key: data[key] for key in keys if data[key] is not None}


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if not isinstance(key, str):
            raise TypeError(f"a key must be text: {key!r}")
        written = key if _KEY.match(key) and key not in WORDS_OF_YAML else quoted(key)
        yield from _headed(f"{indent}{written}:", value, indent)


def _headed(head: str, value: Any, indent: str) -> Iterator[str]:
    """Yield the lines of a value below, or on the line of, its key."""
    if isinstance(value, Mapping) and value:
        yield head
        yield from _mapping(value, indent + "  ")
    elif isinstance(value, list | tuple) and value:
        yield head
        yield from _sequence(value, indent + "  ")
    elif isinstance(value, str) and _reads_well_as_lines(value):
        yield f"{head} |-"
        yield from (f"{indent}  {line}" if line else "" for line in value.split("\n"))
    else:
        yield f"{head} {_on_one_line(value)}"


def _sequence(data: Iterable[Any], indent: str) -> Iterator[str]:
    for value in data:
        if isinstance(value, Mapping) and value:
            lines = list(_mapping(value, indent + "  "))
            yield f"{indent}- {lines[0].removeprefix(indent + '  ')}"
            yield from lines[1:]
        else:
            yield from _headed(f"{indent}-", value, indent)


def _on_one_line(value: Any) -> str:
    """Return a value that stands on one line; raises TypeError for what is none."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, int | float) and abs(value) < 1e15:
        return repr(value)
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping | list | tuple) and not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    raise TypeError(f"cannot be written as YAML data: {value!r}")


def _reads_well_as_lines(text: str) -> bool:
    """Tell whether a text has lines, and nothing that is lost or unclear when they stand as they are."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and text == text.strip()
        and not lines[0].startswith((" ", "\t"))
        and not any(line.endswith((" ", "\t")) for line in lines)
        and not ("\r" in text or "\t" in text or INVISIBLE.search(text))
    )
