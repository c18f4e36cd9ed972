"""What rules need to know of all records is kept, and made anew when an answer changes that it was made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from building import opened
from gongkai.catalogue import Catalogue
from gongkai.finding import Finding
from gongkai.kept.project import Project
from gongkai.kept.units import Stage, as_json
from gongkai.kept.world import world_of
from gongkai.rules import checking, tables
from gongkai.rules.checking import Day, check_project
from gongkai.rules.tables import TABLES, tables_of
from gongkai.workers import LocalCrew
from support import AS_OF, BASE, change_record, codes, data_of
from support import check as plain

ALLOWANCE = "data/items/minzheng/512011001000.yml"
ABOLISHED = BASE["abolished-divisions"]
PERMIT_NAME = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
LIKE_THE_PERMIT = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶室等）"
FORMER = {"name": "光明老站", "until": "2020-01-01", "basis": "机构改革方案"}

Change = Callable[[Path], None]


def changing(path: str, **changes: Any) -> Change:
    return lambda root: change_record(root, path, **changes)


def end_a_division(root: Path) -> None:
    divisions = data_of((root / ABOLISHED).read_text(encoding="utf-8"))["divisions"]
    change_record(root, ABOLISHED, divisions=[{**divisions[0], "name": "光明老站"}, *divisions[1:]])


CHANGES = [
    (changing(ALLOWANCE, name=LIKE_THE_PERMIT), "N007"),
    (changing(ALLOWANCE, name="光明服务老站点登记办理"), "N010"),
    (changing(BASE["item"], former_names=[FORMER]), "N011"),
    (changing(BASE["department"], former_names=[FORMER]), "N011"),
    (changing(BASE["town"], former_names=[FORMER]), "N011"),
    (end_a_division, "N011"),
]


@pytest.fixture
def district_with_a_page(district: Path) -> Path:
    """The small district, with a page that says what names will be taken for."""
    text = "---\ntitle: 须知\n---\n\n请到光明老站办理光明服务老站店登记办理。\n"
    (district / "content" / "notice.md").write_text(text, encoding="utf-8")
    return district


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tables that are made, as they are."""
    names: list[str] = []

    def noting(make: tables.Make) -> tables.Make:
        def noted(catalogue: Catalogue) -> Any:
            names.append(make.__name__)
            return make(catalogue)

        noted.__name__ = make.__name__
        return noted

    monkeypatch.setattr(tables, "TABLES", tuple(map(noting, TABLES)))
    return names


ALL = [make.__name__ for make in TABLES]


def found_in(project: Project, jobs: int = 1) -> list[Finding]:
    return check_project(project, Day(AS_OF, AS_OF), LocalCrew(jobs)).findings


def found(root: Path, jobs: int = 1) -> list[Finding]:
    with opened(root, jobs) as project:
        return found_in(project, jobs)


def test_what_is_kept_is_what_was_made(district: Path) -> None:
    with opened(district) as project:
        kept = tables_of(project, world_of(project), LocalCrew(1))
        assert list(kept) == sorted(ALL)
        for make in TABLES:
            assert kept[make.__name__].text == as_json(make(project.catalogue))
            assert as_json(json.loads(kept[make.__name__].text)) == kept[make.__name__].text
            assert ("item_names", "") in kept[make.__name__].asked


@pytest.mark.parametrize(("change", "code"), CHANGES)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_name_that_changes_renews_tables(
    jobs: int, change: Change, code: str, district_with_a_page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = district_with_a_page
    monkeypatch.setattr(checking, "_FEW", 0)
    monkeypatch.setattr(tables, "_MANY", 0)
    before = {path: (root / path).read_bytes() for path in (ALLOWANCE, ABOLISHED, BASE["item"])}
    before |= {path: (root / path).read_bytes() for path in (BASE["department"], BASE["town"])}
    at_first = found(root, jobs)
    assert code not in codes(at_first) and at_first == plain(root)
    change(root)
    then = found(root, jobs)
    assert code in codes(then) and then == plain(root)
    for path, content in before.items():
        (root / path).write_bytes(content)
    assert found(root, jobs) == at_first


@pytest.mark.parametrize(("change", "code"), CHANGES)
def test_a_project_in_memory_renews_tables_too(change: Change, code: str, district_with_a_page: Path) -> None:
    with opened(district_with_a_page) as project:
        found_in(project)
        change(district_with_a_page)
        project.refresh(LocalCrew(1))
        then = found_in(project)
    assert code in codes(then) and then == plain(district_with_a_page)


def test_a_table_is_made_once(district: Path, made: list[str]) -> None:
    found(district)
    assert made == ALL
    change_record(district, BASE["item"], summary="另一句话。")
    assert found(district) == plain(district) and made == ALL
    change_record(district, BASE["law"], title="公共场所卫生管理新条例")
    assert found(district) == plain(district) and made == [*ALL, "known_names"]
    change_record(district, ALLOWANCE, name=LIKE_THE_PERMIT)
    assert found(district) == plain(district) and made == [*ALL, "known_names", *ALL]


def test_tables_that_nobody_asks_for_stay_as_they_are(district: Path, made: list[str]) -> None:
    found(district)
    found(district)
    assert made == ALL


def test_what_a_table_was_made_of_makes_units_stale_that_read_it(district: Path) -> None:
    found(district)
    change_record(district, BASE["item"], summary="另一句话。")
    # The item's rules take both tables as they are kept, and must depend on names all the same.
    found(district)
    change_record(district, ALLOWANCE, name=LIKE_THE_PERMIT)
    (district / BASE["item"]).touch()
    again = found(district)
    assert again == plain(district) and "N007" in codes(again)


def test_nothing_is_kept_where_two_files_claim_one_identity(district: Path) -> None:
    found(district)
    copy = district / "data/items/weijian/512011001000.yml"
    copy.write_bytes((district / ALLOWANCE).read_bytes())
    with opened(district) as project:
        assert not project.whole and tables_of(project, world_of(project), LocalCrew(1)) == {}
        assert Stage.reader(project.store, "tables").known() == set()
        assert found_in(project) == plain(district)
    copy.unlink()
    assert found(district) == plain(district)


def test_other_circumstances_renew_tables(district: Path, made: list[str]) -> None:
    found(district)
    centre = data_of((district / BASE["district"]).read_text(encoding="utf-8"))["service_centre"]
    change_record(district, BASE["district"], service_centre={**centre, "name": "达州市达川区光明政务中心"})
    assert found(district) == plain(district) and made == [*ALL, *ALL]
