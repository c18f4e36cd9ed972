"""How fast cases are handled, per organisation and item; cases that are not public are counted all the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.casework.case_facts import CaseFacts, LimitFacts
from gongkai.casework.prior_reviews import ReviewState


@dataclass(frozen=True, slots=True)
class Punctuality:
    """On time against one kind of limit, binding or statutory.

    ``measured`` are the cases that were accepted and decided, and those that are not yet decided or were
    withdrawn but past their limit already: an authority gains nothing by never deciding.
    """

    measured: int
    on_time: int

    @property
    def percent(self) -> int | None:
        """The share on time in per cent, rounded down, so that 100 means all; None when nothing is measured."""
        return self.on_time * 100 // self.measured if self.measured else None


@dataclass(frozen=True, slots=True)
class Efficiency:
    """The figures of a group of cases.

    ``median`` and ``ninetieth`` are the 50th and 90th percentile (nearest rank) of the working days that
    decided cases took from acceptance, suspensions left out; None when none is decided. ``binding`` is against
    the promise, or the law where nothing is promised; a case that nobody accepted in time is late there too, so that
    what is not on time is what is overdue. ``overdue`` and ``deemed`` list the cases that may be
    shown; ``overdue_number`` and ``deemed_reviews`` count the others too.
    ``saved_days`` adds up what was left of the statutory limits.
    """

    number: int
    secret: int
    handled: int
    median: int | None
    ninetieth: int | None
    binding: Punctuality
    statutory: Punctuality
    saved_days: int
    overdue_number: int
    overdue: tuple[CaseFacts, ...]
    deemed_reviews: int
    deemed: tuple[CaseFacts, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted of some cases, so that it can be added up: of months to a year.

    ``days`` are the working days that the decided cases took; the rest has the meaning that it has in
    :class:`Efficiency`.
    """

    number: int
    secret: int
    days: tuple[int, ...]
    binding: Punctuality
    statutory: Punctuality
    saved_days: int
    overdue_number: int
    overdue: tuple[CaseFacts, ...]
    deemed_reviews: int
    deemed: tuple[CaseFacts, ...]


def tally(facts: Iterable[CaseFacts]) -> Tally:
    """Return what is counted of a group of cases; lists keep the order of ``facts``."""
    cases = list(facts)
    overdue = [fact for fact in cases if fact.overdue]
    deemed = [(fact, number) for fact in cases if (number := _deemed_reviews(fact))]
    return Tally(
        number=len(cases),
        secret=sum(fact.secret for fact in cases),
        days=tuple(fact.working_days for fact in cases if fact.handled and fact.working_days is not None),
        binding=_punctuality((fact.binding or fact.acceptance, fact.handled) for fact in cases),
        statutory=_punctuality((fact.statutory, fact.handled) for fact in cases),
        saved_days=sum(fact.saved_days or 0 for fact in cases),
        overdue_number=len(overdue),
        overdue=tuple(fact for fact in overdue if fact.shown),
        deemed_reviews=sum(number for _, number in deemed),
        deemed=tuple(fact for fact, _ in deemed if fact.shown),
    )


def figures(tallies: Iterable[Tally]) -> Efficiency:
    """Return the figures of several groups of cases together; lists keep the order of the groups."""
    parts = list(tallies)
    days = sorted(number for part in parts for number in part.days)
    return Efficiency(
        number=sum(part.number for part in parts),
        secret=sum(part.secret for part in parts),
        handled=len(days),
        median=nearest_rank(days, 50),
        ninetieth=nearest_rank(days, 90),
        binding=_together(part.binding for part in parts),
        statutory=_together(part.statutory for part in parts),
        saved_days=sum(part.saved_days for part in parts),
        overdue_number=sum(part.overdue_number for part in parts),
        overdue=tuple(fact for part in parts for fact in part.overdue),
        deemed_reviews=sum(part.deemed_reviews for part in parts),
        deemed=tuple(fact for part in parts for fact in part.deemed),
    )


def efficiency(facts: Iterable[CaseFacts]) -> Efficiency:
    """Return the figures of a group of cases; lists keep the order of ``facts``."""
    return figures([tally(facts)])


def by_item(facts: Iterable[CaseFacts]) -> dict[str, Efficiency]:
    """Return the figures by item, in order of codes."""
    groups: defaultdict[str, list[CaseFacts]] = defaultdict(list)
    for fact in facts:
        groups[fact.case.code].append(fact)
    return {code: efficiency(groups[code]) for code in sorted(groups)}


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """Return the percentile of ascending numbers by the nearest-rank method: always one of them, never between two.

    It is the smallest number that at least ``percent`` per cent of the numbers do not exceed; None for none.
    """
    if not ordered:
        return None
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(rank, 1) - 1]


def _punctuality(limits: Iterable[tuple[LimitFacts | None, bool]]) -> Punctuality:
    measured = on_time = 0
    for limit, handled in limits:
        if limit is not None and (handled or limit.overdue):
            measured += 1
            on_time += not limit.overdue
    return Punctuality(measured, on_time)


def _together(parts: Iterable[Punctuality]) -> Punctuality:
    counted = [(part.measured, part.on_time) for part in parts]
    return Punctuality(sum(measured for measured, _ in counted), sum(on_time for _, on_time in counted))


def _deemed_reviews(fact: CaseFacts) -> int:
    return sum(review.state is ReviewState.DEEMED_APPROVED for review in fact.reviews)
