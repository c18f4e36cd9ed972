"""Where the name of an item that is not public is found, and where it may stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from publishing.feeds.sites import a_case, event, write_cases
from support import BASE, DISTRICT, change_record, check, data_of

SECRECY = {"kind": "国家秘密", "basis": "《中华人民共和国政府信息公开条例》第十四条"}
NAME = data_of((DISTRICT / BASE["item"]).read_text(encoding="utf-8"))["name"]


OTHER = "data/items/minzheng/512011001000.yml"
TOLD = (OTHER, BASE["adjustment"], BASE["inspection"], BASE["appraisal"])


def changes_of(root: Path) -> list[dict[str, Any]]:
    changes: list[dict[str, Any]] = data_of((root / BASE["adjustment"]).read_text(encoding="utf-8"))["changes"]
    return changes


def text_at(root: Path, path: str, line: int) -> str:
    return (root / path).read_text(encoding="utf-8").splitlines()[line - 1].strip()


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


def test_names_in_titles_bases_and_other_names(district: Path) -> None:
    change_record(district, BASE["item"], secrecy=SECRECY)
    change_record(district, BASE["appraisal"], title=f"2026年上半年{NAME}“好差评”结果")
    change_record(district, BASE["inspection"], title=f"{NAME}专项检查")
    change_record(district, OTHER, everyday_names=["老年补贴", f"{NAME}办理"])
    change_record(
        district,
        BASE["adjustment"],
        basis=f"关于{NAME}的通知（演示）",
        changes=[
            *changes_of(district),
            {
                "kind": "要素变更",
                "item": "512011001000",
                "name": "80周岁以上老年人高龄津贴发放",
                "version": 2,
                "previous_effective_on": "2022-06-01",
                "elements": [{"path": "result", "old": {"name": NAME}}],
            },
        ],
    )
    assert {
        path: [text_at(district, path, line) for where, line in found(district) if where == path] for path in TOLD
    } == {
        OTHER: [f'"{NAME}办理"'],
        BASE["adjustment"]: [f'"basis": "关于{NAME}的通知（演示）",', f'"name": "{NAME}"'],
        BASE["inspection"]: [f'"title": "{NAME}专项检查",'],
        BASE["appraisal"]: [f'"title": "2026年上半年{NAME}“好差评”结果",'],
    }
    assert {path for path, _ in found(district)} == {*TOLD}


def test_names_in_code_and_beginnings_of_pages(district: Path) -> None:
    change_record(district, BASE["item"], secrecy=SECRECY)
    page = f"---\ntitle: {NAME}\n---\n\n`{NAME}`\n\n```\n{NAME}\n```\n\n[说明](a.md#{NAME})\n"
    (district / BASE["page"]).write_text(page, encoding="utf-8")
    assert found(district) == [(BASE["page"], line) for line in (2, 5, 8, 11)]


def test_one_of_two_items_of_one_name_is_no_less_secret(district: Path) -> None:
    change_record(district, BASE["item"], secrecy=SECRECY)
    change_record(district, OTHER, secrecy=SECRECY, name=NAME)
    assert found(district) == []


def test_what_is_not_published_may_say_it(district: Path) -> None:
    change_record(district, BASE["item"], secrecy=SECRECY, prohibitions=[f"没有{NAME}的不能营业"])
    change_record(district, BASE["adjustment"], note=f"{NAME}的承诺时限压缩到 8 个工作日。")
    write_cases(district, a_case(event("2026-03-03", "受理"), applicant=None, summary=f"申请{NAME}"))
    assert found(district) == []


def test_names_that_are_public_may_stand_anywhere(district: Path) -> None:
    page = district / BASE["page"]
    page.write_text(f"{page.read_text(encoding='utf-8')}\n先办{NAME}。\n", encoding="utf-8")
    assert found(district) == []
