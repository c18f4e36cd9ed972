"""T: the steps fit into the promise, and the promise into the law."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.model.item import Item
from gongkai.model.item_parts import Duration
from gongkai.model.vocabulary import TimeUnit
from gongkai.rules.engine import Context, Example, Loc, Problem, rule

_PERMIT_LAW = "《行政许可法》第四十二条、第四十三条、第四十五条、第八十二条"


@rule(
    "T001",
    "承诺时限不得长于法定时限",
    subject=Item,
    reason="法定时限是上限，承诺只能更快。",
    source=_PERMIT_LAW + "；GB/T 39554.2-2020。",
    example=Example(
        "item",
        "time_limits:\n  statutory: {value: 20, unit: 工作日}\n  promised: {value: 8, unit: 工作日}\n",
        "time_limits:\n  statutory: {value: 20, unit: 工作日}\n  promised: {value: 2, unit: 月}\n",
    ),
)
def promised_within_statutory(item: Item, _context: Context) -> Iterator[Problem]:
    """Report a promise that is longer than the law allows."""
    statutory, promised = item.time_limits.statutory, item.time_limits.promised
    if statutory and promised and promised.working_days > statutory.working_days:
        yield Problem(
            ("time_limits", "promised"),
            f"承诺时限 {promised.text}，长于法定时限 {statutory.text}",
            "请把承诺时限改到不超过法定时限；法定时限填错的改正法定时限。",
        )


@rule(
    "T002",
    "各环节时限之和不得超过承诺时限",
    subject=Item,
    reason="每一步都按时，整件事却超时，承诺就是空话。",
    source="国办秘函〔2019〕19号办事指南准确性；" + _PERMIT_LAW + "。",
    example=Example(
        "item",
        "procedure:\n  - {kind: 受理, actor: 窗口, limit: {value: 3, unit: 工作日}, action: 核对申请表}\n",
        "procedure:\n  - {kind: 受理, actor: 窗口, limit: {value: 30, unit: 工作日}, action: 核对申请表}\n",
    ),
)
def steps_within_promise(item: Item, _context: Context) -> Iterator[Problem]:
    """Report counted steps that add up to more than the promise, at the step that breaks it."""
    promised = item.time_limits.promised
    if promised is None:
        return
    allowed, total = promised.working_days, 0.0
    for index, step in enumerate(item.procedure):
        if step.limit is None or not step.counted:
            continue
        total += step.limit.working_days
        if total > allowed + 1e-9:
            converted = "（不同单位按一年 250 个工作日折算）" if _mixed(item) else ""
            yield Problem(
                ("procedure", index, "limit"),
                f"办到“{step.kind}”这一步，各环节已经用去 {round(total, 1):g} 个工作日{converted}，超过承诺时限 {promised.text}",
                "请缩短环节时限；依法不计入的环节写 counted: false。",
            )
            return


def _mixed(item: Item) -> bool:
    """Tell whether the steps and the promise are given in other units than working days."""
    limits = [step.limit for step in item.procedure if step.limit is not None]
    units = {limit.unit for limit in (*limits, item.time_limits.promised) if limit is not None}
    return bool(units - {TimeUnit.WORKING_DAY, TimeUnit.IMMEDIATE})


@rule(
    "T003",
    "即办件承诺即时办结，其他办件不能承诺即时",
    subject=Item,
    reason="“即办件”当场办完，承诺时限就是“即时”；写了天数的就是承诺件。",
    source="GB/T 39046-2020 附录 A.6 办件类型；GB/T 39554.2-2020。",
    example=Example(
        "item",
        "handling: 承诺件\ntime_limits:\n  statutory: {value: 20, unit: 工作日}\n"
        "  promised: {value: 8, unit: 工作日}\n",
        "handling: 即办件\ntime_limits:\n  statutory: {value: 20, unit: 工作日}\n"
        "  promised: {value: 8, unit: 工作日}\n",
    ),
)
def immediate_means_immediate(item: Item, _context: Context) -> Iterator[Problem]:
    """Report items whose kind of handling and promise contradict each other."""
    promised = item.time_limits.promised
    if promised is None:
        return
    immediate = promised.unit is TimeUnit.IMMEDIATE
    if item.is_immediate and not immediate:
        yield Problem(
            ("time_limits", "promised"),
            f"办件类型是“即办件”，承诺时限却是 {promised.text}",
            "即办件的承诺时限写 {unit: 即时}；需要几天的，办件类型改为“承诺件”。",
        )
    elif immediate and not item.is_immediate:
        yield Problem(
            ("handling",),
            f"承诺时限是“即时”，办件类型却是“{item.handling}”",
            "当场能办完的，办件类型改为“即办件”；不能的，写明承诺几个工作日。",
        )


@rule(
    "T004",
    "时限要有数值",
    subject=Item,
    reason="“0 个工作日”既不是即时，也不是期限。",
    source="GB/T 39554.2-2020 办结时限。",
    example=Example(
        "item",
        "time_limits:\n  statutory: {value: 20, unit: 工作日}\n  promised: {value: 8, unit: 工作日}\n",
        "time_limits:\n  statutory: {value: 20, unit: 工作日}\n  promised: {unit: 工作日}\n",
    ),
)
def durations_have_values(item: Item, _context: Context) -> Iterator[Problem]:
    """Report durations of zero, and immediate ones that carry a number."""
    for loc, duration in _durations(item):
        if duration.unit is TimeUnit.IMMEDIATE and duration.value:
            yield Problem(loc, f"单位是“即时”，又写了数值 {duration.value}", "即时办结的不写数值。")
        elif duration.unit is not TimeUnit.IMMEDIATE and not duration.value:
            yield Problem(loc, f"时限没有写数值，只写了“{duration.unit}”", "请写明多少；当场办完的单位写“即时”。")


def _durations(item: Item) -> Iterator[tuple[Loc, Duration]]:
    for name in ("statutory", "promised"):
        duration = getattr(item.time_limits, name)
        if duration is not None:
            yield ("time_limits", name), duration
    for index, step in enumerate(item.procedure):
        if step.limit is not None:
            yield ("procedure", index, "limit"), step.limit
    for index, review in enumerate(item.prior_reviews):
        yield ("prior_reviews", index, "limit"), review.limit
    for index, procedure in enumerate(item.special_procedures):
        if procedure.limit is not None:
            yield ("special_procedures", index, "limit"), procedure.limit
    for direction in ("outward", "upward") if item.referrals else ():
        for index, referral in enumerate(getattr(item.referrals, direction)):
            if referral.limit is not None:
                yield ("referrals", direction, index, "limit"), referral.limit


@rule(
    "T005",
    "行政权力要写明法定时限",
    subject=Item,
    reason="不写期限，超时就没有依据可投诉。",
    source="GB/T 39554.2-2020：行政权力事项的法定、承诺办结时限均为必填；" + _PERMIT_LAW + "。",
    example=Example(
        "item",
        "time_limits:\n  statutory: {value: 20, unit: 工作日}\n  promised: {value: 8, unit: 工作日}\n",
        "time_limits:\n  promised: {value: 8, unit: 工作日}\n",
    ),
)
def powers_have_limits(item: Item, _context: Context) -> Iterator[Problem]:
    """Report administrative powers without a statutory limit."""
    if item.type.is_power and item.time_limits.statutory is None:
        yield Problem(
            ("time_limits",),
            f"事项类型是“{item.type}”，缺少法定办结时限（statutory）",
            "单行法没有规定的行政许可，按行政许可法为 20 个工作日。",
            at_key=True,
        )
