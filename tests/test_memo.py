"""What is made once is not made again, and whoever gets it depends on what it was made from."""

from __future__ import annotations

import pytest

from gongkai.memo import Memo
from gongkai.tracing import Traced, asking


class Maker:
    """Makes things of a register, and counts them."""

    def __init__(self) -> None:
        self.register = Traced("letters", {"a": 1, "b": 2})
        self.made: list[str] = []

    def value(self, key: str) -> int:
        self.made.append(key)
        return self.register[key]

    def both(self, memo: Memo) -> int:
        self.made.append("both")
        return memo.once(self.value, "a", key="a") + memo.once(self.value, "b", key="b")


def test_it_is_made_once() -> None:
    memo, maker = Memo(), Maker()
    assert [memo.once(maker.value, "a", key="a") for _ in range(3)] == [1, 1, 1]
    assert maker.made == ["a"]


def test_without_a_key_it_is_what_makes_it_that_counts() -> None:
    memo = Memo()
    made: list[str] = []

    def one() -> str:
        made.append("one")
        return "one"

    def other() -> str:
        made.append("other")
        return "other"

    assert [memo.once(one), memo.once(other), memo.once(one)] == ["one", "other", "one"]
    assert made == ["one", "other"]


def test_keys_tell_apart_what_one_makes() -> None:
    memo, maker = Memo(), Maker()
    assert [memo.once(maker.value, key, key=key) for key in "aba"] == [1, 2, 1]
    assert maker.made == ["a", "b"]


def test_nothing_is_made_once_too() -> None:
    memo = Memo()
    made: list[None] = []
    assert [memo.once(made.append, None), memo.once(made.append, None)] == [None, None]
    assert made == [None]


def test_whoever_gets_it_asks_what_was_asked_in_making_it() -> None:
    memo, maker = Memo(), Maker()
    with asking() as first:
        memo.once(maker.value, "a", key="a")
    with asking() as second:
        memo.once(maker.value, "a", key="a")
    assert first == second == {("letters", "a")}


def test_also_through_what_was_made_in_between() -> None:
    memo, maker = Memo(), Maker()
    memo.once(maker.value, "a", key="a")
    for _ in range(2):
        with asking() as asked:
            assert memo.once(maker.both, memo) == 3
        assert asked == {("letters", "a"), ("letters", "b")}
    assert maker.made == ["a", "both", "b"]


def test_what_asked_for_something_that_changed_is_forgotten() -> None:
    memo, maker = Memo(), Maker()
    memo.once(maker.both, memo)
    memo.forget({("letters", "b"), ("others", "a")})
    memo.once(maker.both, memo)
    assert maker.made == ["both", "a", "b", "both", "b"]


def test_a_failure_is_not_kept_but_depended_on() -> None:
    memo, maker = Memo(), Maker()
    for _ in range(2):
        with asking() as asked, pytest.raises(KeyError):
            memo.once(maker.value, "z", key="z")
        assert asked == {("letters", "z")}
    assert maker.made == ["z", "z"]


def test_the_oldest_goes_where_only_some_are_kept() -> None:
    memo, maker = Memo(2), Maker()
    for key in "ababa":
        memo.once(maker.value, key, key=key)
    assert maker.made == ["a", "b"]
    memo.once(maker.both, memo, key="both")
    assert maker.made == ["a", "b", "both"]
    assert [memo.once(maker.value, key, key=key) for key in "ba"] == [2, 1]
    assert maker.made == ["a", "b", "both", "a"]
    assert memo.has(maker.value, "a") and memo.has(maker.both, "both") and not memo.has(maker.value, "b")
