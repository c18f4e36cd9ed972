"""Reading on several processes, and from the cache, says what reading says."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from pathlib import Path

import pytest
from gongkai.quick_loading import load_quickly

from gongkai import quick_loading, reading_cache
from gongkai.catalogue import Catalogue
from gongkai.finding import Finding
from gongkai.loading import load
from gongkai.rules.engine import Context, run
from gongkai.rules.registry import RULES
from support import AS_OF, BASE, FIXTURES, ROOT


def checked(loaded: tuple[Catalogue, list[Finding]]) -> list[Finding]:
    catalogue, findings = loaded
    return sorted([*findings, *run(RULES.values(), Context(catalogue, AS_OF))])


def records(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(record.source.path, record.model_dump_json(exclude_unset=True)) for record in catalogue.records()]


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be read afresh."""

    def refuse(*_arguments: object) -> None:
        raise AssertionError("read afresh")

    monkeypatch.setattr(quick_loading, "read_content", refuse)


def cache_file(root: Path) -> Path:
    (found,) = (root / ".cache").glob("readings-*.sqlite")
    return found


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_shipped_data_are_the_same_however_they_are_read(jobs: int, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(reading_cache, "FOLDER", str(tmp_path))
    plain = load(ROOT)
    for _attempt in range(2):
        quick = load_quickly(ROOT, jobs)
        assert records(quick[0]) == records(plain[0]) and quick[1] == plain[1]
        assert all(list(getattr(quick[0], f.name)) == list(getattr(plain[0], f.name)) for f in registers())


def registers():
    return [f for f in fields(Catalogue) if f.name in ("items", "laws", "listings", "approvals", "pages", "towns")]


def test_a_broken_district_has_the_same_findings_at_the_same_places_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_cache, "FOLDER", str(tmp_path))
    broken = FIXTURES / "broken"
    expected = checked(load(broken))
    assert len(expected) > 100
    assert checked(load_quickly(broken, 1)) == expected
    assert checked(load_quickly(broken, 1)) == expected


def test_what_did_not_change_is_not_read_again(district: Path, request: pytest.FixtureRequest) -> None:
    first = load_quickly(district, 1)
    request.getfixturevalue("no_reading")
    assert records(load_quickly(district, 1)[0]) == records(first[0])


def test_what_changed_is_read_again(district: Path) -> None:
    load_quickly(district, 1)
    path = district / BASE["item"]
    path.write_text(path.read_text(encoding="utf-8").replace("version: 2", "version: 3"), encoding="utf-8")
    assert load_quickly(district, 1)[0].items["510123001000"].version == 3
    (district / BASE["law"]).unlink()
    assert len(load_quickly(district, 1)[0].laws) == len(load(district)[0].laws)


def test_the_same_bytes_elsewhere_are_another_file(district: Path) -> None:
    load_quickly(district, 1)
    moved = district / "data/items/minzheng/510123001000.yml"
    (district / BASE["item"]).rename(moved)
    assert [f.code for f in load_quickly(district, 1)[1]] == [f.code for f in load(district)[1]] == ["S006"]


@pytest.mark.parametrize("damage", ["garbage", "empty", "rows", "data", "table"])
def test_a_damaged_cache_is_not_trusted(damage: str, district: Path) -> None:
    expected = records(load_quickly(district, 1)[0])
    file = cache_file(district)
    if damage == "garbage":
        file.write_bytes(b"garbage" * 1000)
    elif damage == "empty":
        file.write_bytes(b"")
    else:
        with sqlite3.connect(file) as connection:
            connection.execute(
                {
                    "rows": "UPDATE readings SET reading = '[1'",
                    "data": "UPDATE readings SET data = '{}'",
                    "table": "DROP TABLE readings",
                }[damage]
            )
    for _attempt in range(2):
        assert records(load_quickly(district, 1)[0]) == expected


def test_a_cache_of_another_version_is_not_looked_at(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_quickly(district, 1)
    old = cache_file(district)
    monkeypatch.setattr(reading_cache, "program", lambda: "other")
    load_quickly(district, 1)
    assert cache_file(district).name == "readings-other.sqlite" and not old.exists()


def test_a_project_that_cannot_be_written_to_is_read_all_the_same(district: Path) -> None:
    (district / ".cache").write_text("a file where the folder should be", encoding="utf-8")
    assert records(load_quickly(district, 1)[0]) == records(load(district)[0])
