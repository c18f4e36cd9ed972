"""R: every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.item_parts import ALL_TOWNS, ALL_VILLAGES
from gongkai.model.law import Law
from gongkai.model.listing import Listing
from gongkai.model.organization import AbolishedDivisions, Department
from gongkai.rules.contents import contents
from gongkai.rules.engine import Context, Example, Problem, Rule, citations, declare, entries, rule
from gongkai.rules.unknown import (
    Names,
    department_names,
    is_organization,
    is_publisher,
    item_names,
    law_names,
    town_names,
    unknown,
    unknown_department,
    unknown_item,
    unknown_law,
    unknown_organization,
    unknown_publisher,
    unknown_town,
)

_SOURCE = "国办发〔2022〕2号：清单、指南、办理结果要相互对应；本项目规定引用一律用编号。"


@rule(
    "R001",
    "引用的机构必须登记",
    subject=Item,
    reason="事项归哪个部门、由谁实施，要能点开看到它的职责和电话。",
    source=_SOURCE,
    example=Example(
        "item",
        "joint_organizations: [weijian]\n",
        "joint_organizations: [weijain]\n",
    ),
)
def organizations_exist(item: Item, context: Context) -> Iterator[Problem]:
    """Report departments and towns that the registers do not know."""
    catalogue = context.catalogue
    if not catalogue.knows("department", item.department):
        yield unknown_department(("department",), "部门", item.department, context)
    authority = item.authority.organization
    everybody = (ALL_TOWNS, ALL_VILLAGES)
    if authority not in everybody and not is_organization(authority, context):
        yield unknown_organization(("authority", "organization"), "实施主体", authority, context)
    for index, identity in enumerate(item.joint_organizations):
        if not catalogue.knows("department", identity):
            yield unknown_department(("joint_organizations", index), "联办机构", identity, context)
    for index, review in enumerate(item.prior_reviews):
        identity = review.organization
        if identity.isascii() and not catalogue.knows("department", identity):
            yield unknown_department(("prior_reviews", index, "organization"), "部门", identity, context)
    for index, acceptance in enumerate(item.acceptance):
        for number, identity in enumerate(acceptance.organizations):
            if not catalogue.knows("town", identity):
                yield unknown_town(("acceptance", index, "organizations", number), identity, context)


@rule(
    "R002",
    "引用的法律文件必须登记",
    subject=Item,
    reason="依据的全称、文号和时效由登记簿统一给出，写错一个字就查无此法。",
    source="国办发〔2022〕2号附件：设定依据应当准确；" + _SOURCE,
    example=Example(
        "item",
        "legal_basis:\n  - law: gonggongchangsuoweishengguanlitiaoli\n    article: 第四条\n",
        "legal_basis:\n  - law: gonggongchangsuoweishengtiaoli\n    article: 第四条\n",
    ),
)
def laws_exist(item: Item, context: Context) -> Iterator[Problem]:
    """Report citations of laws that the register does not know."""
    catalogue = context.catalogue
    cited = dict.fromkeys(citation.law for citation in contents(item, context).citations)
    unregistered = {law for law in cited if not catalogue.knows("law", law)}
    if not unregistered:
        return
    for loc, citation in citations(item, context):
        if citation.law in unregistered:
            yield unknown_law((*loc, "law"), citation.law, context)


@rule(
    "R003",
    "转到的事项必须存在",
    subject=Item,
    reason="事项取消以后，页面要告诉群众到哪里办；指向不存在的事项等于没有说。",
    source="国办发〔2017〕47号：网页不得一删了之；" + _SOURCE,
    example=Example(
        "item",
        "status: 取消\ncancellation:\n  on: 2026-01-01\n  basis: 国办发〔2022〕2号\n"
        '  note: 并入其他许可\n  replaced_by: ["510123001000"]\n',
        "status: 取消\ncancellation:\n  on: 2026-01-01\n  basis: 国办发〔2022〕2号\n"
        '  note: 并入其他许可\n  replaced_by: ["510123991000"]\n',
    ),
)
def successors_exist(item: Item, context: Context) -> Iterator[Problem]:
    """Report successors of cancelled items that are not in the catalogue."""
    if item.cancellation is None:
        return
    for index, code in enumerate(item.cancellation.replaced_by):
        if not context.catalogue.knows("item", code):
            yield unknown_item(("cancellation", "replaced_by", index), code, "", context)


@rule(
    "R004",
    "清单的公布单位必须登记",
    subject=Listing,
    reason="清单是谁公布的，决定了群众到哪里办。",
    source=_SOURCE,
    example=Example("listing", "organization: weijian\n", "organization: weishengju\n"),
)
def publisher_exists(listing: Listing, context: Context) -> Iterator[Problem]:
    """Report listings of organisations that the registers do not know."""
    if not is_publisher(listing.organization, context):
        yield unknown_publisher(("organization",), "公布单位", listing.organization, context)


@rule(
    "R005",
    "清单里的事项必须在区级目录里，而且只写一次",
    subject=Listing,
    reason="目录之外的事项一律不得办理；编码写错，群众点开就是另一件事。",
    source="国办发〔2022〕2号：清单之外一律不得违法实施行政许可。",
    example=Example(
        "listing",
        'entries:\n  - code: "510123001000"\n    name: 公共场所卫生许可\n',
        'entries:\n  - code: "510123881000"\n    name: 公共场所卫生许可\n',
    ),
)
def listed_items_exist(listing: Listing, context: Context) -> Iterator[Problem]:
    """Report entries whose code is not in the catalogue, or stands twice in the listing."""
    seen: dict[str, int] = {}
    for index, (entry, item) in enumerate(entries(listing, context)):
        loc = ("entries", index, "code")
        if item is None and not context.catalogue.knows("item", entry.code):
            yield unknown_item(loc, entry.code, entry.name, context)
        elif entry.code in seen:
            yield Problem(
                loc, f"事项“{entry.code}”在这份清单里已经写过（第 {seen[entry.code] + 1} 项）", "请删去一处。"
            )
        seen.setdefault(entry.code, index)


declare(
    Rule(
        "R006",
        "编号不能重复",
        "编号是身份：两个事项用了一个编号，地址、订阅和统计就都分不清。",
        "GB/T 39554.1-2020：编码唯一；本项目规定。",
        Example(None, 'code: "510123001000"\n', 'code: "510123001000"（另一个文件里已经用过）\n'),
    )
)


@rule(
    "R007",
    "替代的法律文件必须登记",
    subject=Law,
    reason="引用了废止的法律时，要能告诉编辑改引哪一部。",
    source=_SOURCE,
    example=Example(
        "law",
        "status: 已废止\nrepealed_on: 2021-01-01\nsuccessors: [gonggongchangsuoweishengguanlitiaoli]\n",
        "status: 已废止\nrepealed_on: 2021-01-01\nsuccessors: [minfadianxin]\n",
    ),
)
def successor_laws_exist(law: Law, context: Context) -> Iterator[Problem]:
    """Report successors of a law that the register does not know."""
    for index, identity in enumerate(law.successors):
        if not context.catalogue.knows("law", identity):
            yield unknown_law(("successors", index), identity, context)


@rule(
    "R008",
    "部门段不能与其他部门相同",
    subject=Department,
    reason="事项编码的第 5、6 位表示部门，两个部门用同一段，编码就看不出归谁管。",
    source="GB/T 39554.1-2020 政务服务事项编码要求。",
    example=Example("department", 'item_segment: "23"\n', 'item_segment: "11"\n'),
)
def segments_differ(department: Department, context: Context) -> Iterator[Problem]:
    """Report departments that share the segment of an earlier one."""
    for other in context.catalogue.departments_of_segment(department.item_segment):
        if other.id == department.id:
            return
        yield Problem(
            ("item_segment",),
            f"部门段 {department.item_segment} 已经是{other.short_name}的",
            "请给这个部门另定一段。",
        )


@rule(
    "R009",
    "网页文字里的引用必须有着落",
    subject=HandWrittenPage,
    reason="指引和政策里用 [[编码]] 引用事项，名称永远是现行的；编码写错，群众就看到一串数字。",
    source=_SOURCE,
    example=Example(
        "page",
        "---\ntitle: 首页\n---\n\n办理[[510123001000]]，到[[department:weijian]]。\n",
        "---\ntitle: 首页\n---\n\n办理[[510123991000]]。\n",
    ),
)
def references_in_pages_resolve(page: HandWrittenPage, context: Context) -> Iterator[Problem]:
    """Report references of hand-written pages to items, organisations and laws that do not exist."""
    for index, target in enumerate(page.references):
        if not _leads_somewhere(target, context):
            yield unknown(("references", index), "引用", target, context.once(_referable))


def _leads_somewhere(target: str, context: Context) -> bool:
    kind, colon, identity = target.rpartition(":")
    if not colon or kind in ("department", "town", "law"):
        return context.catalogue.knows(kind or "item", identity)
    return context.catalogue.is_unreadable(kind, identity)


def _referable(context: Context) -> Names:
    """Return the names of everything that pages can refer to, by what they write."""
    kinds = {"department": department_names, "town": town_names, "law": law_names}
    others = {f"{kind}:{identity}": name for kind, names in kinds.items() for identity, name in names(context).items()}
    return item_names(context) | others


@rule(
    "R010",
    "撤销的乡镇并入哪里，要填登记的乡镇",
    subject=AbolishedDivisions,
    reason="群众按老地名来找，要能找到今天归哪里管。",
    source=_SOURCE,
    example=Example(
        "abolished-divisions",
        "divisions:\n  - {name: 檀木镇, code: '511703103000', until: 2019-12-18, basis: 川府民政〔2019〕21号, successors: [tingzi]}\n",
        "divisions:\n  - {name: 檀木镇, code: '511703103000', until: 2019-12-18, basis: 川府民政〔2019〕21号, successors: [tingzhi]}\n",
    ),
)
def successors_of_divisions_exist(register: AbolishedDivisions, context: Context) -> Iterator[Problem]:
    """Report successors of abolished towns that the register of towns does not know."""
    for index, division in enumerate(register.divisions):
        for number, identity in enumerate(division.successors):
            if not context.catalogue.knows("town", identity):
                yield unknown_town(("divisions", index, "successors", number), identity, context)
