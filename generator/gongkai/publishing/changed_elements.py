"""The elements that an adjustment changed, in full: what stood there, and what stands there now."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from gongkai.catalogue import Catalogue
from gongkai.model.adjustment import AdjustmentChange, ChangedElement
from gongkai.model.item import Item
from gongkai.model.item_parts import ALL_TOWNS, ALL_VILLAGES, Duration
from gongkai.publishing.feeds.adjustment_wording import element_title, limits_and_others
from gongkai.publishing.wording import chinese_date
from gongkai.versions.elements import comparable, field_at, model_at, title_of

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LEADING = ("name", "question", "kind", "level")
"""Keys whose value says alone what an entry of a list is."""
_OF_ORGANIZATIONS = frozenset({"organization", "organizations", "department", "joint_organizations"})
_GROUPS = {ALL_TOWNS: "各乡镇（街道）", ALL_VILLAGES: "各村（社区）"}


@dataclass(frozen=True, slots=True)
class Line:
    """One value, or one entry of a list; ``changed`` when the other side does not have it."""

    text: str
    changed: bool = True


@dataclass(frozen=True, slots=True)
class ShownElement:
    """A changed element: no lines on a side where it was, or is, not there."""

    title: str
    old: tuple[Line, ...]
    new: tuple[Line, ...]


def shown_elements(
    change: AdjustmentChange, model: type[BaseModel], version: Item | None, catalogue: Catalogue
) -> list[ShownElement]:
    """Return every element that a change changed; ``version`` is what it led to, as far as that is known.

    Whatever a record says is shown as it is, also what fits no element.
    """
    limits, others = limits_and_others(change, version)
    words = _Words(catalogue)
    return [ShownElement(title, _line(old), _line(new)) for title, old, new in limits] + [
        words.element(element, model) for element in others
    ]


def _line(text: str | None) -> tuple[Line, ...]:
    return (Line(text),) if text is not None else ()


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts values into words; ids become the names that the catalogue knows."""

    catalogue: Catalogue

    def element(self, element: ChangedElement, model: type[BaseModel]) -> ShownElement:
        key = element.path.rpartition(".")[2]
        inner = model_at(model, element.path)
        default = _default(model, element.path)
        old = _entries(default if element.old is None else element.old)
        new = _entries(default if element.new is None else element.new)
        kept_old, kept_new = _kept(old, new)
        return ShownElement(
            element_title(model, element.path),
            tuple(Line(self.value(v, key, inner), n not in kept_old) for n, v in enumerate(old)),
            tuple(Line(self.value(v, key, inner), n not in kept_new) for n, v in enumerate(new)),
        )

    def value(self, value: Any, key: str, model: type[BaseModel] | None) -> str:
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, str):
            return self._text(value, key)
        if isinstance(value, Mapping):
            return self._record(value, model)
        if isinstance(value, list):
            return "、".join(self.value(entry, key, model) for entry in value)
        return "没有" if value is None else str(value)

    def _text(self, text: str, key: str) -> str:
        if key == "law" and text in self.catalogue.laws:
            return f"《{self.catalogue.laws[text].title}》"
        if key in _OF_ORGANIZATIONS:
            organization = self.catalogue.organization(text)
            return organization.short_name if organization else _GROUPS.get(text, text)
        if key == "replaced_by" and text in self.catalogue.cards:
            return self.catalogue.cards[text].name
        return _as_date(text) if _DATE.fullmatch(text) else text

    def _record(self, value: Mapping[str, Any], model: type[BaseModel] | None) -> str:
        if model is Duration:
            return _duration(value) or self._fields(value, model)
        if "law" in value:
            return self._citation(value)
        lead = next((key for key in _LEADING if value.get(key) is not None), None)
        rest = self._fields({key: inner for key, inner in value.items() if key != lead}, model)
        if lead is None:
            return rest
        head = self.value(value[lead], lead, None)
        return f"{head}（{rest}）" if rest else head

    def _citation(self, value: Mapping[str, Any]) -> str:
        where = self.value(value["law"], "law", None) + self.value(value.get("article") or "", "", None)
        return f"{where}：{value['content']}" if value.get("content") else where

    def _fields(self, value: Mapping[str, Any], model: type[BaseModel] | None) -> str:
        said = [
            (title_of(model, key) if model else key, self.value(inner, key, model_at(model, key) if model else None))
            for key, inner in value.items()
            if inner is not None
        ]
        return "；".join(f"{title}：{text.removesuffix('。')}" for title, text in said)


def _default(model: type[BaseModel], path: str) -> Any:
    """Return what holds where an element is not written: only for plain values, such as 否 and 在用."""
    field = field_at(model, path)
    default = field.get_default() if field is not None and not field.is_required() else None
    return default if isinstance(default, bool | str) else None


def _entries(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _kept(old: list[Any], new: list[Any]) -> tuple[set[int], set[int]]:
    """Return the positions of the entries that stand on both sides."""
    blocks = difflib.SequenceMatcher(None, comparable(old), comparable(new), autojunk=False).get_matching_blocks()
    return (
        {block.a + n for block in blocks for n in range(block.size)},
        {block.b + n for block in blocks for n in range(block.size)},
    )


def _as_date(text: str) -> str:
    try:
        return chinese_date(datetime.date.fromisoformat(text))
    except ValueError:
        return text


def _duration(value: Mapping[str, Any]) -> str | None:
    try:
        duration = Duration.model_validate(value)
    except ValidationError:
        return None
    return duration.text + (f"（{duration.note}）" if duration.note else "")
