"""Registers whose records stay in the store until somebody asks for them."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, ValuesView
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from gongkai.kept.file_rows import as_key, key_of, record_of
from gongkai.kept.store import DamagedError, Store
from gongkai.model.base import Record
from gongkai.model.item_card import CARDS, ItemCard
from gongkai.workers import in_portions

V = TypeVar("V")

_AT_ONCE = 100


class _Stored(Mapping[str, V], Generic[V]):
    """Things by identity, each read when it is asked for; the latest ``most`` of them stay in memory."""

    def __init__(self, store: Store, paths: Mapping[str, str], most: int) -> None:
        self._store = store
        self._paths = paths
        self._most = most
        self._known: OrderedDict[str, V] = OrderedDict()

    @property
    @abstractmethod
    def _column(self) -> str:
        """The column of a file that a thing is made of."""

    @abstractmethod
    def _made(self, path: str, data: bytes, content_hash: bytes) -> V:
        """Return the thing that a file gives; raises ValueError, also as pydantic's ValidationError."""

    def __getitem__(self, identity: str) -> V:
        found = self._known.get(identity)
        if found is None:
            if identity not in self._paths:
                raise KeyError(identity)
            self.fetch((identity,))
            try:
                found = self._known[identity]
            except KeyError as error:
                raise DamagedError(f"{self._paths[identity]} is not kept") from error
        return found

    def fetch(self, identities: Iterable[str]) -> None:
        """Read some things, which are asked for soon, in few queries; raises DamagedError."""
        wanted = {self._paths[one]: one for one in identities if one in self._paths and one not in self._known}
        for paths in in_portions([*islice(wanted, self._most)], _AT_ONCE):
            places = ", ".join("?" * len(paths))
            query = f"SELECT path, hash, {self._column} FROM files WHERE path IN ({places})"  # noqa: S608 - no values
            for path, content_hash, data in self._store.rows(query, *paths):
                try:
                    self._keep(wanted[path], self._made(path, data, content_hash))
                except ValueError as error:
                    raise DamagedError(str(error)) from error

    def values(self) -> Any:
        """Return a view of every thing, of which some are read at once."""
        return _Values(self)

    def _keep(self, identity: str, thing: V) -> None:
        if len(self._known) >= self._most:
            self._known.popitem(last=False)
        self._known[identity] = thing

    def __contains__(self, identity: object) -> bool:
        return identity in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def moved(self, paths: Mapping[str, str], changed: set[str]) -> None:
        """Take other paths, and forget what changed."""
        self._paths = paths
        for identity in changed:
            self._known.pop(identity, None)


class _Values(ValuesView[V]):
    _mapping: _Stored[V]

    def __iter__(self) -> Iterator[V]:
        for identities in in_portions([*self._mapping], _AT_ONCE):
            self._mapping.fetch(identities)
            yield from (self._mapping[identity] for identity in identities)


class StoredRecords(_Stored[Record]):
    """The records of one kind."""

    _column = "record"

    def __init__(self, store: Store, kind: str, root: Path, paths: Mapping[str, str], most: int) -> None:
        super().__init__(store, paths, most)
        self._kind = kind
        self._root = root

    def _made(self, path: str, data: bytes, content_hash: bytes) -> Record:
        return record_of(self._kind, data, content_hash, self._root, path)


class StoredCards(_Stored[ItemCard]):
    """The cards of the items."""

    _column = "card"

    def _made(self, path: str, data: bytes, content_hash: bytes) -> ItemCard:
        return ItemCard.model_validate_json(data)

    def values(self) -> Any:
        """Return all cards, read at once."""
        missing = len(self._paths) - len(self._known)
        if missing > len(self._paths) // 10:
            rows = self._store.rows("SELECT card FROM files WHERE kind = 'item' AND card IS NOT NULL ORDER BY path")
            cards = CARDS.validate_json(b"[" + b",".join(card for (card,) in rows) + b"]")
            if len(self._paths) > self._most:
                return cards
            self._known = OrderedDict((card.code, self._known.get(card.code, card)) for card in cards)
        return [self[code] for code in self]

    def items(self) -> Any:
        """Return all codes with their cards, read at once."""
        return [(card.code, card) for card in self.values()]


_MANY = 20_000
"""So many answers of one index are kept in memory, unless all are read at once."""
_LONG = 10_000
"""An answer of so many values is read again when it is asked for again: few pages ask for it."""


class StoredAnswers(Mapping[str, list[Any]]):
    """The answers of one index; keys are texts or tuples of texts."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._known: dict[str, list[Any] | None] = {}
        self._all = False

    def __getitem__(self, key: Any) -> list[Any]:
        answer: list[Any] | None = self.get(key)
        if answer is None:
            raise KeyError(key)
        return answer

    def get(self, key: Any, default: Any = None) -> Any:
        """Return an answer, or the default where there is none."""
        text = as_key(key)
        answer = self._known.get(text) if self._all or text in self._known else self._read(text)
        return default if answer is None else answer

    def _read(self, key: str) -> list[Any] | None:
        """Return an answer from the store, or None where there is none."""
        query = "SELECT value FROM answers WHERE name = ? AND key = ? ORDER BY path, position"
        found = _parsed(value for (value,) in self._store.rows(query, self._name, key)) or None
        self._keep(key, found)
        return found

    def fetch(self, keys: Iterable[Any]) -> None:
        """Read some answers, which are asked for soon, in few queries; raises DamagedError."""
        wanted = [] if self._all else [key for key in dict.fromkeys(map(as_key, keys)) if key not in self._known]
        for portion in in_portions(wanted[:_MANY], _AT_ONCE):
            places = ", ".join("?" * len(portion))
            query = f"SELECT key, value FROM answers WHERE name = ? AND key IN ({places}) ORDER BY path, position"  # noqa: S608 - no values
            found: dict[str, list[str]] = {key: [] for key in portion}
            for key, value in self._store.rows(query, self._name, *portion):
                found[key].append(value)
            for key, values in found.items():
                self._keep(key, _parsed(values) or None)

    def _keep(self, key: str, found: list[Any] | None) -> None:
        """Keep an answer in memory, unless it is long."""
        if found is None or len(found) < _LONG:
            if len(self._known) >= _MANY:
                self._known.clear()
            self._known[key] = found

    def __contains__(self, key: object) -> bool:
        try:
            self[key]
        except KeyError:
            return False
        return True

    def __iter__(self) -> Iterator[Any]:
        self.read_all()
        return (key_of(key) for key, value in self._known.items() if value)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def sizes(self) -> dict[Any, int]:
        """Return how many values each answer has, without reading them."""
        if self._all:
            return {key_of(key): len(values) for key, values in self._known.items() if values}
        query = "SELECT key, COUNT(*) FROM answers WHERE name = ? GROUP BY key"
        return {key_of(key): number for key, number in self._store.rows(query, self._name)}

    def read_all(self) -> None:
        """Read every answer at once: sooner than one by one where many are wanted."""
        if self._all:
            return
        # In the order in which the records first gave each key, as an index made from them has it.
        query = "SELECT key, value FROM answers WHERE name = ? ORDER BY path, position"
        rows = self._store.rows(query, self._name)
        known: dict[str, list[Any]] = {}
        for (key, _), value in zip(rows, _parsed(value for _, value in rows), strict=True):
            known.setdefault(key, []).append(value)
        self._known = dict(known)
        self._all = True

    def let_go(self) -> None:
        """Keep nothing in memory."""
        self._known, self._all = {}, False

    def forget(self, keys: set[Any]) -> None:
        """Drop answers that changed."""
        if self._all and keys:
            self._known, self._all = {}, False
        for key in keys:
            self._known.pop(as_key(key), None)


def _parsed(values: Iterable[str]) -> list[Any]:
    """Return what some JSON texts hold: all at once is far sooner than one by one. Raises DamagedError for anything else."""
    try:
        found: list[Any] = json.loads(f"[{','.join(values)}]")
    except ValueError as error:
        raise DamagedError(str(error)) from error
    return found
