"""What the catalogue answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.loading import load
from gongkai.model.vocabulary import AcceptanceLevel, Audience, ItemType
from support import BASE, ROOT, change_record, check_catalogue, copy_district, data_of, places

PERMIT, ALLOWANCE = "510123001000", "512011001000"


@pytest.fixture
def catalogue(district: Path):
    return load(district)[0]


def names(items) -> list[str]:
    return [item.code for item in items]


def test_items_by_every_question(catalogue) -> None:
    assert names(catalogue.listed("items_by_department", "weijian")) == [PERMIT]
    assert catalogue.answers("items_by_level")[AcceptanceLevel.VILLAGE] == [ALLOWANCE]
    assert catalogue.answers("items_by_level")[AcceptanceLevel.DISTRICT] == [ALLOWANCE, PERMIT]
    assert names(catalogue.listed("items_by_audience", Audience.ENTERPRISE)) == [PERMIT]
    assert names(catalogue.listed("items_by_theme", "准营准办")) == [PERMIT]
    assert catalogue.sizes("items_by_department") == {"minzheng": 1, "weijian": 1}


def test_who_has_to_publish_an_item(catalogue) -> None:
    assert {identity: names((catalogue.duties(identity) or ("", []))[1]) for identity in ("weijian", "minzheng")} == {
        "weijian": [PERMIT],
        "minzheng": [ALLOWANCE],
    }
    noun, due = catalogue.duties("511703100001")
    assert (noun, names(due)) == ("村（社区）", [ALLOWANCE])
    assert catalogue.duties("nobody") is None
    assert [catalogue.is_due(code, "weijian") for code in (PERMIT, ALLOWANCE, "510000000000")] == [True, False, False]
    assert not catalogue.is_due(PERMIT, "nobody")
    assert catalogue.listing_terms(["510000000000"]) == [None]


def test_where_an_item_can_be_handled(catalogue) -> None:
    found = catalogue.places(catalogue.items[ALLOWANCE])
    assert [(p.organization.id, p.window.place) for p in found] == [
        ("minzheng", "区民政局养老服务股（演示地址）"),
        ("micheng", "米城乡便民服务中心综合窗口"),
        ("tingzi", "亭子镇便民服务中心综合窗口"),
    ]
    assert [p.acceptance.role.value for p in found] == ["受理", "受理初审", "受理初审"]


def test_what_a_town_and_its_villages_offer(catalogue) -> None:
    town = catalogue.towns["tingzi"]
    assert names(catalogue.offered_by(town)) == [ALLOWANCE, PERMIT]
    village = town.villages[0]
    assert names(catalogue.offered_by(village)) == [ALLOWANCE]
    assert catalogue.is_in_villages(catalogue.items[ALLOWANCE])
    assert not catalogue.is_in_villages(catalogue.items[PERMIT])
    assert names(catalogue.offered_by(catalogue.departments["weijian"])) == [PERMIT]


def test_a_village_that_no_town_knows_offers_nothing(district: Path) -> None:
    first, *others = sorted((district / "data/listings/villages").glob("*.yml"))
    for path in others:
        path.unlink()
    first.rename(first.with_name("511703999001.yml"))
    change_record(district, "data/listings/villages/511703999001.yml", organization="511703999001")
    catalogue = load(district)[0]
    assert "511703999001" in catalogue.listings
    assert not catalogue.is_in_villages(catalogue.items[ALLOWANCE])


def test_an_item_that_stands_twice_in_a_list_has_two_places_there(district: Path) -> None:
    entries = data_of((district / BASE["listing"]).read_text(encoding="utf-8"))["entries"]
    change_record(district, BASE["listing"], entries=[*entries, *entries])
    catalogue = load(district)[0]
    assert [place.organization.id for place in catalogue.places(catalogue.items[PERMIT])][:2] == ["weijian"] * 2


def test_who_supervises(catalogue) -> None:
    complaint = catalogue.complaint(catalogue.items[PERMIT])
    assert complaint.phone == "12345" and complaint.window.startswith("区卫生健康局")


def test_the_implementation_code_is_derived(catalogue) -> None:
    assert catalogue.implementation_code(catalogue.items[PERMIT]) == "11511703000000166U" + "4" + PERMIT


def test_which_items_cite_a_law(catalogue) -> None:
    assert names(catalogue.listed("items_by_law", "laonianrenquanyibaozhangfa")) == [ALLOWANCE]
    assert names(catalogue.listed("items_by_law", "minfadian")) == []


def test_a_cancelled_item_is_kept_but_not_offered(district: Path) -> None:
    cancellation = {"on": "2026-06-01", "basis": "国办发〔2022〕2号", "note": "改为备案，不再审批"}
    change_record(district, BASE["item"], status="取消", cancellation=cancellation)
    catalogue, findings = check_catalogue(district)
    assert {f.code for f in findings} == {"N004"}
    assert PERMIT in catalogue.items and "weijian" not in catalogue.answers("items_by_department")
    assert catalogue.offered_by(catalogue.departments["weijian"]) == []


def test_an_item_code_is_used_once(district: Path) -> None:
    text = (district / BASE["item"]).read_bytes()
    (district / "data/items/minzheng/510123001000.yml").write_bytes(text)
    _, findings = load(district)
    second = "data/items/weijian/510123001000.yml"
    assert ("R006", second, 2, 7) in places(findings)


def test_village_codes_are_used_once_in_the_district(district: Path) -> None:
    path = district / BASE["town"]
    path.write_text(path.read_text(encoding="utf-8").replace("511703100003", "511703100002"), encoding="utf-8")
    _, findings = load(district)
    assert [f.code for f in findings] == ["R006"]


def test_a_division_code_is_one_place(district: Path) -> None:
    """In the second town its own code is that of a village of the first, and two of its villages have one code of the first."""
    first = district / BASE["town"]
    text = first.read_text(encoding="utf-8").replace("tingzi", "zuihou")
    text = text.replace("511703100", "511703999").replace("511703999000", "511703100001")
    second = first.with_name("zuihou.yml")
    for code in ("511703999002", "511703999003"):
        text = text.replace(code, "511703100002")
    second.write_text(text, encoding="utf-8")
    _, findings = load(district)
    lines = {f.line for f in findings if f.code == "R006" and f.path == "data/organizations/towns/zuihou.yml"}
    assert lines == {n for n, line in enumerate(text.splitlines(), 1) if "code: " in line and "511703100" in line}
    assert len(lines) == 3 == sum(f.code == "R006" for f in findings)
    assert {f.message.rpartition(" ")[2] for f in findings if f.code == "R006"} == {BASE["town"]}


def test_departments_and_towns_share_no_id(district: Path) -> None:
    source = (district / BASE["town"]).read_text(encoding="utf-8")
    (district / BASE["town"]).unlink()
    (district / "data/organizations/towns/weijian.yml").write_text(
        source.replace("id: tingzi", "id: weijian"), encoding="utf-8"
    )
    assert ("R006", "data/organizations/towns/weijian.yml", 2, 5) in places(load(district)[1])
    (district / "data/organizations/towns/weijian.yml").unlink()
    (district / "data/organizations/towns/towns.yml").write_text(
        source.replace("id: tingzi", "id: towns"), encoding="utf-8"
    )
    assert ("R006", "data/organizations/towns/towns.yml", 2, 5) in places(load(district)[1])


def test_misplaced_files_are_findings(district: Path) -> None:
    (district / "data/items/readme.txt").write_text("x", encoding="utf-8")
    assert ("S007", "data/items/readme.txt", 1, 1) in places(load(district)[1])


def test_links_out_of_the_project_are_not_followed(district: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("password: 123456", encoding="utf-8")
    (district / "data/items/weijian/510123099000.yml").symlink_to(secret)
    (district / "data/laws/loop.yml").symlink_to("loop.yml")
    (district / "content/linked.md").symlink_to(secret)
    (district / "content/picture.png").symlink_to(secret)
    (district / "data/items/linked").symlink_to(tmp_path, target_is_directory=True)
    _, findings = load(district)
    assert {f.code for f in findings} == {"S007"}
    assert {f.path for f in findings} >= {
        "data/items/weijian/510123099000.yml",
        "data/laws/loop.yml",
        "content/linked.md",
        "content/picture.png",
        "data/items/linked",
    }
    assert all("123456" not in f.message for f in findings)


def test_content_holds_pages_and_attachments_only(district: Path) -> None:
    for name in ("evil.html", "picture.svg", "assets/js/site.js", "forms/表.pdf"):
        (district / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (district / "content" / name).write_text("<script>alert(1)</script>", encoding="utf-8")
    found = {f.path for f in load(district)[1] if f.code == "S007"}
    assert found == {"content/evil.html", "content/picture.svg", "content/assets/js/site.js"}


@pytest.mark.parametrize("name", ["表\n格.xlsx", "说\x1b明.md", "图\u200b片.png"])
def test_names_that_nobody_could_type(name: str, district: Path) -> None:
    (district / "content" / name).write_bytes(b"# a\n")
    (finding,) = [finding for finding in load(district)[1] if finding.message == "文件名里有看不见的字符"]
    assert (finding.code, finding.path) == ("S007", f"content/{name}")


def test_no_data_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path)


@pytest.fixture(scope="module")
def shipped():
    return check_catalogue(ROOT)


class TestShippedData:
    """The demonstration catalogue."""

    def test_has_no_findings_but_late_publications(self, shipped) -> None:
        assert [finding for finding in shipped[1] if finding.code != "K030"] == []
        assert len(shipped[1]) == 3

    def test_is_complete(self, shipped) -> None:
        catalogue = shipped[0]
        assert len(catalogue.towns) == 33
        assert len(catalogue.villages) == 452
        assert len(catalogue.departments) == 38
        assert set(catalogue.listings) == {*catalogue.departments, *catalogue.towns, *catalogue.villages}

    def test_has_enough_items(self, shipped) -> None:
        items = list(shipped[0].active_items())
        permits = [i for i in items if i.type is ItemType.PERMIT]
        local = [
            i
            for i in items
            if any(a.level is AcceptanceLevel.VILLAGE for a in i.acceptance) and i.type is not ItemType.PERMIT
        ]
        other = [i for i in items if i.type is not ItemType.PERMIT and i.type is not ItemType.PUBLIC_SERVICE]
        assert len(items) >= 80
        assert len(permits) >= 45 and len({i.department for i in permits}) >= 18
        assert len(local) >= 25
        assert len(other) >= 10

    def test_no_two_items_share_boilerplate(self, shipped) -> None:
        seen: dict[str, str] = {}
        for item in shipped[0].items.values():
            sentences = [*item.conditions, *(s.action for s in item.procedure), *(q.answer for q in item.questions)]
            for sentence in sentences:
                if len(sentence) >= 10:
                    assert seen.setdefault(sentence, item.code) == item.code, sentence

    def test_every_village_name_is_unique_with_its_town(self, shipped) -> None:
        full = [(town.short_name, village.name) for village, town in shipped[0].villages.values()]
        assert len(full) == len(set(full)) == 452
        assert sum(name == "金银村" for _, name in full) == 2

    def test_the_fixture_district_is_a_part_of_it(self, tmp_path: Path) -> None:
        root = copy_district(tmp_path)
        for path in ("data/organizations/district.yml", BASE["item"], BASE["department"]):
            assert (root / path).read_bytes() == (ROOT / path).read_bytes()
