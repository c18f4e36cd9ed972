"""Characters that look alike are told apart, and put right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.naming.look_alikes import look_alikes, plain, plain_character, plain_with_origins, written_correctly

RIGHT = "公共场所卫生许可（除饭馆、酒吧）"


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ("公共场所卫生许可(除饭馆、酒吧）", "半角括号"),
        ("公共场所衛生许可（除饭馆、酒吧）", "繁体字"),
        ("公共场所卫\u200b生许可（除饭馆、酒吧）", "看不见的字符"),
        ("公共场所 卫生许可（除饭馆、酒吧）", "空格"),
        ("公共场所\u3000卫生许可（除饭馆、酒吧）", "空格"),
        ("⽣育登记", "兼容汉字"),
        ("不\uf967动产登记", "兼容汉字"),
        ("８0周岁以上老年人高龄津贴发放", "全角字母或数字"),
    ],
)
def test_what_looks_right_is_named_and_put_right(wrong: str, kind: str | None) -> None:
    found = look_alikes(wrong)
    assert [fault.kind for fault in found] == ([kind] if kind else [])
    for fault in found:
        assert wrong[fault.index] == fault.character
    assert look_alikes(written_correctly(wrong)) == []
    assert plain(written_correctly(wrong)) == plain(wrong)


def test_names_of_the_catalogue_are_left_alone() -> None:
    assert look_alikes(RIGHT) == [] and written_correctly(RIGHT) == RIGHT


@pytest.mark.parametrize("bracketed", ["甲〔乙〕", "甲[乙]", "甲(乙)", "甲（乙）", "甲【乙】"])
def test_all_brackets_are_one(bracketed: str) -> None:
    assert plain(bracketed) == "甲（乙）"


@given(st.text(max_size=60))
def test_origins_lead_back(text: str) -> None:
    form, origins = plain_with_origins(text)
    assert form == plain(text) and len(form) == len(origins)
    assert origins == sorted(origins) and all(0 <= index < len(text) for index in origins)
    assert plain(form) == form


def test_the_plain_form_of_a_text_is_that_of_its_characters() -> None:
    for number in (*range(0xD800), *range(0xE000, 0x11000)):
        assert plain(chr(number)) == plain_character(chr(number))
