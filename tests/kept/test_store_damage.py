"""What is kept is not trusted when others wrote to it, and reported when it cannot be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.kept import store as kept_store
from gongkai.kept.project import Project
from gongkai.kept.store import DamagedError, open_store
from gongkai.progress import unseen
from gongkai.tracing import ALL
from gongkai.workers import LocalCrew
from kept.read_anew import ALLOWANCE, assert_as_read_anew, refreshed
from support import change_record


def kept_file(root: Path) -> Path:
    """Return where it is kept what the files say."""
    (file,) = (path for path in (root / ".cache").glob("kept-*.sqlite") if not path.stem.endswith(".made"))
    return file


def changed(statement: str, *, of_units: bool = False) -> Callable[[Path], None]:
    def damage(file: Path) -> None:
        with sqlite3.connect(file.with_suffix(".made.sqlite") if of_units else file) as connection:
            connection.execute(statement)
        connection.close()

    return damage


DAMAGES: dict[str, Callable[[Path], object]] = {
    "garbage": lambda file: file.write_bytes(b"garbage" * 1000),
    "empty": lambda file: file.write_bytes(b""),
    "truncated": lambda file: file.write_bytes(file.read_bytes()[:-5000]),
    "longer": lambda file: file.write_bytes(file.read_bytes() + b"x"),
    "gone": lambda file: file.unlink(),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
    "findings": changed("UPDATE files SET findings = '[1'"),
    "record": changed("UPDATE files SET record = '{}'"),
    "card": changed("UPDATE files SET card = '{}'"),
    "hash": changed("UPDATE files SET hash = NULL"),
    "another record": changed("UPDATE files SET record = replace(record, '\"version\":2', '\"version\":9')"),
    "another answer": changed("UPDATE answers SET value = '\"510123009000\"' WHERE name = 'codes_by_name'"),
    "no rows": changed("DELETE FROM files"),
    "no table of files": changed("DROP TABLE files"),
    "no table of answers": changed("DROP TABLE answers"),
    "no table of units": changed("DROP TABLE units", of_units=True),
    "garbage for units": lambda file: file.with_suffix(".made.sqlite").write_bytes(b"garbage" * 1000),
    "no units": lambda file: file.with_suffix(".made.sqlite").unlink(),
    "no stamp": lambda file: file.with_suffix(".stamp").unlink(),
    "empty stamp": lambda file: file.with_suffix(".stamp").write_bytes(b""),
    "garbage for a stamp": lambda file: file.with_suffix(".stamp").write_bytes(b"\xff\xfe"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_damaged_is_not_trusted(damage: str, district: Path) -> None:
    refreshed(district)
    DAMAGES[damage](kept_file(district))
    for _attempt in range(2):
        assert_as_read_anew(district)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE files SET record = '{\"code\": 1'",
        'UPDATE files SET pairs = json_insert(pairs, \'$[#]\', json(\'["unusual_readings", "", "[1,99,0,1]"]\'))',
    ],
)
def test_what_was_damaged_behind_the_stamp_is_reported_as_damage(change: str, district: Path) -> None:
    refreshed(district)
    change_record(district, ALLOWANCE, summary="另一句话。")
    store = open_store(district)
    try:
        with store.writing() as connection:
            connection.execute(f"{change} WHERE path = ?", (ALLOWANCE,))
        with pytest.raises(DamagedError, match=ALLOWANCE):
            Project(district, store).refresh(LocalCrew(1), unseen)
    finally:
        store.close()


def test_what_another_version_kept_is_not_looked_at(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refreshed(district)
    old = kept_file(district)
    with sqlite3.connect(old) as connection:
        connection.execute("DELETE FROM files")
    connection.close()
    monkeypatch.setattr(kept_store, "program", lambda: "other")
    assert refreshed(district) == {("", ALL)}
    assert kept_file(district).name == "kept-other.sqlite" and not old.exists()
    assert_as_read_anew(district)
