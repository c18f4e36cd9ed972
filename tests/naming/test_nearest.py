"""The known name that a wrong one was probably meant to be."""

from __future__ import annotations

from gongkai.naming.nearest import Nearest

KNOWN = Nearest(["食品经营许可", "食品生产许可", "取水许可", "道路货物运输经营许可（除普通货运外）"])


def test_best_first() -> None:
    assert next(near.name for near in KNOWN.find("食品经营许可证")) == "食品经营许可"


def test_what_differs_in_noise_only_is_the_same() -> None:
    assert KNOWN.find("道路货物运输经营许可(除普通货运外)(县级)")[0].similarity == 1


def test_nothing_near() -> None:
    assert KNOWN.find("结婚登记") == [] and Nearest([]).find("食品经营许可") == []
