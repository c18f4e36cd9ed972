"""What rules say beyond their examples: candidates, several faults at once, phones, limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.rules.families.codes import credit_code_fault
from gongkai.rules.families.contacts import phone_fault
from gongkai.rules.families.guide import HOLLOW
from support import BASE, change_record, check, data_of

ITEM = BASE["item"]


def only(root: Path):
    found = check(root)
    assert len(found) == 1, found
    return found[0]


def test_the_nearest_law_is_named(district: Path) -> None:
    change_record(district, ITEM, legal_basis=[{"law": "gonggongchangsuoweishengguanli", "article": "第四条"}])
    finding = only(district)
    assert finding.code == "R002"
    assert finding.help == "是不是“gonggongchangsuoweishengguanlitiaoli”（公共场所卫生管理条例）？"


def test_an_item_listed_under_a_wrong_code_is_found_by_its_name(district: Path) -> None:
    change_record(
        district,
        BASE["listing"],
        entries=[{"code": "510123999000", "name": "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"}],
    )
    finding = only(district)
    assert (finding.code, finding.help) == (
        "R005",
        "区级目录里“公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）”的编码是 510123001000。",
    )


def test_a_repealed_law_names_its_successor(district: Path) -> None:
    change_record(district, ITEM, legal_basis=[{"law": "hetongfa"}])
    finding = only(district)
    assert finding.message == "引用了《合同法》，2021-01-01 起废止"
    assert finding.help == "现行的是《民法典》，请核对条款后改引。"


def test_one_bad_file_hides_no_other(district: Path) -> None:
    (district / ITEM).write_text("code: [", encoding="utf-8")
    change_record(district, BASE["department"], complaint={"phone": "0818-0000000"})
    assert [f.code for f in check(district)] == ["Y011", "P004"]


@pytest.mark.parametrize("kind", ["item", "department", "town", "law", "listing"])
def test_a_broken_file_is_one_fault_and_not_many(kind: str, district: Path) -> None:
    path = district / BASE[kind]
    path.write_text(path.read_text(encoding="utf-8") + "zzz: 1\n", encoding="utf-8")
    assert [(f.code, f.path) for f in check(district)] == [("S002", BASE[kind])]


def test_the_step_that_breaks_the_promise_is_named(district: Path) -> None:
    limit = {"value": 3, "unit": "工作日"}
    steps = [
        {"kind": kind, "actor": "窗口", "limit": limit, "action": "核对并告知结果"}
        for kind in ("受理", "审查", "决定", "送达")
    ]
    change_record(district, ITEM, procedure=steps)
    finding = only(district)
    assert finding.code == "T002"
    assert finding.message == "办到“决定”这一步，各环节已经用去 9 个工作日，超过承诺时限 8 个工作日"


@pytest.mark.parametrize(
    ("statutory", "promised", "allowed"),
    [
        ({"value": 20, "unit": "工作日"}, {"value": 20, "unit": "工作日"}, True),
        ({"value": 1, "unit": "月"}, {"value": 20, "unit": "工作日"}, True),
        ({"value": 1, "unit": "月"}, {"value": 22, "unit": "工作日"}, False),
        ({"value": 30, "unit": "日"}, {"value": 21, "unit": "工作日"}, False),
        ({"value": 30, "unit": "日"}, {"value": 20, "unit": "工作日"}, True),
        ({"value": 1, "unit": "年"}, {"value": 11, "unit": "月"}, True),
    ],
)
def test_limits_of_different_units_are_compared(statutory, promised, allowed, district: Path) -> None:
    change_record(
        district,
        ITEM,
        procedure=data_of(
            "p: [{kind: 受理, actor: 窗口, action: 核对}, {kind: 审查, actor: 股, action: 审核}, {kind: 决定, actor: 局, action: 决定}, {kind: 送达, actor: 窗口, action: 寄出}]"
        )["p"],
        time_limits={"statutory": statutory, "promised": promised},
    )
    assert ("T001" in {f.code for f in check(district)}) is not allowed


@pytest.mark.parametrize(
    ("phone", "fault"),
    [
        ("0818-2650000", None),
        ("0818-0000000", None),
        ("0818-2650000-801", None),
        ("12345", None),
        ("12333", None),
        ("0818-265000", "格式不对（共 10 位数字）"),
        ("0818-26500000", "区号后面是 8 位，本区座机是 7 位"),
        ("0818-126500000", "格式不对（共 13 位数字）"),
        ("2650000", "没有区号"),
        ("028-86600000", "区号是 028，本区是 0818"),
        ("138000000001", "格式不对（共 12 位数字）"),
        ("（0818）2650000", "格式不对（共 11 位数字）"),
        ("0818—2650000", "格式不对（共 11 位数字）"),
        ("12346", "格式不对（共 5 位数字）"),
        ("0818-2650000\n", "格式不对（共 11 位数字）"),
    ],
)
def test_phones(phone: str, fault: str | None) -> None:
    found = phone_fault(phone, "0818", 7)
    assert (found[0] if found else None) == fault


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("11440100007482575H", True),
        ("11440000MB2D0164XH", True),
        ("11440100007482575A", False),
        ("11440100007482576H", False),
    ],
)
def test_credit_codes(code: str, right: bool) -> None:
    assert (credit_code_fault(code) is None) is right


@pytest.mark.parametrize("phrase", HOLLOW)
def test_each_hollow_phrase_is_found(phrase: str, district: Path) -> None:
    change_record(district, ITEM, conditions=[f"申请人应当{phrase}的", "经营场所在达川区"])
    assert [f.code for f in check(district)] == ["G003"]


@pytest.mark.parametrize(
    "text",
    [
        "符合国家卫生标准的场所",
        "材料齐全的当场受理",
        "按照平面图核对",
        "详细地址写到门牌号",
        "有关部门出具的检测报告编号",
    ],
)
def test_ordinary_sentences_are_not_hollow(text: str, district: Path) -> None:
    change_record(district, ITEM, conditions=[text])
    assert check(district) == []


def test_the_number_of_missing_elements_is_told(district: Path) -> None:
    change_record(district, ITEM, conditions=[], procedure=[], legal_basis=[])
    found = [f for f in check(district) if f.code == "G001"]
    assert [f.message for f in found] == [
        "缺少“办理依据”（legal_basis）；这个事项一共缺 3 项",
        "缺少“办理条件”（conditions）；这个事项一共缺 3 项",
        "缺少“办理程序”（procedure）；这个事项一共缺 3 项",
    ]


def test_production_refuses_the_demonstration(district: Path) -> None:
    assert check(district) == []
    found = check(district, production=True)
    assert {"D001", "D002", "D003", "D004"} <= {f.code for f in found}
    assert any("0818-0000000" in f.message for f in found)
