"""P: the public can reach whom to ask, and somebody else to complain to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.model.base import Contact, Record
from gongkai.model.item import Item
from gongkai.model.listing import Listing
from gongkai.model.organization import District, Organization
from gongkai.rules.contents import contents
from gongkai.rules.engine import Context, Example, Loc, Problem, rule, walked

_SOURCE = "GB/T 39554.2-2020 咨询方式、监督投诉方式；国办秘函〔2019〕19号：联系电话准确可用。"

HOTLINES = frozenset(
    [
        "110",
        "119",
        "120",
        "122",
        "12110",
        "12119",
        "12122",
        "12123",
        "12305",
        "12309",
        "12313",
        "12315",
        "12317",
        "12320",
        "12328",
        "12329",
        "12333",
        "12335",
        "12336",
        "12337",
        "12338",
        "12345",
        "12348",
        "12350",
        "12351",
        "12355",
        "12356",
        "12358",
        "12363",
        "12366",
        "12367",
        "12368",
        "12369",
        "12370",
        "12371",
        "12377",
        "12378",
        "12380",
        "12381",
        "12385",
        "12386",
        "12388",
        "12389",
        "12393",
        "12399",
    ]
)
"""Short numbers of public service and supervision hotlines (工业和信息化部 assigns them)."""

_LANDLINE = re.compile(r"(?P<area>0[0-9]{2,3})-(?P<number>[2-8][0-9]{6,7}|0{7,8})(?:-[0-9]{1,6})?\Z")
_MOBILE = re.compile(r"1[3-9][0-9]{9}\Z")


def phone_fault(phone: str, area_code: str, digits: int) -> tuple[str, str] | None:
    """Return (what is wrong, what to do) with a phone number, or None when it is well formed.

    Accepted are hotlines, landlines with the district's area code and number of digits (an
    extension may follow a hyphen), and the all-zero placeholder of demonstration data. A mobile number is
    well formed, and refused by X002 without being repeated.
    """
    if phone in HOTLINES:
        return None
    if match := _LANDLINE.match(phone):
        return _landline_fault(match["area"], match["number"], area_code, digits)
    if _MOBILE.match(phone):
        return None
    if re.fullmatch(r"[0-9]{7,8}", phone):
        return "没有区号", f"请写成 {area_code}-{phone}。"
    given = sum(character.isdigit() for character in phone)
    return f"格式不对（共 {given} 位数字）", f"座机写成 {area_code}-1234567 的样子，热线只写号码，例如 12345。"


def _landline_fault(area: str, number: str, area_code: str, digits: int) -> tuple[str, str] | None:
    if area != area_code:
        return f"区号是 {area}，本区是 {area_code}", "请核对是不是抄了外地的电话。"
    if len(number) != digits:
        return f"区号后面是 {len(number)} 位，本区座机是 {digits} 位", "请核对是多写了还是少写了。"
    return None


@rule(
    "P001",
    "电话号码要写对",
    subject=Organization,
    reason="打不通的电话，比没有电话更让人生气。",
    source=_SOURCE,
    example=Example(
        "department",
        'consultation: {phone: "0818-0000000"}\n',
        'consultation: {phone: "0818-123456"}\n',
    ),
)
def organization_phones(organization: Organization, context: Context) -> Iterator[Problem]:
    """Report malformed phone numbers of departments and towns."""
    yield from _phones(organization, context)


@rule(
    "P002",
    "事项和窗口的电话号码要写对",
    subject=Item,
    reason="打不通的电话，比没有电话更让人生气。",
    source=_SOURCE,
    example=Example(
        "item",
        'consultation: {phone: "0818-0000000"}\n',
        'consultation: {phone: "08180000000"}\n',
    ),
)
def item_phones(item: Item, context: Context) -> Iterator[Problem]:
    """Report malformed phone numbers of items."""
    yield from _phones(item, context)


@rule(
    "P003",
    "清单里的窗口电话要写对",
    subject=Listing,
    reason="打不通的电话，比没有电话更让人生气。",
    source=_SOURCE,
    example=Example(
        "listing",
        'window: {place: 一楼 1 号窗口, address: 演示路 1 号, hours: 工作日 9:00—17:00, phone: "0818-0000000"}\n',
        'window: {place: 一楼 1 号窗口, address: 演示路 1 号, hours: 工作日 9:00—17:00, phone: "08180000000"}\n',
    ),
)
def window_phones(listing: Listing, context: Context) -> Iterator[Problem]:
    """Report malformed phone numbers of windows."""
    yield from _phones(listing, context)


def _phones(record: Organization | Item | Listing, context: Context) -> Iterator[Problem]:
    district = context.catalogue.district
    if district is not None:
        yield from _wrong_phones(record, district, context)


def _wrong_phones(record: Record, district: District, context: Context) -> Iterator[Problem]:
    phones = dict.fromkeys(contents(record, context).phones)
    faults = {phone: phone_fault(phone, district.area_code, district.phone_digits) for phone in phones}
    if not any(faults.values()):
        return
    for loc, value in walked(record, context):
        if loc[-1] == "phone" and (fault := faults[value]):
            yield Problem(loc, f"电话“{value}”{fault[0]}", fault[1])


@rule(
    "P004",
    "咨询电话和投诉电话都要有，而且不能是同一个",
    subject=Organization,
    reason="向被投诉的人投诉，等于没有投诉渠道。",
    source=_SOURCE,
    example=Example(
        "department",
        'consultation: {phone: "0818-0000000"}\ncomplaint: {phone: "12345"}\n',
        'consultation: {phone: "12345"}\ncomplaint: {phone: "12345"}\n',
    ),
)
def consultation_and_complaint_differ(organization: Organization, _context: Context) -> Iterator[Problem]:
    """Report organisations that lack one of the phones or give the same number twice."""
    yield from _two_phones(organization.consultation, ("consultation",), organization.complaint, ("complaint",))


@rule(
    "P005",
    "事项的咨询电话和投诉电话都要有，而且不能是同一个",
    subject=Item,
    reason="向被投诉的人投诉，等于没有投诉渠道。",
    source=_SOURCE,
    example=Example(
        "item",
        'consultation: {phone: "0818-0000000"}\nsupervision: {complaint: {phone: "12345"}}\n',
        'consultation: {phone: "12345"}\nsupervision: {complaint: {phone: "12345"}}\n',
    ),
)
def item_channels_differ(item: Item, context: Context) -> Iterator[Problem]:
    """Report items whose own channels, with their department's behind them, are one and the same."""
    if item.consultation is None and item.supervision is None:
        return
    consultation, complaint = context.catalogue.consultation(item), context.catalogue.complaint(item)
    if consultation is None or complaint is None:
        return
    complaint_loc: Loc = ("supervision", "complaint") if item.supervision else ("consultation",)
    yield from _two_phones(consultation, ("consultation",), complaint, complaint_loc)


def _two_phones(
    consultation: Contact, consultation_loc: Loc, complaint: Contact, complaint_loc: Loc
) -> Iterator[Problem]:
    if consultation.phone is None:
        yield Problem(consultation_loc, "没有咨询电话", "请补充咨询电话（phone）。", at_key=True)
    if complaint.phone is None:
        yield Problem(complaint_loc, "没有投诉电话", "请补充监督投诉电话（phone），可以填 12345。", at_key=True)
    if consultation.phone is not None and consultation.phone == complaint.phone:
        yield Problem(
            (*complaint_loc, "phone"),
            f"投诉电话与咨询电话相同（{complaint.phone}）",
            "投诉要由另外的人受理，请换成监督部门的电话或 12345。",
        )


@rule(
    "P006",
    "统一监督渠道的电话要写对",
    subject=District,
    reason="每个页面都显示统一监督渠道，错一个号码就处处都错。",
    source=_SOURCE,
    example=Example(
        "district",
        'hotlines:\n  - {name: 12345政务服务便民热线, contact: {phone: "12345"}, scope: 咨询和投诉}\n',
        'hotlines:\n  - {name: 12345政务服务便民热线, contact: {phone: "1234"}, scope: 咨询和投诉}\n',
    ),
)
def hotline_phones(district: District, context: Context) -> Iterator[Problem]:
    """Report malformed phone numbers of the district's own channels."""
    yield from _wrong_phones(district, district, context)


_HOURS = re.compile("工作日|24 ?小时|节假日|周[一二三四五六日]")
_WINDOW = "window: {{place: 一楼 1 号窗口, address: 演示路 1 号, hours: {}}}\n"


@rule(
    "P007",
    "办理时间要写明哪几天",
    subject=Listing,
    reason="“上午九点到下午五点”没有说周末上不上班。",
    source="温州市事项审核规则：办理时间应当包含“工作日”或者 24 小时、节假日；GB/T 39554.2-2020 办理时间。",
    example=Example("listing", _WINDOW.format("工作日 9:00—17:00"), _WINDOW.format("上午九点到下午五点")),
)
def hours_name_days(listing: Listing, context: Context) -> Iterator[Problem]:
    """Report opening hours that do not say on which days."""
    yield from _vague_hours(listing, "办理时间", context)


def _vague_hours(record: Record, noun: str, context: Context) -> Iterator[Problem]:
    vague = {hours for hours in contents(record, context).hours if not _HOURS.search(hours)}
    if not vague:
        return
    for loc, value in walked(record, context):
        if loc[-1] == "hours" and value in vague:
            yield Problem(loc, f"{noun}“{value}”没有写是哪几天", "请写成：工作日 9:00—12:00、13:00—17:00。")


@rule(
    "P008",
    "机构的办公时间要写明哪几天",
    subject=Organization,
    reason="“上午九点到下午五点”没有说周末上不上班。",
    source="GB/T 39554.2-2020 办理时间；国办秘函〔2019〕19号办公时间公开。",
    example=Example("department", "hours: 工作日 9:00—17:00\n", "hours: 上午九点到下午五点\n"),
)
def organization_hours_name_days(organization: Organization, context: Context) -> Iterator[Problem]:
    """Report office hours of departments and towns that do not say on which days."""
    yield from _vague_hours(organization, "办公时间", context)
