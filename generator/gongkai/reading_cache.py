"""What files said when they were last read, so that a file that did not change is not read again.

Kept in one SQLite file in the project's ``.cache/``, under the hash of a file's path and bytes. It is never trusted:
one made by another version of the program is not looked at, a damaged one is thrown away, and a row that does not fit
is read anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import astuple
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from gongkai.cache_folder import FOLDER, cache_folder
from gongkai.finding import Finding, Severity
from gongkai.sources import PlainReading

_MOST_AT_ONCE = 500


@lru_cache(maxsize=1)
def program() -> str:
    """Return a name for this version of the program: other code can find other faults in the same file."""
    package = Path(__file__).parent
    hashed = hashlib.blake2b(digest_size=12)
    for path in sorted(package.rglob("*.py")):
        status = path.stat()
        hashed.update(f"{path.relative_to(package)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return hashed.hexdigest()


def key_of(path: str, content: bytes) -> bytes:
    """Return the key of a file: what it says depends on where it is and on its bytes."""
    return hashlib.blake2b(
        content, digest_size=20, person=hashlib.blake2b(path.encode(), digest_size=16).digest()
    ).digest()


class ReadingCache:
    """The cache of one project; every fault of the cache itself counts as not finding anything."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._file = root / FOLDER / f"readings-{program()}.sqlite"

    def get(self, keys: Iterable[bytes]) -> dict[bytes, PlainReading]:
        """Return what is known, by key."""
        if not self._file.is_file():
            return {}
        try:
            with closing(self._connect()) as connection:
                return dict(_rows(connection, list(keys)))
        except (sqlite3.Error, OSError):
            self._discard()
            return {}

    def put(self, readings: Mapping[bytes, PlainReading], keep: Iterable[bytes]) -> None:
        """Add readings, and drop those that are neither among them nor to be kept."""
        wanted = {*readings, *keep}
        try:
            cache_folder(self._root)
            self._forget_other_versions()
            with closing(self._connect()) as connection, connection:
                connection.execute(
                    "CREATE TABLE IF NOT EXISTS readings (key BLOB PRIMARY KEY, reading TEXT, data BLOB)"
                )
                known = {key for (key,) in connection.execute("SELECT key FROM readings")}
                rows = ((key, _text(reading), reading.data) for key, reading in readings.items())
                connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", rows)
                connection.executemany("DELETE FROM readings WHERE key = ?", ((key,) for key in known - wanted))
        except (sqlite3.Error, OSError):
            self._discard()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=2)
        # A lost cache costs a second; waiting for the disk would cost one every time.
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    def _discard(self) -> None:
        with suppress(OSError):
            self._file.unlink()

    def _forget_other_versions(self) -> None:
        for other in self._file.parent.glob("readings-*.sqlite"):
            if other != self._file:
                with suppress(OSError):
                    other.unlink()


def _rows(connection: sqlite3.Connection, keys: list[bytes]) -> Iterator[tuple[bytes, PlainReading]]:
    for start in range(0, len(keys), _MOST_AT_ONCE):
        some = keys[start : start + _MOST_AT_ONCE]
        marks = ",".join("?" * len(some))
        query = f"SELECT key, reading, data FROM readings WHERE key IN ({marks})"  # noqa: S608 - only question marks
        for key, text, data in connection.execute(query, some):
            with suppress(ValueError, TypeError, KeyError, ValidationError):
                yield key, _reading(text, data)


def _text(reading: PlainReading) -> str:
    return json.dumps(
        [reading.path, reading.kind, [astuple(finding) for finding in reading.findings]], ensure_ascii=False
    )


def _reading(text: str, data: bytes | None) -> PlainReading:
    path, kind, findings = json.loads(text)
    return PlainReading(path, kind, data, [_finding(*row) for row in findings])


def _finding(
    path: str, line: int, column: int, code: str, message: str, advice: str, severity: str, fixable: bool
) -> Finding:
    return Finding(path, line, column, code, message, advice, Severity(severity), fixable)
