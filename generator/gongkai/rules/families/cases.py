"""K: which item a case is about, who accepted it, who applied."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from gongkai.catalogue import Catalogue
from gongkai.model.approval_case import Applicant, ApprovalDay
from gongkai.model.disclosure_vocabulary import AdjustmentKind
from gongkai.model.item_card import ItemCard
from gongkai.model.vocabulary import Audience, ItemStatus
from gongkai.rules.case_examples import NUMBER, both, case
from gongkai.rules.engine import Context, Example, Problem, rule
from gongkai.rules.families.codes import credit_code_fault
from gongkai.rules.unknown import is_publisher, unknown_item, unknown_publisher

_PLATFORM = "GB/T 39046-2020 政务服务平台基础数据规范：办件信息；"
_LISTS = "国办发〔2022〕2号：清单之外一律不得违法实施行政许可。"


@rule(
    "K001",
    "办件编号要由本区代码、收件日期和顺序号组成",
    subject=ApprovalDay,
    reason="编号里的区划和日期与文件不符，就是抄错了编号或者放错了文件，群众拿着回执查不到。",
    source=_PLATFORM + "本项目规定。",
    example=Example("approvals", case(), case(number="511703-20260303-0101")),
)
def numbers_say_where_and_when(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report numbers of another district or another day than the file's."""
    district = context.catalogue.district
    expected = day.date.isoformat().replace("-", "")
    for index, case_ in enumerate(day.cases):
        area, received, _ = case_.number.split("-")
        loc = ("cases", index, "number")
        if district is not None and area != district.code:
            yield Problem(loc, f"办件编号的区划 {area} 不是本区（{district.code}）", "请核对是不是抄了别区的编号。")
        if received != expected:
            yield Problem(
                loc,
                f"办件编号里的日期 {received} 与收件日期 {day.date} 不符",
                "请改正编号；不是这一天收的，移到收件那天的文件里。",
            )


@rule(
    "K002",
    "办件编号不能重复",
    subject=ApprovalDay,
    reason="编号是身份：两件事用一个编号，进度就会查成别人的。",
    source=_PLATFORM + "本项目规定。",
    example=Example("approvals", both(case(), case(number="511703-20260302-0102")), both(case(), case(number=NUMBER))),
)
def numbers_are_unique(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report a number that an earlier case has already."""
    for index, case_ in enumerate(day.cases):
        first, position = context.catalogue.cases_of_number(case_.number)[0]
        if first is day and position == index:
            continue
        line = first.source.at("cases", position, "number")[0]
        yield Problem(
            ("cases", index, "number"),
            f"办件编号 {case_.number} 已经用在 {first.source.path} 第 {line} 行",
            "同一件事写了两遍的删去一处；不是同一件的，另编顺序号。",
        )


@rule(
    "K003",
    "办件的事项必须在区级目录里",
    subject=ApprovalDay,
    reason="目录里没有的事项不能受理；编码抄错，办件就算到别的事项头上。",
    source=_LISTS,
    example=Example("approvals", case(), case(code='"510123881000"')),
)
def items_exist(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report cases about items that are not in the catalogue; a wrong code is looked up once a file."""
    reported: dict[tuple[str, str], Problem] = {}
    for index, case_ in enumerate(day.cases):
        if context.catalogue.knows("item", case_.code):
            continue
        loc, key = ("cases", index, "code"), (case_.code, case_.name)
        if key not in reported:
            reported[key] = unknown_item(loc, *key, context)
        yield replace(reported[key], loc=loc)


def _added_on(item: ItemCard, catalogue: Catalogue) -> datetime.date | None:
    """Return the day from which an item can be applied for, as far as the records tell."""
    if item.version == 1:
        return item.effective_on
    added = [
        adjustment.effective_on
        for adjustment in catalogue.adjustments_of(item.code)
        for change in adjustment.changes
        if change.item == item.code and change.kind is AdjustmentKind.ADDED
    ]
    return min(added, default=None)


@rule(
    "K004",
    "收件那天事项要在施行",
    subject=ApprovalDay,
    reason="事项取消以后、施行以前都不能收件；收了就是违法设置或者日期写错。",
    source=_LISTS,
    example=Example(
        "approvals",
        case(),
        "date: 2024-06-03\n"
        + case(
            "{on: 2024-06-03, kind: 收件}",
            number="511703-20240603-0001",
            code='"512011001000"',
            name="80周岁以上老年人高龄津贴发放",
            organization="tingzi",
        ),
    ),
)
def items_are_in_force(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report cases that were received after the item was cancelled, or before it took effect."""
    begins: dict[str, datetime.date | None] = {}
    for index, case_ in enumerate(day.cases):
        item = context.catalogue.cards.get(case_.code)
        if item is None:
            continue
        if item.code not in begins:
            begins[item.code] = _added_on(item, context.catalogue)
        begin, loc = begins[item.code], ("cases", index, "code")
        if item.cancelled_on is not None and item.cancelled_on <= day.date:
            yield Problem(
                loc,
                f"事项“{item.name}”已于 {item.cancelled_on} 取消，{day.date} 不能再收件",
                "请核对事项编码；确实在取消以后收件的，应当退回并告知申请人。",
            )
        elif begin is not None and begin > day.date:
            yield Problem(
                loc,
                f"事项“{item.name}”从 {begin} 起施行，{day.date} 还不能收件",
                "请核对事项编码和收件日期。",
            )


@rule(
    "K005",
    "受理单位必须登记",
    subject=ApprovalDay,
    reason="办件由谁受理、向谁问进度，要能点开看到。",
    source=_PLATFORM + "本项目规定引用一律用编号。",
    example=Example("approvals", case(), case(organization="weijain")),
)
def organizations_exist(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report cases of organisations that are not registered; a wrong id is looked up once a file."""
    reported: dict[str, Problem | None] = {}
    for index, case_ in enumerate(day.cases):
        loc, identity = ("cases", index, "organization"), case_.organization
        if identity not in reported:
            known = is_publisher(identity, context)
            reported[identity] = None if known else unknown_publisher(loc, "受理单位", identity, context)
        problem = reported[identity]
        if problem is not None:
            yield replace(problem, loc=loc)


@rule(
    "K006",
    "受理单位要公布了这个事项",
    subject=ApprovalDay,
    reason="清单里没有的事项不归这里办；不是单位填错，就是越权受理。",
    source=_LISTS,
    example=Example("approvals", case(), case(organization="minzheng")),
)
def organizations_handle_the_item(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report cases whose organisation does not publish the item.

    Left alone: items that the organisation has to publish, which rule N003 reports when missing; items that are no longer in use, or were adjusted since, because their listings may have
    been others on that day; and organisations without a listing, which rule N005 reports.
    """
    catalogue = context.catalogue
    for index, case_ in enumerate(day.cases):
        item, identity = catalogue.cards.get(case_.code), case_.organization
        if item is None or identity not in catalogue.listings or item.status is not ItemStatus.ACTIVE:
            continue
        if catalogue.is_listed(item.code, identity) or catalogue.is_due(item.code, identity):
            continue
        if _adjusted_after(item, day.date, context):
            continue
        yield Problem(
            ("cases", index, "organization"),
            f"{catalogue.publisher_name(identity)}的清单里没有“{item.name}”",
            "请核对受理单位和事项编码；确实由这里受理的，先补清单。",
        )


def _adjusted_after(item: ItemCard, day: datetime.date, context: Context) -> bool:
    return item.effective_on > day or any(
        adjustment.effective_on > day and any(change.item == item.code for change in adjustment.changes)
        for adjustment in context.catalogue.adjustments_of(item.code)
    )


@rule(
    "K007",
    "公开的办件要写申请人，不公开的不能写",
    subject=ApprovalDay,
    reason="办理结果公开要说明是谁的；依法不公开的，一个字的身份信息也不能进数据。",
    source="《政府信息公开条例》第十四条、第十五条、第二十条；" + _PLATFORM + "申请人信息。",
    example=Example(
        "approvals",
        case(applicant="", secrecy="{kind: 个人隐私, basis: 《政府信息公开条例》第十五条}"),
        case(secrecy="{kind: 个人隐私, basis: 《政府信息公开条例》第十五条}"),
    ),
)
def applicants_follow_secrecy(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report public cases without applicant, and cases that are not shown with one."""
    for index, case_ in enumerate(day.cases):
        if case_.secrecy is None and case_.applicant is None:
            yield Problem(
                ("cases", index),
                "没有写申请人（applicant）",
                "请补上；依法不公开的，写不公开的理由（secrecy）。",
            )
        elif case_.secrecy is not None and case_.applicant is not None:
            yield Problem(
                ("cases", index, "applicant"),
                f"办件因{case_.secrecy.kind}不公开，却写了申请人",
                "请删去申请人；可以公开的，删去不公开的理由。",
                at_key=True,
            )


@rule(
    "K008",
    "单位的信用代码要对，自然人没有信用代码",
    subject=ApprovalDay,
    reason="双公示按信用代码归集到单位名下，错一位就记到别人头上；自然人只能公开姓氏。",
    source="GB 32100-2015 法人和其他组织统一社会信用代码编码规则；发改办财金〔2018〕424号。",
    example=Example(
        "approvals",
        case(applicant="{kind: 企业法人, name: 达州市达川区演示宾馆有限公司, credit_code: 91511703000000012C}"),
        case(applicant="{kind: 企业法人, name: 达州市达川区演示宾馆有限公司, credit_code: 91511703000000012A}"),
    ),
)
def credit_codes_fit_the_applicant(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report natural persons with a credit code, and codes whose check digit is wrong."""
    for index, case_ in enumerate(day.cases):
        applicant = case_.applicant
        if applicant is None or applicant.credit_code is None:
            continue
        message, advice = _credit_code_problem(applicant, applicant.credit_code)
        if message:
            yield Problem(("cases", index, "applicant", "credit_code"), message, advice)


def _credit_code_problem(applicant: Applicant, code: str) -> tuple[str, str]:
    if applicant.kind is Audience.PERSON:
        return "申请人是自然人，却写了统一社会信用代码", "请删去代码；以单位名义申请的，改正申请人类别和名称。"
    fault = credit_code_fault(code)
    if fault is None:
        return "", ""
    return f"统一社会信用代码 {code} {fault}", "请对照营业执照或者登记证书核对每一位。"
