"""The store is one run's at a time, and nothing in it counts that was not written to its end."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from gongkai.kept import store as kept_store
from gongkai.kept.program import program
from gongkai.kept.store import DamagedError, Store, discard, open_store
from gongkai.workers import LocalCrew


def note(store: Store, name: str, value: str) -> None:
    with store.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO made.notes VALUES (?, ?)", (name, value))


def lasts(store: Store, root: Path) -> bool:
    """Tell whether a store is the project's, and not one for a single run."""
    return store.file.parent == root / ".cache"


def kept(root: Path, name: str = "a") -> str | None:
    """Return what is noted in a project's store under a name."""
    store = open_store(root)
    try:
        assert lasts(store, root)
        return store.note(name)
    finally:
        store.close()


def test_what_is_written_is_there_the_next_time(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert lasts(store, tmp_path)
    note(store, "a", "1")
    assert (store.note("a"), store.note("b")) == ("1", None)
    store.close()
    assert kept(tmp_path) == "1"
    assert (tmp_path / ".cache/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_what_is_not_written_to_its_end_does_not_count(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    note(store, "a", "1")
    with pytest.raises(KeyboardInterrupt), store.writing() as connection:
        connection.execute("UPDATE made.notes SET value = '2'")
        connection.execute("INSERT INTO files (path) VALUES ('x')")
        raise KeyboardInterrupt
    assert store.note("a") == "1" and store.rows("SELECT path FROM files") == []
    store.close()
    assert kept(tmp_path) == "1"


def test_a_run_that_was_killed_while_it_wrote_leaves_nothing(tmp_path: Path) -> None:
    child = os.fork()
    if not child:
        store = open_store(tmp_path)
        note(store, "a", "1")
        with store.writing() as connection:
            connection.execute("UPDATE made.notes SET value = '2'")
            os._exit(0)
    os.waitpid(child, 0)
    assert kept(tmp_path) is None


def test_a_run_that_was_killed_between_two_writings_leaves_the_first(tmp_path: Path) -> None:
    child = os.fork()
    if not child:
        note(open_store(tmp_path), "a", "1")
        os._exit(0)
    os.waitpid(child, 0)
    assert kept(tmp_path) == "1"


def test_a_second_run_gets_a_store_that_does_not_last(tmp_path: Path) -> None:
    first = open_store(tmp_path)
    note(first, "a", "1")
    second = open_store(tmp_path)
    assert lasts(first, tmp_path) and not lasts(second, tmp_path)
    assert second.note("a") is None
    note(second, "a", "2")
    assert (second.note("a"), first.note("a")) == ("2", "1")
    assert second.resume()
    second.close()
    assert not second.folder.exists()
    first.close()
    assert kept(tmp_path) == "1"


def test_while_it_is_paused_others_may_have_it(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    note(store, "a", "1")
    store.pause()
    assert kept(tmp_path) == "1"
    assert store.resume()
    assert store.note("a") == "1"
    assert not lasts(open_store(tmp_path), tmp_path)
    store.close()


def test_it_is_not_resumed_while_another_has_it(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.pause()
    other = open_store(tmp_path)
    assert lasts(other, tmp_path) and not store.resume()
    other.close()
    assert store.resume()
    store.close()


def test_it_is_not_resumed_where_another_wrote(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    note(store, "a", "1")
    store.pause()
    with sqlite3.connect(store.file) as connection:
        connection.execute("INSERT INTO files (path) VALUES ('x')")
    connection.close()
    assert not store.resume()
    store.close()
    assert kept(tmp_path) is None


def test_another_run_that_wrote_while_it_was_paused_is_noticed(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    note(store, "a", "1")
    store.pause()
    other = open_store(tmp_path)
    note(other, "a", "2")
    other.close()
    assert not store.resume()
    store.close()
    assert kept(tmp_path) == "2"


def test_it_is_thrown_away(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    note(store, "a", "1")
    discard(store)
    assert [path.name for path in (tmp_path / ".cache").glob("kept-*")] == []
    assert kept(tmp_path) is None


def test_what_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.connection.execute("DROP TABLE files")
    with pytest.raises(DamagedError):
        store.rows("SELECT path FROM files")
    store.close()


def test_other_processes_read_in_it(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    note(store, "a", "1")
    with LocalCrew(2).executor() as executor:
        assert executor is not None
        assert list(executor.map(_noted, [store.file] * 4)) == ["1"] * 4
    note(store, "a", "2")
    assert store.note("a") == "2"
    store.close()


def _noted(file: Path) -> str | None:
    return Store(file).note("a")


def test_another_version_of_the_program_keeps_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path)
    note(store, "a", "1")
    store.close()
    with monkeypatch.context() as patched:
        patched.setattr(kept_store, "program", lambda: "other")
        assert kept(tmp_path) is None
    assert kept(tmp_path) is None


def test_another_version_of_a_library_is_another_version_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = program.__wrapped__
    now = name()
    assert name() == now == program()
    monkeypatch.setattr("sys.path", [*sys.path, str(tmp_path), str(tmp_path / "nowhere")])
    assert name() == now
    (tmp_path / "chinesecalendar-99.dist-info").mkdir()
    later = name()
    assert later != now
    (tmp_path / "chinesecalendar-99.dist-info").rename(tmp_path / "chinesecalendar-100.dist-info")
    assert name() not in (now, later)
