"""What pydantic finds wrong with a record, in the words of a clerk."""

from __future__ import annotations

import typing
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel, StringConstraints, ValidationError
from pydantic.fields import FieldInfo

from gongkai.finding import Finding
from gongkai.model.base import CreditCode, DivisionCode, ItemCode, OrganizationId, PublisherId, Source
from gongkai.model.field_paths import fields_along, named_model, named_type
from gongkai.naming.nearest import nearest_candidate

Loc = tuple[str | int, ...]
Words = tuple[str, str, str]
"""The code of a finding, what is wrong, and what to do."""


def explained(error: ValidationError, model: type[BaseModel], source: Source) -> list[Finding]:
    """Translate what pydantic found into findings in Chinese at the right places, one for each fault."""
    found: dict[Loc, Finding] = {}
    for details in error.errors():
        loc, kind = _own_steps(model, details["loc"]), details["type"]
        # Each member of a union complains for itself; the first is the one to follow.
        if loc not in found:
            fault = _Fault(kind, details["input"], details.get("ctx", {}), model, loc)
            place = source.key_at(*(loc[:-1] if kind == "missing" else loc)) if kind in _AT_KEYS else source.at(*loc)
            found[loc] = Finding(source.path, *place, *_WORDS.get(kind, _otherwise)(fault))
    return list(found.values())


def _own_steps(model: type[BaseModel], loc: Loc) -> Loc:
    """Return a location without the names of the members of a union that pydantic adds to it."""
    current: type[BaseModel] | None = model
    steps: list[str | int] = []
    for step in loc:
        if isinstance(step, str):
            if current is None:
                continue
            field = current.model_fields.get(step)
            current = named_model(field.annotation, entries=True) if field is not None else None
        steps.append(step)
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class _Fault:
    """One error of pydantic: its type and what it says besides, the value, and where in which model that stands."""

    kind: str
    given: Any
    context: dict[str, Any]
    model: type[BaseModel]
    loc: Loc

    @property
    def title(self) -> str:
        return quoted_title(self.model, self.loc)

    @property
    def description(self) -> str:
        field = _field_at(self.model, self.loc)
        return f"{field.description}。" if field is not None and field.description else ""

    @property
    def values(self) -> list[str]:
        """The values that the field may have, or nothing when it has no closed list."""
        field = _field_at(self.model, self.loc)
        values = named_type(field.annotation, entries=True) if field is not None else None
        return [member.value for member in values] if isinstance(values, type) and issubclass(values, Enum) else []

    @property
    def choices(self) -> str:
        return f"可以填：{'、'.join(self.values)}。" if self.values else ""


def _missing(fault: _Fault) -> Words:
    advice = (fault.description + fault.choices) or "请补充这一项。"
    return "S001", f"缺少必填项{fault.title}（{fault.loc[-1]}）", advice


def _unknown_key(fault: _Fault) -> Words:
    return "S002", f"不认识的键“{_show(fault.loc[-1])}”", _suggest_key(fault.model, fault.loc)


def _wrong_type(fault: _Fault) -> Words:
    name, advice = _TYPES[fault.kind]
    given = fault.given
    if _is_empty(given):
        advice = "请在冒号后面填写内容；没有内容的整项删去。"
    elif fault.kind == "string_type" and isinstance(given, int | float):
        advice = f'编码、电话等要当作文字，请加引号："{_show(given)}"。'
    elif fault.kind == "int_type" and isinstance(given, float):
        advice = "只写整数，不写小数。"
    elif fault.kind == "model_type" and (owner := _model_at(fault.model, fault.loc)) is not None:
        advice += _known_keys(owner)
    return "S003", f"{fault.title}应当是{name}，现在是{_show_type(given)}", advice


def _not_listed(fault: _Fault) -> Words:
    if _is_empty(fault.given):
        return "S004", f"{fault.title}是空的", fault.choices or fault.description
    nearest = nearest_candidate(_show(fault.given), fault.values, at_least=0.4)
    guess = f"是不是“{nearest}”？" if nearest else ""
    return "S004", f"{fault.title}不能填{_quoted(fault.given)}", guess + (fault.choices or fault.description)


def _no_date(fault: _Fault) -> Words:
    advice = "日期写成 2026-01-31 的样子，并且要是真实存在的日子。"
    wrong = "是空的" if _is_empty(fault.given) else f"{_quoted(fault.given)}不是日期"
    return "S005", fault.title + wrong, advice


def _no_address(fault: _Fault) -> Words:
    if _is_empty(fault.given):
        return _empty(fault)
    return "S005", f"{fault.title}“{_show(fault.given)}”不是网址", "网址以 https:// 开头，中间没有空格。"


def _empty(fault: _Fault) -> Words:
    return "S005", f"{fault.title}是空的", "请填写内容；没有内容的整项删去。"


def _too_short(fault: _Fault) -> Words:
    if _is_empty(fault.given):
        return _empty(fault)
    return "S005", f"{fault.title}“{_show(fault.given)}”太短", f"最少 {fault.context['min_length']} 个字。"


def _too_long(fault: _Fault) -> Words:
    return "S005", f"{fault.title}太长", f"最多 {fault.context['max_length']} 个字。"


def _mismatched(fault: _Fault) -> Words:
    given = str(fault.given)
    if not given:
        return _empty(fault)
    if given != given.strip():
        advice = "请删去开头和结尾的空格。"
    elif any(character.isspace() for character in given):
        advice = "名称和编码里不能有空格。"
    else:
        advice = fault.description + _FORMATS.get(fault.context["pattern"], "")
    return "S005", f"{fault.title}“{_show(given)}”的格式不对", advice


def _out_of_range(fault: _Fault) -> Words:
    least = fault.context.get("ge")
    advice = f"最大 {fault.context['le']}。" if least is None else f"最小 {least}。"
    return "S005", f"{fault.title}是 {_show(fault.given)}，超出范围", advice


def _no_contact(fault: _Fault) -> Words:
    return "S005", f"{fault.title}里一种联系办法都没有写", "电话、窗口、地址、邮箱、网址至少写一种。"


def _not_one_subject(fault: _Fault) -> Words:
    advice = (
        "调整事项的，写事项编码（item）；机构更名的，写机构编号（organization）。两样写一样，不能都写，也不能都不写。"
    )
    return "S005", f"{fault.title}没有写清楚调整的是哪个事项或者哪个机构", advice


def _otherwise(fault: _Fault) -> Words:
    return "S003", f"{fault.title}的写法不对", "请照着同类文件里的写法改。"


_NUMBER = "直接写数字，不加引号，不带单位。"
_TYPES = {
    "string_type": ("文字", "这里只写一段文字，不写列表，也不写下一级的键。"),
    "int_type": ("整数", _NUMBER),
    "float_type": ("数字", _NUMBER),
    "bool_type": (" true 或 false", "是填 true，否填 false，不加引号。"),
    "list_type": ("列表", "列表每一项另起一行，用“- ”开头。"),
    "model_type": ("一组键和值", "每个键另起一行，写成“键: 值”。"),
}
"""What a value should be, and how that is written, by the type of error."""

_AT_KEYS = ("missing", "extra_forbidden")
"""Errors that are shown at a key; one that is missing, at its parent's."""

_WORDS: dict[str, Callable[[_Fault], Words]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    **dict.fromkeys(_TYPES, _wrong_type),
    **dict.fromkeys(("enum", "literal_error"), _not_listed),
    **dict.fromkeys(("iso_date", "date_from_datetime_parsing", "date_parsing"), _no_date),
    "web_address": _no_address,
    "too_short": _empty,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _mismatched,
    **dict.fromkeys(("greater_than_equal", "less_than_equal"), _out_of_range),
    "empty_contact": _no_contact,
    "one_subject": _not_one_subject,
}
"""Who finds the words for an error, by its type."""


def _pattern_of(kind: Any) -> str:
    return next(str(part.pattern) for part in typing.get_args(kind) if isinstance(part, StringConstraints))


_FORMATS = {
    _pattern_of(ItemCode): "事项编码写 12 位数字，加引号，与 data/items/ 里的文件名相同。",
    _pattern_of(OrganizationId): "机构编号写 data/organizations/ 里的文件名（不带 .yml），例如 weijian。",
    _pattern_of(PublisherId): "部门、乡镇（街道）写编号，例如 weijian；村（社区）写 12 位区划代码，加引号。",
    _pattern_of(DivisionCode): "区划代码写 12 位数字，加引号。",
    _pattern_of(CreditCode): "统一社会信用代码是 18 位数字和大写字母，没有 I、O、S、V、Z。",
}
"""What has to be written, by the pattern of a type that many fields have."""


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [])


def _show(value: Any) -> str:
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else text[:40] + "…"


def _quoted(value: Any) -> str:
    """Return a value in quotation marks, or what it is instead of one."""
    return _show_type(value) if isinstance(value, list | dict) else f"“{_show(value)}”"


def _show_type(value: Any) -> str:
    if _is_empty(value):
        return "空的"
    if isinstance(value, bool):
        return f" {_show(value)}"
    if isinstance(value, int | float):
        return f"数字 {value}"
    if isinstance(value, str):
        return f"文字“{_show(value)}”"
    return "列表" if isinstance(value, list) else "一组键和值"


def _suggest_key(model: type[BaseModel], loc: Loc) -> str:
    owner = _model_at(model, loc[:-1])
    if owner is None:
        return ""
    fields = owner.model_fields
    given = str(loc[-1])
    by_title = {info.title: name for name, info in fields.items() if info.title}
    if given in by_title:
        return f"“{given}”对应的键是 {by_title[given]}。"
    nearest = nearest_candidate(given, [*fields, *by_title])
    if nearest is None:
        return _known_keys(owner)
    name = by_title.get(nearest, nearest)
    return f"是不是 {name}（{fields[name].title}）？"


def _known_keys(owner: type[BaseModel]) -> str:
    return "可以用的键：" + "、".join(owner.model_fields) + "。"


def _field_at(model: type[BaseModel], loc: Loc) -> FieldInfo | None:
    """Return the field that a location ends in, or None."""
    fields = fields_along(model, (step for step in loc if isinstance(step, str)), entries=True)
    return fields[-1] if fields else None


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    field = _field_at(model, loc)
    return named_model(field.annotation, entries=True) if field is not None else model


def quoted_title(model: type[BaseModel], loc: Loc) -> str:
    """Return the Chinese title of a field in quotation marks, with its ordinal inside a list."""
    field = _field_at(model, loc)
    if field is None or not field.title:
        return "内容"
    ordinal = f"第 {loc[-1] + 1} 项" if loc and isinstance(loc[-1], int) else ""
    return f"“{field.title}”{ordinal}"
