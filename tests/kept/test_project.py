"""A project that is kept says what reading all of its files anew says."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from building import opened
from gongkai import cache_folder
from gongkai.catalogue import Catalogue
from gongkai.catalogue_registers import CARD, REGISTERS
from gongkai.finding import Finding
from gongkai.kept.registers import StoredRecords
from gongkai.kept.store import Store
from gongkai.loading import load
from gongkai.pinyin import reading
from gongkai.rules.engine import Context, run
from gongkai.rules.registry import RULES
from gongkai.tracing import KEYS, fetch
from gongkai.workers import LocalCrew
from kept.read_anew import ALLOWANCE, CODE, assert_as_read_anew, everything, records, refreshed
from support import AS_OF, BASE, FIXTURES, ROOT, change_record, copy_district


def found(catalogue: Catalogue, findings: list[Finding]) -> list[Finding]:
    return sorted([*findings, *run(RULES.values(), Context(catalogue, AS_OF))])


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


def test_towns_are_not_read_to_tell_that_their_codes_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    district = copy_district(tmp_path)
    with opened(district):
        pass
    change_record(district, BASE["item"], summary="另一句概要，说的是同一件事。")
    monkeypatch.setattr(StoredRecords, "_made", lambda stored, *_: pytest.fail(f"read a {stored._kind}"))
    with opened(district) as project:
        assert project.findings == []


def test_division_codes_are_given_twice_and_no_longer(tmp_path: Path) -> None:
    district = copy_district(tmp_path)
    assert_as_read_anew(district)
    first = district / BASE["town"]
    text = first.read_text(encoding="utf-8").replace("tingzi", "zuihou").replace("511703100", "511703999")
    second = first.with_name("zuihou.yml")
    for codes, repeated in (((), 0), (("000", "002"), 2), (("002",), 1), ((), 0), (("001",), 1)):
        said = text
        for code in codes:
            said = said.replace(f"511703999{code}", f"511703100{code}")
        second.write_text(said, encoding="utf-8")
        for _attempt in range(2):
            assert_as_read_anew(district)
            with opened(district) as project:
                assert [(f.code, f.path) for f in project.findings] == [
                    ("R006", "data/organizations/towns/zuihou.yml")
                ] * repeated
    second.unlink()
    assert_as_read_anew(district)
    with opened(district) as project:
        assert project.findings == []


def test_records_that_were_fetched_are_not_read_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_folder, "FOLDER", str(tmp_path))
    with opened(FIXTURES / "district") as project:
        paths = sorted(project.records())
        wanted = [project.record(path) for path in paths]
        for stored in project._records.values():
            stored._known.clear()
        project.fetch(paths)
        monkeypatch.setattr(Store, "rows", lambda *_: pytest.fail("read again"))
        assert [project.record(path).source.path for path in paths] == [record.source.path for record in wanted]


def test_readings_that_were_made_ready_are_not_asked_for_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache_folder, "FOLDER", str(tmp_path))
    with opened(FIXTURES / "district") as project:
        names = [item.name for item in project.catalogue.items.values()]
        wanted = [reading(name) for name in names]
        reading.cache_clear()
        project.ready_readings()
        monkeypatch.setattr(Store, "rows", lambda *_: pytest.fail("asked for"))
        assert [reading(name) for name in names] == wanted


def test_a_link_is_looked_at_every_time_until_a_file_is_in_its_place(tmp_path: Path) -> None:
    district = copy_district(tmp_path)
    file, content = district / ALLOWANCE, (district / ALLOWANCE).read_bytes()
    for _attempt in range(2):
        file.unlink()
        file.symlink_to(FIXTURES / "district" / ALLOWANCE)
        for _again in range(2):
            with opened(district) as project:
                assert [finding.code for finding in project.findings if finding.path == ALLOWANCE] == ["S007"]
        file.unlink()
        file.write_bytes(content)
        with opened(district) as project:
            assert project.has(ALLOWANCE) and not project.findings


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


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that stores are asked."""
    asked: list[str] = []
    real = Store.rows

    def noted(store: Store, query: str, *arguments: Any) -> list[Any]:
        asked.append(query)
        return real(store, query, *arguments)

    monkeypatch.setattr(Store, "rows", noted)
    return asked


def test_all_records_of_a_kind_are_read_at_once_and_as_often_as_one_likes(district: Path, asked: list[str]) -> None:
    with opened(district) as project:
        asked.clear()
        laws = project.catalogue.laws.values()
        expected = [f"data/laws/{identity}.yml" for identity in project.catalogue.laws]
        assert len(expected) > 1
        assert [[law.source.path for law in laws] for _ in range(2)] == [expected, expected]
        assert len(asked) == 1


def test_answers_that_are_asked_for_together_are_read_at_once(district: Path, asked: list[str]) -> None:
    with opened(district) as project:
        names = project.catalogue.answers("listing_terms_by_item")
        codes = [*project.catalogue.items]
        asked.clear()
        fetch(names, [*codes, "000000000000"])
        assert len(codes) > 1 and len(asked) == 1
        assert [names[code][0][0] for code in codes] == codes and names.get("000000000000") is None
        assert len(asked) == 1


def test_cards_that_are_asked_for_together_are_read_at_once(district: Path, asked: list[str]) -> None:
    with opened(district) as project:
        asked.clear()
        codes = [*project.catalogue.items]
        found = project.catalogue.cards_of([*codes, "000000000000"])
        assert len(codes) > 1 and [card.code for card in found] == codes
        assert len(asked) == 1 and project.catalogue.cards[codes[0]] is found[0]


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
        before = project.settings, project.fingerprint
    change_record(district, BASE["item"], version=3)
    with opened(district) as project:
        assert project.settings == before[0] and project.fingerprint != before[1]
    change_record(district, BASE["district"], name="达州市新名区")
    with opened(district) as project:
        assert project.settings != before[0]


@pytest.mark.parametrize("place", [".cache", ".cache/kept.lock", ".cache/.gitignore"])
def test_where_nothing_can_be_kept_everything_is_read_all_the_same(place: str, tmp_path: Path) -> None:
    root = copy_district(tmp_path)
    if place == ".cache":
        (root / place).write_text("a file where the folder should be", encoding="utf-8")
    else:
        (root / place).mkdir(parents=True)
    for _attempt in range(2):
        assert_as_read_anew(root)
