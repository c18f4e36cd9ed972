"""What is personal data, what only looks like it, and that messages never repeat it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.privacy.hit import DataKind
from gongkai.privacy.personal_data import find, mask
from privacy.samples import CARD, HARMLESS, IDENTITY, PERSONAL


@pytest.mark.parametrize(("text", "kind", "shown"), PERSONAL)
def test_personal_data_is_found(text: str, kind: DataKind, shown: str) -> None:
    assert [(hit.kind, hit.shown) for hit in find(text)] == [(kind, shown)]
    assert list(find(mask(text))) == []


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_it_is_not(text: str) -> None:
    assert list(find(text)) == []


def test_a_roster_in_prose() -> None:
    text = "低保花名册：张三、李四、王小明"
    assert [hit.shown for hit in find(text)] == ["张*", "李*", "王**"]
    assert mask(text) == "低保花名册：张*、李*、王**"


def test_one_place_is_one_hit() -> None:
    text = (
        f"| 姓名 | 身份证号 | 手机 |\n|---|---|---|\n| 张三 | {IDENTITY} | 13800000000 |\n| 李* | 000* | 138****0000 |"
    )
    assert [hit.kind for hit in find(text)] == [DataKind.PERSON, DataKind.IDENTITY, DataKind.MOBILE]


PIECES = st.sampled_from(
    ["姓名：", "张三", IDENTITY, "13800000000", "学生", "8岁", "\n", "|", "3组12号", "@qq.com", "a", CARD]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join))
def test_hits_are_in_order_and_never_shown_in_full(text: str) -> None:
    end = 0
    for hit in find(text):
        assert end <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] not in hit.shown
        end = hit.end
