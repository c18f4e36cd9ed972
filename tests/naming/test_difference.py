"""How two names differ, in words."""

from __future__ import annotations

import pytest

from gongkai.naming.difference import difference


@pytest.mark.parametrize(
    ("given", "canonical", "said"),
    [
        ("食品经营许可证", "食品经营许可", "多了“证”"),
        ("食品经营", "食品经营许可", "“营”后面少了“许可”"),
        ("食品流通许可", "食品经营许可", "“流通”应为“经营”"),
        ("公共场所卫生许可(除饭馆)", "公共场所卫生许可（除饭馆）", "“(”应为“（”，“)”应为“）”"),
    ],
)
def test_the_difference_is_shown(given: str, canonical: str, said: str) -> None:
    assert difference(given, canonical) == said
