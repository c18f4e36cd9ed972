"""N: departments, towns and villages publish the district's items, under the district's names."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.model.item import Item
from gongkai.model.listing import Listing
from gongkai.model.listing_terms import ListingTerms
from gongkai.model.organization import Organization, Town
from gongkai.model.vocabulary import AcceptanceLevel, ItemStatus
from gongkai.naming.difference import difference
from gongkai.naming.normal import reasons
from gongkai.rules.engine import Context, Example, Problem, entries, rule

_SOURCE = (
    "国发〔2022〕5号：同一事项的名称、编码、依据、类型全国统一；达川府办〔2015〕69号：部门、乡镇公布的名称与区级一致。"
)


@rule(
    "N001",
    "公布的名称必须与区级目录完全一致",
    subject=Listing,
    reason="同一件事在区里、乡镇、村里叫三个名字，群众不知道是不是一回事，数据也对不上。",
    source=_SOURCE,
    example=Example(
        "listing",
        'entries:\n  - code: "510123001000"\n    name: 公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）\n',
        'entries:\n  - code: "510123001000"\n    name: 公共场所卫生许可证（除饭馆、咖啡馆、酒吧、茶座等）\n',
    ),
)
def names_equal_the_catalogue(listing: Listing, context: Context) -> Iterator[Problem]:
    """Report entries whose name is not, to the character, the catalogue's name for their code."""
    for index, (entry, item) in enumerate(entries(listing, context)):
        if item is None or entry.name == item.name:
            continue
        former_names = context.catalogue.cards[entry.code].former_names
        former = next((f for f in former_names if f.name == entry.name), None)
        if former is not None:
            message = f"“{entry.name}”是曾用名，{former.until} 起停用（依据：{former.basis}）"
        else:
            kinds = reasons(entry.name, item.name)
            kind = f"（{'、'.join(kinds)}）" if kinds else ""
            message = f"“{entry.name}”与区级目录不一致{kind}：{difference(entry.name, item.name)}"
        yield Problem(("entries", index, "name"), message, f"请改为“{item.name}”。")


@rule(
    "N002",
    "一个名称只能对应一个编码",
    subject=Item,
    reason="两个事项同名，群众和窗口都会办错。",
    source=_SOURCE,
    example=Example("item", "name: 公共场所卫生许可\n", "name: 80周岁以上老年人高龄津贴发放\n"),
)
def names_are_unique(item: Item, context: Context) -> Iterator[Problem]:
    """Report items whose name an earlier item of the catalogue, not cancelled either, has already."""
    if item.status is ItemStatus.CANCELLED:
        return
    first = context.catalogue.codes_by_name[item.name][0]
    if first != item.code:
        yield Problem(
            ("name",), f"名称“{item.name}”已经是事项 {first} 的", "请核对是不是同一个事项；不是的，名称要写出区别。"
        )


def _duties(listing: Listing, context: Context) -> tuple[str, list[ListingTerms]] | None:
    return context.catalogue.duties(listing.organization)


_ABSENT = "published_on: 2026-03-01\nentries: []\n"


@rule(
    "N003",
    "该公布的事项一项不能少",
    subject=Listing,
    reason="区级目录规定由部门、乡镇、村受理的事项，各处都要公布，少一处，那里的群众就不知道能就近办。",
    source="国办发〔2022〕2号：应公开尽公开；达川府办〔2015〕69号：规范、完整、准确。",
    example=Example("listing", "published_on: 2026-03-01\n", _ABSENT),
)
def listings_are_complete(listing: Listing, context: Context) -> Iterator[Problem]:
    """Report items that the catalogue assigns to a publisher and its listing lacks."""
    found = context.of(listing, _duties)
    if found is None:
        return
    noun, duties = found
    published = {entry.code for entry in listing.entries}
    # An entry under a wrong code is one fault, and R005 reports it.
    miscoded = {
        entry.name
        for entry, item in entries(listing, context)
        if item is None and not context.catalogue.knows("item", entry.code)
    }
    for item in duties:
        if item.code not in published and item.name not in miscoded:
            yield Problem(
                ("entries",),
                f"缺少{noun}应当公布的事项“{item.name}”（{item.code}）",
                "请补上；确实不在这里受理的，改正该事项的受理层级（acceptance）。",
                at_key=True,
            )


@rule(
    "N004",
    "清单之外不得公布",
    subject=Listing,
    reason="目录没有规定由这里受理的、已经取消的事项，公布了就是擅自增加或者误导群众。",
    source="国办发〔2022〕2号：清单之外一律不得违法实施行政许可。",
    example=Example(
        "listing",
        'entries:\n  - code: "510123001000"\n    name: 公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）\n',
        'entries:\n  - code: "512011001000"\n    name: 80周岁以上老年人高龄津贴发放\n'
        '  - code: "510123001000"\n    name: 公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）\n',
    ),
)
def listings_have_nothing_else(listing: Listing, context: Context) -> Iterator[Problem]:
    """Report entries that the catalogue does not assign to the publisher, and cancelled items."""
    found = context.of(listing, _duties)
    if found is None:
        return
    allowed = {item.code for item in found[1]}
    for index, (entry, item) in enumerate(entries(listing, context)):
        if item is None or entry.code in allowed:
            continue
        if item.status is not ItemStatus.ACTIVE:
            message = f"事项“{item.name}”的状态是“{item.status}”，不能再公布"
        else:
            message = f"区级目录没有规定由这里受理“{item.name}”"
        yield Problem(("entries", index, "code"), message, "请删去这一项，或者改正该事项的受理层级（acceptance）。")


@rule(
    "N005",
    "每个单位都要公布清单",
    subject=Organization,
    reason="没有清单，那里的群众就不知道能在家门口办什么。",
    source="达川府办〔2015〕69号：部门、乡镇、村都要公布。",
    example=Example(
        "town",
        "villages:\n  - {code: '511703100001', name: 文昌宫社区, full_name: 文昌宫社区居民委员会, kind: 社区}\n",
        "villages:\n"
        "  - {code: '511703100001', name: 文昌宫社区, full_name: 文昌宫社区居民委员会, kind: 社区}\n"
        "  - {code: '511703100009', name: 新街社区, full_name: 新街社区居民委员会, kind: 社区}\n",
    ),
)
def everybody_publishes(organization: Organization, context: Context) -> Iterator[Problem]:
    """Report departments with items, towns, and villages of a town, whose listing is missing."""
    catalogue, identity = context.catalogue, organization.id
    if isinstance(organization, Town):
        due, folder = AcceptanceLevel.TOWN in catalogue.answers("items_by_level"), "towns"
    else:
        due, folder = identity in catalogue.answers("items_by_department"), "departments"
    if due and not catalogue.has_listing(identity):
        yield Problem(
            ("id",), f"{organization.short_name}没有公布清单", f"请建立 data/listings/{folder}/{identity}.yml。"
        )
    if not isinstance(organization, Town) or AcceptanceLevel.VILLAGE not in catalogue.answers("items_by_level"):
        return
    for index, village in enumerate(organization.villages):
        if not catalogue.has_listing(village.code):
            yield Problem(
                ("villages", index, "code"),
                f"{organization.short_name}{village.name}没有公布清单",
                f"请建立 data/listings/villages/{village.code}.yml。",
            )
