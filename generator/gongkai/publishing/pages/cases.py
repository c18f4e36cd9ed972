"""Cases in public (办件公开): the newest, and all of each month, bounded in size."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from gongkai.casework.case_facts import CaseFacts
from gongkai.casework.efficiency import figures
from gongkai.model.approval_case import Month, received_on
from gongkai.publishing.addresses import item_address, publisher_address
from gongkai.publishing.case_places import (
    A_PAGE,
    APPROVALS,
    EFFICIENCY,
    case_address,
    case_anchor,
    month_address,
    pages_of,
)
from gongkai.publishing.case_wording import (
    CaseStep,
    Line,
    Timeliness,
    case_lines,
    is_published,
    permit_lines,
    retraction,
    steps,
    timeliness,
)
from gongkai.publishing.site import Crumb, Page, Site

NEWEST = 20
APPROVALS_CRUMB = Crumb("办件公开", APPROVALS)


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case in a list: enough to find it on its page."""

    name: str
    organization: str
    address: str
    received_on: datetime.date
    state: str
    timeliness: Timeliness


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case on its page; ``retracted`` is set, and the rest of its content empty, once its publication is withdrawn."""

    number: str
    anchor: str
    name: str
    item_address: str
    organization: str
    organization_address: str
    state: str
    timeliness: Timeliness
    lines: tuple[Line, ...]
    permit: Sequence[Line]
    steps: Sequence[CaseStep]
    retracted: CaseStep | None


def entry_of(site: Site, fact: CaseFacts) -> CaseEntry:
    """Return a case for a list."""
    case = fact.case
    return CaseEntry(
        case.name,
        site.catalogue.publisher_name(case.organization),
        case_address(site.cases, case.number),
        fact.received_on,
        fact.state.value,
        timeliness(fact),
    )


def newest_of(site: Site, facts: Sequence[CaseFacts], number: int) -> list[CaseEntry]:
    """Return the newest of some cases that are shown, the newest first; ``facts`` are the oldest first."""
    return _shown(site, reversed(facts), number)


def _shown(site: Site, facts: Iterator[CaseFacts], number: int) -> list[CaseEntry]:
    """Return the first cases that are shown."""
    return [entry_of(site, fact) for fact in islice((fact for fact in facts if fact.shown), number)]


def approvals_page(site: Site, _key: str) -> Page:
    """Return the overview: the newest cases, the months, and what the figures of a year are."""
    register = site.cases
    months = [(month, len(register.numbers_in(month))) for month in register.months()]
    years = [(year, list(of_year)) for year, of_year in groupby(reversed(months), key=lambda pair: pair[0][0])]
    return Page(
        address=APPROVALS,
        template="approvals.html",
        title="办件公开",
        description=f"{site.district.short_name}各部门、乡镇街道受理的办件：哪天收件、哪天办结、按不按时、结果是什么。",
        section=APPROVALS,
        context={
            "figures": figures(register.recent_tallies().values()),
            "since": register.since,
            "newest": _shown(site, register.newest_first(), NEWEST),
            "years": years,
            "total": sum(number for _, number in months),
            "month_address": month_address,
            "efficiency": EFFICIENCY,
        },
        column="信息公开",
        keywords=["办件公开", "办理结果", "双公示"],
    )


def month_keys(site: Site) -> Iterator[str]:
    """Yield a key for each page of each month."""
    for month in site.cases.months():
        for page in range(1, pages_of(site.cases, month) + 1):
            yield f"{month[0]}/{month[1]}/{page}"


def month_page(site: Site, key: str) -> Page:
    """Return one page of the cases received in a month, in the order of their numbers."""
    year, number, page = (int(part) for part in key.split("/"))
    month, register = (year, number), site.cases
    numbers = register.numbers_in(month)
    here = [register.fact(number) for number in numbers[(page - 1) * A_PAGE : page * A_PAGE]]
    title = f"{_month_words(month)}办件"
    total = pages_of(register, month)
    return Page(
        address=month_address(month, page),
        template="cases_of_month.html",
        title=title if page == 1 else f"{title}（第 {page} 页）",
        description=f"{site.district.short_name}{year}年{number}月收到的 {len(numbers)} 件办件，逐件公开每个环节的日期、是否按时和办理结果。",
        section=APPROVALS,
        crumbs=(APPROVALS_CRUMB,) if page == 1 else (APPROVALS_CRUMB, Crumb(title, month_address(month))),
        context={
            "month": _month_words(month),
            "number": len(numbers),
            "secret": sum(fact.secret for fact in register.in_month(month)),
            "days": _days(site, [fact for fact in here if fact is not None]),
            "pages": _spans(numbers, month) if total > 1 else [],
            "current": page,
            "neighbours": _neighbours(register.months(), month, page, total),
        },
        column="信息公开",
        keywords=["办件公开", title],
    )


def _days(site: Site, facts: Sequence[CaseFacts]) -> list[tuple[datetime.date, list[CaseView]]]:
    shown = (fact for fact in facts if not fact.secret)
    return [
        (day, [_view(site, fact) for fact in of_day]) for day, of_day in groupby(shown, key=lambda f: f.received_on)
    ]


def _view(site: Site, fact: CaseFacts) -> CaseView:
    case = fact.case
    event = retraction(fact)
    content: dict[str, Any] = {"lines": (), "permit": (), "steps": (), "retracted": None}
    if event is not None:
        content["retracted"] = CaseStep(event.on, event.kind.value, event.note or "")
    else:
        content["lines"] = tuple(case_lines(fact))
        content["permit"] = permit_lines(case.decision) if case.decision is not None and is_published(fact) else ()
        content["steps"] = steps(fact)
    return CaseView(
        number=case.number,
        anchor=case_anchor(case.number),
        name=case.name,
        item_address=item_address(case.code),
        organization=site.catalogue.publisher_name(case.organization),
        organization_address=publisher_address(site.catalogue, case.organization),
        state=fact.state.value,
        timeliness=timeliness(fact),
        **content,
    )


def _spans(numbers: Sequence[str], month: Month) -> list[tuple[str, datetime.date, datetime.date]]:
    """Return the address of each page of a month, and the days of its first and last case."""
    starts = range(0, len(numbers), A_PAGE)
    return [
        (
            month_address(month, start // A_PAGE + 1),
            received_on(numbers[start]),
            received_on(numbers[min(start + A_PAGE, len(numbers)) - 1]),
        )
        for start in starts
    ]


def _neighbours(known: list[Month], month: Month, page: int, total: int) -> list[tuple[str, str, str]]:
    """Return the pages before and after, and the months before and after, as (relation, words, address)."""
    place = known.index(month)
    found = []
    if page > 1:
        found.append(("prev", "上一页", month_address(month, page - 1)))
    if page < total:
        found.append(("next", "下一页", month_address(month, page + 1)))
    if place > 0:
        found.append(("", _month_words(known[place - 1]), month_address(known[place - 1])))
    if place + 1 < len(known):
        found.append(("", _month_words(known[place + 1]), month_address(known[place + 1])))
    return found


def _month_words(month: Month) -> str:
    return f"{month[0]}年{month[1]}月"
