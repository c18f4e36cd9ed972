"""K: what was decided, on which document, and when it was made public."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from gongkai.casework.publication import publication
from gongkai.casework.working_days import WorkingCalendars
from gongkai.finding import Severity
from gongkai.model.approval_case import ApprovalCase, ApprovalDay, Decision
from gongkai.model.disclosure_vocabulary import CaseEventKind, CaseResult
from gongkai.model.vocabulary import Audience, ItemType
from gongkai.rules.case_examples import ACCEPTED, DECIDED, GRANTED, RECEIVED, both, case, decided
from gongkai.rules.engine import Context, Example, Loc, Problem, rule

_RESULTS = "GB/T 39046-2020 附录 A.9 办件结果。"
_DOUBLE_PUBLICITY = "发改办财金〔2018〕424号（双公示）；《行政许可法》第四十条。"
_PUBLICITY = "发改办财金〔2018〕424号：行政许可七个工作日；《政府信息公开条例》第二十六条：其他二十个工作日。"
_DOCUMENT = re.compile(r"[\u4e00-\u9fa5]{2,12}〔(?:19|20)[0-9]{2}〕[1-9][0-9]{0,3}号\Z")
_SIMILAR = re.compile(
    r"(?P<body>[\u4e00-\u9fa5]{2,12}?)\s*[〔\[【(（［]\s*(?P<year>(?:19|20)[0-9]{2})\s*[〕\]】)）］]\s*第?\s*0*(?P<number>[1-9][0-9]{0,3})\s*号?\Z"
)
_REFUSED = "{result: 不予许可, reason: 现场核查发现消毒间与卫生间没有分开, document_number: 达川卫不许〔2026〕3号, published_on: 2026-03-09}"


def _decisions(day: ApprovalDay) -> Iterator[tuple[int, ApprovalCase, Decision]]:
    for index, case_ in enumerate(day.cases):
        if case_.decision is not None:
            yield index, case_, case_.decision


def decided_on(case_: ApprovalCase) -> datetime.date | None:
    """Return the day on which a case was decided, if it was."""
    return next((event.on for event in case_.events if event.kind is CaseEventKind.DECIDED), None)


@rule(
    "K023",
    "办结和办理结果要同时有",
    subject=ApprovalDay,
    reason="办结了没有结果，群众不知道批没批；有结果没有办结，就不知道哪天办完。",
    source=_RESULTS,
    example=Example("approvals", decided(), case(RECEIVED, ACCEPTED, DECIDED)),
)
def decisions_have_a_day(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report a decided case without its result, and a result without its day."""
    for index, case_ in enumerate(day.cases):
        number = next((n for n, event in enumerate(case_.events) if event.kind is CaseEventKind.DECIDED), None)
        if number is not None and case_.decision is None:
            loc = ("cases", index, "events", number, "kind")
            yield Problem(loc, "已经办结，没有写办理结果（decision）", "请写明结果、决定文书号和公开日期。")
        elif number is None and case_.decision is not None:
            yield Problem(
                ("cases", index, "decision"),
                "写了办理结果，环节里没有“办结”",
                "请补上办结的日期；申请人撤回的，删去办理结果。",
                at_key=True,
            )


@rule(
    "K024",
    "不是出证办结的要说明理由",
    subject=ApprovalDay,
    reason="不批、退件、作废都要让申请人知道为什么，才好补办或者依法救济。",
    source="《行政许可法》第三十八条第二款；" + _RESULTS,
    example=Example(
        "approvals", decided(_REFUSED), decided(_REFUSED.replace("reason: 现场核查发现消毒间与卫生间没有分开, ", ""))
    ),
)
def results_have_reasons(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report results other than success that give no reason."""
    for index, _, decision in _decisions(day):
        if decision.result.needs_reason and decision.reason is None:
            loc = ("cases", index, "decision", "result")
            yield Problem(loc, f"结果是“{decision.result}”，没有写理由（reason）", "请写明理由，写给申请人看。")


@rule(
    "K025",
    "准予行政许可的要有双公示内容和决定文书号",
    subject=ApprovalDay,
    reason="许可给了谁、许可什么、有效到哪天，法律规定都要公开；不是许可的不填。",
    source=_DOUBLE_PUBLICITY,
    example=Example("approvals", decided(), decided("{result: 出证办结, published_on: 2026-03-09}")),
)
def permits_are_described(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report granted permits without what has to be public about them, and other results that have it."""
    for index, case_, decision in _decisions(day):
        item = context.catalogue.cards.get(case_.code)
        if item is None:
            continue
        loc = ("cases", index, "decision")
        granted = item.type is ItemType.PERMIT and decision.result is CaseResult.GRANTED
        if granted:
            for field, title in (("permit", "双公示内容"), ("document_number", "决定文书号")):
                if getattr(decision, field) is None:
                    yield Problem(
                        (*loc, "result"), f"准予行政许可，没有写{title}（{field}）", "请补充，七个工作日内公开。"
                    )
        elif decision.permit is not None:
            why = f"结果是“{decision.result}”" if item.type is ItemType.PERMIT else f"事项类型是“{item.type}”"
            yield Problem(
                (*loc, "permit"),
                f"{why}，不应当有双公示内容（permit）",
                "请删去，或者核对结果和事项编码。",
                at_key=True,
            )


@rule(
    "K026",
    "许可的有效期要合理",
    subject=ApprovalDay,
    reason="决定以前就生效、失效早于生效的证，不是日期抄反就是倒签。",
    source=_DOUBLE_PUBLICITY,
    example=Example(
        "approvals",
        decided(GRANTED.replace("valid_from: 2026-03-06", "valid_from: 2026-03-06, valid_until: 2030-03-05")),
        decided(GRANTED.replace("valid_from: 2026-03-06", "valid_from: 2026-03-06, valid_until: 2020-03-05")),
    ),
)
def permits_are_valid_after_the_decision(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report permits that begin before the decision, or end before they begin or before the decision."""
    for index, case_, decision in _decisions(day):
        permit, decided_day = decision.permit, decided_on(case_)
        if permit is None:
            continue
        loc = ("cases", index, "decision", "permit")
        if decided_day is not None and permit.valid_from < decided_day:
            yield Problem(
                (*loc, "valid_from"),
                f"有效期自 {permit.valid_from}，早于决定的日期 {decided_day}",
                "请核对；许可从决定的当天或者以后起有效。",
            )
        latest = max(permit.valid_from, decided_day or permit.valid_from)
        if permit.valid_until is not None and permit.valid_until < latest:
            noun = "有效期自" if latest == permit.valid_from else "决定的日期"
            yield Problem(
                (*loc, "valid_until"),
                f"有效期至 {permit.valid_until}，早于{noun} {latest}",
                "请核对；长期有效的不填有效期至。",
            )


@rule(
    "K027",
    "决定文书号的写法要对",
    subject=ApprovalDay,
    reason="文书号是查档案的唯一线索；方括号、“第”字、编虚位，换一种写法就查不到。",
    source="GB/T 9704-2012 党政机关公文格式 7.2.5：年份用六角括号，序号不编虚位，不加“第”字。",
    example=Example("approvals", decided(), decided(GRANTED.replace("〔2026〕101号", "[2026]第101号"))),
)
def document_numbers_are_well_formed(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report document numbers that are not written as 达川卫许〔2026〕12号."""
    for index, _, decision in _decisions(day):
        number = decision.document_number
        if number is None or _DOCUMENT.match(number):
            continue
        similar = _SIMILAR.match(number)
        advice = "写成“达川卫许〔2026〕12号”的样子：年份用六角括号〔〕，序号前面不加“第”和 0。"
        if similar is not None:
            advice = f"请改为“{similar['body']}〔{similar['year']}〕{similar['number']}号”。"
        yield Problem(("cases", index, "decision", "document_number"), f"决定文书号“{number}”的写法不对", advice)


@rule(
    "K028",
    "同一单位的决定文书号不能重复",
    subject=ApprovalDay,
    reason="一个文号两份决定，必有一份抄错，查档案就查错人。",
    source=_DOUBLE_PUBLICITY,
    example=Example(
        "approvals",
        both(
            decided(),
            decided(GRANTED.replace("101号", "102号"), number="511703-20260302-0102"),
        ),
        both(decided(), decided(number="511703-20260302-0102")),
    ),
)
def document_numbers_are_unique(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report document numbers that an earlier case of the organisation has already."""
    for index, case_, decision in _decisions(day):
        if decision.document_number is None:
            continue
        places = context.catalogue.cases_of_document(case_.organization, decision.document_number)
        first, position = places[0]
        if first is day and position == index:
            continue
        line = first.source.at("cases", position, "decision", "document_number")[0]
        yield Problem(
            ("cases", index, "decision", "document_number"),
            f"决定文书号“{decision.document_number}”已经用在 {first.source.path} 第 {line} 行",
            "请对照原文书核对；一份决定只对应一个办件。",
        )


@rule(
    "K029",
    "公开不能早于决定",
    subject=ApprovalDay,
    reason="还没有决定就公开了结果，日期必有一个是假的。",
    source=_PUBLICITY,
    example=Example("approvals", decided(), decided(GRANTED.replace("2026-03-09", "2026-03-05"))),
)
def publication_follows_the_decision(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report results that were published before they were decided, and publication of what is not shown."""
    for index, case_, decision in _decisions(day):
        decided_day, published = decided_on(case_), decision.published_on
        if published is None:
            continue
        loc = ("cases", index, "decision", "published_on")
        if decided_day is not None and published < decided_day:
            yield Problem(loc, f"公开日期 {published} 早于办结的日期 {decided_day}", "请核对两个日期。")
        if case_.secrecy is not None:
            advice = "不公开的办件没有公开日期，请删去；可以公开的，删去不公开的理由。"
            yield Problem(loc, f"办件因{case_.secrecy.kind}不公开，却写了公开日期", advice)


@rule(
    "K030",
    "办理结果要按期公开",
    subject=ApprovalDay,
    severity=Severity.WARNING,
    reason="公开晚了已经补不回来，所以只提醒；页面照实写出晚了几天。",
    source=_PUBLICITY,
    example=Example("approvals", decided(), decided(GRANTED.replace("2026-03-09", "2026-03-18"))),
)
def publication_is_in_time(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report results that were published after the limit, and those past it that are not published yet.

    A limit in a year without a calendar is not held against anybody; a publication in the future is K013's.
    """
    calendars = WorkingCalendars(context.catalogue.calendars)
    for index, case_, decision in _decisions(day):
        item, decided_day = context.catalogue.cards.get(case_.code), decided_on(case_)
        if item is None or decided_day is None or decided_day > context.as_of or case_.secrecy is not None:
            continue
        facts = publication(decided_day, decision, item, calendars, context.as_of)
        in_future = decision.published_on is not None and decision.published_on > context.as_of
        if not facts.overdue or facts.provisional or in_future:
            continue
        limit = f"期限是 {facts.limit} 个工作日，到 {facts.due}"
        loc: Loc = ("cases", index, "decision")
        if facts.published_on is None:
            message = f"办结 {facts.delay} 个工作日还没有公开，{limit}"
            yield Problem(loc, message, "请尽快公开并填公开日期（published_on）。", at_key=True)
        else:
            message = f"办结后 {facts.delay} 个工作日才公开，{limit}"
            yield Problem((*loc, "published_on"), message, "日期属实的不必改，页面会照实写。")


@rule(
    "K031",
    "自然人的许可没有法定代表人",
    subject=ApprovalDay,
    reason="双公示只公开单位的法定代表人；自然人的姓名已经隐去，不能从这里又写出来。",
    source=_DOUBLE_PUBLICITY + "《个人信息保护法》第六条。",
    example=Example(
        "approvals",
        decided(GRANTED.replace("content:", "legal_representative: 王某某, content:")),
        decided(
            GRANTED.replace("content:", "legal_representative: 王某某, content:"),
            applicant="{kind: 自然人, name: 王*}",
        ),
    ),
)
def persons_have_no_legal_representative(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report permits of natural persons that name a legal representative."""
    for index, case_, decision in _decisions(day):
        applicant, permit = case_.applicant, decision.permit
        if applicant is None or permit is None or permit.legal_representative is None:
            continue
        if applicant.kind is Audience.PERSON:
            loc = ("cases", index, "decision", "permit", "legal_representative")
            yield Problem(loc, "申请人是自然人，却写了法定代表人", "请删去法定代表人，或者改正申请人类别。")
