"""A: adjustments (动态调整) say what changed, when and why, so that every earlier version can be rebuilt."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.casework.working_days import WorkingCalendars
from gongkai.finding import Severity
from gongkai.model.adjustment import Adjustment, AdjustmentChange
from gongkai.model.disclosure_vocabulary import AdjustmentKind
from gongkai.model.item import Item
from gongkai.model.item_parts import ALL_TOWNS, ALL_VILLAGES
from gongkai.model.vocabulary import ItemStatus
from gongkai.rules.engine import Context, Example, Problem, rule
from gongkai.rules.unknown import is_organization, unknown_item, unknown_organization
from gongkai.versions.history import FIRST, changes_of, history_of, rebuild_organization

SOURCE = "达川府办〔2015〕69号：事项实行动态调整，调整情况及时公布；GB/T 39554.2-2020 政务服务事项版本。"
PUBLICATION_WORKING_DAYS = 20
"""政府信息公开条例第二十六条: within twenty working days of the change."""

LATE_PUBLICATION = "A004"
"""The rule that reminds of a publication that was late."""

_ITEM = 'item: "510123001000"'
_NAME = "name: 公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
_VERSION = "version: 2\n    previous_effective_on: 2022-06-01"
_ELEMENTS = "elements:\n      - {path: time_limits.promised.value, old: 10, new: 8}"


def changes_example(
    *,
    kind: str = "kind: 要素变更",
    item: str = _ITEM,
    name: str = _NAME,
    version: str = _VERSION,
    elements: str = _ELEMENTS,
) -> str:
    """Return the YAML of an adjustment's changes, one change, with some of its lines replaced."""
    lines = [line for line in (kind, item, name, version, elements) if line]
    return "changes:\n  - " + "\n    ".join(lines) + "\n"


_GOOD = changes_example()


@rule(
    "A001",
    "调整的事项和机构必须登记",
    subject=Adjustment,
    reason="公众要能从调整公告点到这个事项、对方事项和机构。",
    source=SOURCE,
    example=Example("adjustment", _GOOD, changes_example(item='item: "510123001009"')),
)
def subjects_exist(adjustment: Adjustment, context: Context) -> Iterator[Problem]:
    """Report items and organisations, on either side of an adjustment, that the registers do not know."""
    catalogue = context.catalogue
    for index, change in enumerate(adjustment.changes):
        loc = ("changes", index)
        if change.item is not None and not catalogue.knows("item", change.item):
            yield unknown_item((*loc, "item"), change.item, change.name, context)
        for number, code in enumerate(change.counterparts):
            if not catalogue.knows("item", code):
                yield unknown_item((*loc, "counterparts", number), code, "", context)
        for key in ("organization", "counterpart_organization"):
            identity = getattr(change, key)
            everybody = key == "counterpart_organization" and identity in (ALL_TOWNS, ALL_VILLAGES)
            if identity is not None and not everybody and not is_organization(identity, context):
                yield unknown_organization((*loc, key), "机构", identity, context)


@rule(
    "A002",
    "调整记录写当时的名称",
    subject=Adjustment,
    reason="公告里的名称与事项、机构调整以后的名称不同，公众对不上是哪一件事。",
    source=SOURCE,
    example=Example("adjustment", _GOOD, changes_example(name="name: 公共场所卫生许可证核发")),
)
def names_are_those_of_the_day(adjustment: Adjustment, context: Context) -> Iterator[Problem]:
    """Report changes whose name is not the one that the item or organisation had after the change."""
    for index, change in enumerate(adjustment.changes):
        name = _name_after(adjustment, change, context)
        if name is not None and name != change.name:
            message = f"“{change.name}”不是 {adjustment.effective_on} 调整以后的名称"
            yield Problem(("changes", index, "name"), message, f"请改为“{name}”。")


def _name_after(adjustment: Adjustment, change: AdjustmentChange, context: Context) -> str | None:
    """Return the name that a change left, or None when it cannot be known."""
    catalogue = context.catalogue
    item = catalogue.items.get(change.item or "")
    if item is not None:
        known = history_of(catalogue, item.code).versions
        return next((v.item.name for v in known if v.number == change.version), None)
    organization = catalogue.organization(change.organization or "")
    if organization is None:
        return None
    name = organization.name
    for newer, earlier in rebuild_organization(organization, catalogue.adjustments_of(organization.id)).before:
        if newer.id == adjustment.id:
            return name
        name = earlier.name
    return None


@rule(
    "A003",
    "各版本的生效日期要前后相接",
    subject=Adjustment,
    reason="生效日期前后颠倒，就说不清哪一天按哪一版办理。",
    source=SOURCE,
    example=Example("adjustment", _GOOD, changes_example(version="version: 2\n    previous_effective_on: 2025-07-01")),
)
def dates_follow_each_other(adjustment: Adjustment, context: Context) -> Iterator[Problem]:
    """Report versions that begin no later than the one before, and dates that the records disagree on."""
    for index, change in enumerate(adjustment.changes):
        if change.item is None or change.version is None:
            continue
        previous = change.previous_effective_on
        loc = ("changes", index, "previous_effective_on")
        if previous is None:
            if change.version > FIRST:
                message = f"第 {change.version} 版没有写上一版本的生效日期（previous_effective_on）"
                yield Problem(("changes", index), message, "请补上；重建上一版本要用它。")
            continue
        if change.version == FIRST:
            yield Problem(loc, "第 1 版没有上一版本，不写上一版本的生效日期", "请删去这一行。")
        elif previous >= adjustment.effective_on:
            message = f"上一版本的生效日期 {previous} 不早于这次的生效日期 {adjustment.effective_on}"
            yield Problem(loc, message, "请核对两个日期；一天之内的几处变动写在同一版里。")
        else:
            recorded = _effective_on(change.item, change.version - 1, context)
            if recorded is not None and str(previous) != recorded:
                message = f"上一版本的生效日期 {previous} 与它的调整记录不一致"
                yield Problem(loc, message, f"那次调整的生效日期是 {recorded}，请核对后改正一处。")


def _effective_on(code: str, version: int, context: Context) -> str | None:
    """Return the date on which a version took effect by the record that made it, or None without one."""
    made = changes_of(code, context.catalogue.adjustments_of(code))
    return next((str(adjustment.effective_on) for adjustment, _, change in made if change.version == version), None)


@rule(
    LATE_PUBLICATION,
    "调整后二十个工作日内公布",
    subject=Adjustment,
    severity=Severity.WARNING,
    reason="调整了不公布，群众还照老办法准备材料，就要白跑。公布晚了已经补不回来，只能照实记下，所以只提醒。",
    source="政府信息公开条例第二十六条：自政府信息形成或者变更之日起 20 个工作日内公开。",
    example=Example("adjustment", "published_on: 2025-07-29\n", "published_on: 2025-07-30\n"),
)
def published_in_time(adjustment: Adjustment, context: Context) -> Iterator[Problem]:
    """Report adjustments published more than twenty working days after they took effect."""
    calendars = WorkingCalendars(context.catalogue.calendars)
    due = calendars.add_working_days(adjustment.effective_on, PUBLICATION_WORKING_DAYS)
    if adjustment.published_on > due.date:
        days = calendars.working_days_between(adjustment.effective_on, adjustment.published_on)
        yield Problem(
            ("published_on",),
            f"生效以后第 {days} 个工作日才公布，超过了 {PUBLICATION_WORKING_DAYS} 个工作日",
            f"最迟应当在 {due.date} 公布；日期写错了的请改正；确实晚了的照实写，在说明（note）里写明原因；这只是提醒，不影响发布。",
        )


@rule(
    "A005",
    "版本号一版接一版",
    subject=Adjustment,
    reason="中间少了一版，以前的版本就重建不出来；两次调整同一个版本号，就说不清哪次在先。",
    source=SOURCE,
    example=Example("adjustment", _GOOD, changes_example(version="previous_effective_on: 2022-06-01")),
)
def versions_are_consecutive(adjustment: Adjustment, context: Context) -> Iterator[Problem]:
    """Report changes of items without a version, with one that is taken, and gaps in the numbers."""
    for index, change in enumerate(adjustment.changes):
        if change.item is None:
            continue
        if change.version is None:
            yield Problem(("changes", index), "没有写调整后的版本（version）", "事项的调整都要写；机构的不写。")
            continue
        loc = ("changes", index, "version")
        # Oldest first: of two that claim one number, the later is at fault.
        made = changes_of(change.item, context.catalogue.adjustments_of(change.item))[::-1]
        same = [(other, number) for other, number, one in made if one.version == change.version]
        first, number = same[0]
        if (first.id, number) != (adjustment.id, index):
            message = f"第 {change.version} 版已经由调整 {first.id} 记录"
            yield Problem(loc, message, "每次调整把版本号加 1；同一次调整只写一处。")
            continue
        earlier = [one.version for _, _, one in made if one.version is not None and one.version < change.version]
        if earlier and max(earlier) != change.version - 1:
            message = f"第 {max(earlier)} 版以后直接是第 {change.version} 版，缺少中间版本的调整记录"
            yield Problem(loc, message, f"请补上第 {max(earlier) + 1} 版的记录，或者改正版本号。")


@rule(
    "A006",
    "事项的版本与最近一次调整一致",
    subject=Item,
    reason="事项写的是一版，调整记录写的是另一版，公众看到的历史就是错的。",
    source=SOURCE,
    example=Example("item", "version: 2\n", "version: 3\n"),
)
def item_agrees_with_newest_adjustment(item: Item, context: Context) -> Iterator[Problem]:
    """Report items whose version or effective date differs from what their newest adjustment left.

    Items without any adjustment are left alone: their history is older than the records.
    """
    made = changes_of(item.code, context.catalogue.adjustments_of(item.code))
    if not made or made[0][2].version is None:
        return
    adjustment, _, change = made[0]
    if item.version != change.version:
        yield Problem(
            ("version",),
            f"事项是第 {item.version} 版，而最近一次调整 {adjustment.id} 记录的是第 {change.version} 版",
            "改了内容的，用 gongkai adjust 补写调整记录；没有改的，改正版本号。",
        )
    elif item.effective_on != adjustment.effective_on:
        yield Problem(
            ("effective_on",),
            f"生效日期 {item.effective_on} 与调整 {adjustment.id} 的生效日期 {adjustment.effective_on} 不一致",
            "请核对后改正一处。",
        )


@rule(
    "A007",
    "记录的要素必须能够还原",
    subject=Adjustment,
    reason="以前的版本全靠调整记录还原；记录的“现在的内容”与这一版的内容不符，还原出来的就是假的。",
    source=SOURCE,
    example=Example(
        "adjustment",
        _GOOD,
        changes_example(elements="elements:\n      - {path: time_limits.promised.value, old: 10, new: 7}"),
    ),
)
def elements_can_be_undone(adjustment: Adjustment, context: Context) -> Iterator[Problem]:
    """Report elements whose new value is not what stands in the version that the change made."""
    catalogue = context.catalogue
    for index, change in enumerate(adjustment.changes):
        identity = change.item or change.organization or ""
        recorded = catalogue.adjustments_of(identity)
        item, organization = catalogue.items.get(identity), catalogue.organization(identity)
        if change.item is not None and item is not None:
            obstacle = history_of(catalogue, item.code).obstacle
        elif change.organization is not None and organization is not None:
            obstacle = rebuild_organization(organization, recorded).obstacle
        else:
            continue
        if obstacle is None or obstacle.element is None or obstacle.adjustment.id != adjustment.id:
            continue
        if obstacle.change == index:
            loc = ("changes", index, "elements", obstacle.element)
            yield Problem(loc, obstacle.message, obstacle.help)


_NEEDS = {
    AdjustmentKind.RENAMED: "名称（name）要在变动的要素里",
    AdjustmentKind.CANCELLED: "状态（status）要在变动的要素里，现在的内容是“取消”",
    AdjustmentKind.ADDED: "版本是 1，不写上一版本的生效日期，也不写变动的要素",
    AdjustmentKind.DELEGATED: "实施主体（authority）、行使层级（exercise_levels）或者受理层级（acceptance）要在变动的要素里",
    AdjustmentKind.TAKEN_OVER: "新承接的版本是 1；原来就有的，实施主体、行使层级或者受理层级要在变动的要素里",
    AdjustmentKind.MERGED: "要写相关事项（counterparts）",
    AdjustmentKind.SPLIT: "要写相关事项（counterparts）",
    AdjustmentKind.AMENDED: "要有变动的要素；改了名称的写“更名”，状态改成取消的写“取消”",
}


@rule(
    "A008",
    "调整的种类与变动的内容相符",
    subject=Adjustment,
    reason="写的是更名、改的是收费，公众按种类就查不到。",
    source=SOURCE,
    example=Example("adjustment", _GOOD, changes_example(kind="kind: 更名")),
)
def kinds_fit(adjustment: Adjustment, context: Context) -> Iterator[Problem]:
    """Report changes whose kind does not fit the elements that they record."""
    for index, change in enumerate(adjustment.changes):
        if change.organization is not None and change.kind is not AdjustmentKind.RENAMED:
            message = f"机构的调整只有“更名”，不能写“{change.kind}”"
            yield Problem(("changes", index, "kind"), message, "机构撤并、职责划转，记在涉及的每个事项上。")
        elif not kind_fits(change):
            message = f"种类是“{change.kind}”，与变动的内容不符"
            yield Problem(("changes", index, "kind"), message, f"“{change.kind}”{_NEEDS[change.kind]}。")


_PLACES = {"authority", "exercise_levels", "acceptance"}


def kind_fits(change: AdjustmentChange) -> bool:
    """Tell whether a change's kind fits the elements that it records."""
    new = {element.path: element.new for element in change.elements}
    tops = {path.partition(".")[0] for path in new}
    begins = change.version == FIRST and not change.elements
    cancels = new.get("status") == ItemStatus.CANCELLED
    moves = bool(tops & _PLACES)
    related = bool(change.counterparts)
    fits = {
        AdjustmentKind.ADDED: begins,
        AdjustmentKind.CANCELLED: cancels,
        AdjustmentKind.RENAMED: new.get("name") == change.name or (change.item is None and "short_name" in new),
        AdjustmentKind.DELEGATED: moves,
        AdjustmentKind.TAKEN_OVER: begins or moves,
        AdjustmentKind.MERGED: related and (begins or bool(new)),
        AdjustmentKind.SPLIT: related and (begins or bool(new)),
        AdjustmentKind.AMENDED: bool(new) and "name" not in new and not cancels,
    }
    return fits[change.kind]
