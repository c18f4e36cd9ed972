"""A change makes again what shows it, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from building import build_site
from commands import files
from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.gates.links import BrokenLinksError
from gongkai.publishing.skin.shell import SkinError
from publishing.building.comparing import (
    ALLOWANCE_PATH,
    OF_ALLOWANCE,
    OF_PERMIT,
    assert_as_from_nothing,
    built_after,
    built_from_nothing,
    edit,
    give_a_right,
    put_back,
    sources,
    times,
)
from publishing.district_files import edit_every_file, items, read
from publishing.edits import ALLOWANCE, CHANGES, PERMIT
from support import BASE, change_record

VILLAGES = ("511703100001", "511703100002", "511703100003", "511703235001")


def test_where_nothing_changed_nothing_is_made(project: Path) -> None:
    for _attempt in range(2):
        report, written, gone = built_after(project, compared=False)
        assert (report.made, written, gone) == ((), set(), set())
    assert_as_from_nothing(project, report)


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
    change = lambda: edit_every_file(project, "80周岁以上老年人高龄津贴发放", "高龄津贴")  # noqa: E731
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


def test_a_telephone_number_of_a_town_makes_no_other_town(project: Path) -> None:
    report, _, _ = built_after(project, lambda: edit(project, BASE["town"], "0818-0000000", "0818-0000001"))
    towns = {unit for unit in report.made if unit.startswith("page:town\t")}
    assert towns == {"page:town\ttingzi"}


def test_an_earlier_version_does_not_depend_on_organisations_that_it_does_not_name(project: Path) -> None:
    assert (project / "site/items" / PERMIT / "versions/1/index.html").is_file()
    change = lambda: change_record(project, "data/organizations/departments/minzheng.yml", duties="另外的职责。")  # noqa: E731
    report, written, _ = built_after(project, change)
    assert "departments/minzheng/index.html" in written
    assert OF_PERMIT not in report.made


def test_a_case_is_shown_where_cases_are(project: Path) -> None:
    report, written, _ = built_after(project, lambda: CHANGES["case_received"](project, 2))
    assert {"feed\tcases", "feed\tdepartment-weijian", "page:approvals\t", "page:cases-of-month\t2026/3/1"} <= {
        *report.made
    }
    assert "items/index.html" not in written and "feeds/exposures.rss" not in written
    assert not [unit for unit in report.made if unit.startswith(("page:law", "page:rule", "page:village"))]


def test_a_hand_written_page_changes_what_comes_from_mkdocs(project: Path) -> None:
    page = "about/index.html"
    report, written, _ = built_after(project, lambda: CHANGES["hand_written"](project, 1))
    assert page in written and "sitemap.xml" not in written
    assert not [unit for unit in report.made if not unit.startswith(("page:feeds", "feed", "opml"))]
    text = (project / "site" / page).read_text(encoding="utf-8")
    _, written, _ = built_after(project, lambda: edit_every_file(project, "高龄津贴发放", "高龄补助发放"))
    assert page in written
    assert (project / "site" / page).read_text(encoding="utf-8") == text.replace("高龄津贴发放", "高龄补助发放")


def outside_of_the_navigation(project: Path, path: str) -> None:
    """Build a project that has pages of which its navigation says nothing: others must be listed in mkdocs.yml."""
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + f"\nnot_in_nav: {path}\n", encoding="utf-8")
    build_site(project, project / "site")


def test_hand_written_pages_come_and_go(project: Path) -> None:
    outside_of_the_navigation(project, "/guides/new.md")
    page = project / "content/guides/new.md"

    def add() -> None:
        page.write_text("---\ntitle: 新指引\n---\n\n# 新指引\n\n说明。\n", encoding="utf-8")

    report, written, gone = built_after(project, add)
    assert written == {"guides/new/index.html", "sitemap.xml"} and not gone and not report.made
    report, written, gone = built_after(project, page.unlink)
    assert written == {"sitemap.xml"} and gone == {"guides/new/index.html"} and not report.made


def test_a_hand_written_page_cannot_take_the_place_of_another(project: Path) -> None:
    outside_of_the_navigation(project, "/items/")
    page = project / f"content/items/{PERMIT}.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: 占位\n---\n\n# 占位\n\n说明。\n", encoding="utf-8")
    before = files(project / "site")
    with pytest.raises(SkinError, match=f"items/{PERMIT}"):
        build_site(project, project / "site")
    assert files(project / "site") == before


def test_attachments_that_are_linked_to_must_stay(project: Path) -> None:
    (project / "content/forms").mkdir()
    (project / "content/forms/a.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    page = project / "content/about.md"
    text = "---\ntitle: 关于\n---\n\n# 关于\n\n请[下载](forms/a.pdf)。\n"
    page.write_text(text, encoding="utf-8")
    build_site(project, project / "site")
    (project / "content/forms/a.pdf").unlink()
    with pytest.raises(UnpublishableError, match=r"forms/a\.pdf"):
        build_site(project, project / "site")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("forms/a.pdf", "forms/a.pdf/b.pdf"),
        ("forms/a.pdf/b.pdf", "forms/a.pdf"),
        ("forms/a.pdf", "forms/A.pdf"),
        ("forms/a.pdf", "Forms/a.pdf"),
        ("forms/a.pdf", "Forms/b.pdf"),
    ],
)
def test_an_attachment_may_come_in_the_way_of_one_that_goes(project: Path, old: str, new: str) -> None:
    content = project / "content"

    def put(address: str) -> None:
        (content / address).parent.mkdir(parents=True)
        (content / address).write_bytes(b"%PDF-1.4\n%%EOF\n")

    def replace() -> None:
        shutil.rmtree(content / "forms")
        put(new)

    built_after(project, lambda: put(old), compared=False)
    report, _, gone = built_after(project, replace)
    assert gone == {old} and OF_PERMIT in report.made


def test_a_template_makes_every_page_again(project: Path) -> None:
    report, written, _ = built_after(project, lambda: CHANGES["template"](project, 1))
    assert {OF_PERMIT, "page:department\tweijian", "page:rule\tN001"} <= {*report.made}
    assert "departments/weijian/index.html" in written


def test_the_district_is_everywhere(project: Path) -> None:
    report, written, _ = built_after(project, lambda: CHANGES["district"](project, 0))
    assert {OF_PERMIT, OF_ALLOWANCE, "home\t", "page:rule\tN001"} <= {*report.made}
    assert {"index.html", "about/index.html", f"items/{PERMIT}/index.html", "feeds/gongkai.opml"} <= written


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


def test_a_link_to_a_name_that_no_file_can_have_is_broken(project: Path) -> None:
    (project / "content/forms").mkdir()
    (project / "content/forms/一.pdf").write_bytes(b"%PDF-1.7\n")
    built_after(project, compared=False)
    form = f"forms/{'一' * 100}.pdf"
    edit(
        project,
        ALLOWANCE_PATH,
        "    specification: A4\n",
        f"    specification: A4\n    blank_form: {{title: 申请表, path: {form}}}\n",
    )
    before = times(project / "site")
    for built in (lambda: build_site(project, project / "site"), lambda: built_from_nothing(project)):
        with pytest.raises(BrokenLinksError) as caught:
            built()
        assert caught.value.broken == [(f"items/{ALLOWANCE}/index.html", f"../../{form}")]
    assert times(project / "site") == before


def test_elements_that_hand_written_pages_link_to_must_stay(project: Path) -> None:
    about = project / "content/about.md"
    link = "../approvals/2026/03/#case-511703-20260302-0002"
    about.write_text(f"---\ntitle: 说明\n---\n\n# 说明\n\n见[办件]({link})。\n", encoding="utf-8")
    built_after(project, compared=False)
    change_record(project, BASE["approvals"], cases=read(project, BASE["approvals"])["cases"][:1])
    for built in (lambda: build_site(project, project / "site"), lambda: built_from_nothing(project)):
        with pytest.raises(BrokenLinksError) as caught:
            built()
        assert [page for page, _ in caught.value.broken] == ["about/index.html"]
    about.write_text("---\ntitle: 说明\n---\n\n# 说明\n\n没有。\n", encoding="utf-8")
    built_after(project)
