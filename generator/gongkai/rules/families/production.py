"""D: what demonstration data may contain, and an official site may not (`--production`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.model.base import Record
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.listing import Listing
from gongkai.model.organization import District, Organization
from gongkai.rules.contents import contents
from gongkai.rules.engine import Context, Example, Problem, rule, walked
from gongkai.rules.sifting import Sieve

_SOURCE = "国办发〔2017〕47号：网站标识、备案号和联系方式必须真实；伪造信息属于弄虚作假。"
_PLACEHOLDER = re.compile(r"0{7}|本文为演示文本|（演示(?:[^（）]|（(?!演示))*+）|\.example(?:[/,]|\Z)|演示路")


_REAL_DISTRICT = """\
demonstration: false
tag_authority: www.example.gov.cn,2026
site:
  name: 达川区政务服务事项公开
  domain: www.example.gov.cn
  id_code: "5117030001"
  icp: 蜀ICP备12345678号
  police: 川公网安备51170302000001号
service_centre:
  name: 达川区政务服务中心
  address: 南大街 2 号
  hours: 工作日 9:00—12:00、13:00—17:00
  phone: "0818-2650000"
hotlines:
  - name: 12345政务服务便民热线
    contact: {phone: "12345"}
    scope: 咨询和投诉
"""


def _sieve(_context: Context) -> Sieve:
    return Sieve(lambda text: _PLACEHOLDER.search(text) is not None)


def _placeholders(record: Record, context: Context) -> Iterator[Problem]:
    found = contents(record, context)
    if not context.once(_sieve).catches_any((*found.prose, *found.names)):
        return
    for loc, value in walked(record, context):
        if isinstance(value, str) and (match := _PLACEHOLDER.search(value)) and loc[-1] not in ("code", "uscc"):
            yield Problem(loc, f"“{value}”是演示用的占位内容（{match.group()}）", "正式发布前请换成真实内容。")


@rule(
    "D001",
    "正式发布的网站不能是演示数据",
    subject=District,
    reason="演示数据里的电话、地址、备案号都是假的，当真发布会误导群众。",
    source=_SOURCE,
    example=Example("district", _REAL_DISTRICT, "demonstration: true\n"),
    production_only=True,
)
def district_is_real(district: District, context: Context) -> Iterator[Problem]:
    """Report the demonstration flag and every placeholder of the district's own record."""
    if district.demonstration:
        yield Problem(("demonstration",), "这是演示数据，不能正式发布", "全部内容换成真实数据后改为 false。")
    if district.site.id_code.endswith("0000"):
        yield Problem(("site", "id_code"), f"网站标识码 {district.site.id_code} 是占位的", "请填登记的标识码。")
    yield from _placeholders(district, context)


@rule(
    "D002",
    "正式发布的机构信息不能有占位内容",
    subject=Organization,
    reason="占位的电话打不通，占位的信用代码查不到。",
    source=_SOURCE,
    example=Example(
        "department",
        'consultation: {phone: "0818-2650000"}\nuscc: 11511703MB1234567Y\naddress: 南大街 2 号\ncomplaint: {phone: "12345"}\n',
        'consultation: {phone: "0818-0000000"}\n',
    ),
    production_only=True,
)
def organizations_are_real(organization: Organization, context: Context) -> Iterator[Problem]:
    """Report placeholders in departments and towns, credit codes included."""
    if organization.uscc[8:12] == "0000":
        yield Problem(("uscc",), f"统一社会信用代码 {organization.uscc} 是演示用的", "请填登记证书上的代码。")
    yield from _placeholders(organization, context)


@rule(
    "D003",
    "正式发布的事项不能有占位内容",
    subject=Item,
    reason="群众会照着页面上的电话和地址去办事。",
    source=_SOURCE,
    example=Example(
        "item",
        'consultation: {phone: "0818-2650000"}\nremedies: {reconsideration: {organization: 达州市达川区人民政府}}\n',
        'consultation: {phone: "0818-0000000"}\n',
    ),
    production_only=True,
)
def items_are_real(item: Item, context: Context) -> Iterator[Problem]:
    """Report placeholders in items."""
    yield from _placeholders(item, context)


@rule(
    "D004",
    "正式发布的清单不能有占位内容",
    subject=Listing,
    reason="群众会照着页面上的窗口和地址去办事。",
    source=_SOURCE,
    example=Example(
        "listing",
        "window: {place: 一楼 1 号窗口, address: 南大街 2 号, hours: 工作日 9:00—17:00}\n",
        "window: {place: 一楼 1 号窗口, address: 南大街（演示地址）, hours: 工作日 9:00—17:00}\n",
    ),
    production_only=True,
)
def listings_are_real(listing: Listing, context: Context) -> Iterator[Problem]:
    """Report placeholders in listings."""
    yield from _placeholders(listing, context)


@rule(
    "D005",
    "正式发布的网页文字不能有占位内容",
    subject=HandWrittenPage,
    reason="指引和政策里的假电话、假来源，和数据里的一样误导群众。",
    source=_SOURCE,
    example=Example(
        "page",
        "---\ntitle: 首页\n---\n\n咨询电话 0818-2650000。\n",
        "---\ntitle: 首页\n---\n\n咨询电话 0818-0000000。\n",
    ),
    production_only=True,
)
def pages_are_real(page: HandWrittenPage, _context: Context) -> Iterator[Problem]:
    """Report placeholders in hand-written pages."""
    for index, line in enumerate(page.lines):
        if match := _PLACEHOLDER.search(line):
            yield Problem(("lines", index), f"有演示用的占位内容（{match.group()}）", "正式发布前请换成真实内容。")
