"""What an official site may not contain: each placeholder once, where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.finding import Finding
from support import BASE, check, full_file_of

FRONT = "---\ntitle: 页\n---\n"


def found(root: Path, *codes: str) -> list[Finding]:
    return [finding for finding in check(root, production=True) if finding.code in codes]


@pytest.mark.parametrize(
    ("line", "placeholder"),
    [
        ("电话 0818-0000000。", "0000000"),
        ("地址在南大街（演示地址）1 号", "（演示地址）"),
        ("南大街（演示（一楼）地址）", "（演示（一楼）"),
        ("（演示（演示地址）", "（演示地址）"),
        ("见 https://gongkai.example/", ".example/"),
    ],
)
def test_placeholders_in_pages(line: str, placeholder: str, district: Path) -> None:
    (district / BASE["page"]).write_text(f"{FRONT}{line}\n", encoding="utf-8")
    assert [(f.path, f.line, f.message) for f in found(district, "D005")] == [
        (BASE["page"], 4, f"“{placeholder}”是演示用的占位内容")
    ]


def test_a_page_full_of_what_may_begin_a_placeholder_is_read_once(district: Path) -> None:
    """Time that grew with the square of a page's length would be minutes here."""
    text = (FRONT + full_file_of("（演示"))[: -len(FRONT)]
    (district / BASE["page"]).write_text(text, encoding="utf-8")
    assert found(district, "D005") == []


DISCLOSED = (
    (BASE["adjustment"], "D007", "这条调整是演示数据，不能正式发布"),
    (BASE["approvals"], "D006", "这一天的办件是演示数据，不能正式发布"),
    (BASE["appraisal"], "D008", "这条监督信息是演示数据，不能正式发布"),
    (BASE["exposure"], "D008", "这条监督信息是演示数据，不能正式发布"),
    (BASE["inspection"], "D008", "这条监督信息是演示数据，不能正式发布"),
    (BASE["interview"], "D008", "这条监督信息是演示数据，不能正式发布"),
)


def change_text(root: Path, path: str, *changes: tuple[str, str]) -> None:
    text = (root / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (root / path).write_text(text, encoding="utf-8")


def test_invented_records_say_so_once(district: Path) -> None:
    expected = [(path, 3, code, message) for path, code, message in DISCLOSED]
    assert [(f.path, f.line, f.code, f.message) for f in found(district, "D006", "D007", "D008")] == expected


def test_records_that_do_not_say_so_have_no_placeholders(district: Path) -> None:
    for path, _, _ in DISCLOSED:
        change_text(district, path, ("demonstration: true", "demonstration: false"))
    change_text(district, BASE["approvals"], ("达川卫许〔2026〕1号", "达川卫许〔2026〕1号（演示）"))
    change_text(district, BASE["exposure"], ("已经重新印制", "窗口电话 0818-0000000，已经重新印制"))
    contacts = (
        "\n      - path: consultation\n        old: {phone: '0818-0000000'}\n        new: {phone: '0818-2650000'}\n"
    )
    change_text(district, BASE["adjustment"], ("        new: 8\n", f"        new: 8{contacts}"))
    assert [(f.path, f.line, f.column, f.code, f.message) for f in found(district, "D006", "D007", "D008")] == [
        (BASE["adjustment"], 6, 8, "D007", "“达川府办函〔2025〕18号（演示）”里的“（演示）”是演示用的占位内容"),
        (BASE["adjustment"], 19, 22, "D007", "“0818-0000000”里的“0000000”是演示用的占位内容"),
        (BASE["approvals"], 11, 13, "D006", "“达州市达川区某某宾馆有限公司（演示）”里的“（演示）”是演示用的占位内容"),
        (BASE["approvals"], 19, 24, "D006", "“达川卫许〔2026〕1号（演示）”里的“（演示）”是演示用的占位内容"),
        (
            BASE["exposure"],
            18,
            11,
            "D008",
            "“窗口电话 0818-0000000，已经重新印制，等待张贴。”里的“0000000”是演示用的占位内容",
        ),
    ]


def test_real_numbers_may_have_many_zeros(district: Path) -> None:
    change_text(
        district,
        BASE["approvals"],
        ("demonstration: true", "demonstration: false"),
        ("有限公司（演示）", "有限公司"),
        (
            "certificate_name: 公共场所卫生许可证",
            'certificate_name: 公共场所卫生许可证\n        certificate_number: "5117030000000123"',
        ),
    )
    assert found(district, "D006") == []
    change_text(district, BASE["approvals"], ('"5117030000000123"', "川卫公证字〔2026〕第1号（演示）"))
    assert [(f.line, f.column) for f in found(district, "D006")] == [(25, 29)]


def test_placeholders_in_laws_and_registers(district: Path) -> None:
    change_text(district, BASE["law"], ("\ntitle:", "\nnote: 本文为演示文本\ntitle:"))
    change_text(district, BASE["calendar"], ("演示用的日历", "国办发明电〔2026〕7号（演示）"))
    (district / BASE["abolished-divisions"]).write_text(
        "# yaml-language-server: $schema=../../schema/abolished-divisions.json\ndivisions:\n"
        "  - {name: 檀木镇, code: '511703103000', until: 2019-12-20, basis: 川府民政〔2019〕21号（演示）}\n",
        encoding="utf-8",
    )
    assert [(f.path, f.line) for f in found(district, "D009")] == [
        (BASE["calendar"], 3),
        (BASE["law"], 3),
        (BASE["abolished-divisions"], 3),
    ]
