"""A project's files as a catalogue that follows their changes, and what is kept of them."""

from __future__ import annotations

import datetime
import errno
import hashlib
import sqlite3
import time
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gongkai.catalogue import Catalogue
from gongkai.catalogue_registers import CARD, REGISTERS
from gongkai.collector import waiting_collector
from gongkai.finding import Finding
from gongkai.indexes import INDEXES
from gongkai.kept import file_table
from gongkai.kept.file_rows import FileRow, hash_of, read_rows
from gongkai.kept.looks import Look, difference, is_certain, is_own, look, look_again, source_paths
from gongkai.kept.registers import StoredAnswers, StoredCards, StoredRecords
from gongkai.kept.store import Store
from gongkai.kept.touched import touched_by
from gongkai.kept.units import mark_stale
from gongkai.loading import DISTRICT, KEYS, across_files, no_district, repeated
from gongkai.model.base import SOURCE, Record
from gongkai.model.kinds import DATA, kind_of
from gongkai.pinyin import Fact, facts, recall, remember
from gongkai.privacy import findings as privacy
from gongkai.progress import Progress, unseen
from gongkai.sources import PAGE
from gongkai.tracing import ALL, Question
from gongkai.workers import Crew, in_portions, spread

_PORTION = 50
_FEW = 100
"""So few files are read sooner than other processes start."""
_ITEMS_IN_MEMORY = 300
_CARDS_IN_MEMORY = 4_000
_MOST = 1_000_000

_FEW_HASHES = 100
"""So few hashes are sooner asked for one by one than all are read."""
_FEW_LOOKS = 50
"""So few files are sooner read again than their looks are kept."""
_STAGE = "读取数据"

_Portion = tuple[list[FileRow], list[Fact]]
"""What some files say, and how single characters of names in them are read."""

Known = tuple[str | None, str | None]
"""Of a file: its kind and its identity."""


class Project:
    """The files of a project, read; ``refresh`` follows their changes.

    ``catalogue`` holds their records, ``findings`` what is wrong with single files and with the identities of all of them
    together. ``whole`` is False where two files claim one identity: then nothing is kept that was made of the
    catalogue.
    """

    catalogue: Catalogue
    findings: list[Finding]
    whole: bool

    @waiting_collector()
    def __init__(self, root: Path, store: Store) -> None:
        self.root = root
        self.store = store
        # No column is read here that few files need: there are tens of thousands.
        query = "SELECT path, kind, identity FROM files ORDER BY path"
        self._known: dict[str, Known] = {path: (kind, identity) for path, kind, identity in store.rows(query)}
        self._seen: dict[str, bytes] = dict(store.rows("SELECT path, look FROM looks"))
        self._looks: dict[str, Look] = {}
        # Those read last whose content may not be kept, as they are no files of the project's own.
        self._unkept: set[str] = set()
        self._recorded: dict[str, tuple[str, str]] = {}
        self._made_under: tuple[object, ...] = ()
        self._records: dict[str, StoredRecords] = {}
        self._cards = StoredCards(store, {}, _CARDS_IN_MEMORY)
        self._facts: dict[str, str] = {}
        remember(self._fact)
        self._answers = {name: StoredAnswers(store, name) for name in INDEXES}

    @classmethod
    def opened(cls, root: Path, store: Store) -> Project:
        """Return a project as it stands in a store, without looking at its files."""
        project = cls(root, store)
        project._link(list(project._known), ())
        return project

    def _fact(self, text: str) -> str | None:
        if text in self._facts:
            return self._facts[text]
        # While everything is read for the first time, nothing is known.
        if self.store.closed or not self._known:
            return None
        found = self.store.rows("SELECT reading FROM facts WHERE text = ?", text)
        return str(found[0][0]) if found else None

    def has(self, path: str) -> bool:
        """Tell whether a path is that of a file that was read."""
        return path in self._known

    def records(self) -> Mapping[str, tuple[str, str]]:
        """Return kind and identity of every record, by the path of its file."""
        return MappingProxyType(self._recorded)

    def record(self, path: str) -> Record:
        """Return the record of a file."""
        kind, identity = self._recorded[path]
        if kind in REGISTERS:
            record: Record = getattr(self.catalogue, REGISTERS[kind])[identity]
            return record
        found = self.catalogue.district if kind == "district" else self.catalogue.abolished
        if found is None:
            raise KeyError(path)
        return found

    def fetch(self, paths: Iterable[str]) -> None:
        """Read the records of some files, which are asked for soon, at once: one by one takes longer."""
        wanted: dict[str, list[str]] = {}
        for path in paths:
            kind, identity = self._recorded[path]
            wanted.setdefault(kind, []).append(identity)
        for kind in wanted.keys() & self._records.keys():
            self._records[kind].fetch(wanted[kind])

    @waiting_collector()
    def refresh(
        self, crew: Crew, progress: Progress = unseen, candidates: Collection[str] | None = None
    ) -> set[Question]:
        """Read what changed since the last time; returns the questions whose answers may be others now.

        ``candidates`` are the only paths that can have changed, where they are known. Units that asked any of the
        questions are marked as stale in the store. Raises OSError when a file or folder cannot be read,
        FileNotFoundError when there is no data folder.
        """
        if not (self.root / DATA).is_dir():
            raise FileNotFoundError(2, "没有这个文件夹", str(self.root / DATA))
        at = time.time_ns()
        # They are read again before the next large work.
        self._facts.clear()
        self._looks = look(self.root) if candidates is None else look_again(self.root, self._looks, candidates)
        paths = source_paths(self._looks)
        looked_at = paths if candidates is None else [path for path in paths if path in candidates]
        progress(_STAGE, 0, len(paths))
        others = [path for path in looked_at if self._looks[path] != self._seen.get(path)]
        _refuse_unnameable(others)
        hashes = self._hashes(others)
        wanted = [path for path in others if self._differs(path, hashes.get(path))]
        present = set(paths)
        gone = [path for path in self._known if path not in present]
        with closing(self._read(wanted, len(paths), crew, progress)) as rows:
            touched = self._take(rows, gone)
        if candidates is None:
            self._keep_looks(others, at)
        progress(_STAGE, len(paths), len(paths))
        if touched or not hasattr(self, "catalogue"):
            self._link(paths, touched)
        return touched

    def changed_since(self) -> str | None:
        """Return the path of a file, of the skin's too, that was changed after ``refresh`` looked at it; None where none was.

        Raises OSError when a folder cannot be read.
        """
        return difference(self._looks, look(self.root))

    def _keep_looks(self, others: Iterable[str], at: int) -> None:
        """Keep what files look like whose content is known by now, so that they need not be read to know it."""
        found = {path: self._looks[path] for path in others if path not in self._unkept}
        new = {path: seen for path, seen in found.items() if is_own(seen) and is_certain(seen, at)}
        if len(new) > _FEW_LOOKS:
            with self.store.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO looks VALUES (?, ?)", new.items())
            self._seen |= new

    def _hashes(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Return the hashes that are kept of files, of some others too where there are many."""
        if len(paths) > _FEW_HASHES:
            return dict(self.store.rows("SELECT path, hash FROM files"))
        found = ((path, self.store.rows("SELECT hash FROM files WHERE path = ?", path)) for path in paths)
        return {path: rows[0][0] for path, rows in found if rows}

    def _differs(self, path: str, kept: bytes | None) -> bool:
        """Tell whether a file says something else than what is known of it, given the hash that is ``kept``."""
        if kept is None or not is_own(self._looks[path]):
            return True
        return kept != hash_of((self.root / path).read_bytes())

    def _read(self, paths: Sequence[str], of: int, crew: Crew, progress: Progress) -> Generator[_Portion]:
        known = of - len(paths)
        if len(paths) > _FEW:
            self._make_ready(paths)
        else:
            recall(dict(pair for path in paths for pair in file_table.unusual_in(self.store, path)))
        portions = in_portions(paths, _PORTION)
        read = partial(_read_portion, self.root)
        yield from spread(crew, read, portions, _FEW, lambda done: progress(_STAGE, known + done, of))

    def _make_ready(self, paths: Iterable[str]) -> None:
        """Make what is made only once before other processes start, so that not each of them makes it."""
        privacy.make_ready()
        # Of each folder and then of each kind: ten thousand items lie in a few folders.
        of_folders = {path.rpartition("/")[0]: path for path in paths if path.startswith(f"{DATA}/")}
        one_of_each = {kind_of(path): path for path in of_folders.values()}
        _read_portion(self.root, list(one_of_each.values()))

    def _take(self, portions: Iterable[_Portion], gone: Sequence[str]) -> set[Question]:
        """Keep what was read; returns what it touches: for the first reading, everything."""
        # Asked before: when all files are gone, nothing is known afterwards.
        first = not self._known
        self._unkept = set()
        with self.store.writing() as connection:
            touched = self._fill(connection, portions) if first else self._replace(connection, portions, gone)
            if first:
                # What was made of files that were all gone for a while may have asked for what was not there before.
                connection.execute("UPDATE made.units SET fresh = 0")
            else:
                mark_stale(connection, touched)
        return touched

    def _fill(self, connection: sqlite3.Connection, portions: Iterable[_Portion]) -> set[Question]:
        """Keep what was read where nothing was kept before."""
        known: dict[str, Known] = {}
        facts_known: set[Fact] = set()
        for rows, found in portions:
            for row in rows:
                known[row.path] = self._insert(connection, row)
            file_table.insert_facts(connection, {*found} - facts_known)
            facts_known.update(found)
        self._known = known
        return {("", ALL)}

    def _replace(
        self, connection: sqlite3.Connection, portions: Iterable[_Portion], gone: Sequence[str]
    ) -> set[Question]:
        """Keep what was read in the place of what was read before; returns what it touches."""
        touched: set[Question] = set()
        changed: dict[str, FileRow | None] = dict.fromkeys(gone)
        for rows, found in portions:
            changed |= {row.path: row for row in rows}
            file_table.insert_facts(connection, found)
        for path, new in changed.items():
            old = file_table.row_at(self.store, path)
            touched |= touched_by(path, old, new)
            file_table.remove(connection, path, old)
            self._seen.pop(path, None)
            if new is None:
                del self._known[path]
            else:
                self._known[path] = self._insert(connection, new)
        return touched

    def _insert(self, connection: sqlite3.Connection, row: FileRow) -> Known:
        file_table.insert(connection, row)
        if not row.hash:
            self._unkept.add(row.path)
        return row.kind, row.identity

    def _link(self, paths: Sequence[str], touched: Collection[Question]) -> None:
        """Make the catalogue of what is known now."""
        registers: dict[str, dict[str, str]] = {kind: {} for kind in REGISTERS}
        unreadable: set[tuple[str, str]] = set()
        single: dict[str, Any] = {}
        again: list[tuple[str, str, str, str]] = []
        ((latest,),) = self.store.rows("SELECT max(latest) FROM files")
        self._recorded = {}
        for path in paths:
            kind, identity = self._known[path]
            if kind is None:
                continue
            if identity is None:
                if KEYS[kind] is not None and kind != PAGE:
                    unreadable.add((kind, Path(path).stem))
            elif kind not in REGISTERS:
                single["district" if kind == "district" else "abolished"] = file_table.record_at(
                    self.store, self.root, kind, path
                )
                self._recorded[path] = (kind, identity)
            elif identity in registers[kind]:
                again.append((kind, path, identity, registers[kind][identity]))
            else:
                registers[kind][identity] = path
                self._recorded[path] = (kind, identity)
        self.whole = not again
        # A record whose file says the same may stand on other lines of it.
        moved = {self._recorded[path] for register, path in touched if register == SOURCE and path in self._recorded}
        for kind, stored in self._records.items():
            stored.moved(registers[kind], {key for register, key in (*touched, *moved) if register == kind})
        self._cards.moved(registers["item"], {key for register, key in touched if register == CARD})
        for name, answers in self._answers.items():
            answers.forget({key for register, key in touched if register == name})
        before: Catalogue | None = getattr(self, "catalogue", None)
        made_under = self._made_under
        self.catalogue = self._catalogue(registers, single, unreadable, latest)
        self._made_under = (self.whole, self.settings, frozenset(unreadable), latest)
        if before is not None and made_under == self._made_under and self.whole:
            self.catalogue.take_over(before, {*touched})
        self.findings = [
            *file_table.findings_kept(self.store),
            *(self._repeated(*one) for one in again),
            *([] if DISTRICT in self._known else [no_district()]),
            *across_files(self.catalogue),
        ]

    def _catalogue(
        self,
        registers: Mapping[str, Mapping[str, str]],
        single: Mapping[str, Any],
        unreadable: set[tuple[str, str]],
        latest: str | None,
    ) -> Catalogue:
        for kind, paths in registers.items():
            if kind not in self._records:
                most = _ITEMS_IN_MEMORY if kind == "item" else _MOST
                self._records[kind] = StoredRecords(self.store, kind, self.root, paths, most)
        return Catalogue(
            **single,
            **{name: self._records[kind] for kind, name in REGISTERS.items()},  # type: ignore[arg-type]
            unreadable=unreadable,
            stored_cards=self._cards if self.whole else None,
            stored_answers=self._answers if self.whole else None,
            latest=datetime.date.fromisoformat(latest) if latest else None,
        )

    @property
    def settings(self) -> str:
        """A name for what every unit depends on: the records of the district and of its abolished divisions."""
        query = "SELECT hash FROM files WHERE kind IN ('district', 'abolished-divisions') ORDER BY path"
        return " ".join(bytes(content).hex() for (content,) in self.store.rows(query))

    @property
    def fingerprint(self) -> str:
        """A name for what all files say."""
        hashed = hashlib.blake2b(digest_size=16)
        for path, content in self.store.rows("SELECT path, hash FROM files ORDER BY path"):
            hashed.update(path.encode() + b"\0" + content)
        return hashed.hexdigest()

    def _repeated(self, kind: str, path: str, identity: str, first: str) -> Finding:
        return repeated(file_table.record_at(self.store, self.root, kind, path), (KEYS[kind] or "",), identity, first)

    def ready(self, indexes: Iterable[str]) -> None:
        """Read all answers of some indexes, before other processes take over this one's memory."""
        for name in indexes:
            self._answers[name].read_all()

    def ready_readings(self) -> None:
        """Read how all names are read, before other processes take over this one's memory: each sorts thousands of them."""
        self._facts = dict(self.store.rows("SELECT text, reading FROM facts"))

    def let_go(self) -> None:
        """Keep in memory nothing that was read or made in looking through everything: what comes next reads other things."""
        self.catalogue.memo.clear()
        self.catalogue.recent.clear()
        for answers in self._answers.values():
            answers.let_go()


@waiting_collector()
def _read_portion(root: Path, paths: Sequence[str]) -> _Portion:
    rows = read_rows(root, paths)
    characters = {character for row in rows for character in row.characters}
    return rows, [*facts(sorted(characters))]


def _refuse_unnameable(paths: Iterable[str]) -> None:
    """Raise OSError for a name that is not UTF-8, as archives from other systems leave them: nothing of it can be kept."""
    for path in paths:
        try:
            path.encode()
        except UnicodeEncodeError:
            raise OSError(errno.EILSEQ, "文件名不是 UTF-8 编码，请改名", path) from None
