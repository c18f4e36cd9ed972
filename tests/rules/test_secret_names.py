"""Where the name of an item that is not public is found, and where it may stand."""

from __future__ import annotations

from pathlib import Path

from publishing.feeds.sites import a_case, event, write_cases
from support import BASE, change_record, check, data_of

SECRECY = {"kind": "国家秘密", "basis": "《中华人民共和国政府信息公开条例》第十四条"}
NAME = data_of((Path(__file__).parent.parent / "fixtures/district" / BASE["item"]).read_text(encoding="utf-8"))["name"]


def found(root: Path) -> list[tuple[str, int]]:
    return [(f.path, f.line) for f in check(root) if f.code == "N013"]


def test_names_in_pages_and_notes(district: Path) -> None:
    change_record(district, BASE["item"], secrecy=SECRECY)
    page = district / BASE["page"]
    lines = page.read_text(encoding="utf-8").count("\n")
    page.write_text(
        f"{page.read_text(encoding='utf-8')}\n先办{NAME}，原来叫公共场所卫生许可证核发。\n", encoding="utf-8"
    )
    change_record(district, BASE["exposure"], problem=f"{NAME}的办事指南没有写监督电话。")
    assert found(district) == [
        ("content/index.md", lines + 2),
        ("content/index.md", lines + 2),
        (BASE["exposure"], 17),
    ]


def test_what_is_not_published_may_say_it(district: Path) -> None:
    change_record(district, BASE["item"], secrecy=SECRECY, prohibitions=[f"没有{NAME}的不能营业"])
    change_record(district, BASE["adjustment"], note=f"{NAME}的承诺时限压缩到 8 个工作日。")
    write_cases(district, a_case(event("2026-03-03", "受理"), applicant=None, summary=f"申请{NAME}"))
    assert found(district) == []


def test_names_that_are_public_may_stand_anywhere(district: Path) -> None:
    page = district / BASE["page"]
    page.write_text(f"{page.read_text(encoding='utf-8')}\n先办{NAME}。\n", encoding="utf-8")
    assert found(district) == []
