"""The known name that a wrong one was probably meant to be."""

from __future__ import annotations

import pytest

from gongkai.naming.nearest import Nearest, nearest_candidate

KNOWN = Nearest(["食品经营许可", "食品生产许可", "取水许可", "道路货物运输经营许可（除普通货运外）"])


def test_best_first() -> None:
    assert next(near.name for near in KNOWN.find("食品经营许可证")) == "食品经营许可"


def test_what_differs_in_noise_only_is_the_same() -> None:
    assert KNOWN.find("道路货物运输经营许可(除普通货运外)(县级)")[0].similarity == 1


def test_nothing_near() -> None:
    assert KNOWN.find("结婚登记") == [] and Nearest([]).find("食品经营许可") == []


@pytest.mark.parametrize(
    ("given", "at_least", "nearest"),
    [
        ("weijan", 0.55, "weijian"),
        ("卫健局", 0.55, "区卫生健康局"),
        ("卫健局", 0.7, None),
        ("", 0.55, None),
        ("aabb", 0.5, "aacc"),
    ],
)
def test_the_candidate_most_like_a_word(given: str, at_least: float, nearest: str | None) -> None:
    """As like as was asked for is enough."""
    assert nearest_candidate(given, ["weijian", "区卫生健康局", "aacc"], at_least=at_least) == nearest
    assert nearest_candidate(given, []) is None
