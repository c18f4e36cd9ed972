"""What was made of the catalogue, unit by unit, and which questions each unit asked.

A stage is work of one kind under one set of circumstances: the checks of a day, a site at an address. A unit is the least
part of it that is done again: a record's checks, the pages of an item. A unit is fresh until an answer changes that it
asked for.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from types import MappingProxyType

from gongkai.kept.file_rows import as_key
from gongkai.kept.store import Store
from gongkai.tracing import Question

_FEW = 12
"""So few questions are sooner looked for one by one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a unit: ``made`` is JSON; ``asked`` are the hashes of the questions that were asked (``hashes_of``);
    ``shares`` are what it adds to what is made of all units, by kind, None where it has none.
    """

    unit: str
    made: str
    asked: bytes = b""
    shares: Mapping[str, str | None] = field(default_factory=dict)


class Stage:
    """The units of one stage in a store.

    What was kept under other ``circumstances`` is forgotten: they are whatever the units depend on besides the
    catalogue.
    """

    def __init__(self, store: Store, name: str, circumstances: str) -> None:
        self._store = store
        self._name = name
        noted = f"circumstances of {name}"
        if store.note(noted) != circumstances:
            with store.writing() as connection:
                self._clear(connection)
                connection.execute("INSERT OR REPLACE INTO made.notes VALUES (?, ?)", (noted, circumstances))

    @classmethod
    def reader(cls, store: Store, name: str) -> Stage:
        """Return a stage to read in, under whichever circumstances it was made."""
        stage = cls.__new__(cls)
        stage._store, stage._name = store, name
        return stage

    @property
    def name(self) -> str:
        """The name under which the stage is kept."""
        return self._name

    def clear(self) -> None:
        """Forget everything of this stage."""
        with self._store.writing() as connection:
            self._clear(connection)

    @staticmethod
    def forget(store: Store, name: str) -> None:
        """Forget a stage that nobody will ask for again, with its circumstances."""
        with store.writing() as connection:
            Stage.reader(store, name)._clear(connection)
            connection.execute("DELETE FROM made.notes WHERE name = ?", (f"circumstances of {name}",))

    def _clear(self, connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM made.units WHERE stage = ?", (self._name,))
        connection.execute("DELETE FROM made.shares WHERE stage = ?", (self._name,))

    def fresh(self) -> set[str]:
        """Return the units that need not be made again."""
        return {unit for (unit,) in self._rows("SELECT unit FROM made.units WHERE stage = ? AND fresh = 1")}

    def known(self) -> set[str]:
        """Return all units, stale ones included."""
        return {unit for (unit,) in self._rows("SELECT unit FROM made.units WHERE stage = ?")}

    def due(self, units: Set[str], known: Set[str]) -> list[str]:
        """Return which of some units have to be made, in the order of their names: the stale ones, and those not ``known``."""
        # Few are stale: they are found sooner than all the others.
        stale = {unit for (unit,) in self._rows("SELECT unit FROM made.units WHERE stage = ? AND fresh = 0")}
        return sorted((units - known) | (units & stale))

    def made(self, units: Collection[str] | None = None) -> dict[str, str]:
        """Return what was made of some units, or of all, in the order of their names."""
        if units is not None and len(units) < 1_000:
            query = "SELECT made FROM made.units WHERE stage = ? AND unit = ?"
            found = ((unit, self._store.rows(query, self._name, unit)) for unit in sorted(units))
            return {unit: rows[0][0] for unit, rows in found if rows}
        rows = self._rows("SELECT unit, made FROM made.units WHERE stage = ? ORDER BY unit")
        return {unit: made for unit, made in rows if units is None or unit in units}

    def made_of_some(self) -> dict[str, str]:
        """Return what was made of those units of which something was made."""
        return dict(self._store.rows("SELECT unit, made FROM made.units WHERE stage = ? AND made != ''", self._name))

    def shares(self, kind: str) -> list[str]:
        """Return the shares of all units in one thing, in the order of the units' names."""
        query = "SELECT value FROM made.shares WHERE stage = ? AND kind = ? ORDER BY unit"
        return [value for (value,) in self._store.rows(query, self._name, kind)]

    def shares_by_unit(self, kind: str) -> dict[str, str]:
        """Return the shares of all units in one thing, by unit."""
        return dict(
            self._store.rows("SELECT unit, value FROM made.shares WHERE stage = ? AND kind = ?", self._name, kind)
        )

    def units_with(self, kind: str) -> list[str]:
        """Return the units that have a share in one thing."""
        query = "SELECT unit FROM made.shares WHERE stage = ? AND kind = ?"
        return [unit for (unit,) in self._store.rows(query, self._name, kind)]

    def shares_of(self, kind: str, units: Sequence[str]) -> dict[str, str]:
        """Return the shares of a few units in one thing, by unit; those that have none are left out."""
        places = ", ".join("?" * len(units))
        query = f"SELECT unit, value FROM made.shares WHERE stage = ? AND kind = ? AND unit IN ({places})"  # noqa: S608 - no values
        return dict(self._store.rows(query, self._name, kind, *units))

    def share(self, kind: str, unit: str) -> str | None:
        """Return the share of one unit in one thing."""
        return self.shares_of(kind, [unit]).get(unit)

    def keep(
        self,
        outcomes: Iterable[Outcome],
        gone: Collection[str] = (),
        touched: Collection[Question] = (),
        *,
        fresh: bool = True,
        refreshed: Collection[str] = (),
        notes: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Keep what became of units, each named once, and forget units that are no more; all of it or, on failure, nothing.

        Units of any stage that asked one of the ``touched`` questions are stale from now on. Outcomes that are not
        ``fresh`` count when their units are ``refreshed`` later. ``notes`` are kept with them.
        """
        with self._store.writing() as connection:
            if touched:
                mark_stale(connection, touched)
            outcomes = list(outcomes)
            connection.executemany(
                "INSERT INTO made.units (stage, unit, fresh, made, asked) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (stage, unit)"
                " DO UPDATE SET fresh = excluded.fresh, made = excluded.made, asked = excluded.asked",
                ((self._name, outcome.unit, fresh, outcome.made, outcome.asked) for outcome in outcomes),
            )
            self._keep_shares(connection, outcomes)
            connection.executemany(
                "UPDATE made.units SET fresh = 1 WHERE stage = ? AND unit = ?",
                ((self._name, unit) for unit in refreshed),
            )
            connection.executemany("INSERT OR REPLACE INTO made.notes VALUES (?, ?)", notes.items())
            for unit in gone:
                connection.execute("DELETE FROM made.units WHERE stage = ? AND unit = ?", (self._name, unit))
                connection.execute("DELETE FROM made.shares WHERE stage = ? AND unit = ?", (self._name, unit))

    def _keep_shares(self, connection: sqlite3.Connection, outcomes: Iterable[Outcome]) -> None:
        # Shares of one kind stand together in the table, too.
        found = ((kind, outcome.unit, value) for outcome in outcomes for kind, value in outcome.shares.items())
        shares = sorted(found, key=itemgetter(0, 1))
        connection.executemany(
            "INSERT OR REPLACE INTO made.shares VALUES (?, ?, ?, ?)",
            ((self._name, *share) for share in shares if share[2] is not None),
        )
        connection.executemany(
            "DELETE FROM made.shares WHERE stage = ? AND kind = ? AND unit = ?",
            ((self._name, kind, unit) for kind, unit, value in shares if value is None),
        )

    def _rows(self, query: str) -> Iterator[tuple[str, ...]]:
        return iter(self._store.rows(query, self._name))


def mark_stale(connection: sqlite3.Connection, touched: Collection[Question]) -> None:
    """Mark the units, of any stage, that asked one of the questions."""
    if not touched:
        return
    units = connection.execute("SELECT id, asked FROM made.units WHERE fresh = 1").fetchall()
    if len(touched) <= _FEW:
        stale = _that_asked(units, [hashes_of((question,)) for question in touched])
    else:
        hashes = {*array("Q", hashes_of(touched))}
        stale = {identity for identity, asked in units if not hashes.isdisjoint(array("Q", asked))}
    connection.executemany("UPDATE made.units SET fresh = 0 WHERE id = ?", ((identity,) for identity in sorted(stale)))


def _that_asked(units: Sequence[tuple[int, bytes]], questions: Iterable[bytes]) -> set[int]:
    """Return the units that asked one of a few questions, all given by their hashes: one look at everything is soonest."""
    ends = [*accumulate(len(asked) for _, asked in units)]
    everything = b"".join([asked for _, asked in units])
    found = set()
    for question in questions:
        place = everything.find(question)
        while place >= 0:
            found.add(units[bisect_right(ends, place)][0])
            place = everything.find(question, place + 1)
    return found


def hashes_of(questions: Iterable[Question]) -> bytes:
    """Return the hashes of some questions, eight bytes each.

    That two questions have the same hash is so unlikely that nobody will see it, and then a unit is made again in vain.
    """
    return b"".join([_hash(register, as_key(key)) for register, key in questions])


@lru_cache(maxsize=10_000)
def _hash(register: str, key: str) -> bytes:
    return hashlib.blake2b(f"{register}\0{key}".encode("utf-8", "surrogatepass"), digest_size=8).digest()


def as_json(value: object) -> str:
    """Return plain data as JSON, as short as it can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
