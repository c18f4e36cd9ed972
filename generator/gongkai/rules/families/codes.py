"""C: codes say what they should, and their check digits are right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.model.item import Item
from gongkai.model.organization import Organization, Town
from gongkai.rules.engine import Context, Example, Problem, rule

_STANDARD = "GB/T 39554.1-2020 政务服务事项编码要求。"
_LOCAL = re.compile(
    r"(?P<item>[0-9A-Z]{12,14})-(?P<area>[0-9]{12})-(?P<extension>[0-9]{3})-"
    r"(?P<uscc>[0-9A-HJ-NPQRTUWXY]{18})-(?P<version>[0-9])-(?P<task>[0-9]{2})\Z"
)
STRUCTURE = "目录码-区划 12 位-扩展 3 位-信用代码 18 位-版本 1 位-业务项 2 位"
"""What a local implementation code (地方实施编码) is made of."""
_PLACEHOLDER = re.compile(r"(.)\1{7,}")


@rule(
    "C001",
    "编码里的类型段要与事项类型一致",
    subject=Item,
    reason="编码第 3、4 位表示事项类型；对不上的，不是编码抄错，就是类型填错。",
    source=_STANDARD,
    example=Example("item", "type: 行政许可\n", "type: 行政确认\n"),
)
def type_segment(item: Item, _context: Context) -> Iterator[Problem]:
    """Report a code whose type digits are not those of the item's type."""
    if item.code[2:4] != item.type.digits:
        yield Problem(
            ("code",),
            f"编码第 3、4 位是 {item.code[2:4]}，而“{item.type}”应当是 {item.type.digits}",
            "请核对编码和事项类型。",
        )


@rule(
    "C002",
    "编码里的部门段要与主管部门一致",
    subject=Item,
    reason="编码第 5、6 位表示部门；对不上的，多半是从别的部门抄来忘了改。",
    source=_STANDARD,
    example=Example("item", "department: weijian\n", "department: minzheng\n"),
)
def department_segment(item: Item, context: Context) -> Iterator[Problem]:
    """Report a code whose department digits are not those of the department in charge."""
    department = context.catalogue.departments.get(item.department)
    if department is not None and item.code[4:6] != department.item_segment:
        yield Problem(
            ("code",),
            f"编码第 5、6 位是 {item.code[4:6]}，而{department.short_name}的部门段是 {department.item_segment}",
            "请核对编码和主管部门。",
        )


@rule(
    "C003",
    "统一社会信用代码的校验位要对",
    subject=Organization,
    reason="最后一位由前十七位算出，抄错任何一位都对不上。",
    source="GB 32100-2015 法人和其他组织统一社会信用代码编码规则。",
    example=Example("department", 'uscc: "11511703000000166U"\n', 'uscc: "11511703000000166A"\n'),
)
def credit_code(organization: Organization, _context: Context) -> Iterator[Problem]:
    """Report credit codes whose check digit is wrong."""
    if problem := credit_code_fault(organization.uscc):
        yield Problem(("uscc",), f"统一社会信用代码 {organization.uscc} {problem}", "请对照登记证书核对每一位。")


def credit_code_fault(code: str) -> str | None:
    """Return what is wrong with a credit code, in Chinese, or None when it is right."""
    from stdnum.cn import uscc  # noqa: PLC0415 - takes longer to import than to check an item, which has no such code

    if not uscc.is_valid(code):
        return f"的校验位不对：末位应当是 {uscc.calc_check_digit(code[:17])}"
    return None


@rule(
    "C004",
    "区划代码要属于本区",
    subject=Town,
    reason="乡镇代码以区的六位代码开头，村的代码以乡镇的九位代码开头。",
    source="GB/T 2260 行政区划代码、GB/T 10114 县级以下行政区划代码编制规则；国家统计局统计用区划代码。",
    example=Example("town", 'code: "511703100000"\n', 'code: "511702100000"\n'),
)
def division_codes(town: Town, context: Context) -> Iterator[Problem]:
    """Report towns outside the district, and villages outside their town."""
    district = context.catalogue.district
    if district is not None and not town.code.startswith(district.code):
        yield Problem(("code",), f"乡镇代码 {town.code} 不以本区代码 {district.code} 开头", "请核对统计用区划代码。")
    if not town.code.endswith("000"):
        yield Problem(("code",), f"乡镇代码 {town.code} 的后三位应当是 000", "请核对统计用区划代码。")
    for index, village in enumerate(town.villages):
        if not village.code.startswith(town.code[:9]):
            yield Problem(
                ("villages", index, "code"),
                f"{village.name}的代码 {village.code} 不以{town.short_name}的 {town.code[:9]} 开头",
                "请核对统计用区划代码。",
            )


_LOCAL_CODE = "511A0138000000-511703000000-000-11511703000000166U-1-00"


@rule(
    "C005",
    "地方实施编码的各段要对",
    subject=Item,
    reason="省平台的地方实施编码由目录码、区划、扩展码、实施主体、版本和业务项组成，错一段就对不上平台。",
    source="四川省一体化政务服务平台事项编码结构。",
    example=Example(
        "item",
        f"local_code: 511A0138000000\nlocal_implementation_code: {_LOCAL_CODE}\n",
        f"local_code: 511A0138000000\nlocal_implementation_code: {_LOCAL_CODE.replace('166U', '166u')}\n",
    ),
)
def local_implementation_code(item: Item, context: Context) -> Iterator[Problem]:
    """Report faults in the structure, area, organisation or item part of a provincial code."""
    code = item.local_implementation_code
    if code is None:
        return
    loc = ("local_implementation_code",)
    match = _LOCAL.match(code)
    if match is None:
        advice = f"写成 {STRUCTURE}，字母一律大写。"
        if code != code.upper():
            advice = "字母要大写。" + advice
        yield Problem(loc, f"地方实施编码“{code}”的结构不对", advice)
        return
    if item.local_code is not None and match["item"] != item.local_code:
        yield Problem(loc, f"目录码 {match['item']} 与地方基本编码 {item.local_code} 不一致", "请核对。")
    district = context.catalogue.district
    if district is not None and not match["area"].startswith(district.code):
        yield Problem(loc, f"区划 {match['area']} 不是本区（{district.code}）", "请核对是不是抄了别区的编码。")
    if _PLACEHOLDER.search(match["uscc"]):
        yield Problem(loc, f"实施主体“{match['uscc']}”是占位的假代码", "请填真实的统一社会信用代码。")
    elif problem := credit_code_fault(match["uscc"]):
        yield Problem(loc, f"实施主体 {match['uscc']} {problem}", "请对照登记证书核对。")
    else:
        organization = context.catalogue.organization(item.authority.organization)
        if organization is not None and organization.uscc != match["uscc"]:
            yield Problem(
                loc,
                f"实施主体 {match['uscc']} 不是{organization.short_name}的代码 {organization.uscc}",
                "请核对实施主体和编码。",
            )


@rule(
    "C006",
    "编码开头要是国家或本省",
    subject=Item,
    reason="编码前两位表示目录由谁编制：00 是国家，省级用省的区划前两位。",
    source=_STANDARD,
    example=Example("item", 'code: "510123001000"\n', 'code: "440123001000"\n'),
)
def area_segment(item: Item, context: Context) -> Iterator[Problem]:
    """Report codes of another province."""
    district = context.catalogue.district
    if district is not None and item.code[:2] not in ("00", district.province_prefix):
        yield Problem(
            ("code",),
            f"编码前两位是 {item.code[:2]}，应当是 00（国家）或 {district.province_prefix}（本省）",
            "请核对是不是抄了外省的编码。",
        )


@rule(
    "C007",
    "村的全称要与简称相符，同一乡镇里不重名",
    subject=Town,
    reason="简称是全称去掉“居民委员会”“村民委员会”，两者对不上的，总有一个抄错了。",
    source="《城市居民委员会组织法》《村民委员会组织法》；国家统计局统计用区划代码。",
    example=Example(
        "town",
        'villages:\n  - {code: "511703100001", name: 新街社区, full_name: 新街社区居民委员会, kind: 社区}\n',
        'villages:\n  - {code: "511703100001", name: 老街社区, full_name: 新街社区居民委员会, kind: 社区}\n',
    ),
)
def village_full_names(town: Town, _context: Context) -> Iterator[Problem]:
    """Report villages whose short name does not begin their full name, or stands twice in a town."""
    seen: set[str] = set()
    for index, village in enumerate(town.villages):
        stem = village.name.removesuffix("村").removesuffix("社区")
        if not village.full_name.startswith(stem):
            yield Problem(
                ("villages", index, "name"),
                f"简称“{village.name}”与全称“{village.full_name}”不符",
                "请核对。",
            )
        if village.name in seen:
            yield Problem(
                ("villages", index, "name"),
                f"{town.short_name}已经有一个“{village.name}”",
                "同一个乡镇里的村（社区）不能重名，请核对。",
            )
        seen.add(village.name)


@rule(
    "C008",
    "业务办理项编码要以实施编码开头",
    subject=Item,
    reason="业务办理项编码是实施编码加两位顺序号，前面不同就对应到别的事项。",
    source=_STANDARD,
    example=Example(
        "item",
        "handling_code: 11511703000000166U451012300100001\n",
        "handling_code: 11511703000000166U451012300200001\n",
    ),
)
def handling_code(item: Item, context: Context) -> Iterator[Problem]:
    """Report codes of a handling item that do not begin with the item's implementation code."""
    if item.handling_code is None:
        return
    expected = context.catalogue.implementation_code(item)
    if expected is not None and item.handling_code[:31] != expected:
        yield Problem(
            ("handling_code",),
            f"业务办理项编码 {item.handling_code} 不以实施编码 {expected} 开头",
            f"前 31 位应当是 {expected}，后两位是顺序号。",
        )
