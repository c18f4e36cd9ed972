"""Whatever changes between two builds, the second makes the site that a build from nothing makes, and no more of it anew."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building import build_site, check, opened
from commands import files
from gongkai.kept.project import Project
from gongkai.progress import unseen
from gongkai.publishing.building.build import BuildReport, build
from gongkai.publishing.building.setting import BuildOptions
from gongkai.reporting.summary import has_errors
from gongkai.rules.checking import Checked, Day, check_project
from gongkai.workers import LocalCrew
from publishing.building.comparing import (
    ALLOWANCE_PATH,
    OF_ALLOWANCE,
    OF_PERMIT,
    PERMIT_NAME,
    TOMORROW,
    assert_as_from_nothing,
    built_after,
    differing,
    give_a_right,
    put_back,
    sources,
)
from publishing.district_files import edit_every_file, read
from publishing.edits import CHANGES, STATE
from publishing.feeds.sites import a_case
from support import AS_OF, BASE, change_record, write_record
from support import check as plain

STEPS = st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 60)), min_size=1, max_size=5)


def follow(pristine: Path, steps: list[tuple[str, int]], *, in_memory: bool) -> None:
    """Check after each change, and build where nothing is wrong; what is wrong is taken back, or stays while more is changed.

    Each command opens the project anew, or one project stays in memory, as in a preview.
    """
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "district"
        shutil.copytree(pristine, root)
        with ExitStack() as stack:
            if in_memory:
                project = stack.enter_context(opened(root))
                checked, built = partial(checked_again, project), partial(built_again, project)
            else:
                checked, built = partial(check, root), partial(build_site, root, root / "site")
            report, faultless = built(), sources(root)
            for place, (change, number) in enumerate(steps, start=1):
                CHANGES[change](root, number)
                findings = checked().findings
                assert findings == plain(root)
                if has_errors(findings):
                    if number % 2 and place < len(steps):
                        continue
                    put_back(root, faultless)
                    assert checked().findings == plain(root)
                report, faultless = built(), sources(root)
        assert_as_from_nothing(root, report)


def checked_again(project: Project) -> Checked:
    project.refresh(LocalCrew(1))
    return check_project(project, Day(AS_OF, AS_OF), LocalCrew(1))


def built_again(project: Project) -> BuildReport:
    return build(project, project.root / "site", BuildOptions(AS_OF, search=False), LocalCrew(1), unseen)


_SETTINGS = settings(database=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.mark.parametrize("in_memory", [False, True])
@settings(_SETTINGS, max_examples=4)
@given(steps=STEPS)
def test_any_changes_one_after_another(pristine: Path, in_memory: bool, steps: list[tuple[str, int]]) -> None:
    follow(pristine, steps, in_memory=in_memory)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=100)
@given(steps=STEPS)
def test_many_changes_one_after_another(pristine: Path, steps: list[tuple[str, int]]) -> None:
    follow(pristine, steps, in_memory=False)


@pytest.mark.slow
@settings(_SETTINGS, max_examples=60)
@given(steps=STEPS)
def test_many_changes_followed_in_memory(pristine: Path, steps: list[tuple[str, int]]) -> None:
    follow(pristine, steps, in_memory=True)


@pytest.mark.parametrize("change", ["entry_removed", "listing", "town"])
def test_what_was_derived_of_a_record_is_derived_anew_when_it_changes(pristine: Path, change: str) -> None:
    follow(pristine, [(change, number) for number in range(3)], in_memory=True)


def test_the_first_build_makes_every_unit(project: Path) -> None:
    shutil.rmtree(project / "site")
    report, written, _ = built_after(project, compared=False)
    assert {OF_PERMIT, OF_ALLOWANCE, "home\t", "opml\t", "feed\tcases", "data\tlaws"} <= {*report.made}
    assert {"page:department\tweijian", "page:village\t511703100001", "page:rule\tN001"} <= {*report.made}
    assert written == {*files(project / "site")}


def test_several_processes_make_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.publishing.building.setting._FEW", 0)
    monkeypatch.setattr("gongkai.publishing.building.setting._PORTION", 3)
    edit_every_file(project, PERMIT_NAME, "公共场所卫生行政许可")
    CHANGES["case_received"](project, 2)
    report = build_site(project, project / "site", jobs=2)
    assert OF_PERMIT in report.made and "page:rule\tN001" not in report.made
    assert_as_from_nothing(project, report)


def test_so_many_changes_that_all_is_made_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = len(files(project / "site"))
    monkeypatch.setattr("gongkai.publishing.building.build._MANY", 10)
    CHANGES["template"](project, 1)
    report, written, _ = built_after(project)
    assert len(report.made) > 100 and len(written) == number


def test_another_day_and_the_same_again(project: Path) -> None:
    before = files(project / "site")
    for day in (TOMORROW, AS_OF):
        report = build_site(project, project / "site", day)
        assert_as_from_nothing(project, report, day)
    assert files(project / "site") == before


def test_two_sites_of_one_project(project: Path) -> None:
    other = project / "other"
    build_site(project, other)
    edit_every_file(project, PERMIT_NAME, "公共场所卫生行政许可")
    for _attempt in range(2):
        reports = [build_site(project, output) for output in (other, project / "site")]
        assert_as_from_nothing(project, reports[1])
        assert files(other) == files(project / "site")
        CHANGES["item_deleted"](project, 0)


def words_in(site: Path, *words: str) -> set[str]:
    """Return the files that say one of the words."""
    found = files(site).items()
    # Rules show examples of their own.
    return {
        name
        for name, content in found
        if not name.startswith("rules/") and any(word.encode() in content for word in words)
    }


def test_an_item_becomes_secret_and_public_again(project: Path) -> None:
    before = files(project / "site")
    name = read(project, ALLOWANCE_PATH)["name"]
    assert len(words_in(project / "site", name)) > 10
    kept = sources(project)
    built_after(project, lambda: change_record(project, ALLOWANCE_PATH, secrecy=STATE))
    assert words_in(project / "site", name) == set()
    built_after(project, lambda: give_a_right(project), compared=False)
    built_after(project, lambda: change_record(project, BASE["item"], rights=["可以要求说明理由"]), compared=False)
    built_after(project, lambda: CHANGES["case_received"](project, 2))
    assert words_in(project / "site", name) == set()
    built_after(project, lambda: put_back(project, kept), compared=False)
    assert files(project / "site") == before


def test_a_case_becomes_secret_and_public_again(project: Path) -> None:
    before, kept = files(project / "site"), sources(project)
    number = "511703-20260302-0001"
    assert "feeds/cases.rss" in words_in(project / "site", number)
    built_after(project, lambda: CHANGES["case_secret"](project, 0))
    assert words_in(project / "site", number) == set()
    built_after(project, lambda: change_record(project, BASE["item"], rights=["可以要求说明理由"]), compared=False)
    built_after(project, lambda: CHANGES["case_received"](project, 2))
    assert words_in(project / "site", number) == set()
    built_after(project, lambda: put_back(project, kept), compared=False)
    assert files(project / "site") == before


def adjusted_tomorrow(root: Path) -> None:
    """Tomorrow the allowance gives another right, and so say the files already."""
    CHANGES["adjusted"](root, 2)
    assert read(root, ALLOWANCE_PATH)["effective_on"] == str(TOMORROW)


LATER: dict[str, Callable[[Path], object]] = {
    "adjustment": adjusted_tomorrow,
    "policy": lambda root: CHANGES["policy"](root, 2),
    "exposure": lambda root: change_record(root, BASE["exposure"], closure=CLOSED_TOMORROW),
    "appraisal": lambda root: change_record(root, BASE["appraisal"], published_on=str(TOMORROW)),
    "case": lambda root: write_record(root, f"data/approvals/2026/{TOMORROW}.yml", case_of(TOMORROW)),
}


CLOSED_TOMORROW = {"on": str(TOMORROW), "confirmed_by": "weijian", "result": "已经改正。"}


def case_of(day: datetime.date) -> dict[str, object]:
    number = f"511703-{day:%Y%m%d}-0001"
    case = a_case(number=number)
    case["events"][0]["on"] = str(day)
    return {"date": str(day), "demonstration": True, "cases": [case]}


@pytest.mark.parametrize(
    "what", ["policy", *(pytest.param(what, marks=pytest.mark.slow) for what in LATER if what != "policy")]
)
def test_what_is_of_tomorrow_shows_tomorrow(what: str, project: Path) -> None:
    today = files(project / "site")
    LATER[what](project)
    for day in (AS_OF, TOMORROW):
        report = build_site(project, project / "site", day)
        assert_as_from_nothing(project, report, day)
    assert differing(files(project / "site"), today)
    change_record(project, BASE["item"], rights=["可以要求说明理由"])
    for day in (TOMORROW, AS_OF):
        report = build_site(project, project / "site", day)
        assert_as_from_nothing(project, report, day)
