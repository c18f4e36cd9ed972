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
@settings(max_examples=500)
def test_words_are_those_of_pypinyin(text: str) -> None:
    assert pinyin._words(text) == list(seg(text))


def test_unusual_readings_are_told_with_their_places() -> None:
    assert pinyin.unusual("银行和行政，长期") == [(1, "hang"), (6, "chang")]
    assert pinyin.unusual("行政") == []


def test_what_is_known_is_taken_from_there() -> None:
    try:
        pinyin.remember(lambda text: '["known1"]' if text == "银川" else None)
        assert [*pinyin.facts(["银川", "银行", "行"])] == [
            ("银川", '["known1"]'), ("银行", '["yin2", "hang2"]'), ("行", '["xing2"]'),
        ]  # fmt: skip
        pinyin.recall({"行行": [(1, "known")]})
        assert pinyin.unusual("行行") == [(1, "known")]
        assert pinyin.unusual("银行") == [(1, "hang")]
        pinyin.recall({})
        assert pinyin.unusual("行行") != [(1, "known")]
    finally:
        pinyin._lookup.clear()
        pinyin._recalled.clear()
        pinyin.reading.cache_clear()
