"""What an adjustment changed, in words: which element, from what, to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from gongkai.model.adjustment import AdjustmentChange, ChangedElement
from gongkai.model.item import Item
from gongkai.model.item_parts import Duration
from gongkai.model.vocabulary import TimeUnit
from gongkai.publishing.wording import spaced
from gongkai.versions.elements import title_of

_LIMITS = {"promised": "承诺时限", "statutory": "法定时限"}
_MAX_VALUE = 30
_MAX_NAMED = 3
_SHORT = 2

Wording = tuple[str, str | None, str | None]
"""The element's title, and its old and new value in words; None where there was or is none.

Both None for an element whose values are too much for a line.
"""


def changed_elements(change: AdjustmentChange, model: type[BaseModel], item: Item | None) -> list[Wording]:
    """Return what a change changed; ``item`` is the version that the change led to, as far as it is known.

    It makes a difference only where :func:`changes_a_limit`.
    """
    limits, others = limits_and_others(change, item)
    return limits + [(element_title(model, e.path), *_values(e.old, e.new)) for e in others]


def limits_and_others(change: AdjustmentChange, item: Item | None) -> tuple[list[Wording], list[ChangedElement]]:
    """Return the changes of time limits in words, number and unit together, and the other changed elements."""
    others: list[ChangedElement] = []
    limits: dict[str, list[ChangedElement]] = {}
    for element in change.elements:
        which = _limit_changed(element)
        if which is None:
            others.append(element)
        else:
            limits.setdefault(which, []).append(element)
    return [_limit(which, elements, item) for which, elements in limits.items()], others


def changes_a_limit(change: AdjustmentChange) -> bool:
    """Tell whether a change changed a time limit: what it was changed to is then for its item's version to say."""
    return any(_limit_changed(element) is not None for element in change.elements)


def _limit_changed(element: ChangedElement) -> str | None:
    """Return which time limit an element is a part of; None for other elements, and for a limit's remark."""
    group, _, rest = element.path.partition(".")
    which = rest.partition(".")[0]
    return which if group == "time_limits" and which in _LIMITS and not rest.endswith(".note") else None


def element_title(model: type[BaseModel], path: str) -> str:
    """Return an element's title, with its parent's where it would say too little alone."""
    above, _, title = title_of(model, path).rpartition("·")
    parent = above.rpartition("·")[2]
    if not parent or len(title) > _SHORT:
        return title
    return parent if title in parent else f"{parent}的{title}"


def amendment_title(wordings: Sequence[Wording]) -> str:
    """Return what was amended, as the beginning of a title."""
    if not wordings:
        return "调整要素"
    if len(wordings) > 1:
        titles = list(dict.fromkeys(title for title, _, _ in wordings))
        more = f"等 {len(titles)} 项" if len(titles) > _MAX_NAMED else ""
        return f"调整{'、'.join(titles[:_MAX_NAMED])}{more}"
    title, old, new = wordings[0]
    if old is not None and new is not None:
        return spaced(f"{title}由", old, "改为", new)
    if new is not None:
        return f"增加{title}（{new}）"
    if old is not None:
        return f"取消{title}（{spaced('原为', old)}）"
    return f"调整{title}"


def amendment_line(wording: Wording) -> str:
    """Return one changed element as a line of text."""
    title, old, new = wording
    if old is None and new is None:
        return f"{title}：有调整，新的内容见网页"
    return f"{title}：由“{old or '无'}”改为“{new or '无'}”"


def _limit(which: str, elements: Sequence[ChangedElement], item: Item | None) -> Wording:
    """Return the change of a time limit; a unit that did not change is the version's."""
    current = getattr(item.time_limits, which) if item is not None else None
    unit = current.unit.value if current is not None else None
    value = current.value if current is not None else None
    old, new = {"value": value, "unit": unit}, {"value": value, "unit": unit}
    for element in elements:
        key = element.path.rpartition(".")[2]
        if key == which:
            old, new = _mapping(element.old), _mapping(element.new)
        else:
            old[key], new[key] = element.old, element.new
    return _LIMITS[which], _duration(old), _duration(new)


def _mapping(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _duration(data: Mapping[str, Any]) -> str | None:
    """Return a time limit in words; None for one that is not there or not complete."""
    units = {unit.value: unit for unit in TimeUnit}
    unit, value = units.get(str(data.get("unit"))), data.get("value")
    if unit is TimeUnit.IMMEDIATE:
        return Duration(unit=unit).text
    if unit is None or not isinstance(value, int):
        return None
    return Duration(value=value, unit=unit).text


def _values(old: Any, new: Any) -> tuple[str | None, str | None]:
    was, now = _value(old), _value(new)
    too_much = (old is not None and was is None) or (new is not None and now is None)
    return (None, None) if too_much else (was, now)


def _value(value: Any) -> str | None:
    """Return a single value in words; None for none, for lists and for what is too long."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (str, int, float)) and len(str(value)) <= _MAX_VALUE:
        return str(value)
    return None
