"""Things that are made only once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V")


class Memo:
    """What was made, by what made it."""

    def __init__(self) -> None:
        self._made: dict[Any, Any] = {}

    def once(self, make: Callable[..., V], *arguments: Any, key: Any = None) -> V:
        """Return what ``make`` makes of the arguments; ``key`` tells apart what it has made, by default itself."""
        identity = make if key is None else (make, key)
        if identity not in self._made:
            self._made[identity] = make(*arguments)
        value: V = self._made[identity]
        return value
