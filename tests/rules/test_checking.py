"""Rules find the same on one process or several, anew or only where something changed."""

from __future__ import annotations

import datetime
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from building import check, opened
from damage import DAMAGES
from damage_base import Base
from gongkai.finding import Finding
from gongkai.kept import project as kept_project
from gongkai.rules import checking
from gongkai.rules.checking import Day, check_project
from gongkai.workers import LocalCrew
from publishing.edits import CHANGES
from support import AS_OF, BASE, FIXTURES, change_record, places
from support import check as plain

BATCHES = 8
QUICK = 1

ALLOWANCE = "data/items/minzheng/512011001000.yml"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A district in which every rule is broken."""
    root = tmp_path / "broken"
    shutil.copytree(FIXTURES / "broken", root, ignore=shutil.ignore_patterns(".cache"))
    return root


@pytest.fixture
def checked_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose records are checked, as they are."""
    seen: list[str] = []
    real = checking.check_records

    def noted(records: list[Any], *rest: Any, **options: Any) -> Any:
        seen.extend(record.source.path for record in records)
        return real(records, *rest, **options)

    monkeypatch.setattr(checking, "check_records", noted)
    return seen


def found(root: Path, day: datetime.date = AS_OF, jobs: int = 1, *, production: bool = False) -> list[Finding]:
    with opened(root, jobs) as project:
        return check_project(project, Day(day, day, production), LocalCrew(jobs)).findings


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("production", [False, True])
def test_the_same_findings_in_the_same_order(
    production: bool, jobs: int, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, few, portion in ((checking, "_FEW", "_PORTION"), (kept_project, "_FEW", "_PORTION")):
        monkeypatch.setattr(module, few, 0)
        monkeypatch.setattr(module, portion, 7)
    expected = plain(broken, production=production)
    assert len(expected) > 100
    seen: list[tuple[str, int, int]] = []
    for _attempt in range(2):
        with opened(broken, jobs) as project:
            day = Day(AS_OF, AS_OF, production)
            made = check_project(project, day, LocalCrew(jobs), lambda *step: seen.append(step))
        assert made.findings == expected
    assert seen[0][1] == 0 and seen[-1][1] == seen[-1][2]


def test_nothing_is_checked_again_where_nothing_changed(district: Path, checked_again: list[str]) -> None:
    change_record(district, BASE["item"], summary="长" * 61)
    expected = found(district)
    assert {f.code for f in expected} == {"G008"} and len(checked_again) > 20
    checked_again.clear()
    assert found(district) == expected
    assert checked_again == []


def test_only_what_depends_on_a_change_is_checked_again(district: Path, checked_again: list[str]) -> None:
    found(district)
    checked_again.clear()
    change_record(district, BASE["item"], questions=[])
    assert found(district) == plain(district) != []
    assert BASE["item"] in checked_again
    assert not {ALLOWANCE, BASE["law"], BASE["calendar"], BASE["appraisal"], BASE["listing"]} & {*checked_again}


@pytest.mark.parametrize(
    ("change", "again"),
    [
        ({"summary": "另一句概要，说的是同一件事。"}, False),
        ({"updated_on": "2026-06-29"}, False),
        ({"acceptance": [{"level": "区", "role": "受理"}]}, True),
        ({"hall": {"stationed": True}}, True),
    ],
)
def test_listings_are_checked_again_for_what_they_go_by(
    change: dict[str, Any], again: bool, district: Path, checked_again: list[str]
) -> None:
    found(district)
    checked_again.clear()
    change_record(district, ALLOWANCE, **change)
    assert found(district) == plain(district)
    assert ("data/listings/villages/511703100001.yml" in checked_again) is again


@pytest.mark.parametrize("kind", ["item", "law", "department", "town", "listing"])
def test_a_broken_file_that_goes_is_missed(kind: str, district: Path) -> None:
    path = district / BASE[kind]
    found(district)
    path.write_text("code: [\n", encoding="utf-8")
    assert found(district) == plain(district)
    path.unlink()
    assert found(district) == plain(district) != []


def test_what_others_say_of_a_name_is_checked_again(district: Path, checked_again: list[str]) -> None:
    found(district)
    checked_again.clear()
    change_record(district, ALLOWANCE, name="高龄津贴发放")
    again = found(district)
    assert again == plain(district)
    assert {path for _, path, _, _ in places(again)} >= {"data/listings/villages/511703100001.yml", BASE["exposure"]}
    assert {path for _, path, _, _ in places(again)} - {*checked_again} == set()


def test_cases_are_not_checked_again_for_items_that_they_are_not_about(
    district: Path, checked_again: list[str]
) -> None:
    CHANGES["item_added"](district, 0)
    (added,) = district.glob("data/items/*/510123300000.yml")
    found(district)
    for path, again in ((added.relative_to(district).as_posix(), False), (ALLOWANCE, True)):
        checked_again.clear()
        change_record(district, path, summary="另一句概要，说的是同一件事。")
        found(district)
        assert path in checked_again and (BASE["approvals"] in checked_again) is again


def test_a_comment_moves_what_is_found(district: Path) -> None:
    change_record(district, BASE["item"], questions=[])
    (before,) = found(district)
    path = district / BASE["item"]
    head, _, rest = path.read_text(encoding="utf-8").partition("\n")
    path.write_text(f"{head}\n# 说明\n{rest}", encoding="utf-8")
    (after,) = found(district)
    assert [after] == plain(district) and after.line == before.line + 1


def test_another_day_finds_otherwise(district: Path) -> None:
    exception = {"rule": "G008", "reason": "正在精简", "until": "2026-12-31"}
    change_record(district, BASE["item"], summary="长" * 61, exceptions=[exception])
    later = datetime.date(2027, 1, 5)
    assert [found(district, day) for day in (AS_OF, later, AS_OF)] == [
        plain(district, as_of=day) for day in (AS_OF, later, AS_OF)
    ]
    assert found(district, later) != found(district)


def test_production_finds_more_and_is_kept_apart(district: Path) -> None:
    for _attempt in range(2):
        assert found(district) == []
        assert found(district, production=True) == plain(district, production=True) != []


def test_a_change_of_the_district_checks_everything_again(district: Path, checked_again: list[str]) -> None:
    found(district)
    number = len(checked_again)
    checked_again.clear()
    change_record(district, BASE["district"], area_code="0999")
    assert found(district) == plain(district) != []
    assert len(checked_again) == number


def test_a_deleted_file_takes_its_findings_along(district: Path) -> None:
    change_record(district, BASE["exposure"], problem="长" * 3000)
    change_record(district, BASE["item"], questions=[])
    assert found(district) == plain(district)
    for path in (BASE["exposure"], BASE["interview"], BASE["law"]):
        (district / path).unlink()
        assert found(district) == plain(district)


def test_two_files_of_one_identity_come_and_go(district: Path) -> None:
    copy = district / "data/items/minzheng/510123001000.yml"
    text = (district / BASE["item"]).read_text(encoding="utf-8")
    for said in (text, text.replace("version: 2", "version: 3"), text.replace("办卫生许可证", "办证")):
        copy.write_text(said, encoding="utf-8")
        for _attempt in range(2):
            assert found(district) == plain(district)
            assert "R006" in {f.code for f in found(district)}
    copy.unlink()
    assert found(district) == plain(district) == []


def test_names_are_counted(district: Path) -> None:
    for _attempt in range(2):
        counted = check(district)
        assert (counted.organizations, counted.names, counted.equal) == (8, 10, 10)
    change_record(district, ALLOWANCE, name="高龄津贴发放")
    (district / "data/listings/villages/511703100001.yml").unlink()
    counted = check(district)
    assert (counted.organizations, counted.names, counted.equal) == (7, 9, 3)


@pytest.fixture(scope="module")
def consistent(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return Base(tmp_path_factory.mktemp("consistent") / "district")


@pytest.mark.parametrize(
    "batch", [pytest.param(n, marks=pytest.mark.slow if n >= QUICK else ()) for n in range(BATCHES)]
)
def test_every_damage_is_found_as_anew_and_goes_again(batch: int, consistent: Base) -> None:
    root = consistent.root
    assert found(root) == []
    for number, way in list(enumerate(DAMAGES))[batch::BATCHES]:
        damage = DAMAGES[way](consistent, random.Random(number))
        kept = {path: (root / path).read_bytes() for path in damage.files}
        for path, text in damage.files.items():
            if text is None:
                (root / path).unlink()
            else:
                (root / path).write_text(text, encoding="utf-8")
        assert found(root) == plain(root) != [], way
        for path, content in kept.items():
            (root / path).write_bytes(content)
        assert found(root) == [], way
