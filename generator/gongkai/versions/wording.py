"""Changes in words: for a terminal, and as one JSON object."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from gongkai.invisible import visible, visible_json
from gongkai.versions.comparison import Difference
from gongkai.versions.elements import ElementChange, comparable, identical, model_at, title_of

_LONGEST = 60
_ALIKE = 0.5
_NAMING = ("name", "question", "kind", "law", "level")
"""Keys that tell one entry of a list from another."""


def as_text(changes: Iterable[Difference]) -> Iterator[str]:
    """Yield the lines that tell a clerk what changed; characters that could steer a terminal are shown by their number."""
    return map(visible, _lines(changes))


def _lines(changes: Iterable[Difference]) -> Iterator[str]:
    for change in changes:
        record = change.record
        yield f"{record.kind.title} {record.identity} {record.name}{_headline(change)}"
        for element in change.elements:
            weight = "实质" if element.major else "一般"
            title = title_of(record.kind.model, element.path)
            yield f"  {weight}  {title}（{element.path}）：{_old_and_new(element, record.kind.model)}"


def _headline(change: Difference) -> str:
    if change.before is None:
        return "：新增"
    if change.after is None:
        return "：文件没有了，公布过的编码不得消失"
    was, now = change.before.data.get("version"), change.after.data.get("version")
    if was is None and now is None:
        return ""
    return f"：第 {was} 版" + (f" → 第 {now} 版" if was != now else "，版本没有变")


def _old_and_new(element: ElementChange, record: type[BaseModel]) -> str:
    old, new = element.old, element.new
    model = model_at(record, element.path)
    if isinstance(old, list) or isinstance(new, list):
        return _lists(old if isinstance(old, list) else [], new if isinstance(new, list) else [], model)
    return _values(old, new, model)


def _lists(old: list[Any], new: list[Any], model: type[BaseModel] | None) -> str:
    """Tell which entries of a list came, went and changed."""
    parts = []
    for kind, a, b, c, d in difflib.SequenceMatcher(
        None, comparable(old), comparable(new), autojunk=False
    ).get_opcodes():
        if kind == "equal":
            continue
        pairs = min(b - a, d - c)
        parts += [f"改：{_values(old[a + n], new[c + n], model)}" for n in range(pairs)]
        parts += [f"删：{shown(entry, model)}" for entry in old[a + pairs : b]]
        parts += [f"增：{shown(entry, model)}" for entry in new[c + pairs : d]]
    return "；".join(parts) if parts else f"{shown(old)} → {shown(new)}"


def _values(old: Any, new: Any, model: type[BaseModel] | None) -> str:
    """Tell how one value changed: only the keys that differ, where it has keys."""
    if isinstance(old, str) and isinstance(new, str):
        return _texts(old, new)
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return f"{shown(old, model)} → {shown(new, model)}"
    keys = [key for key in dict.fromkeys((*old, *new)) if not identical(old.get(key), new.get(key))]
    name = next((f"“{old[key]}”的" for key in _NAMING if key in old and key not in keys), "")
    return name + "、".join(
        f"{_title(model, key)} {_values(old.get(key), new.get(key), _below(model, key))}" for key in keys
    )


def _title(model: type[BaseModel] | None, key: str) -> str:
    return title_of(model, key) if model is not None else key


def _below(model: type[BaseModel] | None, key: str) -> type[BaseModel] | None:
    return model_at(model, key) if model is not None else None


def _texts(old: str, new: str) -> str:
    """Mark the characters that differ; texts that have little in common, codes and dates stand side by side."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if old.isascii() or new.isascii() or matcher.ratio() < _ALIKE:
        return f"{shown(old)} → {shown(new)}"
    parts = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            parts.append(_shortened(old[a:b]))
            continue
        parts += [f"【删“{old[a:b]}”】"] * (b > a) + [f"【增“{new[c:d]}”】"] * (d > c)
    return "".join(parts)


def _shortened(text: str) -> str:
    """Return a text that did not change with its middle left out where it is long."""
    return text if len(text) <= _LONGEST // 2 else f"{text[:12]}…{text[-12:]}"


def shown(value: Any, model: type[BaseModel] | None = None) -> str:
    """Return a value as a clerk reads it."""
    if value is None:
        return "没有"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        text = "，".join(f"{_title(model, key)} {shown(inner, _below(model, key))}" for key, inner in value.items())
    elif isinstance(value, list):
        text = "、".join(shown(entry, model) for entry in value)
    else:
        text = str(value)
    text = " ".join(text.split("\n"))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def as_json(changes: Iterable[Difference], unreadable: list[str]) -> str:
    """Return one JSON object: every change, and the files that could not be read."""
    document = {"changes": [_object(change) for change in changes], "unreadable": unreadable}
    return visible_json(document)


def _object(change: Difference) -> dict[str, Any]:
    record = change.record
    what = "added" if change.before is None else "removed" if change.after is None else "changed"
    return {
        "kind": record.kind.name,
        "identity": record.identity,
        "name": record.name,
        "path": record.path,
        "change": what,
        "major": change.major,
        "version": {
            "old": change.before.data.get("version") if change.before else None,
            "new": change.after.data.get("version") if change.after else None,
        },
        "elements": [
            {
                "path": element.path,
                "title": title_of(record.kind.model, element.path),
                "old": element.old,
                "new": element.new,
                "major": element.major,
                "reason": element.reason,
            }
            for element in change.elements
        ],
    }
