"""How a case is put into words for the public: its state, its limits, its steps, its result."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.casework.case_facts import CaseFacts, CaseState, LimitFacts
from gongkai.casework.prior_reviews import Review
from gongkai.model.approval_case import CaseEvent, Decision
from gongkai.model.disclosure_vocabulary import CaseEventKind
from gongkai.publishing.wording import chinese_date

Line = tuple[str, str]
"""A title and what stands beside it."""

_PROVISIONAL = "（暂定，当年的放假安排还没有公布）"


@dataclass(frozen=True, slots=True)
class Timeliness:
    """On time or not, in a few words; ``tone`` is how it is coloured: good, warn, or nothing."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One step of a case as it is shown."""

    on: datetime.date
    kind: str
    detail: str


def timeliness(fact: CaseFacts) -> Timeliness:
    """Return whether a case is on time, or by how many working days it is not."""
    late = f"{fact.overdue_by} 个工作日"
    limit = fact.binding or fact.acceptance
    if limit is None:
        return Timeliness("没有规定时限" if fact.accepted_on is not None else "还没有开始计时")
    if fact.overdue:
        if fact.state is CaseState.WITHDRAWN:
            return Timeliness(f"撤回时已超期 {late}", "warn")
        return Timeliness(f"超期 {late}" if fact.closed_on is not None else f"已超期 {late}", "warn")
    if fact.state is CaseState.WITHDRAWN:
        return Timeliness("撤回时没有超期")
    if fact.closed_on is not None:
        return Timeliness("按时", "good")
    return Timeliness("暂停计时" if limit.due is None else "在时限内")


def case_lines(fact: CaseFacts) -> Iterator[Line]:
    """Yield what is said about a case besides its item, its organisation and its steps."""
    case = fact.case
    if case.applicant is not None:
        code = f"（{case.applicant.credit_code}）" if case.applicant.credit_code else ""
        yield "申请人", f"{case.applicant.name}{code}，{case.applicant.kind.value}"
    if case.summary is not None:
        yield "办理内容", case.summary
    for title, limit in (("受理期限", fact.acceptance), ("承诺时限", fact.promised), ("法定时限", fact.statutory)):
        if limit is not None:
            yield title, _limit(limit)
    if fact.extension:
        yield "延长期限", f"共延长 {fact.extension} 个工作日，已经算进到期日"
    if fact.working_days is not None:
        yield "用时", _duration(fact)
    for review in fact.reviews:
        yield "前置审查", _review(review)
    yield from _result(fact)


def steps(fact: CaseFacts) -> list[CaseStep]:
    """Return what happened up to the day; what a decision says is kept back until the result is published."""
    events = (event for event in fact.case.events if event.on <= fact.as_of)
    return [CaseStep(event.on, event.kind.value, _detail(event) if _may_tell(fact, event) else "") for event in events]


def permit_lines(decision: Decision) -> list[Line]:
    """Return what has to be published about a permit (双公示)."""
    permit = decision.permit
    if permit is None:
        return []
    until = f"至{chinese_date(permit.valid_until)}" if permit.valid_until is not None else "起，长期有效"
    lines = (
        ("许可类别", permit.kind.value),
        ("决定文书名称", permit.document_name),
        ("许可证书名称", permit.certificate_name),
        ("许可编号", permit.certificate_number),
        ("许可内容", permit.content),
        ("法定代表人", permit.legal_representative),
        ("有效期", f"{chinese_date(permit.valid_from)}{until}"),
        ("当前状态", permit.state.value),
    )
    return [(title, value) for title, value in lines if value is not None]


def is_published(fact: CaseFacts) -> bool:
    """Tell whether the result of a case may be told."""
    return fact.decision is not None and fact.publication is not None and fact.publication.published_on is not None


def retraction(fact: CaseFacts) -> CaseEvent | None:
    """Return the event that withdrew the publication of a case."""
    events = (event for event in fact.case.events if event.on <= fact.as_of)
    return next((event for event in events if event.kind is CaseEventKind.RETRACTED), None)


def _limit(limit: LimitFacts) -> str:
    if limit.due is None:
        return f"{limit.limit.text}，暂停计时期间不计算，恢复以后再定到期日"
    return f"{limit.limit.text}，{chinese_date(limit.due)}到期{_PROVISIONAL if limit.provisional else ''}{_late(limit.overdue_by)}"


def _late(working_days: int) -> str:
    return f"，超期 {working_days} 个工作日" if working_days else ""


def _duration(fact: CaseFacts) -> str:
    words = f"{fact.working_days} 个工作日" if fact.working_days else "当天办结" if fact.handled else "不到 1 个工作日"
    if fact.suspensions:
        words += "，不含暂停计时的日子"
    if fact.saved_days:
        words += f"；比法定时限提前 {fact.saved_days} 个工作日"
    return words


def _review(review: Review) -> str:
    organization = f"（{review.organization}）" if review.organization else ""
    return f"{review.name}{organization}：{review.state.value}{_late(review.overdue_by)}"


def _result(fact: CaseFacts) -> Iterator[Line]:
    publication, decision = fact.publication, fact.decision
    if publication is None or decision is None:
        return
    provisional = _PROVISIONAL if publication.provisional else ""
    if publication.published_on is None:
        yield (
            "办理结果",
            f"还没有公开；应当在{chinese_date(publication.due)}以前公开{provisional}{_late(publication.overdue_by)}",
        )
        return
    yield "办理结果", decision.result.value
    if decision.reason is not None:
        yield "理由", decision.reason
    if decision.document_number is not None:
        yield "决定文书号", decision.document_number
    delay = f"办结后 {publication.delay} 个工作日" if publication.delay else "办结当天"
    yield "结果公开", f"{chinese_date(publication.published_on)}，{delay}{_late(publication.overdue_by)}"


def _may_tell(fact: CaseFacts, event: CaseEvent) -> bool:
    return event.kind is not CaseEventKind.DECIDED or is_published(fact)


def _detail(event: CaseEvent) -> str:
    """Return what an event says besides its kind."""
    parts = (
        event.review,
        event.reason.value if event.reason is not None else None,
        f"延长 {event.working_days} 个工作日" if event.working_days is not None else None,
        event.organization,
        f"应在{chinese_date(event.reply_by)}以前答复" if event.reply_by is not None else None,
        f"文书：{event.document}" if event.document is not None else None,
        event.note,
    )
    return "，".join(part for part in parts if part is not None)
