"""V: visits, halls, online handling, and the way an item is filed."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.model.item import Item
from gongkai.model.listing import Listing
from gongkai.model.vocabulary import Audience, AuthorityNature, ItemStatus, OnlineDepth, PowerSource
from gongkai.rules.engine import Context, Example, Problem, entries, rule

_SOURCE = "GB/T 39554.2-2020 政务服务事项要素要求。"


@rule(
    "V001",
    "要跑现场的要说明原因",
    subject=Item,
    reason="“最多跑一次”是常态，需要到场的应当说清楚为什么网上办不了。",
    source=_SOURCE + "到办事现场次数大于 0 的，必须现场办理原因说明必填。",
    example=Example("item", "visits:\n  count: 1\n  reason: 需要当面采集指纹\n", "visits:\n  count: 1\n"),
)
def visits_have_a_reason(item: Item, _context: Context) -> Iterator[Problem]:
    """Report items that need a visit and do not say why."""
    if item.visits.count and item.visits.reason is None:
        yield Problem(
            ("visits",),
            f"要到现场 {item.visits.count} 次，没有说明原因（reason）",
            "请写明为什么必须到现场。",
            at_key=True,
        )


@rule(
    "V002",
    "没有进驻政务大厅的要说明原因",
    subject=Item,
    reason="应进必进；不进驻的，群众要知道到哪里办、为什么。",
    source="国办发〔2018〕45号：进一张网、到一扇门，政务服务事项应进必进；" + _SOURCE,
    example=Example(
        "item", "hall:\n  stationed: false\n  exception: 涉及危险物品，在专门场所办理\n", "hall:\n  stationed: false\n"
    ),
)
def absence_from_hall_has_a_reason(item: Item, _context: Context) -> Iterator[Problem]:
    """Report items that are not handled in the service centre without saying why."""
    if not item.hall.stationed and item.hall.exception is None:
        yield Problem(("hall",), "没有进驻政务大厅，也没有写原因（exception）", "请写明原因。", at_key=True)


@rule(
    "V003",
    "能网办的要有网址和办理深度",
    subject=Item,
    reason="只说“可以网办”，群众找不到入口。",
    source=_SOURCE + "是否网办为是的，网办地址必填。",
    example=Example(
        "item",
        "online:\n  available: true\n  depth: Ⅲ级\n  url: https://www.sczwfw.gov.cn/\n",
        "online:\n  available: true\n",
    ),
)
def online_items_have_an_address(item: Item, _context: Context) -> Iterator[Problem]:
    """Report online items without an address or a depth."""
    for name in ("url", "depth") if item.online.available else ():
        if getattr(item.online, name) is None:
            title = type(item.online).model_fields[name].title
            yield Problem(("online",), f"写了可以网办，缺少“{title}”（{name}）", "请补充。", at_key=True)


@rule(
    "V004",
    "全程网办的不用跑现场",
    subject=Item,
    reason="网上办理深度Ⅳ级就是全程网办，还要跑现场的不是Ⅳ级。",
    source="温州市事项审核规则；" + _SOURCE,
    example=Example(
        "item",
        "visits: {count: 0}\nonline: {available: true, depth: Ⅳ级, url: 'https://www.sczwfw.gov.cn/'}\n",
        "visits: {count: 1, reason: 需要当面采集指纹}\n"
        "online: {available: true, depth: Ⅳ级, url: 'https://www.sczwfw.gov.cn/'}\n",
    ),
)
def complete_online_means_no_visit(item: Item, _context: Context) -> Iterator[Problem]:
    """Report items that claim complete online handling and still demand a visit."""
    if item.online.depth is OnlineDepth.COMPLETE and item.visits.count:
        yield Problem(
            ("visits", "count"),
            f"网上办理深度是Ⅳ级（全程网办），又写了要到现场 {item.visits.count} 次",
            "需要到现场的，办理深度改为Ⅲ级；不需要的，次数改为 0。",
        )


@rule(
    "V005",
    "主题分类要与服务对象一致",
    subject=Item,
    reason="群众按“个人办事”“法人办事”来找，分错了就找不到。",
    source="国办函〔2016〕108号；" + _SOURCE,
    example=Example(
        "item",
        "audiences: [自然人]\nthemes: {personal: [准营准办]}\n",
        "audiences: [自然人]\nthemes: {corporate: [准营准办]}\n",
    ),
)
def themes_follow_audiences(item: Item, _context: Context) -> Iterator[Problem]:
    """Report items whose themes do not fit whom they serve."""
    person = Audience.PERSON in item.audiences
    legal = any(a not in (Audience.PERSON, Audience.AUTHORITY) for a in item.audiences)
    for serves, field, who in ((person, "personal", "自然人"), (legal, "corporate", "法人或其他组织")):
        themes = getattr(item.themes, field)
        if serves == bool(themes):
            continue
        title = type(item.themes).model_fields[field].title
        if serves:
            yield Problem(
                ("themes",), f"服务对象有{who}，没有选“{title}”的主题（{field}）", "请至少选一个主题。", at_key=True
            )
        else:
            yield Problem(
                ("themes", field), f"服务对象没有{who}，却选了“{title}”的主题", "请核对服务对象和主题。", at_key=True
            )


@rule(
    "V006",
    "受委托的要写明委托部门",
    subject=Item,
    reason="委托实施的，责任在委托机关，群众要知道是谁。",
    source="《行政许可法》第二十四条；" + _SOURCE + "实施主体性质为受委托组织，或者权力来源为委托的，委托部门必填。",
    example=Example(
        "item",
        "authority: {organization: weijian, nature: 受委托组织, entrusted_by: 四川省卫生健康委员会}\n",
        "authority: {organization: weijian, nature: 受委托组织}\n",
    ),
)
def entrusted_items_name_the_principal(item: Item, _context: Context) -> Iterator[Problem]:
    """Report entrusted authorities that do not say by whom."""
    entrusted = item.authority.nature is AuthorityNature.ENTRUSTED or item.power_source in (
        PowerSource.ENTRUSTED_BY_SUPERIOR,
        PowerSource.ENTRUSTED_BY_PEER,
    )
    if entrusted and item.authority.entrusted_by is None:
        yield Problem(
            ("authority",), "是受委托实施的，没有写委托部门（entrusted_by）", "请写明由哪个机关委托。", at_key=True
        )


@rule(
    "V009",
    "没有进驻的事项不能写在政务服务中心的窗口办",
    subject=Listing,
    reason="一处说没有进驻政务服务中心，一处又让群众去中心的窗口，群众会白跑。",
    source="国办发〔2018〕45号；" + _SOURCE,
    example=Example(
        "listing",
        "window: {place: 区政务服务中心二楼 A03 号窗口, address: 演示路 1 号, hours: 工作日 9:00—17:00}\n",
        "window: {place: 区政务服务中心二楼 A03 号窗口, address: 演示路 1 号, hours: 工作日 9:00—17:00}\n"
        'entries:\n  - {code: "512011001000", name: 80周岁以上老年人高龄津贴发放}\n',
    ),
)
def absent_items_have_other_windows(listing: Listing, context: Context) -> Iterator[Problem]:
    """Report listing entries that send people to the service centre for an item not handled there."""
    for index, (entry, item) in enumerate(entries(listing, context)):
        window = entry.window or listing.window
        if item is not None and not item.stationed and "政务服务中心" in window.place:
            yield Problem(
                ("entries", index),
                f"“{entry.name}”没有进驻政务服务中心，办理窗口却是“{window.place}”",
                "请给这个事项写它自己的窗口（window），或者核对是否已经进驻。",
            )


_CANCELLED = "status: 取消\ncancellation: {on: 2026-01-01, basis: 国办发〔2022〕2号, note: 改为备案}\n"


@rule(
    "V007",
    "取消的事项要写明何时、依据什么取消",
    subject=Item,
    reason="事项取消以后页面还在，要告诉群众什么时候取消、以后怎么办。",
    source="国办发〔2022〕2号：清单动态调整应当公开；国办发〔2017〕47号：网页不得一删了之。",
    example=Example("item", _CANCELLED, "status: 取消\n"),
)
def cancelled_items_say_so(item: Item, context: Context) -> Iterator[Problem]:
    """Report a status and a cancellation that contradict each other, and cancellations before their day."""
    if item.status is ItemStatus.CANCELLED and item.cancellation is None:
        yield Problem(("status",), "事项状态是“取消”，没有写取消信息（cancellation）", "请写明取消日期、依据和说明。")
    if item.cancellation is not None and item.cancellation.on > context.latest:
        yield Problem(
            ("cancellation", "on"),
            f"取消日期 {item.cancellation.on} 还没有到",
            "还没有取消的，写计划取消日期（planned_cancellation_on），到那一天再改状态。",
        )
    if item.cancellation is not None and item.status is not ItemStatus.CANCELLED:
        yield Problem(
            ("cancellation",),
            f"写了取消信息，事项状态却是“{item.status}”",
            "请把事项状态改为“取消”，或者删去取消信息。",
            at_key=True,
        )


@rule(
    "V008",
    "日期的先后要合理",
    subject=Item,
    reason="还没到的更新日期、早于生效的取消日期，都说明有一处填错了。",
    source="国办秘函〔2019〕19号：伪造日期属于弄虚作假，单项否决。",
    example=Example("item", "updated_on: 2026-03-12\n", "updated_on: 2999-01-01\n"),
)
def dates_are_in_order(item: Item, context: Context) -> Iterator[Problem]:
    """Report update dates in the future and cancellations before the item took effect."""
    if item.updated_on > context.latest:
        yield Problem(("updated_on",), f"更新日期 {item.updated_on} 还没有到", "请填实际修改的日期。")
    planned = item.planned_cancellation_on
    if planned is not None and planned <= item.effective_on:
        yield Problem(
            ("planned_cancellation_on",),
            f"计划取消日期 {planned} 不晚于生效日期 {item.effective_on}",
            "请核对两个日期。",
        )
    if planned is not None and planned <= context.as_of and item.status is ItemStatus.ACTIVE:
        yield Problem(
            ("planned_cancellation_on",),
            f"计划取消日期 {planned} 已经到了，事项状态还是“{item.status}”",
            "按计划取消的，把事项状态改为“取消”并写取消信息；推迟的，改写日期。",
        )
    for index, former in enumerate(item.former_names):
        if former.until > context.latest:
            yield Problem(
                ("former_names", index, "until"),
                f"曾用名的停用日期 {former.until} 还没有到",
                "还在用的名称不能列为曾用名。",
            )
