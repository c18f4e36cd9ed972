"""Templates as the publisher compiles them."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, FileSystemLoader, TemplateError

from gongkai.model.vocabulary import Audience
from gongkai.publishing.templates.compiled_templates import CompiledTemplates
from gongkai.publishing.templates.templating import COMPILER, PlainEnvironment, escaped, html_of

TEXTS = st.text(st.one_of(st.sampled_from("&<>\"'；"), st.characters()))


@dataclass
class Thing:
    name: str


def rendered(template: str, **context: Any) -> str:
    return PlainEnvironment(loader=DictLoader({"page": template, "other": ""})).rendered("page", context)


@given(TEXTS)
def test_escapes_as_the_libraries_do(text: str) -> None:
    assert html_of(text) == str(markupsafe.escape(text))
    assert escaped(text) == html.escape(text)


def test_everything_is_escaped_once() -> None:
    page = "{% macro row(text) %}<b>{{ text }}</b>{% endmacro %}<p>{{ row('1 < 2') }}{{ text }}{{ thing.name }}</p>"
    assert rendered(page, text='"&', thing=Thing("<i>")) == "<p><b>1 &lt; 2</b>&#34;&amp;&lt;i&gt;</p>"


def test_a_macro_inside_a_macro_is_not_escaped_again() -> None:
    page = "{% macro a(x) %}<a>{{ x }}</a>{% endmacro %}{% macro b(x) %}<b>{{ a(x) }}</b>{% endmacro %}{{ b('&') }}"
    assert rendered(page) == "<b><a>&amp;</a></b>"


def test_what_is_no_text_is_written_as_one() -> None:
    assert (
        rendered("{{ n }} {{ who }} {{ '、'.join([who, who]) }}", n=3, who=Audience.PERSON) == "3 自然人 自然人、自然人"
    )


def test_keys_and_attributes_are_different_things() -> None:
    assert (
        rendered("{{ d['items'] }}{% for k, v in d.items() %}{{ k }}{{ v }}{% endfor %}", d={"items": 1}) == "1items1"
    )
    with pytest.raises(TemplateError, match="'dict' object has no attribute 'name'"):
        rendered("{{ d.name }}", d={"name": 1})


@pytest.mark.parametrize(
    "template",
    [
        "{{ nothing }}",
        "{% if nothing %}{% endif %}",
        "{{ thing.nothing }}",
        "{{ {}['nothing'] }}",
        "{% macro a(x) %}{{ x }}{% endmacro %}{{ a() }}",
        "{% macro a(x=1) %}{{ x }}{% endmacro %}",
        "{% from 'other' import nothing %}{{ nothing }}",
        "{{ thing | nothing }}",
        "{{ print(*thing) }}",
        "{% include 'nothing' %}",
    ],
)
def test_a_faulty_template_is_reported_as_one(template: str) -> None:
    with pytest.raises(TemplateError):
        rendered(template, thing=Thing("x"))


def test_loops_know_where_they_are() -> None:
    page = "{% for x in xs if x %}{{ loop.index }}{{ x }}{% if not loop.last %},{% endif %}{% else %}-{% endfor %}"
    assert rendered(page, xs=["a", "", "b"]) == "1a,2b" and rendered(page, xs=[]) == "-"


def test_what_was_compiled_is_found_wherever_the_project_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def page(root: Path) -> str:
        environment = PlainEnvironment(
            loader=FileSystemLoader(root), bytecode_cache=CompiledTemplates(tmp_path / "kept", COMPILER)
        )
        return environment.rendered("page.html", {"thing": Thing("<")})

    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "page.html").write_text("{{ thing.name }}", encoding="utf-8")
    assert page(tmp_path / "here") == "&lt;"
    monkeypatch.setattr(PlainEnvironment, "compile", None)
    assert page(tmp_path / "there") == "&lt;"


def test_what_another_compiler_made_is_compiled_again(tmp_path: Path) -> None:
    def page(source: str = "{{ thing.name }}", compiler: str = COMPILER) -> str:
        cache = CompiledTemplates(tmp_path, compiler)
        environment = PlainEnvironment(loader=DictLoader({"page": source}), bytecode_cache=cache)
        return environment.rendered("page", {"thing": Thing("<")})

    assert page() == "&lt;"
    (kept,) = tmp_path.iterdir()
    first = kept.read_bytes()
    assert page() == "&lt;" and kept.read_bytes() == first
    assert page(compiler="another") == "&lt;" and kept.read_bytes() != first
    assert page("{{ thing.name }}!") == "&lt;!"
