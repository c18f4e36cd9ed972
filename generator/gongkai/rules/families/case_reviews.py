"""K: prior reviews of a case are the item's, and silence is consent only where and when the item says so."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gongkai.model.approval_case import ApprovalCase, ApprovalDay, CaseEvent
from gongkai.model.disclosure_vocabulary import CaseEventKind
from gongkai.model.item import Item
from gongkai.naming.nearest import nearest_candidate
from gongkai.rules.case_examples import ACCEPTED, RECEIVED, case
from gongkai.rules.engine import Context, Example, Problem, rule

_SOURCE = "达川府办〔2015〕69号：前置审查限时办理，超时默认；《行政许可法》第三十四条、第四十二条。"
_ENDINGS = (CaseEventKind.REVIEW_ANSWERED, CaseEventKind.DEEMED_APPROVED)
_ASKED = (
    "{on: 2026-03-04, kind: 征求前置审查意见, review: 消防安全检查, organization: 区消防救援大队, reply_by: 2026-03-11}"
)
_ANSWERED = "{on: 2026-03-10, kind: 前置审查答复, review: 消防安全检查}"
_DEEMED = "{on: 2026-03-11, kind: 超时默认同意, review: 消防安全检查}"


def _reviews(case_: ApprovalCase) -> Iterator[tuple[int, CaseEvent, CaseEvent | None]]:
    """Yield the events about prior reviews; with an ending comes the question that it ends, if there is one."""
    open_: list[CaseEvent] = []
    for number, event in enumerate(case_.events):
        if event.kind is CaseEventKind.REVIEW_ASKED:
            open_.append(event)
            yield number, event, None
        elif event.kind in _ENDINGS:
            question = next((asked for asked in open_ if asked.review == event.review), None)
            if question is not None:
                open_.remove(question)
            yield number, event, question


@rule(
    "K021",
    "前置审查先征求、后答复，期限不早于征求的日子",
    subject=ApprovalDay,
    reason="征求了谁、答复了没有、拖了多久，是群众最想知道又最看不到的。",
    source=_SOURCE,
    example=Example("approvals", case(RECEIVED, ACCEPTED, _ASKED, _ANSWERED), case(RECEIVED, ACCEPTED, _ANSWERED)),
)
def answers_follow_questions(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report answers and silent consents to what was not asked, and limits before the question."""
    for index, case_ in enumerate(day.cases):
        for number, event, question in _reviews(case_):
            loc = ("cases", index, "events", number)
            if event.kind in _ENDINGS:
                if question is None:
                    yield Problem(
                        (*loc, "kind"),
                        f"没有征求前置审查意见“{event.review or ''}”，却写了“{event.kind}”",
                        "请补上“征求前置审查意见”，或者核对前置审查名称，两处要一字不差。",
                    )
            elif event.reply_by is not None and event.reply_by < event.on:
                yield Problem(
                    (*loc, "reply_by"),
                    f"应答复日期 {event.reply_by} 早于征求的日期 {event.on}",
                    "请核对两个日期。",
                )


@rule(
    "K022",
    "超时默认要超了时，并且事项规定了超时默认",
    subject=ApprovalDay,
    reason="期限没过就当作同意，是剥夺审查单位的权力；没有规定超时默认的，沉默不等于同意。",
    source=_SOURCE,
    example=Example(
        "approvals", case(RECEIVED, ACCEPTED, _ASKED, _ANSWERED), case(RECEIVED, ACCEPTED, _ASKED, _DEEMED)
    ),
)
def silence_is_consent_only_in_time(day: ApprovalDay, context: Context) -> Iterator[Problem]:
    """Report silent consents before the limit has passed, and those that the item does not provide for."""
    for index, case_ in enumerate(day.cases):
        for number, event, question in _reviews(case_):
            if event.kind is not CaseEventKind.DEEMED_APPROVED:
                continue
            item = context.catalogue.items.get(case_.code)
            loc = ("cases", index, "events", number)
            if question is not None and question.reply_by is not None and event.on <= question.reply_by:
                yield Problem(
                    (*loc, "on"),
                    f"{event.on} 还没有超过应答复日期 {question.reply_by}，不能超时默认",
                    "超过应答复日期的第二天起才能默认；已经答复的改为“前置审查答复”。",
                )
            if item is not None and not _deemed_approval(item, event.review, event.on):
                yield Problem(
                    (*loc, "review"),
                    f"事项“{item.name}”没有规定前置审查“{event.review or ''}”可以超时默认",
                    _advice(item, event.review),
                )


def _deemed_approval(item: Item, name: str | None, day: datetime.date) -> bool:
    """Tell whether silence counts as consent; an earlier version of the item is given the benefit of the doubt."""
    return item.effective_on > day or any(
        review.name == name and review.deemed_approval for review in item.prior_reviews
    )


def _advice(item: Item, name: str | None) -> str:
    names = [review.name for review in item.prior_reviews if review.deemed_approval]
    nearest = nearest_candidate(name or "", names)
    if nearest is not None and nearest != name:
        return f"是不是“{nearest}”？"
    return "请改正环节；事项应当规定而没有规定的，先在事项的前置审查（prior_reviews）里写明依据和超时默认。"
