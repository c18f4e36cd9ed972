"""Events of approval cases (办件): what the public is told while a case goes its way.

Cases that are not public are not in the catalogue that is published. Once a publication is withdrawn (撤回公开), the case's earlier entries
keep their ids and lose their content, as of that day; the withdrawal itself is an entry of its own.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator

from gongkai.catalogue import Catalogue
from gongkai.model.approval_case import ApprovalCase, ApprovalDay, CaseEvent, Decision
from gongkai.model.disclosure_vocabulary import CaseEventKind, CaseResult
from gongkai.model.vocabulary import ItemType
from gongkai.publishing.feeds.events import Draft, draft
from gongkai.publishing.feeds.moments import Slot, case_slot
from gongkai.publishing.feeds.names import CASES, DECISIONS, item_feed, publisher_feeds

KIND = "办件"

PUBLISHED = {
    CaseEventKind.CORRECTION_REQUESTED: "correction-requested",
    CaseEventKind.ACCEPTED: "accepted",
    CaseEventKind.SUSPENDED: "suspended",
    CaseEventKind.DEEMED_APPROVED: "deemed-approved",
    CaseEventKind.DECIDED: "decided",
    CaseEventKind.WITHDRAWN: "withdrawn",
    CaseEventKind.AMENDED: "amended",
    CaseEventKind.RETRACTED: "retracted",
}
"""The events that feeds carry, in the order of a procedure, with their names in ids.

The names and the order are a contract: ids and moments are made from them.
"""

_ORDER = {kind: number for number, kind in enumerate(PUBLISHED)}
_ABOUT_RESULT = (CaseEventKind.DECIDED, CaseEventKind.AMENDED, CaseEventKind.RETRACTED)


def case_drafts(
    catalogue: Catalogue, day: ApprovalDay, as_of: datetime.date, address_of: Callable[[str], str]
) -> Iterator[Draft]:
    """Yield what was published up to a day about the cases of a file; ``address_of`` knows the page of a number."""
    if day.date <= as_of:
        for case in day.cases:
            yield from _drafts(_Case(catalogue, case, day.date, address_of(case.number)), as_of)


class _Case:
    """A case with what all its entries share."""

    def __init__(self, catalogue: Catalogue, case: ApprovalCase, received: datetime.date, address: str) -> None:
        self.case = case
        self._received = received
        self._sequence = case.number.rpartition("-")[2]
        terms = catalogue.terms(case.code)
        self.is_permit = terms is not None and terms.type is ItemType.PERMIT
        self.publisher = catalogue.publisher_name(case.organization)
        self.address = address
        self.feeds = (CASES, item_feed(case.code), *publisher_feeds(catalogue, case.organization))

    def identity(self, kind: CaseEventKind, nth: int) -> str:
        return f"case/{self.case.number}/{PUBLISHED[kind]}/{nth}"

    def slot(self, day: datetime.date, kind: CaseEventKind, nth: int) -> Slot:
        return case_slot(day, self._received, self._sequence, _ORDER[kind], nth)

    def feeds_of(self, kind: CaseEventKind) -> tuple[str, ...]:
        return (*self.feeds, DECISIONS) if kind in _ABOUT_RESULT else self.feeds


def _drafts(case: _Case, as_of: datetime.date) -> Iterator[Draft]:
    published = list(_published(case.case, as_of))
    retracted = max((day for event, day, _ in published if event.kind is CaseEventKind.RETRACTED), default=None)
    for event, day, nth in published:
        if retracted is not None and event.kind is not CaseEventKind.RETRACTED:
            yield _emptied(case, event, day, nth, max(day, retracted))
        else:
            yield _draft(case, event, day, nth)


def _published(case: ApprovalCase, as_of: datetime.date) -> Iterator[tuple[CaseEvent, datetime.date, int]]:
    """Yield the events that are public on a day: each with the day it was published, and how many of its kind."""
    counts: Counter[CaseEventKind] = Counter()
    for event in case.events:
        if event.kind not in PUBLISHED:
            continue
        counts[event.kind] += 1
        day = event.on if event.kind is not CaseEventKind.DECIDED else _decision_day(case)
        if day is not None and day <= as_of:
            yield event, day, counts[event.kind]


def _decision_day(case: ApprovalCase) -> datetime.date | None:
    return case.decision.published_on if case.decision is not None else None


def _draft(case: _Case, event: CaseEvent, day: datetime.date, nth: int) -> Draft:
    slot = case.slot(day, event.kind, nth)
    return draft(
        identity=case.identity(event.kind, nth),
        kind=KIND,
        title=f"{_what(case, event)}：{case.case.name} — {case.publisher}",
        lines=(f"{title}：{value}" for title, value in _facts(case, event) if value),
        address=case.address,
        feeds=case.feeds_of(event.kind),
        published=slot,
        updated=slot,
    )


def _emptied(case: _Case, event: CaseEvent, day: datetime.date, nth: int, retracted: datetime.date) -> Draft:
    """Return what is left of an entry whose content is no longer public: its id, its date, its tombstone."""
    return draft(
        identity=case.identity(event.kind, nth),
        kind=KIND,
        title=f"已撤回公开：办件 {case.case.number}",
        lines=(f"这条信息已于 {retracted} 撤回公开，原来的内容不再提供。",),
        address=case.address,
        feeds=case.feeds_of(event.kind),
        published=case.slot(day, event.kind, nth),
        updated=case.slot(retracted, event.kind, nth),
    )


def _what(case: _Case, event: CaseEvent) -> str:
    """Return what changed, in a few words."""
    match event.kind:
        case CaseEventKind.DECIDED:
            return _result(case)
        case CaseEventKind.CORRECTION_REQUESTED:
            return "要求补正"
        case CaseEventKind.SUSPENDED:
            return f"暂停计时（{event.reason}）" if event.reason else "暂停计时"
        case CaseEventKind.DEEMED_APPROVED:
            return f"超时默认同意（{event.review}）" if event.review else "超时默认同意"
        case _:
            return event.kind.value


def _result(case: _Case) -> str:
    result = case.case.decision.result if case.case.decision is not None else None
    if result is None:
        return CaseEventKind.DECIDED.value
    if result is CaseResult.GRANTED:
        return "准予许可" if case.is_permit else "办结"
    return result.value


def _facts(case: _Case, event: CaseEvent) -> Iterator[tuple[str, str | None]]:
    """Yield title and value of everything an entry tells; values that are missing are None."""
    record = case.case
    yield "办件编号", record.number
    yield "受理单位", case.publisher
    if event.kind is CaseEventKind.RETRACTED:
        yield "撤回公开的日期", str(event.on)
        yield "说明", event.note
        return
    yield "申请人", record.applicant.name if record.applicant is not None else None
    yield "日期", str(event.on)
    yield "前置审查", event.review
    yield "对方单位", event.organization
    yield "文书编号", event.document
    if event.kind is CaseEventKind.DECIDED and record.decision is not None:
        yield from _decision_facts(record.decision)
    yield "说明", event.note


def _decision_facts(decision: Decision) -> Iterator[tuple[str, str | None]]:
    yield "结果", decision.result.value
    yield "理由", decision.reason
    yield "决定文书号", decision.document_number
    if decision.permit is not None:
        permit = decision.permit
        yield "许可类别", permit.kind.value
        yield "许可内容", permit.content
        yield "许可证书", permit.certificate_name
        yield "许可编号", permit.certificate_number
        until = f"至 {permit.valid_until}" if permit.valid_until else "起长期有效"
        yield "有效期", f"{permit.valid_from} {until}"
    yield "公开日期", str(decision.published_on) if decision.published_on else None
