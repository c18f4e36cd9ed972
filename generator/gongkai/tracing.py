"""Which questions were asked while something was made, so that it is made again only when an answer changes.

A question is a pair: the name of a register (the catalogue's ``item``, or an index such as ``items_by_department``) and a
key of it; ``KEYS`` asks which keys there are and in which order, ``ALL`` for everything in the register.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

Question = tuple[str, Any]

KEYS = "\0keys"
ALL = "\0all"

K = TypeVar("K")
V = TypeVar("V")

_asked: list[set[Question]] = []
"""The questions of everything that is being made now, the innermost last."""


@contextmanager
def asking() -> Iterator[set[Question]]:
    """Yield the set into which the questions go that are asked inside the ``with`` block, and only there."""
    questions: set[Question] = set()
    _asked.append(questions)
    try:
        yield questions
    finally:
        _asked.pop()


def ask(register: str, key: Any) -> None:
    """Note that whatever is being made depends on an answer."""
    if _asked:
        _asked[-1].add((register, key))


def ask_again(questions: Iterable[Question]) -> None:
    """Note that whatever is being made depends on what was made with these questions."""
    if _asked:
        _asked[-1].update(questions)


class Traced(Mapping[K, V]):
    """A register that notes what it is asked."""

    __slots__ = ("_name", "_values")

    def __init__(self, name: str, values: Mapping[K, V]) -> None:
        self._name = name
        self._values = values

    def __getitem__(self, key: K) -> V:
        if _asked:
            _asked[-1].add((self._name, key))
        return self._values[key]

    def get(self, key: K, default: Any = None) -> Any:
        """Return the value of a key, or the default."""
        if _asked:
            _asked[-1].add((self._name, key))
        return self._values.get(key, default)

    def __contains__(self, key: object) -> bool:
        if _asked:
            _asked[-1].add((self._name, key))
        return key in self._values

    def __iter__(self) -> Iterator[K]:
        ask(self._name, KEYS)
        return iter(self._values)

    def __len__(self) -> int:
        ask(self._name, KEYS)
        return len(self._values)

    def fetch(self, keys: Sequence[K]) -> None:
        """Do what the function ``fetch`` does; nothing is noted, as nobody sees the values."""
        fetch(self._values, keys)

    def sizes(self) -> Mapping[K, int]:
        """Return how many things each value holds; some registers know that without reading the values."""
        ask(self._name, ALL)
        known = getattr(self._values, "sizes", None)
        return known() if known is not None else {key: len(value) for key, value in self._values.items()}  # type: ignore[arg-type]

    def keys(self) -> Any:
        """Return the keys."""
        ask(self._name, KEYS)
        return self._values.keys()

    def values(self) -> Any:
        """Return every value."""
        ask(self._name, ALL)
        return self._values.values()

    def items(self) -> Any:
        """Return every key with its value."""
        ask(self._name, ALL)
        return self._values.items()

    def __eq__(self, other: object) -> bool:
        ask(self._name, ALL)
        return dict(self._values) == (dict(other) if isinstance(other, Mapping) else other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Traced({self._name!r}, {self._values!r})"


def fetch(register: Mapping[K, Any], keys: Sequence[K]) -> None:
    """Let a register read some values, which are asked for soon, at once, where it reads them from somewhere."""
    at_once = getattr(register, "fetch", None)
    if at_once is not None:
        at_once(keys)


def traced(name: str, values: Mapping[K, V]) -> Traced[K, V]:
    """Return a mapping as a register that notes what it is asked; one that does so already as it is."""
    return values if isinstance(values, Traced) else Traced(name, values)
