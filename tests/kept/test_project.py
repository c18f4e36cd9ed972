"""A project that is kept says what reading all of its files anew says."""

from __future__ import annotations

import datetime
import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from building import opened
from gongkai import cache_folder
from gongkai.catalogue import CARD, REGISTERS, UNREADABLE, Catalogue
from gongkai.finding import Finding
from gongkai.indexes import INDEXES
from gongkai.kept import looks as kept_looks
from gongkai.kept import project as kept_project
from gongkai.kept import store as kept_store
from gongkai.kept.project import Project
from gongkai.kept.store import DamagedError, Store, open_store
from gongkai.loading import load
from gongkai.model.base import SOURCE
from gongkai.progress import unseen
from gongkai.rules.engine import Context, run
from gongkai.rules.registry import RULES
from gongkai.tracing import ALL, KEYS, Question
from gongkai.workers import LocalCrew
from support import AS_OF, BASE, FIXTURES, ROOT, change_record, copy_district, data_of

CODE = "510123001000"
ALLOWANCE = "data/items/minzheng/512011001000.yml"


def records(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(record.source.path, record.model_dump_json(exclude_unset=True)) for record in catalogue.records()]


def everything(catalogue: Catalogue) -> dict[str, Any]:
    """Return all that a catalogue says, in its order."""
    return {
        "records": records(catalogue),
        "registers": {name: list(getattr(catalogue, name)) for name in REGISTERS.values()},
        "unreadable": catalogue.unreadable,
        "cards": list(catalogue.cards.items()),
        "answers": {name: list(catalogue.answers(name).items()) for name in INDEXES},
    }


def found(catalogue: Catalogue, findings: list[Finding]) -> list[Finding]:
    return sorted([*findings, *run(RULES.values(), Context(catalogue, AS_OF))])


def assert_as_read_anew(root: Path, *, jobs: int = 1) -> None:
    """The project as it is kept, and as another process would open it, is what its files say."""
    catalogue, findings = load(root)
    with opened(root, jobs) as project:
        assert everything(project.catalogue) == everything(catalogue)
        assert sorted(project.findings) == sorted(findings)
        other = Project.opened(root, Store(project.store.file))
        assert everything(other.catalogue) == everything(catalogue)
        other.store.connection.close()
        other.store.closed = True


def refreshed(root: Path, candidates: Collection[str] | None = None) -> set[Question]:
    """Return what a refreshing touches."""
    store = open_store(root)
    try:
        return Project(root, store).refresh(LocalCrew(1), unseen, candidates)
    finally:
        store.close()


@pytest.fixture
def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be read afresh."""

    def refuse(*_arguments: object) -> None:
        raise AssertionError("read afresh")

    monkeypatch.setattr(kept_project, "read_rows", refuse)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are read."""
    read: list[str] = []
    real = kept_project.read_rows

    def noted(root: Path, paths: Sequence[str]) -> Any:
        read.extend(paths)
        return real(root, paths)

    monkeypatch.setattr(kept_project, "read_rows", noted)
    return read


def kept_file(root: Path) -> Path:
    """Return where it is kept what the files say."""
    (file,) = (path for path in (root / ".cache").glob("kept-*.sqlite") if not path.stem.endswith(".made"))
    return file


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_shipped_data_are_the_same_however_they_are_read(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_folder, "FOLDER", str(tmp_path))
    plain = load(ROOT)
    for _attempt in range(2):
        with opened(ROOT, jobs) as project:
            assert records(project.catalogue) == records(plain[0]) and project.findings == plain[1]
            assert all(list(getattr(project.catalogue, f)) == list(getattr(plain[0], f)) for f in registers())


def registers() -> list[str]:
    names = [f.name for f in fields(Catalogue)]
    return [name for name in names if name in REGISTERS.values()]


def test_the_cards_and_answers_of_the_shipped_data_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_folder, "FOLDER", str(tmp_path))
    assert_as_read_anew(ROOT)


def test_a_broken_district_has_the_same_findings_at_the_same_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_folder, "FOLDER", str(tmp_path))
    broken = FIXTURES / "broken"
    expected = found(*load(broken))
    assert len(expected) > 100
    for _attempt in range(2):
        with opened(broken) as project:
            assert found(project.catalogue, project.findings) == expected


def test_a_record_says_where_its_values_stand(district: Path) -> None:
    plain = load(district)[0].items[CODE].source
    for _attempt in range(2):
        with opened(district) as project:
            source = project.catalogue.items[CODE].source
            assert source.path == plain.path == BASE["item"]
            for place in (("name",), ("materials", 2, "name"), ("questions", 1, "answer")):
                assert source.at(*place) == plain.at(*place) != (1, 1)
                assert source.key_at(*place) == plain.key_at(*place)


def test_records_by_their_files(district: Path) -> None:
    with opened(district) as project:
        known = project.records()
        assert known[BASE["item"]] == ("item", CODE) and known[BASE["page"]] == ("page", BASE["page"])
        assert known.keys() == {record.source.path for record in project.catalogue.records()}
        assert all(project.record(path).source.path == path for path in known)


def test_a_project_without_data_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        refreshed(tmp_path)


def test_what_did_not_change_is_not_read_again(district: Path, request: pytest.FixtureRequest) -> None:
    with opened(district) as project:
        first = records(project.catalogue)
    request.getfixturevalue("no_reading")
    with opened(district) as project:
        assert records(project.catalogue) == first
    assert refreshed(district) == set()


def test_only_what_changed_is_read_again(district: Path, read: list[str]) -> None:
    refreshed(district)
    assert len(read) > 20
    read.clear()
    path = district / BASE["item"]
    path.write_text(path.read_text(encoding="utf-8").replace("version: 2", "version: 3"), encoding="utf-8")
    with opened(district) as project:
        assert project.catalogue.items[CODE].version == 3
    assert read == [BASE["item"]]
    assert_as_read_anew(district)


def test_a_file_that_was_only_touched_is_not_read_again(district: Path, read: list[str]) -> None:
    refreshed(district)
    read.clear()
    path = district / BASE["item"]
    path.write_bytes(path.read_bytes())
    assert refreshed(district) == set() and read == []


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What is read to see whether it is as before; the looks of few files, changed just now, are trusted, too."""
    hashed: list[bytes] = []
    real = kept_project.hash_of

    def noted(content: bytes) -> bytes:
        hashed.append(content)
        return real(content)

    monkeypatch.setattr(kept_project, "hash_of", noted)
    monkeypatch.setattr(kept_project, "_FEW_LOOKS", 0)
    monkeypatch.setattr(kept_looks, "_A_MOMENT", 0)
    return hashed


def test_a_file_that_looks_as_before_is_not_opened(district: Path, hashed: list[bytes]) -> None:
    refreshed(district)
    change_record(district, BASE["item"], version=3)
    shutil.copy(district / ALLOWANCE, district / "copy")
    (district / "copy").replace(district / ALLOWANCE)
    assert refreshed(district) != set() and len(hashed) == 2
    hashed.clear()
    assert refreshed(district) == set() and hashed == []


def test_a_file_that_comes_back_is_not_taken_for_the_one_that_was_there_meanwhile(
    district: Path, hashed: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where a folder is changed for another and back: what is in it looks as it did."""
    refreshed(district)
    folder, first, second = district / "data/items/weijian", district / "first", district / "second"
    shutil.copytree(folder, second)
    monkeypatch.setattr(kept_project, "_FEW_LOOKS", 50)
    for here, there, version in ((first, second, 3), (second, first, 2)):
        folder.rename(here)
        there.rename(folder)
        if version == 3:
            change_record(district, BASE["item"], version=3)
        with opened(district) as project:
            assert project.catalogue.items[CODE].version == version
    assert hashed


def test_cards_that_are_asked_for_together_are_read_at_once(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = Store.rows

    def noted(store: Store, query: str, *arguments: Any) -> list[Any]:
        asked.append(query)
        return real(store, query, *arguments)

    with opened(district) as project:
        monkeypatch.setattr(Store, "rows", noted)
        codes = [*project.catalogue.items]
        found = project.catalogue.cards_of([*codes, "000000000000"])
        assert len(codes) > 1 and [card.code for card in found] == codes
        assert len(asked) == 1 and project.catalogue.cards[codes[0]] is found[0]


def test_the_same_size_and_time_do_not_hide_a_change(district: Path) -> None:
    refreshed(district)
    path = district / BASE["item"]
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("version: 2", "version: 3"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with opened(district) as project:
        assert project.catalogue.items[CODE].version == 3


def test_what_was_deleted_is_gone(district: Path) -> None:
    refreshed(district)
    for kind in ("law", "exposure", "listing", "approvals", "page", "item"):
        (district / BASE[kind]).unlink()
        assert_as_read_anew(district)


def test_what_was_added_is_there(district: Path) -> None:
    refreshed(district)
    shutil.copy(district / BASE["law"], district / "data/laws/gongwen.yml")
    change_record(district, "data/laws/gongwen.yml", id="gongwen")
    (district / "content/new.md").write_text("---\ntitle: 一\n---\n\n# 一\n\n一段。\n", encoding="utf-8")
    assert_as_read_anew(district)
    with opened(district) as project:
        assert "gongwen" in project.catalogue.laws and "content/new.md" in project.catalogue.pages


def test_the_same_bytes_elsewhere_are_another_file(district: Path) -> None:
    refreshed(district)
    moved = district / "data/items/minzheng/510123001000.yml"
    (district / BASE["item"]).rename(moved)
    with opened(district) as project:
        assert [f.code for f in project.findings] == [f.code for f in load(district)[1]] == ["S006"]
    assert_as_read_anew(district)


def test_an_identity_changes_in_its_file(district: Path) -> None:
    refreshed(district)
    change_record(district, ALLOWANCE, code="512011002000")
    assert_as_read_anew(district)
    with opened(district) as project:
        assert [*project.catalogue.items] == ["512011002000", CODE]


@pytest.mark.parametrize("content", [b"", b"name: [", b"\xff\xfe", b"a: &a [x]\nb: [*a, *a]\n"])
@pytest.mark.parametrize("kind", ["item", "district", "town", "page", "calendar"])
def test_what_cannot_be_read_comes_and_goes(kind: str, content: bytes, district: Path) -> None:
    refreshed(district)
    path = district / BASE[kind]
    before = path.read_bytes()
    path.write_bytes(content)
    assert_as_read_anew(district)
    path.write_bytes(before)
    assert_as_read_anew(district)
    with opened(district) as project:
        assert project.findings == []


def test_an_identity_that_two_files_claim(district: Path) -> None:
    refreshed(district)
    copy = district / "data/items/minzheng/510123001000.yml"
    text = (district / BASE["item"]).read_text(encoding="utf-8")
    copy.write_text(text.replace("version: 2", "version: 3"), encoding="utf-8")
    for _attempt in range(2):
        with opened(district) as project:
            assert not project.whole
            assert project.catalogue.items[CODE].version == 3
        assert_as_read_anew(district)
    (district / BASE["item"]).unlink()
    with opened(district) as project:
        assert project.whole and project.catalogue.items[CODE].version == 3
    assert_as_read_anew(district)


def test_links_and_misplaced_files_are_looked_at_each_time(district: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yml"
    outside.write_text("password: 123456", encoding="utf-8")
    (district / "data/laws/linked.yml").symlink_to(outside)
    (district / "data/items/readme.txt").write_text("x", encoding="utf-8")
    for _attempt in range(2):
        assert_as_read_anew(district)
    (district / "data/laws/linked.yml").unlink()
    shutil.copy(district / BASE["law"], district / "data/laws/linked.yml")
    assert_as_read_anew(district)


def test_attachments_with_personal_data_come_and_go(district: Path) -> None:
    (district / "content/13800000000.pdf").write_bytes(b"%PDF-1.7")
    for _attempt in range(2):
        assert_as_read_anew(district)
    (district / "content/13800000000.pdf").unlink()
    assert_as_read_anew(district)
    with opened(district) as project:
        assert project.findings == []


def test_an_open_project_follows_changes(district: Path) -> None:
    with opened(district) as project:
        assert project.catalogue.items[CODE].version == 2
        assert [card.name for card in project.catalogue.cards.values()][1].startswith("公共场所")
        change_record(district, BASE["item"], version=3, name="另一个名称")
        (district / ALLOWANCE).unlink()
        touched = project.refresh(LocalCrew(1))
        assert {("item", CODE), (CARD, CODE), ("item", "512011001000"), ("item", KEYS)} <= touched
        assert everything(project.catalogue) == everything(load(district)[0])
        assert project.refresh(LocalCrew(1)) == set()


def test_of_known_candidates_no_other_file_is_looked_at(district: Path, read: list[str]) -> None:
    with opened(district) as project:
        read.clear()
        change_record(district, BASE["item"], version=3)
        change_record(district, ALLOWANCE, version=2)
        project.refresh(LocalCrew(1), unseen, [BASE["item"]])
        assert read == [BASE["item"]]
        assert {code: item.version for code, item in project.catalogue.items.items()} == {
            CODE: 3,
            "512011001000": 1,
        }


@pytest.mark.parametrize(
    "change",
    [
        lambda root: change_record(root, BASE["item"], version=3),
        lambda root: (root / BASE["law"]).unlink(),
        lambda root: (root / "data/items/readme.txt").write_text("x", encoding="utf-8"),
        lambda root: (root / "content/a.pdf").write_bytes(b"%PDF-1.7"),
        lambda root: (root / "data/laws/linked.yml").symlink_to(root / BASE["law"]),
        lambda root: (root / "content/new.md").write_text("---\ntitle: 一\n---\n\n# 一\n\n一段。\n", encoding="utf-8"),
        lambda root: shutil.copy(root / BASE["item"], root / "data/items/minzheng/510123001000.yml"),
        lambda root: (root / BASE["item"]).rename(root / "data/items/minzheng/510123001000.yml"),
        lambda root: (root / BASE["district"]).unlink(),
    ],
)
def test_candidates_are_read_as_everything_is(change: Callable[[Path], object], district: Path) -> None:
    with opened(district) as project:
        before = {path: path.lstat().st_mtime_ns for path in district.rglob("*.*")}
        change(district)
        after = {path: path.lstat().st_mtime_ns for path in district.rglob("*.*")}
        paths = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        candidates = [path.relative_to(district).as_posix() for path in paths if ".cache" not in path.parts]
        project.refresh(LocalCrew(1), unseen, candidates)
        catalogue, findings = load(district)
        assert everything(project.catalogue) == everything(catalogue)
        assert sorted(project.findings) == sorted(findings)


ITEM_QUESTIONS = {
    (SOURCE, BASE["item"]),
    ("item", CODE),
    ("item", ALL),
}


def touched_by(root: Path, change: Callable[[], object]) -> tuple[set[Question], set[Question]]:
    """Return the questions that a change touches: those for records, and those for indexes."""
    refreshed(root)
    change()
    touched = refreshed(root)
    of_indexes = {question for question in touched if question[0] in INDEXES}
    return touched - of_indexes, of_indexes


def test_a_comment_touches_only_the_places(district: Path) -> None:
    path = district / BASE["item"]
    text = path.read_text(encoding="utf-8")
    touched = touched_by(district, lambda: path.write_text(text + "# 说明\n", encoding="utf-8"))
    assert touched == ({(SOURCE, BASE["item"])}, set())


def test_a_text_touches_the_record_alone(district: Path) -> None:
    touched = touched_by(district, lambda: change_record(district, BASE["item"], rights=["要求说明理由"]))
    assert touched == (ITEM_QUESTIONS, set())


def test_a_name_touches_the_card_and_what_is_known_by_it(district: Path) -> None:
    old = data_of((district / BASE["item"]).read_text(encoding="utf-8"))["name"]
    touched, indexes = touched_by(district, lambda: change_record(district, BASE["item"], name="另一个名称"))
    assert touched == ITEM_QUESTIONS | {(CARD, CODE), (CARD, ALL)}
    assert indexes >= {("codes_by_name", old), ("codes_by_name", "另一个名称"), ("codes_by_name", KEYS)}
    assert ("items_by_department", "weijian") in indexes and ("items_by_department", KEYS) not in indexes
    assert not {name for name, _ in indexes} & {"items_by_level", "items_not_public"}


def test_another_department_touches_both(district: Path) -> None:
    _, indexes = touched_by(district, lambda: change_record(district, BASE["item"], department="minzheng"))
    of_departments = {key for name, key in indexes if name == "items_by_department"}
    assert of_departments == {"weijian", "minzheng", ALL, KEYS}


def test_a_new_file_touches_the_keys(district: Path) -> None:
    def add() -> None:
        shutil.copy(district / BASE["law"], district / "data/laws/gongwen.yml")
        change_record(district, "data/laws/gongwen.yml", id="gongwen")

    touched, _ = touched_by(district, add)
    assert touched == {(SOURCE, "data/laws/gongwen.yml"), ("law", "gongwen"), ("law", ALL), ("law", KEYS)}


def test_a_file_that_cannot_be_read_touches_who_asks_whether_it_is_there(district: Path) -> None:
    path = district / BASE["law"]
    touched, _ = touched_by(district, lambda: path.write_bytes(b"name: ["))
    assert touched == {(SOURCE, BASE["law"]), *((("law", key)) for key in (path.stem, ALL, KEYS)), (UNREADABLE, KEYS)}


def test_the_first_reading_touches_everything(district: Path) -> None:
    assert refreshed(district) == {("", ALL)}


def test_the_latest_day_of_all_files(district: Path) -> None:
    with opened(district) as project:
        assert project.catalogue.latest == datetime.date(2026, 7, 10)
    day = "2026-12-01"
    change_record(district, BASE["appraisal"], published_on=day)
    with opened(district) as project:
        assert project.catalogue.latest == datetime.date(2026, 12, 1)
    (district / BASE["appraisal"]).unlink()
    with opened(district) as project:
        assert project.catalogue.latest == datetime.date(2026, 5, 12)


def test_settings_are_those_of_the_district_alone(district: Path) -> None:
    with opened(district) as project:
        before = project.settings, project.likeness
    change_record(district, BASE["item"], version=3)
    with opened(district) as project:
        assert project.settings == before[0] and project.likeness != before[1]
    change_record(district, BASE["district"], name="达州市新名区")
    with opened(district) as project:
        assert project.settings != before[0]


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
        "UPDATE files SET card = '{\"code\": 1'",
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


@pytest.mark.parametrize("place", [".cache", ".cache/kept.lock", ".cache/.gitignore"])
def test_where_nothing_can_be_kept_everything_is_read_all_the_same(place: str, tmp_path: Path) -> None:
    root = copy_district(tmp_path)
    if place == ".cache":
        (root / place).write_text("a file where the folder should be", encoding="utf-8")
    else:
        (root / place).mkdir(parents=True)
    for _attempt in range(2):
        assert_as_read_anew(root)
