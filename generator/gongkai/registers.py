"""Records by identity, read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from gongkai.model.base import Record
from gongkai.tracing import ask

R = TypeVar("R", bound=Record)


class Register(Mapping[str, R]):
    """The records of one kind, in the order of their files.

    ``read`` makes the record of an identity. With ``keep`` it is kept once it was read: for kinds of which there are
    few, and which everything asks for.
    """

    def __init__(self, kind: str, identities: Sequence[str], read: Callable[[str], R], *, keep: bool = True) -> None:
        self._kind = kind
        self._identities = dict.fromkeys(identities)
        self._read = read
        self._keep = keep
        self._known: dict[str, R] = {}

    def __getitem__(self, identity: str) -> R:
        ask(self._kind, identity)
        found = self._known.get(identity)
        if found is None:
            if identity not in self._identities:
                raise KeyError(identity)
            found = self._read(identity)
            if self._keep:
                self._known[identity] = found
        return found

    def __contains__(self, identity: object) -> bool:
        ask(self._kind, str(identity))
        return identity in self._identities

    def __iter__(self) -> Iterator[str]:
        ask(f"all-{self._kind}")
        return iter(self._identities)

    def __len__(self) -> int:
        ask(f"all-{self._kind}")
        return len(self._identities)

    def __reduce__(self) -> tuple[type[dict[str, R]], tuple[dict[str, R]]]:
        """Cross to another process as what it holds."""
        return dict, (dict(self.items()),)
