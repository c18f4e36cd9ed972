"""D: what demonstration data may contain, and an official site may not (`--production`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalDay
from gongkai.model.base import Record
from gongkai.model.calendar import WorkingCalendar
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.law import Law
from gongkai.model.listing import Listing
from gongkai.model.organization import AbolishedDivisions, District, Organization
from gongkai.model.supervision import SupervisionRecord
from gongkai.rules.case_examples import case
from gongkai.rules.contents import contents
from gongkai.rules.engine import Context, Example, Problem, rule, walked
from gongkai.rules.sifting import Sieve

_SOURCE = "国办发〔2017〕47号：网站标识、备案号和联系方式必须真实；伪造信息属于弄虚作假。"
_ZEROS = "0" * 7
_PLACEHOLDER = re.compile(rf"{_ZEROS}|本文为演示文本|（演示(?:[^（）]|（(?!演示))*+）|\.example(?:[/,]|\Z)|演示路")
_NUMBERS = frozenset(["code", "uscc", "credit_code", "certificate_number"])
"""Fields whose real values may have as many zeros as a placeholder."""

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
        match = _PLACEHOLDER.search(value) if isinstance(value, str) else None
        if match and not (match.group() == _ZEROS and loc[-1] in _NUMBERS):
            yield Problem(loc, f"“{value}”里的“{match.group()}”是演示用的占位内容", "正式发布前请换成真实内容。")


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
            yield Problem(("lines", index), f"“{match.group()}”是演示用的占位内容", "正式发布前请换成真实内容。")


def _invented(record: ApprovalDay | Adjustment | SupervisionRecord, what: str, context: Context) -> Iterator[Problem]:
    """Report a record that says it is a demonstration, once for all of it; one that does not, for each placeholder."""
    if not record.demonstration:
        yield from _placeholders(record, context)
        return
    advice = "演示数据是编造的，请删去这个文件；内容全部换成真实数据的，把 demonstration 改为 false。"
    yield Problem(("demonstration",), f"{what}是演示数据，不能正式发布", advice)


@rule(
    "D006",
    "正式发布的办件不能是演示数据",
    subject=ApprovalDay,
    reason="编造的办件会算进办件效能，群众也会当成别人真的办过。",
    source=_SOURCE,
    example=Example(
        "approvals",
        "demonstration: false\n" + case(applicant="{kind: 企业法人, name: 达州市达川区凤凰宾馆有限公司}"),
        "demonstration: false\n" + case(applicant="{kind: 企业法人, name: 达州市达川区某某宾馆有限公司（演示）}"),
    ),
    production_only=True,
)
def cases_are_real(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report the demonstration flag of a day's cases, or every placeholder in them."""
    yield from _invented(day, "这一天的办件", context)


@rule(
    "D007",
    "正式发布的动态调整不能是演示数据",
    subject=Adjustment,
    reason="事项的历次版本由调整记录推出来，编造一条，以前的办事要求就跟着错。",
    source=_SOURCE,
    example=Example(
        "adjustment",
        "demonstration: false\nbasis: 达川府办函〔2025〕18号\n",
        "demonstration: false\nbasis: 达川府办函〔2025〕18号（演示）\n",
    ),
    production_only=True,
)
def adjustments_are_real(adjustment: Adjustment, context: Context) -> Iterator[Problem]:
    """Report the demonstration flag of an adjustment, or every placeholder in it."""
    yield from _invented(adjustment, "这条调整", context)


@rule(
    "D008",
    "正式发布的检查、曝光、约谈和测评不能是演示数据",
    subject=SupervisionRecord,
    reason="编造的曝光和约谈冤枉单位，编造的测评误导群众。",
    source=_SOURCE,
    example=Example("exposure", "demonstration: false\n", "demonstration: true\n"),
    production_only=True,
)
def supervision_is_real(record: SupervisionRecord, context: Context) -> Iterator[Problem]:
    """Report the demonstration flag of a supervision record, or every placeholder in it."""
    yield from _invented(record, "这条监督信息", context)


@rule(
    "D009",
    "正式发布的法律文件、工作日历和撤销乡镇名录不能有占位内容",
    subject=Record,
    reason="依据的文号和网址查不到，等于没有依据。",
    source=_SOURCE,
    example=Example(
        "law",
        "url: https://www.gov.cn/guoqing/2021-10/29/content_5647622.htm\n",
        "url: https://www.gongkai.example/laws/1.html\n",
    ),
    production_only=True,
)
def registers_are_real(record: Record, context: Context) -> Iterator[Problem]:
    """Report placeholders in laws, working calendars and the register of abolished towns."""
    if isinstance(record, Law | WorkingCalendar | AbolishedDivisions):
        yield from _placeholders(record, context)
