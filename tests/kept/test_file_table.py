"""What files say comes out of the store as it went in, and goes without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.kept import file_table
from gongkai.kept.file_rows import FileRow, findings_of, read_rows, record_of
from gongkai.kept.store import DamagedError, Store, open_store
from gongkai.sources import source_files

BROKEN = Path(__file__).parents[1] / "fixtures/broken"
DISTRICT = Path(__file__).parents[1] / "fixtures/district"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def insert(store: Store, rows: list[FileRow]) -> None:
    with store.writing() as connection:
        for row in rows:
            file_table.insert(connection, row)


@pytest.mark.parametrize("root", [DISTRICT, BROKEN], ids=lambda root: root.name)
def test_rows_come_back_as_they_were(root: Path, store: Store) -> None:
    rows = read_rows(root, source_files(root))
    insert(store, rows)
    for row in rows:
        assert file_table.row_at(store, row.path) == replace(row, facts=(), characters="")
        if row.record is not None and row.kind is not None:
            found = file_table.record_at(store, root, row.kind, row.path)
            expected = record_of(row.kind, row.record, row.hash, root, row.path)
            assert found.model_dump() == expected.model_dump() and found.source.path == row.path
    told = [finding for row in sorted(rows, key=lambda row: row.path) for finding in findings_of(row.findings)]
    assert [*file_table.findings_kept(store)] == told
    assert bool(told) is (root == BROKEN)
    assert file_table.row_at(store, "data/items/none.yml") is None


def test_a_record_that_is_kept_otherwise_is_damage(store: Store) -> None:
    row = next(row for row in read_rows(DISTRICT, source_files(DISTRICT)) if row.kind == "district")
    insert(store, [replace(row, record=b'{"id": "x"}')])
    with pytest.raises(DamagedError, match=row.path):
        file_table.record_at(store, DISTRICT, "district", row.path)


def test_one_file_goes_and_the_others_stay(store: Store) -> None:
    rows = read_rows(DISTRICT, source_files(DISTRICT))
    insert(store, rows)
    gone = next(row for row in rows if row.kind == "item")
    with store.writing() as connection:
        file_table.remove(connection, gone.path, gone)
        file_table.remove(connection, "data/items/none.yml", None)
    assert file_table.row_at(store, gone.path) is None
    assert store.rows("SELECT * FROM answers WHERE path = ?", gone.path) == []
    assert len(store.rows("SELECT path FROM files")) == len(rows) - 1
    assert len(store.rows("SELECT path FROM answers")) == sum(len(row.pairs) for row in rows if row is not gone)


def test_unusual_readings_are_told_name_by_name(store: Store) -> None:
    rows = read_rows(DISTRICT, source_files(DISTRICT))
    insert(store, rows)
    items = [row.path for row in rows if row.kind == "item"]
    found = {path: dict(file_table.unusual_in(store, path)) for path in items}
    assert all(found.values())
    told = [place for names in found.values() for places in names.values() for place in places]
    assert len(told) == sum(1 for row in rows for name, _, _ in row.pairs if name == "unusual_readings")
    others = [row.path for row in rows if row.kind != "item"]
    assert all(dict(file_table.unusual_in(store, path)) == {} for path in [*others, "data/items/none.yml"])
