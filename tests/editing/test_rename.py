"""Renaming changes the name everywhere and nothing else, or changes nothing."""

from __future__ import annotations

import datetime
import difflib
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.editing.changeset import write
from gongkai.editing.rename import Plan, plan
from gongkai.editing.renaming import RefusedError, Request, WorseError, name_problem
from gongkai.finding import Finding
from gongkai.loading import load
from gongkai.privacy.personal_data import find
from gongkai.versions.history import organization_as_of, rebuild
from support import AS_OF, BASE, change_record, check, copy_district, data_of

CODE, OTHER = "510123001000", "512011001000"
OLD = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
NEW = "公共场所卫生许可（住宿、美容、沐浴等）"
OTHER_ITEM = "data/items/minzheng/512011001000.yml"
TOWN_LISTING = "data/listings/towns/tingzi.yml"
TOWN_LISTINGS = (TOWN_LISTING, "data/listings/towns/micheng.yml")
ON = datetime.date(2026, 11, 1)
BASIS = "川办发〔2026〕9号"


def replace(root: Path, path: str, old: str, new: str) -> None:
    text = read(root, path)
    assert text.count(old) == 1, (path, old)
    (root / path).write_bytes(text.replace(old, new).encode())


def read(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode()


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def kinds(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.path, finding.code) for finding in findings]


def rename(root: Path, identity: str = CODE, name: str = NEW, **options: Any) -> Plan:
    """Rename and write; the result must check with nothing new."""
    before = check(root)
    request = Request(**{"identity": identity, "name": name, "on": ON, "basis": BASIS, **options})
    made = plan(root, request, AS_OF)
    write(root, made.changes)
    assert not Counter(kinds(check(root))) - Counter(kinds(before))
    return made


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and the lines that came."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    gone, come = ([line[2:].strip() for line in lines if line[0] == sign] for sign in "-+")
    return gone, come


def test_only_names_and_the_version_change(district: Path) -> None:
    before = contents(district)
    made = rename(district)
    after = contents(district)
    assert made.record is not None
    new_record = {path for path in after if path not in before}
    assert new_record == {made.record}
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {BASE["item"], BASE["listing"], *TOWN_LISTINGS}
    for path in (BASE["listing"], *TOWN_LISTINGS):
        assert before[path].replace(OLD.encode(), NEW.encode()) == after[path]
    gone, come = changed_lines(before[BASE["item"]].decode(), after[BASE["item"]].decode())
    assert gone == [f"name: {OLD}", "version: 2", "effective_on: 2025-07-01", "updated_on: 2026-03-12"]
    assert come == [
        *(f"name: {NEW}", f"- name: {OLD}", "until: 2026-11-01", f"basis: {BASIS}"),
        *("version: 3", "effective_on: 2026-11-01", "updated_on: 2026-11-23"),
    ]


def test_the_adjustment_records_what_changed(district: Path) -> None:
    made = rename(district)
    assert made.record == "data/adjustments/2026/2026-001.yml"
    assert data_of(read(district, made.record)) == {
        "id": "2026-001",
        "demonstration": True,
        "effective_on": "2026-11-01",
        "published_on": "2026-11-23",
        "basis": BASIS,
        "note": f"“{OLD}”更名为“{NEW}”，办理条件、申请材料、时限和收费不变。",
        "changes": [
            {
                "kind": "更名",
                "item": CODE,
                "name": NEW,
                "version": 3,
                "previous_effective_on": "2025-07-01",
                "elements": [{"path": "name", "old": OLD, "new": NEW}],
            }
        ],
    }


def test_earlier_versions_can_be_rebuilt(district: Path) -> None:
    rename(district)
    catalogue, _ = load(district)
    history = rebuild(catalogue.items[CODE], catalogue.adjustments.values())
    assert history.obstacle is None
    assert [version.item.name for version in history.versions][:2] == [NEW, OLD]


def test_a_second_time_there_is_nothing_left_to_do(district: Path) -> None:
    rename(district)
    before = contents(district)
    assert plan(district, Request(CODE, NEW, ON, BASIS), AS_OF).changes == {}
    assert contents(district) == before


def test_after_being_killed_midway_it_can_be_run_again(district: Path) -> None:
    before = kinds(check(district))
    made = plan(district, Request(CODE, NEW, ON, BASIS), AS_OF)
    assert list(made.changes)[-1] == BASE["item"]
    for path in list(made.changes)[:-1]:
        (district / path).parent.mkdir(parents=True, exist_ok=True)
        (district / path).write_bytes(made.changes[path].after)
    again = plan(district, Request(CODE, NEW, ON, BASIS), AS_OF)
    assert list(again.changes) == [BASE["item"]]
    assert again.record is None
    write(district, again.changes)
    assert not Counter(kinds(check(district))) - Counter(before)


def test_back_to_a_former_name(district: Path) -> None:
    former = "公共场所卫生许可证核发"
    replace(district, BASE["item"], f"- name: {former}\n", f"- name: {former}  # 老名称\n")
    for path in (district / "data/adjustments").rglob("*.yml"):
        # A short form of one of the names would be a fault under the other.
        path.write_text(re.sub("(?m)^note: .*", "note: 时限缩短。", path.read_text(encoding="utf-8")), encoding="utf-8")
    for name, other, day in ((former, OLD, ON), (OLD, former, datetime.date(2026, 11, 20))):
        found = check(district, as_of=day)
        write(district, plan(district, Request(CODE, name, day, BASIS), day).changes)
        assert not Counter(kinds(check(district, as_of=day))) - Counter(kinds(found))
        text = read(district, BASE["item"])
        assert data_of(text)["name"] == name
        assert data_of(text)["former_names"] == [{"name": other, "until": str(day), "basis": BASIS}]
        assert f"- name: {other}  # 老名称\n" in text


def test_former_names_stay_in_the_order_of_time(district: Path) -> None:
    names = [
        {"name": f"许可名称{sign}", "until": f"20{n}-01-01", "basis": f"{n}号"} for n, sign in ((11, "甲"), (12, "乙"))
    ]
    change_record(district, BASE["item"], former_names=names)
    rename(district, name="许可名称甲")
    found = data_of(read(district, BASE["item"]))["former_names"]
    assert [former["name"] for former in found] == ["许可名称乙", OLD]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("former_names:\n", "# 上面的注释\nformer_names:  # 旁边的注释\n", f"    basis: {BASIS}\n"),
        (f"name: {OLD}\n", f'name: "{OLD}"  # 名称\n', f'name: "{NEW}"  # 名称\n'),
        (f"name: {OLD}\n", f"name: '{OLD}'\n", f"name: '{NEW}'\n"),
        (f"name: {OLD}\n", f"name: |-\n  {OLD}\n", f"name: {NEW}\nformer_names:\n"),
        (f"name: {OLD}\n", f"name:   {OLD}   # 名称\n", f"name:   {NEW}   # 名称\n"),
        (
            "former_names:\n  - name: 公共场所卫生许可证核发\n    until: 2022-06-01\n    basis: 国办发〔2022〕2号\n",
            "",
            f"name: {NEW}\nformer_names:\n  - name: {OLD}\n    until: 2026-11-01\n    basis: {BASIS}\neveryday_names:\n",
        ),
        (
            "former_names:\n  - name: 公共场所卫生许可证核发\n    until: 2022-06-01\n    basis: 国办发〔2022〕2号\n",
            "former_names: []  # 没有\n",
            f"former_names: [{{name: {OLD}, until: 2026-11-01, basis: {BASIS}}}]  # 没有\n",
        ),
        (
            "former_names:\n  - name: 公共场所卫生许可证核发\n    until: 2022-06-01\n    basis: 国办发〔2022〕2号\n",
            "former_names:\n- basis: 国办发〔2022〕2号 # 依据\n  name: 公共场所卫生许可证核发\n  until: 2022-06-01 # 日期\n# 完\n",
            f"# 日期\n- name: {OLD}\n  until: 2026-11-01\n  basis: {BASIS}\n# 完\n",
        ),
        (
            "former_names:\n  - name: 公共场所卫生许可证核发\n    until: 2022-06-01\n    basis: 国办发〔2022〕2号\n",
            "former_names: [{name: 公共场所卫生许可证核发, until: 2022-06-01, basis: 国办发〔2022〕2号}] # 完\n",
            f"2号}}, {{name: {OLD}, until: 2026-11-01, basis: {BASIS}}}] # 完\n",
        ),
    ],
)
def test_comments_and_layout_stay(old: str, new: str, expected: str, district: Path) -> None:
    replace(district, BASE["item"], old, new)
    comments = re.findall("#.*", read(district, BASE["item"]))
    rename(district)
    after = read(district, BASE["item"])
    if "|-" not in new:
        assert expected in after
    assert data_of(after)["name"] == NEW
    assert re.findall("#.*", after) == comments


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_stay(ending: str, district: Path) -> None:
    for path in (BASE["item"], TOWN_LISTING):
        (district / path).write_bytes(read(district, path).replace("\n", ending).encode())
    rename(district)
    for path in (BASE["item"], TOWN_LISTING):
        after = read(district, path)
        assert after.count("\n") == after.count(ending) * (ending == "\r\n")
        assert NEW in after


def test_files_written_as_json_are_changed_too(district: Path) -> None:
    change_record(district, BASE["item"], former_names=None)
    change_record(district, BASE["listing"])
    rename(district)
    assert f'"name": "{NEW}", "former_names": [{{"name": "{OLD}", "until"' in read(district, BASE["item"])
    assert f'"name": "{NEW}"' in read(district, BASE["listing"])


def test_free_text_of_other_records_follows(district: Path) -> None:
    replace(district, OTHER_ITEM, "summary: 户籍", f"summary: 与{OLD}无关；户籍")
    replace(district, TOWN_LISTING, "window:\n", f"note: 本镇代办{OLD}\nwindow:\n")
    replace(district, BASE["department"], "duties: 负责", f"duties: 负责{OLD}、")
    rename(district)
    assert f"summary: 与{NEW}无关；户籍" in read(district, OTHER_ITEM)
    assert f"note: 本镇代办{NEW}\n" in read(district, TOWN_LISTING)
    assert f"duties: 负责{NEW}、" in read(district, BASE["department"])
    assert "version: 1\n" in read(district, OTHER_ITEM)


def short_name(root: Path, name: str = "公共场所许可") -> None:
    """Give the item a name that is part of many others; its past is taken from it."""
    for path in (root / "data/adjustments", root / "data/approvals", root / "data/supervision"):
        for file in path.rglob("*.yml"):
            file.unlink()
    for path in (BASE["item"], BASE["listing"], TOWN_LISTING):
        replace(root, path, f"name: {OLD}\n", f"name: {name}\n")


def test_a_document_named_after_the_item_stays(district: Path) -> None:
    short_name(district)
    replace(district, BASE["item"], "name: 公共场所卫生许可证申请表\n", "name: 公共场所许可申请表\n")
    replace(district, OTHER_ITEM, "  - 具有达川区户籍\n", "  - 填好公共场所许可申请表，先办公共场所许可\n")
    made = rename(district, name="新的许可")
    assert "  - 填好公共场所许可申请表，先办新的许可\n" in read(district, OTHER_ITEM)
    (place,) = made.remaining
    assert (place.path, place.reason) == (OTHER_ITEM, "是“公共场所许可申请表”的一部分")
    assert read(district, OTHER_ITEM).splitlines()[place.line - 1] == "  - 填好公共场所许可申请表，先办新的许可"


def test_a_name_that_is_part_of_another_items_name_stays(district: Path) -> None:
    short_name(district)
    replace(district, OTHER_ITEM, "name: 80周岁以上老年人高龄津贴发放\n", "name: 公共场所许可变更\n")
    for path in (*(p.relative_to(district).as_posix() for p in (district / "data/listings").rglob("*.yml")),):
        text = read(district, path).replace("80周岁以上老年人高龄津贴发放", "公共场所许可变更")
        (district / path).write_bytes(text.encode())
    page = "---\ntitle: 公共场所许可变更\n---\n\n公共场所许可变更和公共场所许可不同。\n"
    (district / "content/a.md").write_text(page, encoding="utf-8")
    rename(district, name="新的许可")
    assert read(district, "content/a.md") == page.replace("和公共场所许可不", "和新的许可不")
    assert "公共场所许可变更" in read(district, OTHER_ITEM)


def test_a_document_of_the_same_name_is_left_to_the_clerk(district: Path) -> None:
    short_name(district)
    replace(district, OTHER_ITEM, "  - name: 高龄津贴申请表\n", "  - name: 公共场所许可\n")
    replace(district, OTHER_ITEM, "  - 具有达川区户籍\n", "  - 持有公共场所许可\n")
    (district / "content/a.md").write_text(f"---\ntitle: 一\n---\n\n[[{CODE}|公共场所许可]]\n", encoding="utf-8")
    made = rename(district, name="新的许可")
    assert "  - 持有公共场所许可\n" in read(district, OTHER_ITEM)
    assert [place.path for place in made.remaining] == [OTHER_ITEM]
    assert f"[[{CODE}|新的许可]]" in read(district, "content/a.md")


def test_pages_follow(district: Path) -> None:
    page = f"---\ntitle: 怎样办{OLD}\n---\n# {OLD}\n\n[[{CODE}]]、[[{CODE}|{OLD}]]，不要写成`{OLD}`。\n"
    (district / "content/a.md").write_text(page, encoding="utf-8")
    rename(district)
    assert read(district, "content/a.md") == page.replace(OLD, NEW).replace(f"`{NEW}`", f"`{OLD}`")


def test_the_past_keeps_its_names(district: Path) -> None:
    past = {path: text for path, text in contents(district).items() if "/adjustments/" in path or "/approvals/" in path}
    assert any(OLD in text.decode() for text in past.values())
    rename(district)
    after = contents(district)
    assert all(after[path] == text for path, text in past.items())


def test_an_item_of_whose_substance_the_name_is_gets_a_new_version(district: Path) -> None:
    replace(district, OTHER_ITEM, "  - 具有达川区户籍\n", f"  - 没有{OLD}\n")
    replace(district, OTHER_ITEM, "version: 1\n", "version: 2\n")
    record = {
        "effective_on": "2025-01-01",
        "published_on": "2025-01-02",
        "basis": "某号",
        "note": "改了条件。",
        "changes": [
            {
                "kind": "要素变更",
                "item": OTHER,
                "name": "80周岁以上老年人高龄津贴发放",
                "version": 2,
                "previous_effective_on": "2024-01-01",
                "elements": [{"path": "conditions", "new": data_of(read(district, OTHER_ITEM))["conditions"]}],
            }
        ],
    }
    path = "data/adjustments/2025/2025-009.yml"
    (district / path).parent.mkdir(parents=True, exist_ok=True)
    change = {"id": "2025-009", **record}
    (district / path).write_text(
        "# yaml-language-server: $schema=../../../schema/adjustment.json\n{}\n", encoding="utf-8"
    )
    change_record(district, path, **change)
    made = rename(district)
    assert made.record is not None
    changes = data_of(read(district, made.record))["changes"]
    assert [(change["kind"], change["item"], change["version"]) for change in changes] == [
        ("更名", CODE, 3),
        ("要素变更", OTHER, 3),
    ]
    catalogue, _ = load(district)
    history = rebuild(catalogue.items[OTHER], catalogue.adjustments.values())
    assert history.obstacle is None
    assert [version.item.conditions[:1] for version in history.versions] == [[f"没有{NEW}"], [f"没有{OLD}"], []]


def test_an_organization_is_renamed_with_its_short_name(district: Path) -> None:
    page = "---\ntitle: 说明\n---\n\n区卫生健康局就是达州市达川区卫生健康局，[[department:weijian|区卫生健康局]]。\n"
    (district / "content/a.md").write_text(page, encoding="utf-8")
    new, short = "达州市达川区卫生健康委员会", "区卫生健康委员会"
    made = rename(district, "weijian", new, short_name=short)
    data = data_of(read(district, BASE["department"]))
    assert (data["name"], data["short_name"]) == (new, short)
    assert [former["name"] for former in data["former_names"]] == [
        "达州市达川区卫生和计划生育局",
        "达州市达川区卫生健康局",
    ]
    assert data["complaint"]["window"] == "区卫生健康委员会办公室（演示地址）"
    assert "actor: 区卫生健康委员会行政审批股\n" in read(district, BASE["item"])
    assert read(district, "content/a.md") == page.replace("卫生健康局", "卫生健康委员会")
    assert made.record is not None
    change, other = data_of(read(district, made.record))["changes"]
    assert (other["kind"], other["item"], other["version"]) == ("要素变更", CODE, 3)
    assert [element["path"] for element in other["elements"]] == ["procedure", "result.specimen"]
    assert change == {
        "kind": "更名",
        "organization": "weijian",
        "name": new,
        "elements": [
            {"path": "name", "old": "达州市达川区卫生健康局", "new": new},
            {"path": "short_name", "old": "区卫生健康局", "new": short},
        ],
    }
    catalogue, _ = load(district)
    earlier = organization_as_of(
        catalogue.departments["weijian"], catalogue.adjustments.values(), datetime.date(2026, 1, 1)
    )
    assert earlier.name == "达州市达川区卫生健康局"
    assert plan(district, Request("weijian", new, ON, BASIS, short_name=short), AS_OF).changes == {}


def test_an_organization_takes_back_its_former_name(district: Path) -> None:
    """The record of the first renaming says the name that is over again; those were the names of its day."""
    new, old = "达州市达川区卫生健康委员会", "达州市达川区卫生健康局"
    rename(district, "weijian", new, short_name="区卫生健康委员会")
    day = datetime.date(2026, 11, 20)
    request = Request("weijian", old, day, BASIS, short_name="区卫生健康局")
    write(district, plan(district, request, day).changes)
    data = data_of(read(district, BASE["department"]))
    assert (data["name"], data["short_name"]) == (old, "区卫生健康局")
    assert [f["name"] for f in data["former_names"]] == ["达州市达川区卫生和计划生育局", new]


def test_a_town_is_renamed(district: Path) -> None:
    rename(district, "tingzi", "达州市达川区亭子街道办事处", short_name="亭子街道")
    data = data_of(read(district, BASE["town"]))
    assert data["former_names"] == [{"name": "达州市达川区亭子镇人民政府", "until": "2026-11-01", "basis": BASIS}]
    assert data_of(read(district, TOWN_LISTING))["window"]["place"] == "亭子街道便民服务中心综合窗口"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": "80周岁以上老年人高龄津贴发放"}, "已经是事项 512011001000 的"),
        ({"name": "80周岁以上老年人高龄津贴发放（县级）"}, "只是写法不同"),
        ({"name": "公共场所 卫生许可"}, "空格“ ”。应当写成“公共场所卫生许可”"),
        ({"name": "公共场所卫生许可(新)"}, "应当写成“公共场所卫生许可（新）”"),
        ({"name": "公共場所卫生许可"}, "繁体字“場”"),
        ({"name": "公共场所\u200b许可"}, "看不见的字符"),
        ({"name": "公共场所|许可"}, "不该出现的字符“|”"),
        ({"name": "公共场所许可\u0430"}, "不该出现的字符“\u0430”"),
        ({"name": "许"}, "应当是 2 到 200 个字"),
        ({"name": "许可" * 101}, "名称有 202 个字"),
        ({"name": "12345"}, "没有汉字"),
        ({"on": datetime.date(2026, 11, 24)}, "2026-11-24 还没有到（今天是 2026-11-23）"),
        ({"on": datetime.date(2025, 7, 1)}, "不晚于本版本的生效日期 2025-07-01"),
        ({"basis": " "}, "依据不能是空的"),
        ({"basis": "一\n二"}, "请写在一行里"),
        ({"note": "说明" * 200}, "说明有 400 个字"),
        ({"short_name": "许可"}, "事项没有简称"),
        ({"identity": "510123001001"}, "是不是 510123001000"),
        ({"identity": "511703100001"}, "村（社区）改名：请直接改 data/organizations/towns/tingzi.yml"),
        ({"identity": "minfadian"}, "请直接改 data/laws/minfadian.yml 里的 title"),
        (
            {"identity": "minzheng", "name": "达州市达川区卫生健康局"},
            "已经是区卫生健康局的",
        ),
        ({"identity": "minzheng", "short_name": "区卫健局"}, "已经是区卫生健康局的"),
        ({"identity": "weijian", "on": datetime.date(2018, 1, 1)}, "早于上一次更名的 2019-03-01"),
    ],
)
def test_refused_with_a_reason(options: dict[str, Any], message: str, district: Path) -> None:
    before = contents(district)
    request = Request(**{"identity": CODE, "name": NEW, "on": ON, "basis": BASIS, **options})
    with pytest.raises(RefusedError, match=re.escape(message)):
        plan(district, request, AS_OF)
    assert contents(district) == before


@pytest.mark.parametrize("path", [TOWN_LISTING, "content/index.md", OTHER_ITEM])
def test_refused_while_a_file_cannot_be_read(path: str, district: Path) -> None:
    (district / path).write_bytes("---\nname: “\ttitle: [".encode())
    with pytest.raises(RefusedError, match="有的文件读不出来") as refusal:
        plan(district, Request(CODE, NEW, ON, BASIS), AS_OF)
    assert {finding.path for finding in refusal.value.findings} == {path}


def test_refused_when_something_else_would_be_wrong(district: Path) -> None:
    dates = "updated_on: 2026-03-12\nplanned_cancellation_on: 2026-12-01\n"
    replace(district, BASE["item"], "updated_on: 2026-03-12\n", dates)
    before = contents(district)
    day = datetime.date(2026, 12, 1)
    with pytest.raises(WorseError, match="改名以后会有下面的问题") as refusal:
        plan(district, Request(CODE, NEW, day, BASIS), day)
    assert {(f.path, f.code) for f in refusal.value.findings} == {(BASE["item"], "V008")}
    assert contents(district) == before


def test_findings_that_are_there_already_do_not_matter(district: Path) -> None:
    replace(district, OTHER_ITEM, "version: 1\n", "version: 1\nplanned_cancellation_on: 2020-01-01\n")
    assert check(district)
    rename(district)


def test_a_listing_with_a_wrong_name_gets_the_new_one(district: Path) -> None:
    before = kinds(check(district))
    replace(district, TOWN_LISTING, f"name: {OLD}\n", "name: 卫生许可  # 待核对\n")
    made = plan(district, Request(CODE, NEW, ON, BASIS), AS_OF)
    write(district, made.changes)
    assert f"name: {NEW}  # 待核对\n" in read(district, TOWN_LISTING)
    assert not Counter(kinds(check(district))) - Counter(before)


HAN = [chr(code) for code in range(0x4E00, 0x9FA6, 7) if not name_problem(chr(code) * 8)]
NAMES = st.text(
    st.one_of(
        st.sampled_from(HAN),
        st.sampled_from("（）、，：；“”《》·—-.%+/0189aZ许可证"),
    ),
    min_size=2,
    max_size=40,
).filter(
    lambda name: (
        not name_problem(name) and not any(list(find(text.format(name))) for text in ("说说{}。", "能。{}、高龄津贴"))
    )
)
"""Names that an item can have, and that do not look like a person's."""


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(name=NAMES, quote=st.sampled_from(["", "'", '"']), flow=st.booleans())
def test_any_name_changes_names_only(name: str, quote: str, flow: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = copy_district(Path(folder))
        replace(root, BASE["item"], f"name: {OLD}\n", f"name: {quote}{OLD}{quote}  # 注释一\n")
        if flow:
            listed = f'  - code: "{CODE}"\n    name: {OLD}\n'
            replace(root, TOWN_LISTING, listed, f'  - {{code: "{CODE}", name: {OLD}}} # 注释二\n')
        replace(root, OTHER_ITEM, "answer: 能。高龄津贴", f"answer: 能。{OLD}、高龄津贴")
        (root / "content/a.md").write_text(f"---\ntitle: 一\n---\n\n说说{OLD}。\n", encoding="utf-8")
        before, found = contents(root), kinds(check(root))
        made = plan(root, Request(CODE, name, ON, BASIS), AS_OF)
        write(root, made.changes)
        assert not Counter(kinds(check(root))) - Counter(found)
        after = {path: text.decode() for path, text in contents(root).items()}
        for path in before.keys() - {BASE["item"]}:
            if path.startswith(("data/adjustments/", "data/approvals/")):
                assert after[path] == before[path].decode()
            else:
                assert _without(after[path], name) == _without(before[path].decode(), OLD)
        assert "# 注释一" in after[BASE["item"]]
        assert ("# 注释二" in after[TOWN_LISTING]) == flow
        assert plan(root, Request(CODE, name, ON, BASIS), AS_OF).changes == {}


def _without(text: str, name: str) -> str:
    """Return a text without a name, and without the quotation marks that a name may need."""
    return text.replace(name, "某").replace('"', "").replace("'", "")
