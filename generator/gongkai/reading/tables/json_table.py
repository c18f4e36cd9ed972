"""JSON: lists of objects or of lists, alone or inside wrappers such as ``{"data": {"rows": […]}}``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from gongkai.reading.tables.table import Form, Row, Table, UnreadableTableError, make_row, refuse_excess

MAX_WRAPPERS = 6
"""How deep a list is looked for; platforms wrap it two or three times."""


class _RepeatedKeyError(ValueError):
    """An object that has the same key twice, so that one value would be lost."""


def read_json(content: bytes) -> list[Table]:
    """Return the tables of a JSON file: every list of objects or of lists, in the order of the file.

    Numbers keep the digits they are written with. Raises UnreadableTableError for what is not JSON,
    is nested too deep, has a key twice, or has no list at all.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableTableError("JSON 不是 UTF-8 编码，可能已经损坏。请让提供数据的人按 UTF-8 重新导出。") from None
    tables = [table for title, found in _lists(_parse(text), "", 0) if (table := _table(title, found)) is not None]
    if not tables:
        raise UnreadableTableError(
            "JSON 里没有清单：应当是 [{…}, {…}]，或者 {"
            '"data": [{…}, {…}]} 这样的对象列表，每个对象一个事项。请核对是不是拿错了文件。'
        )
    return tables


def _parse(text: str) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_object)
    except _RepeatedKeyError as error:
        raise UnreadableTableError(
            f"JSON 里有一个对象把“{error}”写了两次，不知道以哪个为准。请让提供数据的人核对后重新导出。"
        ) from error
    except json.JSONDecodeError as error:
        raise UnreadableTableError(
            f"不是完整的 JSON：第 {error.lineno} 行第 {error.colno} 列读不下去。文件可能没有下载完，请重新下载。"
        ) from error
    except RecursionError:
        raise UnreadableTableError("JSON 嵌套得太深，不像事项清单，没有读。请核对是不是拿错了文件。") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _RepeatedKeyError(_clean(key))
            seen.add(key)
    return found


def _lists(value: Any, title: str, depth: int) -> Iterator[tuple[str, list[Any]]]:
    """Yield every list that can be a table, with the path of keys that leads to it."""
    if depth > MAX_WRAPPERS:
        return
    if isinstance(value, list):
        if value and any(all(isinstance(element, kind) for element in value) for kind in (dict, list)):
            yield title, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _lists(inner, f"{title}.{_clean(key)}" if title else _clean(key), depth + 1)


def _table(title: str, elements: list[Any]) -> Table | None:
    if isinstance(elements[0], list):
        refuse_excess(len(elements) * max(map(len, elements)))
        lines = [(number, [_text(value) for value in line]) for number, line in enumerate(elements, 1)]
        form = Form.SHEET
    else:
        keys = list(dict.fromkeys(key for element in elements for key in element))
        refuse_excess((len(elements) + 1) * len(keys))
        lines = [(1, [_clean(key) for key in keys])]
        lines += [(number, [_text(e.get(key)) for key in keys]) for number, e in enumerate(elements, 2)]
        form = Form.OBJECTS
    rows: list[Row] = [row for number, line in lines if (row := make_row(number, line)) is not None]
    return Table(title, tuple(rows), form) if rows else None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    try:
        return _clean(json.dumps(value, ensure_ascii=False))
    except RecursionError:
        raise UnreadableTableError("JSON 嵌套得太深，不像事项清单，没有读。请核对是不是拿错了文件。") from None


def _clean(text: str) -> str:
    """Return a text that can be written as UTF-8: JSON can hold halves of characters, which nothing else can."""
    return text.encode("utf-8", "replace").decode("utf-8")
