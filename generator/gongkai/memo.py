"""Things that are made only once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from gongkai.tracing import Question, ask_again, asking

V = TypeVar("V")


class Memo:
    """What was made, by what made it, with the questions that were asked in making it.

    Whoever gets something that was made before depends on the same answers as if it had been made anew. Where ``most`` things
    are kept, the oldest goes for the next.
    """

    def __init__(self, most: int | None = None) -> None:
        self._most = most
        self._made: dict[Any, tuple[Any, frozenset[Question]]] = {}

    def once(self, make: Callable[..., V], *arguments: Any, key: Any = None) -> V:
        """Return what ``make`` makes of the arguments; ``key`` tells apart what it has made, by default itself.

        Whatever can change ``make`` has to ask for by itself: what is handed to it depends on nothing.
        """
        identity = make if key is None else (make, key)
        found = self._made.get(identity)
        if found is None:
            try:
                with asking() as questions:
                    value = make(*arguments)
            except BaseException:
                # Whoever goes on without it depends on what it was not made of.
                ask_again(questions)
                raise
            if len(self._made) == self._most:
                del self._made[next(iter(self._made))]
            found = self._made[identity] = (value, frozenset(questions))
        ask_again(found[1])
        made: V = found[0]
        return made

    def has(self, make: Callable[..., Any], key: Any) -> bool:
        """Tell whether what ``make`` makes for a key is here."""
        return (make, key) in self._made

    def clear(self) -> None:
        """Drop everything."""
        self._made.clear()

    def forget(self, touched: Collection[Question]) -> None:
        """Drop what depends on answers that changed."""
        self._made = {key: kept for key, kept in self._made.items() if kept[1].isdisjoint(touched)}
