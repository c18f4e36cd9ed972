"""Hand-written Markdown: references and cleaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from gongkai.publishing.skin.markdown import GongkaiExtension, clean
from gongkai.reading.markdown_text import references

TARGETS = {
    "510123001000": ("items/510123001000/", "公共场所卫生许可<现行>"),
    "department:weijian": ("departments/weijian/", "区卫生健康局"),
}


def html(text: str) -> str:
    return Markdown(extensions=["tables", "admonition", GongkaiExtension(targets=TARGETS)]).convert(text)


def test_a_reference_shows_the_current_name() -> None:
    assert html("办理[[510123001000]]。") == (
        '<p>办理<a class="reference" href="@@slot:base@@/items/510123001000/">公共场所卫生许可&lt;现行&gt;</a>。</p>'
    )


def test_a_reference_may_have_words_of_its_own() -> None:
    assert '<a class="reference" href="@@slot:base@@/departments/weijian/">到这里</a>' in html(
        "[[department:weijian|到这里]]"
    )
    assert "onerror" not in html("[[510123001000|<img src=x onerror=alert(1)>]]")


def test_an_unknown_reference_stays_as_it_is() -> None:
    assert "[[510123991000]]" in html("[[510123991000]]")


def test_references_in_code_are_text() -> None:
    assert "<code>[[510123001000]]</code>" in html("写作 `[[510123001000]]`")
    assert list(references("`[[510123001000]]`\n```\n[[510123001000]]\n```\n")) == []


def test_references_have_places() -> None:
    found = list(references("第一行\n见[[510123001000]]和[[town:tingzi|亭子]]\n"))
    assert [(r.target, r.place) for r in found] == [("510123001000", (2, 2)), ("town:tingzi", (2, 19))]


@pytest.mark.parametrize(
    "dangerous",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<p style="position:fixed">x</p>',
        '<iframe src="https://example.com"></iframe>',
        "<style>body{display:none}</style>",
        '<form action="https://example.com"><input name="q"></form>',
        '<svg onload="alert(1)"></svg>',
        "[x](javascript:alert(1))",
        "# <img src=x onerror=alert(1)>",
    ],
)
def test_nothing_dangerous_passes(dangerous: str) -> None:
    result = html(dangerous).lower()
    for word in ("<script", "onerror", "javascript:", "style=", "<iframe", "<style", "<form", "onload"):
        assert word not in result


def test_tables_admonitions_and_headings_survive() -> None:
    result = html('## 标题\n\n!!! note "提示"\n    内容\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n')
    assert 'class="admonition note"' in result and "<th>甲</th>" in result and "<h2" in result


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
