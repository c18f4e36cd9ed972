"""Patterns that are compiled late find what they would find compiled at once."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from gongkai.privacy import addresses, findings, minors, numbers, people
from gongkai.privacy.late_pattern import LatePattern, late_pattern
from gongkai.privacy.personal_data import half_width
from privacy.samples import HARMLESS, PERSONAL

NAMES_OF_FILES = ("张三身份证.pdf", "content/李四的户口本.jpg", "王五简历.docx", "赵六申请书.pdf", "陈七申请表.xlsx")
OTHERS = [f"{child}张*，男，9岁" for child in (*minors.CHILD.split("|"), "小学生", "中学生")]
OTHERS += [f"{title}：张三、李四" for title in ("名单", "花名册", "人员名册")]
TEXTS = [half_width(text) for text, *_ in PERSONAL] + [str(text) for text in HARMLESS] + [*NAMES_OF_FILES, *OTHERS]


def with_words(module: ModuleType) -> dict[str, LatePattern]:
    return {name: one for name, one in vars(module).items() if isinstance(one, LatePattern) and one.words != [""]}


@pytest.mark.parametrize("module", [addresses, findings, minors, numbers, people])
def test_its_words_hide_nothing(module: ModuleType) -> None:
    found = dict.fromkeys(with_words(module), 0)
    for name, one in with_words(module).items():
        for text in TEXTS:
            late = late_pattern(one.expression, one.flags, "|".join(one.words))
            spans = [match.span() for match in late.finditer(text)]
            assert spans == [match.span() for match in re.finditer(one.expression, text, one.flags)], (name, text)
            found[name] += len(spans)
    assert found and all(found.values()), found


def test_a_text_without_its_words_compiles_nothing() -> None:
    faulty = late_pattern("姓名(", words="姓名|住址")
    assert list(faulty.finditer("没有")) == []
    assert list(faulty.finditer("姓名在后面", 2)) == []
    with pytest.raises(re.error):
        list(faulty.finditer("有姓名"))


def test_it_does_what_a_pattern_does() -> None:
    assert [match.span() for match in late_pattern("[0-9]+", words="1|2").finditer("12 22 1", 1, 5)] == [(1, 2), (3, 5)]
    assert late_pattern("B", re.IGNORECASE).sub("c", "abab") == "acac"
    assert late_pattern("b").split("abab") == ["a", "a", ""]
    assert late_pattern("b").search("ab", 2) is None
