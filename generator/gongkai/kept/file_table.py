"""What files say, as it stands in the store: a row for each file, and its shares in the indexes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from gongkai.finding import Finding
from gongkai.indexes import names_found_by, unusual_readings
from gongkai.kept.file_rows import FileRow, findings_of, record_of
from gongkai.kept.store import DamagedError, Store
from gongkai.model.base import Record
from gongkai.model.item import Item
from gongkai.pinyin import Fact


def insert(connection: sqlite3.Connection, row: FileRow) -> None:
    """Add a file that is not there yet."""
    connection.execute(
        "INSERT INTO files (path, hash, kind, identity, latest, findings, record, card, pairs)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.path,
            row.hash,
            row.kind,
            row.identity,
            row.latest,
            row.findings,
            row.record,
            row.card,
            json.dumps(row.pairs, ensure_ascii=False),
        ),
    )
    connection.executemany(
        "INSERT INTO answers VALUES (?, ?, ?, ?, ?)",
        ((name, key, row.path, position, value) for position, (name, key, value) in enumerate(row.pairs)),
    )
    insert_facts(connection, row.facts)


def insert_facts(connection: sqlite3.Connection, found: Iterable[Fact]) -> None:
    """Add how names and characters are read; what is known already stays."""
    connection.executemany("INSERT OR IGNORE INTO facts VALUES (?, ?)", found)


def remove(connection: sqlite3.Connection, path: str, row: FileRow | None) -> None:
    """Remove all that is known of a file; ``row`` is its row, None where it has none."""
    connection.execute("DELETE FROM files WHERE path = ?", (path,))
    connection.execute("DELETE FROM looks WHERE path = ?", (path,))
    connection.executemany(
        "DELETE FROM answers WHERE name = ? AND key = ? AND path = ?",
        {(name, key, path) for name, key, _ in (row.pairs if row is not None else ())},
    )


def row_at(store: Store, path: str) -> FileRow | None:
    """Return the row of a file, without its facts, or None where it has none; raises DamagedError."""
    query = "SELECT path, hash, kind, identity, latest, findings, record, card, pairs FROM files WHERE path = ?"
    for row in store.rows(query, path):
        known, content, kind, identity, latest, findings, record, card, pairs = row
        shares = tuple((name, key, value) for name, key, value in json.loads(pairs))
        return FileRow(known, content, kind, identity, latest, findings, record, card, shares)
    return None


def record_at(store: Store, root: Path, kind: str, path: str) -> Record:
    """Return the record of a file of a kind, which has one; raises DamagedError."""
    ((data, content_hash),) = store.rows("SELECT record, hash FROM files WHERE path = ?", path)
    try:
        return record_of(kind, data, content_hash, root, path)
    except ValueError as error:
        raise DamagedError(f"{path} is kept otherwise: {error}") from error


def findings_kept(store: Store) -> Iterator[Finding]:
    """Yield what is wrong with single files, in the order of their paths; raises DamagedError."""
    for (text,) in store.rows("SELECT findings FROM files WHERE findings != '[]' ORDER BY path"):
        yield from findings_of(text)


def unusual_in(store: Store, path: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Yield the names that a file gave an item, each with where its characters do not read as usual, and how they read.

    Raises DamagedError.
    """
    row = row_at(store, path)
    if row is None or row.record is None or row.card is None:
        return
    try:
        # Whoever reads the file again reads an item, too; a card has a validator of its own, which takes longer to make.
        names = names_found_by(Item.model_validate_json(row.record))
        places: list[list[tuple[int, str]]] = [[] for _ in names]
        for index, _, value in row.pairs:
            if index == unusual_readings.__name__:
                _, number, place, syllable = json.loads(value)
                places[number].append((place, syllable))
    except (ValueError, LookupError) as error:
        raise DamagedError(f"{path} is kept otherwise: {error}") from error
    yield from zip(names, places, strict=True)
