"""Codes of every form: which faults they have, and what they should be."""

from __future__ import annotations

import pytest

from gongkai.auditing.codes import Expected, check_area, check_code, check_credit
from gongkai.auditing.columns import Meaning
from gongkai.auditing.credit_codes import usual_codes
from gongkai.auditing.item_types import type_faults

GOOD = "11511301008778255F"
AREA = Expected("511602")
KNOWN = Expected("511602", GOOD, "区住建局的代码是", True)
CODE = f"511A0148600000-511602000000-000-{GOOD}-1-00"
REAL_31 = "11440100007482575H3440118009000"


def kinds(text: str, meaning: Meaning = Meaning.CODE, expected: Expected = AREA) -> list[str]:
    return [fault.kind.value for fault in check_code(text, meaning, expected).faults]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (CODE, []),
        (CODE.replace("511A0148600000", "511Z17419001"), []),
        (CODE.replace("511A0148600000", "Z-000045-001"), []),
        (CODE.replace("511A0148600000", "51201700200002"), []),
        (CODE.replace(GOOD, GOOD.lower()), ["小写字母"]),
        (CODE.replace("511602000000", "510000000000"), ["区划不对"]),
        (CODE.replace("511602000000", "51160200000"), ["结构不对"]),
        (CODE.replace("-000-", "-"), ["缺段或多段"]),
        (CODE.replace("511A0148600000", "Z-000045-001").removesuffix("-00"), ["缺段或多段"]),
        (CODE.replace(GOOD, "2222222222222"), ["占位的假代码"]),
        (CODE.replace(GOOD, "11736"), ["占位的假代码"]),
        (CODE.replace(GOOD, "4444444444"), ["占位的假代码"]),
        (CODE.replace(GOOD, "3946653276082720768"), ["平台内部编号"]),
        (CODE.replace(GOOD, GOOD[1:]), ["信用代码位数不对"]),
        (CODE.replace(GOOD, "11511301008778256F"), ["校验位不对"]),
        (CODE.replace(GOOD, "1151130100877825OI"), ["结构不对"]),
        (CODE.replace("-", "－"), ["空格或全角字符"]),
        (CODE.replace("511A0148600000", "511A01486000"), []),
        (CODE.replace("511A0148600000", "511A014860"), ["结构不对"]),
        (CODE.replace("-1-00", "-X-0"), ["结构不对", "结构不对"]),
        (CODE.replace("511602000000", "510000000000").replace("-000-", "-"), ["缺段或多段", "区划不对"]),
    ],
)
def test_sichuan_codes(code: str, expected: list[str]) -> None:
    assert kinds(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (REAL_31, []),
        (REAL_31 + "01", []),
        (REAL_31.replace("75H3", "75J3"), ["校验位不对"]),
        (REAL_31.replace("75H3", "75H9"), ["结构不对"]),
        (REAL_31.replace("440118", "449918"), ["结构不对"]),
        (REAL_31 + "0", ["结构不对"]),
        (REAL_31.lower(), ["小写字母"]),
        ("1.14401E+30", ["位数丢失"]),
    ],
)
def test_national_implementation_codes(code: str, expected: list[str]) -> None:
    assert kinds(code, expected=Expected("440118")) == expected


@pytest.mark.parametrize(
    ("code", "expected", "should"),
    [
        ("510711001000", [], ""),
        ("000711001000", [], ""),
        ("440711001000", ["区划不对"], ""),
        ("519911001000", ["结构不对"], ""),
        ("5.10711E+11", ["位数丢失"], ""),
        ("711001000", ["结构不对"], ""),
        ("0711001000", ["位数丢失"], "000711001000"),
        ("５10711001000 ", ["空格或全角字符"], "510711001000"),
        ("511A0148600000", [], ""),
    ],
)
def test_basic_codes(code: str, expected: list[str], should: str) -> None:
    checked = check_code(code, Meaning.BASIC_CODE, AREA)
    assert ([fault.kind.value for fault in checked.faults], checked.should) == (expected, should)


@pytest.mark.parametrize(
    "wrong",
    [
        CODE.replace(GOOD, "2222222222222"),
        CODE.replace(GOOD, GOOD.lower()),
        CODE.replace("511602000000", "510000000000"),
        CODE.replace(GOOD, "11511301008778298W"),
    ],
)
def test_a_code_is_mended_when_everything_about_it_is_known(wrong: str) -> None:
    assert check_code(wrong, Meaning.CODE, KNOWN).should == CODE


def test_a_code_is_not_mended_by_guessing() -> None:
    other = CODE.replace(GOOD, "11511301008778298W")
    unsure = Expected("511602", GOOD, "同一份清单里校验无误的代码多数是", False)
    checked = check_code(other, Meaning.CODE, unsure)
    assert ([fault.kind.value for fault in checked.faults], checked.should) == (["不是本部门的代码"], "")
    assert check_code(CODE.replace("-000-", "-").lower(), Meaning.CODE, KNOWN).should == ""


def test_credit_and_area_columns() -> None:
    assert check_credit(GOOD, KNOWN).faults == []
    assert check_credit("1.15E+17", KNOWN).should == GOOD
    (fault,) = check_credit("11511301008778256F", AREA).faults
    assert fault.message == "统一社会信用代码“11511301008778256F”的校验位不对：末位应当是 J"
    assert check_area("511602101000", AREA).faults == []
    assert check_area("510000000000", AREA).should == "511602000000"
    assert check_area("510000", AREA).should == "511602"
    assert check_area("511602100000", Expected("511602101")).should == "511602101000"


def test_the_usual_code_of_a_department_is_a_valid_one() -> None:
    pairs = [("甲", "2222222222222")] * 9 + [("甲", GOOD)] + [("乙", GOOD), ("乙", "11511301008778298W")]
    assert usual_codes(pairs) == {"甲": GOOD}


@pytest.mark.parametrize(
    ("name", "number", "code", "said"),
    [
        ("行政许可", "1", "511A0148600000", []),
        ("公共服务", "20", "512B0148600000", []),
        ("其他行政权力", "10", "513A0011200063", []),
        ("行政许可", "7", "", ["类型代码 7 是“行政确认”，而事项类型写的是“行政许可”"]),
        ("行政许可", "", "Z-000045-001", ["编码“Z-000045-001”表示“其他行政权力”，而事项类型写的是“行政许可”"]),
        ("", "1", "512017438001", ["编码“512017438001”表示“公共服务”，而事项类型写的是“行政许可”"]),
        ("自定", "99", "x", []),
    ],
)
def test_types_have_to_agree(name: str, number: str, code: str, said: list[str]) -> None:
    assert [fault.message for fault in type_faults(name, number, code)] == said
