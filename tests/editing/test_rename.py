"""Renaming changes the name everywhere and nothing else, or changes nothing."""

from __future__ import annotations

import datetime
import difflib
import re
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands import files
from editing.renamed import (
    BASIS,
    CODE,
    NEW,
    OLD,
    ON,
    OTHER_ITEM,
    TOWN_LISTING,
    TOWN_LISTINGS,
    kinds,
    read,
    rename,
    replace,
)
from gongkai.editing.changeset import write
from gongkai.editing.rename import plan
from gongkai.editing.renaming import Request, name_problem
from gongkai.loading import load
from gongkai.privacy.personal_data import find
from gongkai.versions.history import rebuild
from support import AS_OF, BASE, check, copy_district, data_of


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and the lines that came."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    gone, come = ([line[2:].strip() for line in lines if line[0] == sign] for sign in "-+")
    return gone, come


def test_only_names_and_the_version_change(district: Path) -> None:
    before = files(district)
    made = rename(district)
    after = files(district)
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
    before = files(district)
    assert plan(district, Request(CODE, NEW, ON, BASIS), AS_OF).changes == {}
    assert files(district) == before


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
    past = {path: text for path, text in files(district).items() if "/adjustments/" in path or "/approvals/" in path}
    assert any(OLD in text.decode() for text in past.values())
    rename(district)
    after = files(district)
    assert all(after[path] == text for path, text in past.items())


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


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
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
        before, found = files(root), kinds(check(root))
        made = plan(root, Request(CODE, name, ON, BASIS), AS_OF)
        write(root, made.changes)
        assert not Counter(kinds(check(root))) - Counter(found)
        after = {path: text.decode() for path, text in files(root).items()}
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
