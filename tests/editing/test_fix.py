"""What has one right answer is corrected, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.editing.fix import FIXABLE, fix_text
from gongkai.rules.registry import RULES
from support import BASE, change_record, check

NAME = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"


def mend(root: Path, path: str) -> tuple[str, str]:
    """Return a file's text before and after correcting it until nothing changes."""
    before = (root / path).read_bytes().decode("utf-8")
    text = before
    for _ in range(5):
        (root / path).write_text(text, encoding="utf-8", newline="\n")
        after = fix_text(text, path, check(root))
        if after == text:
            break
        text = after
    return before, text


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("item", "# yaml-language", "\ufeff# yaml-language"),
        ("item", "  organization: weijian\n", "\torganization: weijian\n"),
        ("item", "summary: 开宾馆", "summary：开宾馆"),
        ("item", "summary: 开宾馆", "summary：  开宾馆"),
        ("item", "一年内有效", "１年内有效"),
        ("listing", f"    name: {NAME}\n", "    name: 公共场所卫生许可证核发  # 旧名称\n"),
        ("listing", f"    name: {NAME}\n", f'    name: "{NAME.replace("（", "(").replace("）", ")")}"\n'),
        ("listing", f"    name: {NAME}\n", "    name: '公共场所卫生许可（县级）'\n"),
        ("exposure", "name: 80周岁以上老年人高龄津贴发放", "name: 高龄津贴发放"),
        (
            "page",
            "办理[[510123001000]]。\n",
            f"办理，先看{NAME}的指南，再看{NAME.replace('（', '(')}和{NAME[:6]} {NAME[6:]}。\n",
        ),
        (
            "exposure",
            "便民服务中心张贴的高龄津贴办事指南没有写监督电话。",
            '"窗口张贴的80周岁以上老年人 高龄津贴发放指南没有写电话。"',
        ),
    ],
)
def test_only_the_fault_changes(kind: str, old: str, new: str, district: Path) -> None:
    path = district / BASE[kind]
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    _, after = mend(district, BASE[kind])
    assert check(district) == []
    ours, theirs = after.splitlines(), text.splitlines()
    assert len(ours) == len(theirs)
    assert sum(a != b for a, b in zip(ours, theirs, strict=True)) <= 1


def test_a_comment_on_the_line_stays(district: Path) -> None:
    path = district / BASE["listing"]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"name: {NAME}", "name: 公共场所卫生许可  # 请核对"), encoding="utf-8")
    _, after = mend(district, BASE["listing"])
    assert f"    name: {NAME}  # 请核对\n" in after


def test_a_missing_first_line_is_written(district: Path) -> None:
    path = district / BASE["item"]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.split("\n", 1)[1], encoding="utf-8")
    assert mend(district, BASE["item"])[1] == text
    path.write_text(text.replace("schema/item.json", "schema/items.json"), encoding="utf-8")
    assert mend(district, BASE["item"])[1] == text


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_stay_and_nothing_is_lost(line_end: str, district: Path) -> None:
    path = BASE["item"]
    text = (district / path).read_text(encoding="utf-8").replace("item.json", "items.json").replace("\n", line_end)
    (district / path).write_bytes(text.encode())
    fixed = fix_text(text, path, check(district))
    assert fixed == text.replace("items.json", "item.json")


def test_a_name_that_would_break_the_file_is_left_to_the_clerk(district: Path) -> None:
    change_record(district, BASE["item"], name="[甲]:#事项")
    path = BASE["listing"]
    text = (district / path).read_text(encoding="utf-8")
    assert fix_text(text, path, check(district)) == text


def test_a_right_file_is_left_alone(district: Path) -> None:
    for path in BASE.values():
        text = (district / path).read_text(encoding="utf-8")
        assert fix_text(text, path, check(district)) == text


def test_fixable_rules_exist() -> None:
    assert set(RULES) >= FIXABLE
