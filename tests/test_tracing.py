"""Questions are noted by whoever asks them, as narrow as they were asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongkai.tracing import ALL, KEYS, Traced, ask, ask_again, asking, traced

REGISTER = {"a": 1, "b": 2}


def questions(use: Callable[[Traced[str, int]], Any]) -> tuple[Any, set[tuple[str, Any]]]:
    """Return the answer that a use of a register gets, and the questions that it asks."""
    register = Traced("letters", REGISTER)
    with asking() as asked:
        answer = use(register)
    return answer, asked


@pytest.mark.parametrize(
    ("use", "answer", "key"),
    [
        (lambda register: register["a"], 1, "a"),
        (lambda register: register.get("a"), 1, "a"),
        (lambda register: register.get("z"), None, "z"),
        (lambda register: register.get("z", 3), 3, "z"),
        (lambda register: "b" in register, True, "b"),
        (lambda register: "z" not in register, True, "z"),
        (list, ["a", "b"], KEYS),
        (len, 2, KEYS),
        (bool, True, KEYS),
        (lambda register: list(register.keys()), ["a", "b"], KEYS),
        (lambda register: list(register.values()), [1, 2], ALL),
        (lambda register: list(register.items()), [("a", 1), ("b", 2)], ALL),
        (dict.fromkeys, {"a": None, "b": None}, KEYS),
        (lambda register: register == REGISTER, True, ALL),
        (lambda register: register == {"a": 1}, False, ALL),
        (lambda register: register == Traced("others", REGISTER), True, ALL),
        (lambda register: register == "ab", False, ALL),
    ],
)
def test_what_is_asked(use: Callable[[Traced[str, int]], Any], answer: Any, key: Any) -> None:
    found, asked = questions(use)
    assert found == answer
    assert ("letters", key) in asked
    assert {name for name, _ in asked} <= {"letters", "others"}


def test_a_question_without_an_answer_counts_too() -> None:
    register = Traced("letters", REGISTER)
    with asking() as asked, pytest.raises(KeyError):
        register["z"]
    assert asked == {("letters", "z")}


def test_everything_is_asked_for_to_copy_a_register() -> None:
    copy, asked = questions(dict)
    assert copy == REGISTER
    assert asked >= {("letters", KEYS), ("letters", "a"), ("letters", "b")}


def test_questions_go_to_the_innermost_alone() -> None:
    with asking() as outer:
        ask("letters", "a")
        with asking() as inner:
            ask("letters", "b")
        ask("letters", "c")
    assert (outer, inner) == ({("letters", "a"), ("letters", "c")}, {("letters", "b")})


def test_what_was_asked_before_is_asked_again() -> None:
    with asking() as first:
        ask("letters", "a")
    with asking() as second:
        ask_again(first)
    assert second == {("letters", "a")}


def test_the_outer_goes_on_after_a_failure_inside() -> None:
    with asking() as outer:
        with pytest.raises(RuntimeError), asking():
            raise RuntimeError
        ask("letters", "a")
    assert outer == {("letters", "a")}


def test_nobody_need_ask() -> None:
    ask("letters", "a")
    ask_again([("letters", "a")])
    assert Traced("letters", REGISTER)["a"] == 1


def test_a_register_is_traced_once() -> None:
    register = traced("letters", REGISTER)
    assert traced("other", register) is register
    with asking() as asked:
        register["a"]
    assert asked == {("letters", "a")}


def test_a_register_is_no_key() -> None:
    with pytest.raises(TypeError):
        hash(Traced("letters", REGISTER))
    assert repr(Traced("letters", REGISTER)) == "Traced('letters', {'a': 1, 'b': 2})"
