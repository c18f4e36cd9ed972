"""A recorded change is undone: what is new goes, what was old comes back."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.model.adjustment import ChangedElement
from gongkai.model.base import Record
from gongkai.model.item import Item
from gongkai.versions.elements import Data, field_at, same_meaning, without_nulls
from gongkai.versions.substance import VERSION_KEYS, item_substance, organization_substance


class CannotUndoError(Exception):
    """A record cannot be undone: ``element`` is the index of the element that is wrong.

    The message says in Chinese what is wrong, ``help`` what to do about it.
    """

    def __init__(self, element: int, message: str, advice: str) -> None:
        super().__init__(message)
        self.element = element
        self.help = advice


_REDO = (
    "刚改了内容的，运行 gongkai adjust 另写一条记录；这条记录写错了的，照实改正，"
    "还没有提交的删去记录文件，再运行 gongkai adjust 重新生成。"
)


def undo(data: Mapping[str, Any], elements: Sequence[ChangedElement], model: type[Record]) -> Data:
    """Return the data as it was before the elements changed; ``data`` stays as it is.

    An element of substance must stand as the record says it was left; the others are corrected without
    a record, so they may differ. Raises CannotUndoError for what does not fit.
    """
    was = without_nulls(copy.deepcopy(dict(data)))
    for index, element in enumerate(elements):
        _check(index, element, elements, was, model)
    for element in elements:
        if element.new is not None:
            _remove(was, element.path.split("."))
    for index, element in enumerate(elements):
        if element.old is not None and not _put(was, element.path.split("."), copy.deepcopy(element.old)):
            message = f"要素“{element.path}”放不回去：它的上一级不是一组键和值"
            raise CannotUndoError(index, message, _REDO)
    return was


def _check(
    index: int, element: ChangedElement, elements: Sequence[ChangedElement], data: Data, model: type[Record]
) -> None:
    path = element.path
    if field_at(model, path) is None or path in VERSION_KEYS:
        message = f"没有“{path}”这个要素" if field_at(model, path) is None else f"“{path}”不写在变动的要素里"
        raise CannotUndoError(
            index, message, "要素写数据文件里的键，一级一级用点隔开，例如 time_limits.promised.value。"
        )
    if any(other.path == path for other in elements[:index]):
        raise CannotUndoError(index, f"要素“{path}”写了两遍", "每个要素只写一次，请删去一处。")
    if element.old is None and element.new is None:
        raise CannotUndoError(index, f"要素“{path}”没有写原来的内容，也没有写现在的内容", _REDO)
    standing = _standing(data, element)
    substance = item_substance(path) if issubclass(model, Item) else organization_substance(path)
    if substance.major and not same_meaning(model, path, standing, element.new):
        message = f"要素“{path}”还原不了：记录说调整以后是{_show(element.new)}，而这一版里是{_show(standing)}"
        raise CannotUndoError(index, message, _REDO)


def _show(value: Any) -> str:
    if value is None:
        return "空的"
    if isinstance(value, bool):
        return "“是”" if value else "“否”"
    text = f"{len(value)} 项的列表" if isinstance(value, list) else f"“{value}”"
    return text if len(text) <= 42 else f"{text[:40]}…”"


def _standing(data: Data, element: ChangedElement) -> Any:
    """Return what stands where an element was left; a mapping only where the record says one."""
    value: Any = data
    for step in element.path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    # An element that went may have given way to elements below it, which the record tells one by one.
    return None if element.new is None and isinstance(value, dict) else value


def _remove(data: Data, steps: Sequence[str]) -> None:
    """Remove an element, and the mappings that have no key left because of it."""
    head, *rest = steps
    if not rest:
        data.pop(head, None)
        return
    child = data.get(head)
    if isinstance(child, dict):
        _remove(child, rest)
        if not child:
            del data[head]


def _put(data: Data, steps: Sequence[str], value: Any) -> bool:
    """Put an element where it was; returns False where the way there is blocked."""
    for step in steps[:-1]:
        data = data.setdefault(step, {})
        if not isinstance(data, dict):
            return False
    data[steps[-1]] = value
    return True
