"""Whatever changes between two builds, the second makes the site that a build from nothing makes, and no more of it anew."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building import build_site, check, opened
from gongkai.kept.project import Project
from gongkai.progress import unseen
from gongkai.publishing.building.build import BuildReport, build
from gongkai.publishing.building.setting import BuildOptions
from gongkai.publishing.gates.links import BrokenLinksError
from gongkai.reporting.summary import has_errors
from gongkai.rules.checking import Checked, Day, check_project
from gongkai.workers import LocalCrew
from publishing import changes
from publishing.changes import ALLOWANCE, CHANGES, PERMIT, items
from publishing.feeds.sites import a_case
from support import AS_OF, BASE, change_record, copy_district, make_buildable, write_record
from support import check as plain

TOMORROW = AS_OF + datetime.timedelta(days=1)
SOURCES = ("data", "content", "theme")
OF_PERMIT = f"item\t{PERMIT}"
OF_ALLOWANCE = f"item\t{ALLOWANCE}"
ALLOWANCE_PATH = f"data/items/minzheng/{ALLOWANCE}.yml"
VILLAGES = ("511703100001", "511703100002", "511703100003", "511703235001")
PERMIT_NAME = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small district, whose site was built there; nobody changes it."""
    root = make_buildable(copy_district(tmp_path_factory.mktemp("pristine")))
    build_site(root, root / "site")
    return root


@pytest.fixture
def project(pristine: Path, tmp_path: Path) -> Path:
    """A project of the test's own, whose site was built there."""
    root = tmp_path / "district"
    shutil.copytree(pristine, root)
    build_site(root, root / "site")
    return root


@pytest.fixture(scope="module")
def with_a_right(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the project after ``give_a_right``, built from nothing."""
    root = tmp_path_factory.mktemp("right") / "district"
    shutil.copytree(pristine, root, ignore=shutil.ignore_patterns(".cache", "site"))
    give_a_right(root)
    build_site(root, root / "site")
    return files(root / "site")


def give_a_right(root: Path) -> None:
    change_record(root, ALLOWANCE_PATH, rights=["可以要求说明理由"])


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def times(site: Path) -> dict[str, tuple[int, int]]:
    """Return by address which file stands there, and when it was written."""
    found = ((path, path.stat()) for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): (status.st_ino, status.st_mtime_ns) for path, status in found}


def differing(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def built_from_nothing(root: Path, day: datetime.date = AS_OF, *, search: bool = False) -> tuple[BuildReport, Path]:
    """Build the same sources elsewhere, without anything that was kept."""
    clean = Path(tempfile.mkdtemp(dir=root.parent)) / root.name
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns(".cache", "site"))
    return build_site(clean, clean / "site", day, search=search), clean / "site"


def assert_as_from_nothing(
    root: Path, report: BuildReport, day: datetime.date = AS_OF, *, search: bool = False
) -> None:
    """See that the site is to the byte that of a build from nothing, and that nothing was left beside it."""
    anew, clean = built_from_nothing(root, day, search=search)
    one, other = files(root / "site"), files(clean)
    assert differing(one, other) == set()
    assert (report.pages, report.files) == (anew.pages, anew.files)
    assert report.files == len(one)
    assert not [path.name for path in root.glob(".site-*") if path.name != ".site-lock"]
    shutil.rmtree(clean.parent.parent if clean.parent.parent != root.parent else clean.parent)


def sources(root: Path) -> dict[str, bytes]:
    found = (path for folder in SOURCES for path in (root / folder).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def put_back(root: Path, before: Mapping[str, bytes]) -> None:
    """Make the sources again what they were."""
    for path, content in sources(root).items():
        if path not in before:
            (root / path).unlink()
        elif before[path] != content:
            (root / path).write_bytes(before[path])
    for path in before.keys() - sources(root).keys():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(before[path])


STEPS = st.lists(st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 60)), min_size=1, max_size=5)


def follow(pristine: Path, steps: list[tuple[str, int]], *, in_memory: bool) -> None:
    """Check after each change, and build where nothing is wrong; what is wrong is taken back.

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
            report = built()
            for change, number in steps:
                before = sources(root)
                CHANGES[change](root, number)
                findings = checked().findings
                assert findings == plain(root)
                if has_errors(findings):
                    put_back(root, before)
                    assert checked().findings == plain(root)
                report = built()
        assert_as_from_nothing(root, report)


def checked_again(project: Project) -> Checked:
    project.refresh(LocalCrew(1))
    return check_project(project, Day(AS_OF, AS_OF), LocalCrew(1))


def built_again(project: Project) -> BuildReport:
    return build(project, project.root / "site", BuildOptions(AS_OF, search=False), LocalCrew(1), unseen)


_SETTINGS = settings(
    deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.parametrize("in_memory", [False, True])
@settings(_SETTINGS, max_examples=6)
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


def built_after(
    root: Path, change: Callable[[], object] | None = None, *, compared: bool = True
) -> tuple[BuildReport, set[str], set[str]]:
    """Make a change and build; returns the report and the addresses of files that were written, and of those that went.

    Every other file is the same file as before. The site is ``compared`` with one that is built from nothing.
    """
    before = times(root / "site")
    if change is not None:
        change()
    report = build_site(root, root / "site")
    after = times(root / "site")
    if compared:
        assert_as_from_nothing(root, report)
    return report, {name for name in after if after[name] != before.get(name)}, before.keys() - after.keys()


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_where_nothing_changed_nothing_is_made(project: Path) -> None:
    for _attempt in range(2):
        report, written, gone = built_after(project, compared=False)
        assert (report.made, written, gone) == ((), set(), set())
    assert_as_from_nothing(project, report)


def test_the_first_build_makes_every_unit(project: Path) -> None:
    shutil.rmtree(project / "site")
    report, written, _ = built_after(project, compared=False)
    assert {OF_PERMIT, OF_ALLOWANCE, "home\t", "opml\t", "feed\tcases", "data\tlaws"} <= {*report.made}
    assert {"page:department\tweijian", "page:village\t511703100001", "page:rule\tN001"} <= {*report.made}
    assert written == {*files(project / "site")}


def test_a_comment_changes_nothing(project: Path) -> None:
    for path in (BASE["item"], BASE["law"], BASE["listing"], BASE["approvals"]):
        report, written, gone = built_after(
            project, lambda path=path: edit(project, path, "\n", "\n# 说明\n"), compared=False
        )
        assert (report.made, written, gone) == ((), set(), set())


def test_a_text_of_an_item_makes_that_item_alone(project: Path) -> None:
    change = lambda: edit(project, ALLOWANCE_PATH, "健在，且没有", "健在并且没有")  # noqa: E731
    report, written, gone = built_after(project, change)
    assert report.made == (OF_ALLOWANCE,)
    page = f"items/{ALLOWANCE}/index.html"
    assert {page, f"api/v1/items/{ALLOWANCE}.json"} <= written and not gone
    assert {name for name in written if ALLOWANCE not in name} == {"api/v1/items.csv"}


def test_a_text_that_no_list_has_writes_no_list(project: Path) -> None:
    change = lambda: give_a_right(project)  # noqa: E731
    report, written, _ = built_after(project, change)
    assert report.made == (OF_ALLOWANCE,)
    assert written and all(ALLOWANCE in name for name in written)


def test_a_name_is_changed_wherever_it_is_shown(project: Path) -> None:
    change = lambda: changes.edit_every_file(project, "80周岁以上老年人高龄津贴发放", "高龄津贴")  # noqa: E731
    report, written, gone = built_after(project, change)
    assert {OF_ALLOWANCE, "page:department\tminzheng", "page:town\ttingzi", "page:town\tmicheng"} <= {*report.made}
    assert {f"page:village\t{code}" for code in VILLAGES} <= {*report.made}
    assert not [unit for unit in report.made if unit.startswith(("page:rule", "page:theme\t准营准办", "page:search"))]
    shown = ("api/v1/items.json", "api/v1/items.csv", "assets/names.json.gz", "feeds/gongkai.opml", "items/index.html")
    places = ["departments/minzheng/index.html", "towns/tingzi/index.html", "villages/511703100001/index.html"]
    assert {*shown, *places, f"feeds/item-{ALLOWANCE}.rss", "audiences/person/index.html"} <= written and not gone
    said = {name for name, content in files(project / "site").items() if "高龄津贴发放".encode() in content}
    assert not said & written


def test_a_deleted_item_takes_its_files_along(project: Path) -> None:
    mine = {name for name in files(project / "site") if PERMIT in name}
    assert len(mine) > 5
    change = lambda: CHANGES["item_deleted"](project, items(project).index(PERMIT))  # noqa: E731
    report, written, gone = built_after(project, change)
    assert mine <= gone and OF_PERMIT not in report.made
    assert not (project / "site/items" / PERMIT).exists()
    assert {"api/v1/items.json", "items/index.html", "sitemap.xml", "departments/weijian/index.html"} <= written
    assert {"themes/yiliaoweisheng/index.html", "adjustments/2025-001/index.html"} <= gone


def test_an_item_comes_back(project: Path) -> None:
    before = files(project / "site")
    kept = sources(project)
    CHANGES["item_deleted"](project, 0)
    built_after(project, compared=False)
    report, written, gone = built_after(project, lambda: put_back(project, kept), compared=False)
    assert OF_ALLOWANCE in report.made and not gone
    assert f"items/{ALLOWANCE}/index.html" in written
    assert files(project / "site") == before


def test_a_new_item_shows_in_every_list(project: Path) -> None:
    report, written, gone = built_after(project, lambda: CHANGES["item_added"](project, 0))
    code = "510123300000"
    assert f"item\t{code}" in report.made
    assert {f"items/{code}/index.html", f"feeds/item-{code}.json", "sitemap.xml", "towns/tingzi/index.html"} <= written
    assert not gone


def test_an_item_with_another_code_is_another_item(project: Path) -> None:
    _, written, gone = built_after(project, lambda: CHANGES["code_everywhere"](project, 0))
    assert f"items/{ALLOWANCE}/index.html" in gone
    assert {name for name in files(project / "site") if ALLOWANCE in name} == set()
    assert "items/512011009000/index.html" in written


def test_a_file_that_moves_says_where_it_is_edited(project: Path) -> None:
    moved = project / "data/items/weijian" / f"{ALLOWANCE}.yml"
    report, written, _ = built_after(project, lambda: (project / ALLOWANCE_PATH).rename(moved))
    assert OF_ALLOWANCE in report.made
    assert f"data/items/weijian/{ALLOWANCE}.yml" in (project / "site/items" / ALLOWANCE / "index.html").read_text(
        "utf-8"
    )
    assert f"items/{ALLOWANCE}/index.html" in written


def test_a_case_is_shown_where_cases_are(project: Path) -> None:
    report, written, _ = built_after(project, lambda: CHANGES["case_received"](project, 2))
    assert {"feed\tcases", "feed\tdepartment-weijian", "page:approvals\t", "page:cases-of-month\t2026/3/1"} <= {
        *report.made
    }
    assert "items/index.html" not in written and "feeds/exposures.rss" not in written
    assert not [unit for unit in report.made if unit.startswith(("page:law", "page:rule", "page:village"))]


def test_a_hand_written_page_changes_what_comes_from_mkdocs(project: Path) -> None:
    page = "about/index.html"
    _, written, _ = built_after(project, lambda: CHANGES["hand_written"](project, 1))
    assert page in written
    text = (project / "site" / page).read_text(encoding="utf-8")
    _, written, _ = built_after(project, lambda: changes.edit_every_file(project, "高龄津贴发放", "高龄补助发放"))
    assert page in written
    assert (project / "site" / page).read_text(encoding="utf-8") == text.replace("高龄津贴发放", "高龄补助发放")


def test_a_template_makes_every_page_again(project: Path) -> None:
    report, written, _ = built_after(project, lambda: CHANGES["template"](project, 1))
    assert {OF_PERMIT, "page:department\tweijian", "page:rule\tN001"} <= {*report.made}
    assert "departments/weijian/index.html" in written


def test_the_district_is_everywhere(project: Path) -> None:
    report, written, _ = built_after(project, lambda: CHANGES["district"](project, 0))
    assert {OF_PERMIT, OF_ALLOWANCE, "home\t", "page:rule\tN001"} <= {*report.made}
    assert {"index.html", "about/index.html", f"items/{PERMIT}/index.html", "feeds/gongkai.opml"} <= written


def test_the_full_text_follows(project: Path) -> None:
    def indexed() -> set[str]:
        return {name for name, _ in times(project / "site").items() if name.startswith("pagefind/")}

    report = build_site(project, project / "site", search=True)
    assert_as_from_nothing(project, report, search=True)
    for change in (
        lambda: edit(project, ALLOWANCE_PATH, "健在，且没有", "健在并且没有"),
        lambda: CHANGES["hand_written"](project, 0),
        lambda: changes.edit_every_file(project, PERMIT_NAME, "公共场所卫生行政许可"),
    ):
        before = indexed()
        change()
        report = build_site(project, project / "site", search=True)
        assert_as_from_nothing(project, report, search=True)
        assert indexed() != before
    before = times(project / "site")
    edit(project, BASE["item"], "phone: ", "phone:  ")
    CHANGES["calendar"](project, 1)
    build_site(project, project / "site", search=True)
    assert {n: t for n, t in times(project / "site").items() if n.startswith("pagefind/")} == {
        n: t for n, t in before.items() if n.startswith("pagefind/")
    }


def test_several_indexes_of_full_texts_follow(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from one to several and back, and when an item goes or is no longer searched for."""
    monkeypatch.setattr("gongkai.publishing.search.full_text.GROUP", 2)

    def indexes() -> int:
        report = build_site(project, project / "site", search=True, jobs=2)
        assert_as_from_nothing(project, report, search=True)
        return len([*(project / "site/pagefind").rglob("pagefind-entry.json")])

    assert indexes() == 1
    for change, expected in (
        (CHANGES["item_added"], 2),
        (CHANGES["item_added"], 2),
        (CHANGES["item_cancelled"], 2),
        (CHANGES["item_deleted"], 2),
        (CHANGES["item_deleted"], 1),
    ):
        change(project, 0)
        assert indexes() == expected


def test_several_processes_make_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.publishing.building.setting._FEW", 0)
    monkeypatch.setattr("gongkai.publishing.building.setting._PORTION", 3)
    changes.edit_every_file(project, PERMIT_NAME, "公共场所卫生行政许可")
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
    changes.edit_every_file(project, PERMIT_NAME, "公共场所卫生行政许可")
    for _attempt in range(2):
        reports = [build_site(project, output) for output in (other, project / "site")]
        assert_as_from_nothing(project, reports[1])
        assert files(other) == files(project / "site")
        CHANGES["item_deleted"](project, 0)


def test_a_site_that_was_removed_is_forgotten(project: Path) -> None:
    other = project.parent / "other-site"
    build_site(project, other)

    def kept() -> set[str]:
        with opened(project) as known:
            tables = (
                "SELECT DISTINCT stage FROM made.units",
                "SELECT stage FROM made.parts",
                "SELECT name FROM made.notes",
            )
            return {name for query in tables for (name,) in known.store.rows(query) if "-site" in name}

    assert {f"site {other}", f"identity of {other}", f"count of {other}", f"circumstances of site {other}"} == kept()
    build_site(project, project / "site")
    assert kept()
    shutil.rmtree(other)
    report = build_site(project, project / "site")
    assert report.made == () and kept() == set()
    build_site(project, other)
    assert files(other) == files(project / "site")


def replaced_by_a_copy(root: Path) -> None:
    shutil.copytree(root / "site", root / "copy")
    shutil.rmtree(root / "site")
    (root / "copy").rename(root / "site")


MISSING: dict[str, Callable[[Path], object]] = {
    "the site": lambda root: shutil.rmtree(root / "site"),
    "its folders": lambda root: [shutil.rmtree(path) for path in (root / "site").iterdir() if path.is_dir()],
    "the home page": lambda root: (root / "site/index.html").unlink(),
    "the marker": lambda root: (root / "site/.gongkai-site").unlink(),
    "the site's own folder": replaced_by_a_copy,
    "the cache": lambda root: shutil.rmtree(root / ".cache"),
    "the units": lambda root: [path.unlink() for path in (root / ".cache").glob("kept-*.made.sqlite")],
    "the skin": lambda root: shutil.rmtree(root / ".cache/skin"),
    "what is known of the skin": lambda root: (root / ".cache/skin/skin.json").write_text("{}", encoding="utf-8"),
    "a style": lambda root: next((root / ".cache/skin/files").rglob("*.css")).unlink(),
    "the settings": lambda root: (root / ".cache/settings.json").write_text("[]", encoding="utf-8"),
}


@pytest.mark.parametrize("what", MISSING)
def test_what_is_missing_is_made_again(what: str, project: Path, with_a_right: dict[str, bytes]) -> None:
    expected = files(project / "site")
    MISSING[what](project)
    report = build_site(project, project / "site")
    assert differing(files(project / "site"), expected) == set() and report.files == len(expected)
    MISSING[what](project)
    give_a_right(project)
    report = build_site(project, project / "site")
    assert differing(files(project / "site"), with_a_right) == set() and report.files == len(with_a_right)


def test_what_hand_written_pages_link_to_must_stay(project: Path) -> None:
    about = project / "content/about.md"
    link = f"../items/{ALLOWANCE}/#materials"
    about.write_text(f"---\ntitle: 说明\n---\n\n# 说明\n\n见[津贴]({link})。\n", encoding="utf-8")
    built_after(project, compared=False)
    before, kept = times(project / "site"), sources(project)
    CHANGES["item_deleted"](project, 0)
    with pytest.raises(BrokenLinksError) as caught:
        build_site(project, project / "site")
    assert caught.value.broken == [("about/index.html", link)]
    with pytest.raises(BrokenLinksError) as caught:
        built_from_nothing(project)
    assert caught.value.broken == [("about/index.html", link)]
    assert times(project / "site") == before
    put_back(project, kept)
    built_after(project, compared=False)


def test_elements_that_hand_written_pages_link_to_must_stay(project: Path) -> None:
    about = project / "content/about.md"
    link = "../approvals/2026/03/#case-511703-20260302-0002"
    about.write_text(f"---\ntitle: 说明\n---\n\n# 说明\n\n见[办件]({link})。\n", encoding="utf-8")
    built_after(project, compared=False)
    change_record(project, BASE["approvals"], cases=changes.read(project, BASE["approvals"])["cases"][:1])
    for built in (lambda: build_site(project, project / "site"), lambda: built_from_nothing(project)):
        with pytest.raises(BrokenLinksError) as caught:
            built()
        assert [page for page, _ in caught.value.broken] == ["about/index.html"]
    about.write_text("---\ntitle: 说明\n---\n\n# 说明\n\n没有。\n", encoding="utf-8")
    built_after(project)


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
    name = changes.read(project, ALLOWANCE_PATH)["name"]
    assert len(words_in(project / "site", name)) > 10
    kept = sources(project)
    built_after(project, lambda: change_record(project, ALLOWANCE_PATH, secrecy=changes.STATE))
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
    assert changes.read(root, ALLOWANCE_PATH)["effective_on"] == str(TOMORROW)


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


@pytest.mark.parametrize("what", LATER)
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
