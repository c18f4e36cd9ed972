"""Every error that pydantic can report of what a YAML file says is put into words: which field, what is wrong, what to do."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from gongkai.finding import Finding
from gongkai.model.base import Source
from gongkai.model.explaining import explained
from gongkai.model.hand_written import FrontMatter
from gongkai.model.kinds import KINDS, kind_of
from gongkai.model.validation import read_record
from gongkai.reading.marks import Mark
from support import BASE, DISTRICT

SCALARS: list[Any] = [
    None,
    True,
    0,
    -1,
    7,
    1.5,
    10**9,
    "",
    " ",
    " 甲",
    "甲 乙",
    "一",
    "九十",
    "x" * 300,
    "2026-02-30",
    "[]",
]
WRONG = [*SCALARS, [], {}, {"x": 1}, [[]], [{}], [{"x": 1}], *([value] for value in SCALARS)]
"""What a YAML file can say in the place of anything; each is wrong for most fields."""


def models(model: type[BaseModel], found: dict[type[BaseModel], None]) -> None:
    """Add a model and those of its parts."""
    if model not in found:
        found[model] = None
        waiting = [field.annotation for field in model.model_fields.values()]
        while waiting:
            annotation = waiting.pop()
            waiting += typing.get_args(annotation)
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                models(annotation, found)


def all_models() -> list[type[BaseModel]]:
    found: dict[type[BaseModel], None] = {}
    for kind in KINDS:
        models(kind.model, found)
    models(FrontMatter, found)
    return [*found]


MODELS = all_models()
FIELDS = [(model, name) for model in MODELS for name in model.model_fields]
TITLES = {field.title for model in MODELS for field in model.model_fields.values()}
FOREIGN = re.compile("“[^”]*”|（[a-z_]+）| true 或 false| true| false")
"""What is no Chinese in a message and may stand there: what was written, keys, and the two words of YAML."""

WORDED = {
    "missing",
    "extra_forbidden",
    "string_type",
    "int_type",
    "float_type",
    "bool_type",
    "list_type",
    "model_type",
    "enum",
    "literal_error",
    "iso_date",
    "date_from_datetime_parsing",
    "web_address",
    "too_short",
    "string_too_short",
    "string_too_long",
    "string_pattern_mismatch",
    "greater_than_equal",
    "less_than_equal",
    "empty_contact",
}


def faults(model: type[BaseModel], name: str) -> Iterator[tuple[Any, set[str], list[Finding]]]:
    """Yield, for each value that is wrong for a field, the types of pydantic's errors and what is said of them."""
    source = Source("data/x.yml", Mark((1, 1), {name: Mark((2, 1))}, {name: (2, 1)}))
    for value in WRONG:
        try:
            model.model_validate({name: value})
        except ValidationError as error:
            kinds = {one["type"] for one in error.errors() if one["loc"][:1] == (name,)}
            if kinds:
                # What else is missing stands at the first line.
                yield value, kinds, [finding for finding in explained(error, model, source) if finding.line == 2]


@pytest.mark.parametrize("model", MODELS, ids=[model.__name__ for model in MODELS])
def test_every_fault_names_its_field_in_chinese_and_says_what_to_do(model: type[BaseModel]) -> None:
    for value, kinds, findings in [fault for name in model.model_fields for fault in faults(model, name)]:
        assert findings, (value, kinds)
        for finding in findings:
            told = (value, finding.message, finding.help)
            named = re.match("(?:缺少必填项)?“([^”]+)”", finding.message)
            assert finding.code == "S002" or (named is not None and named[1] in TITLES), told
            assert not re.search("[A-Za-z]", FOREIGN.sub("", finding.message)), told
            assert re.search("[\u4e00-\u9fff].*[。？]$", finding.help), told
            assert not finding.message.endswith("的写法不对"), told


def test_a_fault_of_a_value_is_told_once() -> None:
    for model, name in FIELDS:
        for value, _, findings in faults(model, name):
            if not isinstance(value, list | dict):
                assert len(findings) == 1, (model, name, value, findings)


def test_the_values_above_raise_every_error_that_has_words() -> None:
    assert {kind for model, name in FIELDS for _, kinds, _ in faults(model, name) for kind in kinds} == WORDED


def said(path: str, old: str, new: str) -> list[tuple[str, str, str]]:
    """Return what is found in a valid record of the small district when a text in it is replaced."""
    text = (DISTRICT / path).read_text(encoding="utf-8")
    assert text.count(old) >= 1
    kind = kind_of(path)
    assert kind is not None
    _, findings = read_record(text.replace(old, new, 1).encode(), path, kind)
    return [(finding.code, finding.message, finding.help) for finding in findings]


@pytest.mark.parametrize(
    ("kind", "old", "new", "code", "message", "advice"),
    [
        (
            "appraisal",
            "score: 99.2",
            "score: 九十",
            "S003",
            "“得分”应当是数字，现在是文字“九十”",
            "直接写数字，不加引号，不带单位。",
        ),
        ("appraisal", "score: 99.2", "score: 100.5", "S005", "“得分”是 100.5，超出范围", "最大 100。"),
        ("item", "version: 2", "version: 1.5", "S003", "“事项版本”应当是整数，现在是数字 1.5", "只写整数，不写小数。"),
        (
            "item",
            "version: 2",
            "version: true",
            "S003",
            "“事项版本”应当是整数，现在是 true",
            "直接写数字，不加引号，不带单位。",
        ),
        ("town", "short_name: 亭子镇", "short_name: 亭", "S005", "“简称”“亭”太短", "最少 2 个字。"),
        ("town", "short_name: 亭子镇", 'short_name: ""', "S005", "“简称”是空的", "请填写内容；没有内容的整项删去。"),
        ("item", "type: 行政许可", "type:", "S004", "“事项类型”是空的", None),
        (
            "item",
            "updated_on: 2026-03-12",
            "updated_on:",
            "S005",
            "“更新日期”是空的",
            "日期写成 2026-01-31 的样子，并且要是真实存在的日子。",
        ),
        (
            "listing",
            'code: "510123001000"',
            'code: "510123"',
            "S005",
            "“事项编码”“510123”的格式不对",
            "事项编码写 12 位数字，加引号，与 data/items/ 里的文件名相同。",
        ),
    ],
)
def test_a_fault_in_a_file(kind: str, old: str, new: str, code: str, message: str, advice: str | None) -> None:
    ((found, told, help_text),) = said(BASE[kind], old, new)
    assert (found, told) == (code, message)
    assert help_text.startswith("可以填：行政许可、") if advice is None else help_text == advice


@pytest.mark.parametrize("subject", ["", '    item: "510123001000"\n    organization: weijian\n'])
def test_an_adjustment_is_of_one_thing(subject: str) -> None:
    assert said(BASE["adjustment"], '    item: "510123001000"\n', subject) == [
        (
            "S005",
            "“调整内容”第 1 项没有写清楚调整的是哪个事项或者哪个机构",
            "调整事项的，写事项编码（item）；机构更名的，写机构编号（organization）。两样写一样，不能都写，也不能都不写。",
        )
    ]
