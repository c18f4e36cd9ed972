"""Plain data becomes a record, or findings that a clerk can act on."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from gongkai.finding import Finding
from gongkai.model.base import Record, Source
from gongkai.model.kinds import Kind, schema_comment
from gongkai.reading.yaml_text import read_yaml

Loc = tuple[str | int, ...]


def read_record(content: bytes, path: str, kind: Kind, text: str | None = None) -> tuple[Record | None, list[Finding]]:
    """Read one data file; ``text`` is its text where that is known already, and nothing is wrong with it.

    Returns the record, or None when the file cannot become one, and every finding of the families Y
    (text) and S (shape). A record may come together with findings.
    """
    document = read_yaml(content, path, text)
    findings = document.findings
    if document.data is None:
        return None, findings
    findings.extend(_schema_line(content, path, kind))
    if any(finding.code == "Y004" for finding in findings):
        return None, findings
    source = Source(path, document.places)
    try:
        record = kind.model.model_validate(document.data)
    except ValidationError as error:
        findings.extend(explain(details, kind.model, source) for details in error.errors())
        return None, findings
    record.attach(source)
    findings.extend(_place_in_tree(record, kind, source))
    return record, findings


def _schema_line(content: bytes, path: str, kind: Kind) -> Iterator[Finding]:
    expected = schema_comment(kind, path)
    if expected.encode() not in content.split(b"\n", 1)[0]:
        yield Finding(
            path,
            1,
            1,
            "S008",
            "第一行不是指向数据格式的注释",
            f"第一行应当是：{expected}，这样编辑器才会提示和检查。",
        )


def _place_in_tree(record: Record, kind: Kind, source: Source) -> Iterator[Finding]:
    match = kind.pattern.match(source.path)
    assert match is not None  # noqa: S101 - the kind was chosen by this pattern
    for group, key, noun in (("id", kind.key, "文件名"), ("folder", kind.folder_key, "文件夹名")):
        if key is None:
            continue
        expected = str(getattr(record, key))
        if match[group] != expected:
            line, column = source.at(key)
            yield Finding(
                source.path,
                line,
                column,
                "S006",
                f"{noun}“{match[group]}”与文件里写的“{expected}”不一致",
                f"{noun}必须等于{_title(kind.model, (key,))}（{key}），请改正其中一处。",
            )


def explain(error: ErrorDetails, model: type[BaseModel], source: Source) -> Finding:
    """Translate one pydantic error into a finding in Chinese at the right place."""
    loc: Loc = tuple(error["loc"])
    kind = error["type"]
    title = _title(model, loc)
    given = error.get("input")
    context = error.get("ctx", {})
    place = source.at(*loc)
    code, message, advice = "S003", f"{title}的写法不对", ""
    if kind == "missing":
        place = source.key_at(*loc[:-1])
        code, message = "S001", f"缺少必填项{title}（{loc[-1]}）"
        allowed = _enumeration(model, loc)
        choices = f"可以填：{'、'.join(allowed)}。" if allowed else ""
        advice = (_description(model, loc) + choices) or "请补充这一项。"
    elif kind == "extra_forbidden":
        place = source.key_at(*loc)
        code, message = "S002", f"不认识的键“{loc[-1]}”"
        advice = _suggest_key(model, loc)
    elif kind == "literal_error":
        code, message, advice = "S004", f"{title}不能填“{_show(given)}”", _description(model, loc)
    elif kind == "enum":
        allowed = _enumeration(model, loc)
        code, message = "S004", f"{title}不能填“{_show(given)}”"
        nearest = nearest_candidate(str(given), allowed, cutoff=40)
        advice = (f"是不是“{nearest}”？" if nearest else "") + "可以填：" + "、".join(allowed) + "。"
    elif kind in _TYPE_NAMES:
        message = f"{title}应当是{_TYPE_NAMES[kind]}，现在是{_show_type(given)}"
        advice = _type_advice(kind, given)
    elif kind == "string_pattern_mismatch":
        code, message = "S005", f"{title}“{_show(given)}”的格式不对"
        advice = _pattern_advice(model, loc, str(given))
    elif kind in ("string_too_short", "too_short"):
        code, message, advice = "S005", f"{title}是空的", "请填写内容；没有内容的整项删去。"
    elif kind in ("string_too_long", "too_long"):
        code, message = "S005", f"{title}太长"
        advice = f"最多 {context.get('max_length')} 个字。"
    elif kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        code, message = "S005", f"{title}是 {_show(given)}，超出范围"
        advice = f"{'最小' if 'ge' in context else '最大'} {limit}。"
    elif kind in ("iso_date", "date_from_datetime_parsing", "date_parsing", "date_type"):
        code, message = "S005", f"{title}“{_show(given)}”不是日期"
        advice = "日期写成 2026-01-31 的样子，并且要是真实存在的日子。"
    elif kind == "empty_contact":
        code, message = "S005", f"{title}里一种联系办法都没有写"
        advice = "电话、窗口、地址、邮箱、网址至少写一种。"
    elif kind == "web_address":
        code, message = "S005", f"{title}“{_show(given)}”不是网址"
        advice = "网址以 https:// 开头，中间没有空格。"
    return Finding(source.path, place[0], place[1], code, message, advice)


_TYPE_NAMES = {
    "string_type": "文字",
    "int_type": "整数",
    "bool_type": " true 或 false",
    "list_type": "列表",
    "model_type": "一组键和值",
    "model_attributes_type": "一组键和值",
    "dict_type": "一组键和值",
}


def _show(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"


def _show_type(value: Any) -> str:
    if value is None:
        return "空的"
    if isinstance(value, bool):
        return "true 或 false"
    if isinstance(value, int | float):
        return f"数字 {value}"
    if isinstance(value, str):
        return f"文字“{_show(value)}”"
    return "列表" if isinstance(value, list) else "一组键和值"


def _type_advice(kind: str, given: Any) -> str:
    if given is None:
        return "请在冒号后面填写内容；没有内容的整项删去。"
    if kind == "string_type" and isinstance(given, int | float):
        return f'编码、电话等要当作文字，请加引号："{given}"。'
    if kind == "list_type" and isinstance(given, str):
        return "列表每一项另起一行，用“- ”开头。"
    if kind == "bool_type":
        return "是填 true，否填 false，不加引号。"
    if kind == "int_type" and isinstance(given, str):
        return "直接写数字，不加引号，不带单位。"
    return ""


def _pattern_advice(model: type[BaseModel], loc: Loc, given: str) -> str:
    if given != given.strip():
        return "请删去开头和结尾的空格。"
    if any(character.isspace() for character in given):
        return "名称和编码里不能有空格。"
    return _description(model, loc)


def nearest_candidate(given: str, candidates: typing.Iterable[str], cutoff: float = 55) -> str | None:
    """Return the candidate most like ``given``, or None when nothing is like it."""
    best = process.extractOne(given, list(candidates), scorer=fuzz.ratio, score_cutoff=cutoff)
    return best[0] if best else None


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
        return "可以用的键：" + "、".join(fields) + "。"
    name = by_title.get(nearest, nearest)
    return f"是不是 {name}（{fields[name].title}）？"


def _unwrap(annotation: Any) -> Any:
    """Strip Annotated, Optional and list from an annotation."""
    while True:
        origin = typing.get_origin(annotation)
        if origin is typing.Annotated or origin is list:
            annotation = typing.get_args(annotation)[0]
        elif origin in (typing.Union, types.UnionType):
            annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
        else:
            return annotation


def _field_at(model: type[BaseModel], loc: Loc) -> Any:
    """Return the pydantic field that a location ends in, or None."""
    current: Any = model
    field = None
    for step in loc:
        if isinstance(step, int):
            continue
        if not (isinstance(current, type) and issubclass(current, BaseModel)):
            return None
        field = current.model_fields.get(step)
        if field is None:
            return None
        current = _unwrap(field.annotation)
    return field


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    field = _field_at(model, loc)
    current = _unwrap(field.annotation) if field else model
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _title(model: type[BaseModel], loc: Loc) -> str:
    """Return the Chinese title of a field in quotation marks, with its ordinal inside a list."""
    field = _field_at(model, loc)
    if field is None or not field.title:
        return "内容"
    ordinal = f"第 {loc[-1] + 1} 项" if loc and isinstance(loc[-1], int) else ""
    return f"“{field.title}”{ordinal}"


def _description(model: type[BaseModel], loc: Loc) -> str:
    field = _field_at(model, loc)
    return f"{field.description}。" if field is not None and field.description else ""


def _enumeration(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the values that a field may have, or nothing when it has no closed list."""
    field = _field_at(model, loc)
    values = _unwrap(field.annotation) if field else None
    return [member.value for member in values] if isinstance(values, type) and issubclass(values, Enum) else []
