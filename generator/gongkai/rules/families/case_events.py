"""K: the events of a case follow each other as the law lets them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai.model.approval_case import ApprovalCase, ApprovalDay, CaseEvent
from gongkai.model.disclosure_vocabulary import CLOSING, CaseEventKind, CaseResult
from gongkai.rules.case_examples import ACCEPTED, DECIDED, GRANTED, RECEIVED, case, decided
from gongkai.rules.engine import Context, Example, Loc, Problem, rule

_PERMIT_LAW = "《行政许可法》"
_HONESTY = "国办秘函〔2019〕19号：伪造日期属于弄虚作假，单项否决。"
_PLATFORM = "GB/T 39046-2020 政务服务平台基础数据规范：办件过程信息。"
_AFTER_CLOSING = (CaseEventKind.DELIVERED, CaseEventKind.AMENDED, CaseEventKind.RETRACTED)
_UNACCEPTED = (CaseResult.NOT_ACCEPTED, CaseResult.RETURNED, CaseResult.VOIDED, CaseResult.DELETED)


def _events(day: ApprovalDay) -> Iterator[tuple[ApprovalCase, int, int, CaseEvent]]:
    """Yield every event of a file with its case and both positions."""
    for index, case_ in enumerate(day.cases):
        for number, event in enumerate(case_.events):
            yield case_, index, number, event


def _loc(index: int, number: int, key: str = "kind") -> Loc:
    return ("cases", index, "events", number, key)


@rule(
    "K011",
    "第一个环节是收件，日期与文件相同",
    subject=ApprovalDay,
    reason="时限从收件、受理算起；没有收件就不知道等了多久。",
    source=_PERMIT_LAW + "第三十二条；" + _PLATFORM,
    example=Example("approvals", case(), case(ACCEPTED)),
)
def cases_begin_with_receipt(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report cases that do not begin with their receipt on the file's day, and second receipts."""
    for _, index, number, event in _events(day):
        received = event.kind is CaseEventKind.RECEIVED
        if number == 0 and not received:
            yield Problem(_loc(index, 0), f"第一个环节是“{event.kind}”，不是“收件”", "请补上收件的日期。")
        elif number == 0 and event.on != day.date:
            yield Problem(
                _loc(index, 0, "on"),
                f"收件日期 {event.on} 与文件的日期 {day.date} 不符",
                "请改正日期；不是这一天收的，移到收件那天的文件里。",
            )
        elif number > 0 and received:
            yield Problem(_loc(index, number), "收件写了两次", "补交材料的写“补正完成”；另外一件事另写一个办件。")


@rule(
    "K012",
    "环节的日期不能倒走",
    subject=ApprovalDay,
    reason="后面的环节比前面的早，到期日和用时就算错，群众看到的就是假的。",
    source=_HONESTY,
    example=Example("approvals", case(), case(RECEIVED, ACCEPTED.replace("03-03", "02-27"))),
)
def dates_run_forwards(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report events that are earlier than one before them."""
    for index, case_ in enumerate(day.cases):
        latest = case_.events[0]
        for number, event in enumerate(case_.events):
            if event.on < latest.on:
                yield Problem(
                    _loc(index, number, "on"),
                    f"“{event.kind}”的日期 {event.on} 早于前面“{latest.kind}”的 {latest.on}",
                    "请核对两个日期，环节按发生的先后写。",
                )
            else:
                latest = event


@rule(
    "K013",
    "环节和公开的日期不能在将来",
    subject=ApprovalDay,
    reason="还没有发生的事不能写成已经发生。",
    source=_HONESTY,
    example=Example("approvals", case(), case(RECEIVED, ACCEPTED.replace("2026", "2999"))),
)
def nothing_happens_in_the_future(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report events and publications after the day of the check."""
    advice = "请填实际发生的日期；还没有发生的先不写。"
    for _, index, number, event in _events(day):
        if event.on > context.latest:
            yield Problem(_loc(index, number, "on"), f"“{event.kind}”的日期 {event.on} 还没有到", advice)
    for index, case_ in enumerate(day.cases):
        published = case_.decision.published_on if case_.decision is not None else None
        if published is not None and published > context.latest:
            loc = ("cases", index, "decision", "published_on")
            yield Problem(loc, f"公开日期 {published} 还没有到", advice)


_CORRECTION = "{on: 2026-03-03, kind: 一次性告知补正, note: 平面图没有标明消毒间的位置}"


@rule(
    "K014",
    "补正只能在受理以前",
    subject=ApprovalDay,
    reason="材料不齐应当在受理以前一次告知；受理以后再要材料，时限就成了空话。",
    source=_PERMIT_LAW + "第三十二条第一款第四项。",
    example=Example(
        "approvals",
        case(RECEIVED, _CORRECTION, "{on: 2026-03-05, kind: 补正完成}", ACCEPTED.replace("03-03", "03-05")),
        case(RECEIVED, ACCEPTED, _CORRECTION),
    ),
)
def corrections_come_before_acceptance(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report requests after acceptance, second requests, answers to no request, and acceptance without answer."""
    for index, case_ in enumerate(day.cases):
        accepted = requested = corrected = False
        for number, event in enumerate(case_.events):
            if event.kind is CaseEventKind.ACCEPTED:
                accepted = True
                if requested and not corrected:
                    advice = "请在受理前补上“补正完成”的日期。"
                    yield Problem(_loc(index, number), "告知了补正，没有写补正完成就受理了", advice)
            elif event.kind is CaseEventKind.CORRECTION_REQUESTED:
                if accepted:
                    advice = "受理以后不能再要求补正；确实在受理以前告知的，移到“受理”前面。"
                    yield Problem(_loc(index, number), "受理以后又告知补正", advice)
                elif requested:
                    yield Problem(
                        _loc(index, number),
                        "补正告知了不止一次",
                        "需要补正的内容应当一次性告知；同一次告知写了两遍的删去一处。",
                    )
                requested = True
            elif event.kind is CaseEventKind.CORRECTED:
                if not requested:
                    advice = "请补上“一次性告知补正”的日期，或者删去这个环节。"
                    yield Problem(_loc(index, number), "没有告知补正，却写了补正完成", advice)
                corrected = True


_ANY_TIME = (
    CaseEventKind.RECEIVED,
    CaseEventKind.CORRECTION_REQUESTED,
    CaseEventKind.CORRECTED,
    CaseEventKind.ACCEPTED,
    CaseEventKind.WITHDRAWN,
    *_AFTER_CLOSING,
)
"""Events that need no acceptance before them."""


@rule(
    "K015",
    "先受理，后审查和决定",
    subject=ApprovalDay,
    reason="没有受理就没有起算的日子；没有受理就作出的决定，程序不合法。",
    source=_PERMIT_LAW + "第三十二条、第三十四条、第四十二条。",
    example=Example("approvals", decided(), case(RECEIVED, DECIDED, decision=GRANTED)),
)
def acceptance_comes_first(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report what happened before acceptance or without it, second acceptances, and refusals of accepted cases."""
    for index, case_ in enumerate(day.cases):
        result = case_.decision.result if case_.decision is not None else None
        accepted = False
        for number, event in enumerate(case_.events):
            if event.kind is CaseEventKind.ACCEPTED:
                if accepted:
                    yield Problem(_loc(index, number), "受理写了两次", "一个办件只受理一次，请删去一处。")
                accepted = True
            elif event.kind is CaseEventKind.DECIDED:
                if not accepted and result not in _UNACCEPTED:
                    noun = f"，结果是“{result}”" if result is not None else ""
                    yield Problem(_loc(index, number), f"没有受理就办结了{noun}", "请补上受理的日期，或者核对结果。")
                elif accepted and result is CaseResult.NOT_ACCEPTED:
                    yield Problem(_loc(index, number), "已经受理，结果却是“不予受理”", "请核对受理的环节和结果。")
            elif not accepted and event.kind not in _ANY_TIME:
                yield Problem(_loc(index, number), f"还没有受理，就写了“{event.kind}”", "请补上受理，或者核对先后。")


_SUSPENDED = "{on: 2026-03-05, kind: 暂停计时, reason: 专家评审}"
_RESUMED = "{on: 2026-03-10, kind: 恢复计时}"


@rule(
    "K016",
    "暂停计时和恢复计时要成对",
    subject=ApprovalDay,
    reason="什么时候停、什么时候续，决定了到期日；缺一头就算不出来。",
    source=_PERMIT_LAW + "第四十五条。",
    example=Example("approvals", case(RECEIVED, ACCEPTED, _SUSPENDED, _RESUMED), case(RECEIVED, ACCEPTED, _RESUMED)),
)
def suspensions_are_paired(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report what resumes nothing, a second suspension, and decisions while the clock stands still."""
    for index, case_ in enumerate(day.cases):
        suspended = False
        for number, event in enumerate(case_.events):
            if event.kind is CaseEventKind.SUSPENDED:
                if suspended:
                    advice = "请先写前一次的“恢复计时”，或者删去一处。"
                    yield Problem(_loc(index, number), "已经在暂停计时，又写了一次暂停", advice)
                suspended = True
            elif event.kind is CaseEventKind.RESUMED:
                if not suspended:
                    advice = "请补上“暂停计时”的日期和事由，或者删去这个环节。"
                    yield Problem(_loc(index, number), "没有暂停计时，却写了恢复计时", advice)
                suspended = False
            elif event.kind is CaseEventKind.DECIDED and suspended:
                yield Problem(_loc(index, number), "还在暂停计时就办结了", "请在办结前补上“恢复计时”的日期。")


@rule(
    "K017",
    "暂停计时要写法定事由",
    subject=ApprovalDay,
    reason="只有听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审的时间可以不算，别的理由都不能停表。",
    source=_PERMIT_LAW + "第四十五条。",
    example=Example(
        "approvals",
        case(RECEIVED, ACCEPTED, _SUSPENDED),
        case(RECEIVED, ACCEPTED, "{on: 2026-03-05, kind: 暂停计时}"),
    ),
)
def suspensions_have_a_lawful_reason(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report suspensions without a reason, and reasons on other events."""
    for _, index, number, event in _events(day):
        suspended = event.kind is CaseEventKind.SUSPENDED
        if suspended and event.reason is None:
            advice = "请写是听证、检验、检测、专家评审等哪一种（reason）；不属于法定情形的不能暂停计时。"
            yield Problem(_loc(index, number), "暂停计时没有写事由", advice)
        elif event.reason is not None and not suspended:
            yield Problem(
                _loc(index, number, "reason"),
                f"“{event.kind}”不是暂停计时，却写了暂停的事由",
                "请删去事由，或者改正环节。",
            )


_FIELDS: Mapping[str, tuple[str, Sequence[CaseEventKind], Sequence[CaseEventKind]]] = {
    "review": (
        "前置审查名称",
        (CaseEventKind.REVIEW_ASKED, CaseEventKind.REVIEW_ANSWERED, CaseEventKind.DEEMED_APPROVED),
        (),
    ),
    "reply_by": ("应答复日期", (CaseEventKind.REVIEW_ASKED,), ()),
    "organization": (
        "对方单位",
        (CaseEventKind.REVIEW_ASKED, CaseEventKind.REFERRED_OUTWARD, CaseEventKind.REFERRED_UPWARD),
        (CaseEventKind.REVIEW_ANSWERED, CaseEventKind.DEEMED_APPROVED, CaseEventKind.REFERRAL_ANSWERED),
    ),
    "working_days": ("延长几个工作日", (CaseEventKind.EXTENDED,), ()),
    "note": (
        "说明",
        (CaseEventKind.CORRECTION_REQUESTED, CaseEventKind.EXTENDED, CaseEventKind.AMENDED, CaseEventKind.RETRACTED),
        tuple(CaseEventKind),
    ),
}
"""What an event tells: its title, the kinds that must tell it, and the others that may."""


@rule(
    "K018",
    "每个环节该写的要写，不该写的不写",
    subject=ApprovalDay,
    reason="补正要说补什么，延长要说多久、为什么，征求意见要说向谁、哪天前答复；缺了就没有办法监督。",
    source=_PERMIT_LAW + "第三十二条、第四十二条；" + _PLATFORM,
    example=Example(
        "approvals",
        case(RECEIVED, ACCEPTED, "{on: 2026-03-10, kind: 延长期限, working_days: 10, note: 需要核实检测报告}"),
        case(RECEIVED, ACCEPTED, "{on: 2026-03-10, kind: 延长期限, note: 需要核实检测报告}"),
    ),
)
def events_tell_what_they_should(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report what an event must tell and does not, and what it tells that belongs to another kind."""
    for _, index, number, event in _events(day):
        for field, (title, required, allowed) in _FIELDS.items():
            given = getattr(event, field) is not None
            if not given and event.kind in required:
                yield Problem(_loc(index, number), f"“{event.kind}”没有写{title}（{field}）", f"请补充“{title}”。")
            elif given and event.kind not in required and event.kind not in allowed:
                yield Problem(
                    _loc(index, number, field),
                    f"“{event.kind}”不应当有{title}（{field}）",
                    "请删去这一项，或者改正环节。",
                )


@rule(
    "K019",
    "办结以后只能送达、更正或者撤回公开",
    subject=ApprovalDay,
    reason="办完的事不能再审；没有办结就送达，送的是什么。",
    source=_PERMIT_LAW + "第三十八条、第四十四条；" + _PLATFORM,
    example=Example(
        "approvals",
        case(RECEIVED, ACCEPTED, DECIDED, "{on: 2026-03-09, kind: 送达}", decision=GRANTED),
        case(
            RECEIVED,
            ACCEPTED,
            DECIDED,
            "{on: 2026-03-09, kind: 延长期限, working_days: 5, note: 核实}",
            decision=GRANTED,
        ),
    ),
)
def closed_cases_stay_closed(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report events after the end of a case, and deliveries and corrections before its decision."""
    for index, case_ in enumerate(day.cases):
        closing: CaseEvent | None = None
        for number, event in enumerate(case_.events):
            if event.kind in _AFTER_CLOSING:
                if closing is None or closing.kind is not CaseEventKind.DECIDED:
                    advice = "请补上办结，或者核对先后。"
                    yield Problem(_loc(index, number), f"没有办结，就写了“{event.kind}”", advice)
            elif closing is not None:
                advice = "办结以后只能写送达、更正公开内容、撤回公开；重新申请的另写一个办件。"
                yield Problem(_loc(index, number), f"“{closing.kind}”以后又写了“{event.kind}”", advice)
            elif event.kind in CLOSING:
                closing = event


_REFERRED = "{on: 2026-03-05, kind: 上报, organization: 达州市卫生健康委员会}"
_ANSWERED = "{on: 2026-03-10, kind: 转外或上报回复}"


@rule(
    "K020",
    "先转外或上报，后有回复",
    subject=ApprovalDay,
    reason="转到哪里、什么时候回来，群众要能看到办件现在在谁手里。",
    source=_PLATFORM,
    example=Example("approvals", case(RECEIVED, ACCEPTED, _REFERRED, _ANSWERED), case(RECEIVED, ACCEPTED, _ANSWERED)),
)
def replies_follow_referrals(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report replies to nothing."""
    for index, case_ in enumerate(day.cases):
        waiting = 0
        for number, event in enumerate(case_.events):
            if event.kind in (CaseEventKind.REFERRED_OUTWARD, CaseEventKind.REFERRED_UPWARD):
                waiting += 1
            elif event.kind is CaseEventKind.REFERRAL_ANSWERED:
                if not waiting:
                    yield Problem(_loc(index, number), "没有转外或上报，却写了回复", "请补上转到或者报到哪里、哪一天。")
                waiting = max(0, waiting - 1)
