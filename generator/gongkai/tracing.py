"""Which questions a piece of work asked, so that it is done again only when one of the answers has changed.

A question is (what, which): ``("item", "510123001000")`` for a record, ``("items_by_theme", "社会保障")`` for an answer
that the catalogue derives, ``("all-item", "")`` for everything of a kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

Question = tuple[str, str]
K = TypeVar("K")
V = TypeVar("V")

_asked: list[set[Question]] = []
"""The pieces of work under way, innermost last: making what is made only once can interrupt another."""


@contextmanager
def traced() -> Iterator[set[Question]]:
    """Collect the questions that are asked inside the ``with`` block."""
    questions: set[Question] = set()
    _asked.append(questions)
    try:
        yield questions
    finally:
        _asked.pop()


def ask(what: str, which: str = "") -> None:
    """Note a question."""
    if _asked:
        _asked[-1].add((what, which))


class Memo:
    """Things that are made only once; whoever asks for one depends on all that it was made from."""

    def __init__(self) -> None:
        self._made: dict[Any, tuple[Any, set[Question]]] = {}

    def once(self, make: Callable[..., V], *arguments: Any, key: Any = None) -> V:
        """Return what ``make`` makes of the arguments; ``key`` tells apart what it has made, by default itself."""
        identity = make if key is None else (make, key)
        found = self._made.get(identity)
        if found is None:
            with traced() as questions:
                made = make(*arguments)
            found = self._made[identity] = made, questions
        if _asked:
            _asked[-1].update(found[1])
        value: V = found[0]
        return value


class Answers(Mapping[K, V]):
    """Derived answers by what was asked; looking one up, or looking for one in vain, is a question."""

    def __init__(self, what: str, answers: Mapping[K, V]) -> None:
        self._what = what
        self._answers = answers

    def __getitem__(self, key: K) -> V:
        ask(self._what, str(key))
        return self._answers[key]

    def __contains__(self, key: object) -> bool:
        ask(self._what, str(key))
        return key in self._answers

    def __iter__(self) -> Iterator[K]:
        ask(f"all-{self._what}")
        return iter(self._answers)

    def __len__(self) -> int:
        ask(f"all-{self._what}")
        return len(self._answers)
