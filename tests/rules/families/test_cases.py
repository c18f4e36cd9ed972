"""What a case is about, who accepted it and who applied: each fault is a finding at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.families.written_cases import (
    ACCEPTED,
    ALLOWANCE,
    DAY,
    PERMIT,
    RECEIVED,
    found,
    one_case,
    told,
)
from support import BASE, change_record


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (
            {"number": "511702-20260302-0001"},
            [("K001", 5, "办件编号的区划 511702 不是本区（511703）", "请核对是不是抄了别区的编号。")],
        ),
        (
            {"number": "511703-20260303-0001"},
            [
                (
                    "K001",
                    5,
                    "办件编号里的日期 20260303 与收件日期 2026-03-02 不符",
                    "请改正编号；不是这一天收的，移到收件那天的文件里。",
                )
            ],
        ),
        (
            {"code": "510123991000"},
            [("K003", 6, "事项“510123991000”没有登记", f"区级目录里“{PERMIT}”的编码是 510123001000。")],
        ),
        (
            {"organization": "weijain"},
            [("K005", 8, "受理单位“weijain”没有登记", "是不是“weijian”（区卫生健康局）？")],
        ),
        (
            {"organization": '"511703100009"'},
            [("K005", 8, "受理单位“511703100009”没有登记", "是不是“511703100001”（亭子镇文昌宫社区）？")],
        ),
        (
            {"organization": '"511703100001"'},
            [
                (
                    "K006",
                    8,
                    f"亭子镇文昌宫社区的清单里没有“{PERMIT}”",
                    "请核对受理单位和事项编码；确实由这里受理的，先补清单。",
                )
            ],
        ),
        (
            {"applicant": ""},
            [("K007", 5, "没有写申请人（applicant）", "请补上；依法不公开的，写不公开的理由（secrecy）。")],
        ),
        (
            {"applicant": "{kind: 自然人, name: 张*, credit_code: 91511703000000012C}"},
            [
                (
                    "K008",
                    9,
                    "申请人是自然人，却写了统一社会信用代码",
                    "请删去代码；以单位名义申请的，改正申请人类别和名称。",
                )
            ],
        ),
        (
            {"applicant": "{kind: 企业法人, name: 达州市演示有限公司, credit_code: 91511703000000012A}"},
            [
                (
                    "K008",
                    9,
                    "统一社会信用代码 91511703000000012A 的校验位不对：末位应当是 C",
                    "请对照营业执照或者登记证书核对每一位。",
                )
            ],
        ),
    ],
)
def test_bad_identities(keys: dict[str, str], expected: list[tuple[str, int, str, str]], district: Path) -> None:
    findings = found(district, one_case(RECEIVED, ACCEPTED, **keys))
    assert [(f.code, f.line, f.message, f.help) for f in findings] == expected


def test_a_wrong_code_is_reported_at_every_case(district: Path) -> None:
    text = one_case(RECEIVED, ACCEPTED, code="510123991000", organization="weijain")
    again = "\n".join(text.splitlines()[4:]).replace("-0001", "-0002") + "\n"
    findings = found(district, text + again)
    assert [(f.code, f.line) for f in findings] == [("K003", 6), ("K005", 8), ("K003", 14), ("K005", 16)]


def test_a_number_used_twice_in_one_file(district: Path) -> None:
    text = one_case(RECEIVED, ACCEPTED)
    again = "\n".join(text.splitlines()[4:]) + "\n"
    assert told(found(district, text + again)) == [
        ("K002", 13, f"办件编号 511703-20260302-0001 已经用在 {DAY} 第 5 行")
    ]


def test_a_number_used_twice_in_two_files(district: Path) -> None:
    other = "data/approvals/2026/2026-03-03.yml"
    text = one_case("2026-03-03, kind: 收件", date="2026-03-03")
    (district / other).write_text(text, encoding="utf-8")
    findings = found(district, one_case(RECEIVED, ACCEPTED))
    assert [(f.path, f.code, f.line) for f in findings] == [(other, "K001", 5), (other, "K002", 5)]


def test_a_case_for_a_cancelled_item(district: Path) -> None:
    cancellation = {"on": "2026-03-02", "basis": "国办发〔2022〕2号", "note": "改为备案，到原窗口办理。"}
    change_record(district, BASE["item"], status="取消", cancellation=cancellation)
    findings = found(district, one_case(RECEIVED, ACCEPTED))
    assert told(findings) == [("K004", 6, f"事项“{PERMIT}”已于 2026-03-02 取消，2026-03-02 不能再收件")]


def test_a_case_from_before_the_cancellation_stays(district: Path) -> None:
    cancellation = {"on": "2026-03-03", "basis": "国办发〔2022〕2号", "note": "改为备案，到原窗口办理。"}
    change_record(district, BASE["item"], status="取消", cancellation=cancellation)
    assert found(district, one_case(RECEIVED, ACCEPTED)) == []


def test_a_case_from_before_the_item_took_effect(district: Path) -> None:
    text = one_case(
        "2024-12-31, kind: 收件",
        date="2024-12-31",
        number="511703-20241231-0001",
        code="512011001000",
        name=ALLOWANCE,
        organization="tingzi",
    )
    assert told(found(district, text)) == [("K004", 6, f"事项“{ALLOWANCE}”从 2025-01-01 起施行，2024-12-31 还不能收件")]


def test_a_broken_item_file_is_no_second_fault_of_its_cases(district: Path) -> None:
    (district / BASE["item"]).write_text("code: [", encoding="utf-8")
    assert found(district, one_case(RECEIVED, ACCEPTED)) == []
