"""The file in which what is known of a project is kept."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from gongkai.cache_folder import cache_folder
from gongkai.kept.program import program

_REFUSED = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
}
"""The lowest byte of SQLite's numbers for errors, and the system's; whatever else goes wrong is one of reading or writing."""

_OF_FILES = """
-- Records are long, and what stands behind them is read through them: cards come first.
CREATE TABLE files (path TEXT PRIMARY KEY, hash BLOB, kind TEXT, identity TEXT, latest TEXT,
  findings TEXT, card BLOB, record BLOB, pairs TEXT);
-- Every run begins with the first columns of all files; the records beside them fill a hundred times as many pages.
CREATE INDEX known ON files (path, kind, identity, latest, hash);
CREATE INDEX found ON files (path, findings) WHERE findings != '[]';
-- Of files with the content that is kept; apart from it, so that it need not be written again.
CREATE TABLE looks (path TEXT PRIMARY KEY, look BLOB) WITHOUT ROWID;
CREATE TABLE answers (name TEXT, key TEXT, path TEXT, position INTEGER, value TEXT,
  PRIMARY KEY (name, key, path, position)) WITHOUT ROWID;
CREATE TABLE facts (text TEXT PRIMARY KEY, reading TEXT) WITHOUT ROWID;
"""


_OF_UNITS = """
CREATE TABLE made.units (id INTEGER PRIMARY KEY, stage TEXT, unit TEXT, fresh INTEGER, made BLOB, asked BLOB,
  UNIQUE (stage, unit));
-- Few are stale, and every run asks which.
CREATE INDEX made.stale ON units (stage, unit) WHERE fresh = 0;
CREATE TABLE made.shares (stage TEXT, kind TEXT, unit TEXT, value TEXT, PRIMARY KEY (stage, kind, unit)) WITHOUT ROWID;
CREATE TABLE made.notes (name TEXT PRIMARY KEY, value TEXT);
"""


_BESIDE = "kept-beside-"
_FOLDER = "folder"


class DamagedError(Exception):
    """What was kept cannot be read; it must be thrown away."""


_process = [os.getpid()]
"""The number of this process; to ask the system for it takes a tenth of the time of a query."""


def _note_process() -> None:
    _process[0] = os.getpid()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_note_process)


class Store:
    """An open store: one file for what the project's files say, and one for what was made of them.

    Other processes read in it while the one that opened it does not write.
    """

    def __init__(self, file: Path, lock: FileLock | None = None, *, passing: bool = False) -> None:
        self.file = file
        self._lock = lock
        self._passing = passing
        self._connections: dict[int, sqlite3.Connection] = {}
        self._left = ""
        self.closed = False

    @cached_property
    def folder(self) -> Path:
        """Where whatever else is kept lies that only the process may write which has the store; raises DamagedError.

        Nobody can guess its name, which is in the store: what comes with the project's files is never taken for it.
        """
        return self.file.parent / f"{_BESIDE}{self.note(_FOLDER)}"

    @property
    def lasts(self) -> bool:
        """Whether what is kept here is there the next time."""
        return not self._passing

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this process: one must not cross to another."""
        found = self._connections.get(_process[0])
        if found is None:
            # A fork inherits the parent's; closing it there would disturb the parent.
            found = sqlite3.connect(self.file, timeout=10, isolation_level=None, check_same_thread=False)
            # What is half written is thrown away, so nothing need wait for the disk.
            found.executescript("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -32000;")
            found.execute("ATTACH ? AS made", (str(_of_units(self.file)),))
            found.executescript("PRAGMA made.synchronous = OFF; PRAGMA made.journal_mode = MEMORY;")
            self._connections[_process[0]] = found
        return found

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection inside a transaction; if this is not reached to its end, nothing of it counts.

        Raises OSError when nothing can be written, as on a full disk, and DamagedError; then the files are not trusted again.
        """
        _stamp(self.file).unlink(missing_ok=True)
        try:
            connection = self.connection
            connection.execute("BEGIN")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk may have ended it already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise _as_os_error(error, self.file) from error
        except sqlite3.DatabaseError as error:
            raise DamagedError(str(error)) from error
        except BaseException:
            self.seal()
            raise
        self.seal()

    def rows(self, query: str, *arguments: Any) -> list[Any]:
        """Return the rows that answer a query; raises DamagedError."""
        try:
            return self.connection.execute(query, arguments).fetchall()
        except sqlite3.Error as error:
            raise DamagedError(str(error)) from error

    def note(self, name: str) -> str | None:
        """Return what was noted under a name."""
        found = self.rows("SELECT value FROM made.notes WHERE name = ?", name)
        return str(found[0][0]) if found else None

    def notes(self, beginning: str) -> list[str]:
        """Return the names of notes that begin so."""
        return [name for (name,) in self.rows("SELECT name FROM made.notes WHERE name LIKE ? || '%'", beginning)]

    def forget_notes(self, names: Iterable[str]) -> None:
        """Remove notes."""
        with self.writing() as connection:
            connection.executemany("DELETE FROM made.notes WHERE name = ?", ((name,) for name in names))

    def seal(self) -> None:
        """Remember what the files are like now: if they are otherwise when they are opened again, others wrote them."""
        # What cannot be sealed will not be trusted, and that is all.
        with suppress(OSError):
            _stamp(self.file).write_text(_look_of(self.file), encoding="ascii")

    def prepare(self) -> None:
        """Make the tables, and the folder beside them, of a store that is empty."""
        self.connection.executescript(_OF_FILES + _OF_UNITS)
        self.connection.execute("INSERT INTO made.notes VALUES (?, ?)", (_FOLDER, secrets.token_hex(8)))
        self.folder.mkdir()

    def pause(self) -> None:
        """Let others have the file until ``resume``."""
        if self._lock is not None:
            self._left = _look_of(self.file)
            self._lock.release()

    def resume(self) -> bool:
        """Take the file again; returns False where another process has it or wrote to it in the meantime."""
        if self._lock is None:
            return True
        try:
            self._lock.acquire()
        except Timeout:
            return False
        return _is_as_written(self.file) and _look_of(self.file) == self._left

    def close(self) -> None:
        """Let others have the file; one that was only made for this run is removed."""
        self.closed = True
        connection = self._connections.pop(_process[0], None)
        if connection is not None:
            connection.close()
        if self._lock is not None:
            self._lock.release()
        if self._passing:
            shutil.rmtree(self.file.parent, ignore_errors=True)


def open_store(root: Path) -> Store:
    """Return the store of a project, or an empty one that does not last: where another process has the project's, or
    where nothing can be written. Raises OSError where not even that is possible.
    """
    try:
        folder = cache_folder(root)
        lock = FileLock(folder / "kept.lock", timeout=0)
        lock.acquire()
    except (Timeout, OSError):
        return _passing()
    file = folder / f"kept-{program()}.sqlite"
    store = Store(file, lock)
    try:
        if not _is_as_written(file):
            _empty(folder)
            store.prepare()
            store.seal()
    except (sqlite3.Error, OSError):
        lock.release()
        return _passing()
    return store


@contextmanager
def reading(file: Path) -> Iterator[Store]:
    """Yield a store that another process has open, or this one."""
    store = Store(file)
    try:
        yield store
    finally:
        store.close()


def discard(store: Store) -> None:
    """Throw away what is kept, and let go of it."""
    store.close()
    with suppress(OSError):
        _empty(store.file.parent)


def _passing() -> Store:
    store = Store(Path(tempfile.mkdtemp(prefix="gongkai-")) / "kept.sqlite", passing=True)
    try:
        store.prepare()
    except sqlite3.Error as error:
        store.close()
        raise _as_os_error(error, store.file) from error
    return store


def _as_os_error(error: sqlite3.Error, file: Path) -> OSError:
    """Return what the operating system would have said of a file that the database cannot be written to."""
    number = _REFUSED.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, errno.EIO)
    return OSError(number, os.strerror(number), str(file))


def _empty(folder: Path) -> None:
    """Remove what this and other versions of the program kept."""
    for old in (*folder.glob("kept-*.sqlite*"), *folder.glob("kept-*.stamp")):
        old.unlink(missing_ok=True)
    for old in folder.glob(f"{_BESIDE}*"):
        shutil.rmtree(old, ignore_errors=True)


def _of_units(file: Path) -> Path:
    return file.with_suffix(".made.sqlite")


def _stamp(file: Path) -> Path:
    return file.with_suffix(".stamp")


def _look_of(file: Path) -> str:
    """Return what the files of a store look like; nothing where one is missing."""
    try:
        found = [one.stat() for one in (file, _of_units(file))]
    except OSError:
        return ""
    return " ".join(f"{status.st_size} {status.st_mtime_ns}" for status in found)


def _is_as_written(file: Path) -> bool:
    try:
        return bool(looks := _look_of(file)) and _stamp(file).read_text(encoding="ascii") == looks
    except (OSError, ValueError):
        return False
