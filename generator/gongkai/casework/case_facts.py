"""What a case comes to on a day: its state, its due dates, its delays. Events after that day do not count."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongkai.casework.deadlines import Suspension, due_date, suspensions_of
from gongkai.casework.prior_reviews import Review, reviews_of
from gongkai.casework.publication import Publication, publication
from gongkai.casework.working_days import Due, WorkingCalendars
from gongkai.model.approval_case import ApprovalCase, CaseEvent, Decision
from gongkai.model.disclosure_vocabulary import CLOSING, CaseEventKind, CaseResult
from gongkai.model.item import Item
from gongkai.model.item_parts import Duration
from gongkai.model.item_terms import ItemTerms
from gongkai.model.vocabulary import ItemType, TimeUnit


class CaseState(StrEnum):
    """办件状态."""

    RECEIVED = "待受理"
    CORRECTION = "待补正"
    IN_PROGRESS = "办理中"
    UNDER_REVIEW = "前置审查中"
    SUSPENDED = "暂停计时"
    REFERRED_OUTWARD = "转外办理中"
    REFERRED_UPWARD = "上报办理中"
    DECIDED = "已办结"
    NOT_ACCEPTED = "不予受理"
    WITHDRAWN = "已撤回"

    @property
    def is_closed(self) -> bool:
        """Tell whether no limit runs any more."""
        return self in (CaseState.DECIDED, CaseState.NOT_ACCEPTED, CaseState.WITHDRAWN)


ACCEPTANCE_LIMIT = Duration(value=5, unit=TimeUnit.WORKING_DAY)
"""Within this time an authority accepts an application, refuses it or says what is missing; after that the
application counts as accepted (行政许可法第三十二条)."""


@dataclass(frozen=True, slots=True)
class LimitFacts:
    """How a case stands to one of its limits.

    ``due`` is None while the clock is stopped. ``overdue_by`` counts working days after the due date up to
    the day the case closed (or the day of the question), and is at least 1 once the due date has passed.
    """

    limit: Duration
    due: datetime.date | None
    provisional: bool
    overdue_by: int

    @property
    def overdue(self) -> bool:
        """Tell whether the due date passed before the case closed."""
        return self.overdue_by > 0


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything that is derived from a case.

    ``working_days`` is what the handling took, or has taken so far, without suspensions; None before
    acceptance. ``saved_days`` are the working days left of the statutory limit at the decision (0 when it was
    late), None without decision or statutory limit. ``acceptance`` is the limit for accepting a permit's
    application or refusing to, as long as it is not accepted; None while the applicant has to correct it.
    ``secret`` tells that the case or its item is not public (政府信息公开条例第十四条、第十五条), ``retracted`` that its
    publication was withdrawn.
    """

    case: ApprovalCase
    as_of: datetime.date
    state: CaseState
    received_on: datetime.date
    accepted_on: datetime.date | None
    closed_on: datetime.date | None
    decision: Decision | None
    acceptance: LimitFacts | None
    promised: LimitFacts | None
    statutory: LimitFacts | None
    working_days: int | None
    saved_days: int | None
    suspensions: tuple[Suspension, ...]
    extension: int
    reviews: tuple[Review, ...]
    publication: Publication | None
    retracted: bool
    secret: bool

    @property
    def shown(self) -> bool:
        """Tell whether the public may see more of the case than that it is counted."""
        return not self.secret and not self.retracted

    @property
    def binding(self) -> LimitFacts | None:
        """The limit that the public holds the authority to: the promise, or the law where nothing is promised."""
        return self.promised or self.statutory

    @property
    def overdue(self) -> bool:
        """Tell whether the case is, or was closed, after its limit, or was not accepted in time."""
        return any(limit is not None and limit.overdue for limit in (self.binding, self.acceptance))

    @property
    def overdue_by(self) -> int:
        """By how many working days; 0 for a case that is on time."""
        return max((limit.overdue_by for limit in (self.binding, self.acceptance) if limit is not None), default=0)

    @property
    def due(self) -> datetime.date | None:
        """The day by which the authority has to do what is next: decide, or before that accept."""
        limit = self.binding or self.acceptance
        return limit.due if limit is not None else None

    @property
    def provisional(self) -> bool:
        """Tell whether a due date depends on a working calendar that is not published yet."""
        limits = (self.promised, self.statutory, self.acceptance)
        return any(limit is not None and limit.provisional for limit in limits)

    @property
    def handled(self) -> bool:
        """Tell whether the case was accepted and decided, so that its time can be compared."""
        return self.state is CaseState.DECIDED and self.accepted_on is not None


def derive(
    case: ApprovalCase, item: Item | ItemTerms, calendars: WorkingCalendars, as_of: datetime.date
) -> CaseFacts | None:
    """Return the facts of a case on a day, or None when it was not yet received on that day.

    ``item`` gives the limits and must be the version in force when the case was accepted.
    """
    events = [event for event in case.events if event.on <= as_of]
    if not events:
        return None
    received, accepted = events[0].on, _first(events, CaseEventKind.ACCEPTED)
    closing = next((event for event in events if event.kind in CLOSING), None)
    decided = closing is not None and closing.kind is CaseEventKind.DECIDED
    decision = case.decision if decided else None
    until = closing.on if closing is not None else as_of
    suspensions = suspensions_of(events)
    extension = sum(event.working_days or 0 for event in events if event.kind is CaseEventKind.EXTENDED)
    promised = statutory = None
    working_days = None
    if accepted is not None:
        limits = item.time_limits

        def against(limit: Duration | None) -> LimitFacts | None:
            if limit is None or accepted is None:
                return None
            return _limit_facts(calendars, limit, due_date(calendars, accepted, limit, suspensions, extension), until)

        promised, statutory = against(limits.promised), against(limits.statutory)
        working_days = _handled_days(calendars, accepted, until, suspensions)
    return CaseFacts(
        case=case,
        as_of=as_of,
        state=_state(events, decision),
        received_on=received,
        accepted_on=accepted,
        closed_on=closing.on if closing is not None else None,
        decision=decision,
        acceptance=_acceptance(events, item, calendars, until) if accepted is None else None,
        promised=promised,
        statutory=statutory,
        working_days=working_days,
        saved_days=_saved_days(calendars, statutory, until) if decided else None,
        suspensions=tuple(suspensions),
        extension=extension,
        reviews=reviews_of(events, calendars, until),
        publication=_publication(case, decision, until, item, calendars, as_of),
        retracted=any(event.kind is CaseEventKind.RETRACTED for event in events),
        secret=case.secrecy is not None or item.secrecy is not None,
    )


def _first(events: Iterable[CaseEvent], kind: CaseEventKind) -> datetime.date | None:
    return next((event.on for event in events if event.kind is kind), None)


_STATE_AFTER = {
    CaseEventKind.RECEIVED: CaseState.RECEIVED,
    CaseEventKind.CORRECTION_REQUESTED: CaseState.CORRECTION,
    CaseEventKind.CORRECTED: CaseState.RECEIVED,
    CaseEventKind.ACCEPTED: CaseState.IN_PROGRESS,
    CaseEventKind.REVIEW_ASKED: CaseState.UNDER_REVIEW,
    CaseEventKind.REVIEW_ANSWERED: CaseState.IN_PROGRESS,
    CaseEventKind.DEEMED_APPROVED: CaseState.IN_PROGRESS,
    CaseEventKind.SUSPENDED: CaseState.SUSPENDED,
    CaseEventKind.RESUMED: CaseState.IN_PROGRESS,
    CaseEventKind.REFERRED_OUTWARD: CaseState.REFERRED_OUTWARD,
    CaseEventKind.REFERRED_UPWARD: CaseState.REFERRED_UPWARD,
    CaseEventKind.REFERRAL_ANSWERED: CaseState.IN_PROGRESS,
    CaseEventKind.DECIDED: CaseState.DECIDED,
    CaseEventKind.WITHDRAWN: CaseState.WITHDRAWN,
}
"""The state that an event leads to; other events leave the state as it is."""

_ENDS = {
    CaseState.UNDER_REVIEW: (CaseEventKind.REVIEW_ANSWERED, CaseEventKind.DEEMED_APPROVED),
    CaseState.SUSPENDED: (CaseEventKind.RESUMED,),
    CaseState.REFERRED_OUTWARD: (CaseEventKind.REFERRAL_ANSWERED,),
    CaseState.REFERRED_UPWARD: (CaseEventKind.REFERRAL_ANSWERED,),
}
"""What ends each thing that a case can wait for; several can be under way at once."""


def _state(events: Sequence[CaseEvent], decision: Decision | None) -> CaseState:
    """Return the state after the last event; of several things that are waited for, a stopped clock comes first."""
    state, waiting = CaseState.RECEIVED, list[CaseState]()
    for event in events:
        after = _STATE_AFTER.get(event.kind)
        if after is None or state.is_closed:
            continue
        if after in _ENDS:
            waiting.append(after)
        elif after is CaseState.IN_PROGRESS:
            state = after
            _end_waiting(waiting, event.kind)
        else:
            state = after
    if state is CaseState.DECIDED and decision is not None and decision.result is CaseResult.NOT_ACCEPTED:
        return CaseState.NOT_ACCEPTED
    if state is not CaseState.IN_PROGRESS or not waiting:
        return state
    return CaseState.SUSPENDED if CaseState.SUSPENDED in waiting else waiting[-1]


def _end_waiting(waiting: list[CaseState], kind: CaseEventKind) -> None:
    for index in range(len(waiting) - 1, -1, -1):
        if kind in _ENDS[waiting[index]]:
            del waiting[index]
            return


def _limit_facts(calendars: WorkingCalendars, limit: Duration, due: Due | None, until: datetime.date) -> LimitFacts:
    if due is None:
        return LimitFacts(limit, None, provisional=False, overdue_by=0)
    late = max(1, calendars.working_days_between(due.date, until)) if until > due.date else 0
    return LimitFacts(limit, due.date, due.provisional, late)


def _handled_days(
    calendars: WorkingCalendars, accepted: datetime.date, until: datetime.date, suspensions: Iterable[Suspension]
) -> int:
    days = max(0, calendars.working_days_between(accepted, until))
    for suspension in suspensions:
        start, end = max(suspension.start, accepted), suspension.end or until
        days -= max(0, calendars.working_days_between(start, end))
    return max(0, days)


def _saved_days(calendars: WorkingCalendars, statutory: LimitFacts | None, decided: datetime.date) -> int | None:
    if statutory is None or statutory.due is None:
        return None
    return max(0, calendars.working_days_between(decided, statutory.due))


def _acceptance(
    events: Sequence[CaseEvent], item: Item | ItemTerms, calendars: WorkingCalendars, until: datetime.date
) -> LimitFacts | None:
    """Return the limit for accepting an application for a permit, while the authority has to act."""
    last = next(
        (event for event in reversed(events) if event.kind in (CaseEventKind.RECEIVED, *_CORRECTION)), events[0]
    )
    if item.type is not ItemType.PERMIT or last.kind is CaseEventKind.CORRECTION_REQUESTED:
        return None
    due = calendars.add_working_days(last.on, ACCEPTANCE_LIMIT.value)
    return _limit_facts(calendars, ACCEPTANCE_LIMIT, due, until)


_CORRECTION = (CaseEventKind.CORRECTION_REQUESTED, CaseEventKind.CORRECTED)


def _publication(
    case: ApprovalCase,
    decision: Decision | None,
    decided_on: datetime.date,
    item: Item | ItemTerms,
    calendars: WorkingCalendars,
    as_of: datetime.date,
) -> Publication | None:
    """Return how the publication stands; None before the decision and for what is not published at all."""
    if decision is None or case.secrecy is not None or item.secrecy is not None:
        return None
    return publication(decided_on, decision, item, calendars, as_of)
