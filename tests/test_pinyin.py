"""Names are taken apart as pypinyin does it, and read character by character."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg.simpleseg import seg

from gongkai import pinyin

PIECES = st.one_of(
    st.sampled_from(sorted(PHRASES_DICT)),
    st.builds(lambda phrase, length: phrase[:length], st.sampled_from(sorted(PHRASES_DICT)), st.integers(1, 9)),
    st.sampled_from(["行", "的", "Ａ", "a1", "（", "）", "〇", "𠀀", " ", "重", "长", "不"]),
)


@given(st.lists(PIECES, max_size=8).map("".join))
@settings(max_examples=500, deadline=None)
def test_words_are_those_of_pypinyin(text: str) -> None:
    assert pinyin._words(text) == list(seg(text))


def test_unusual_readings_are_told_with_their_places() -> None:
    assert pinyin.unusual("银行和行政，长期") == [(1, "hang"), (6, "chang")]
    assert pinyin.unusual("行政") == []


def test_what_is_kept_of_a_reading_is_not_looked_up() -> None:
    try:
        pinyin.remember(lambda _text: '["wrong1"]')
        assert [*pinyin.facts(["银行", "行"])] == [("银行", '["yin2", "hang2"]'), ("行", '["xing2"]')]
        assert pinyin.unusual("银行") == [(1, "hang")]
    finally:
        pinyin._lookup.clear()
