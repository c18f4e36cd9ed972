"""Supervision records as pages show them: what was public on the site's day, under the names of the records' own days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from gongkai.casework.exposures import rectification
from gongkai.casework.working_days import WorkingCalendars
from gongkai.model.disclosure_vocabulary import ExposureState
from gongkai.model.supervision import Appraisal, Appraised, Exposure, SupervisionRecord
from gongkai.publishing.addresses import exposure_address, interview_address, item_address
from gongkai.publishing.feeds.addresses import subject_address
from gongkai.publishing.feeds.names import publisher_name_on
from gongkai.publishing.site import Site
from gongkai.publishing.wording import chinese_date

R = TypeVar("R", bound=SupervisionRecord)


@dataclass(frozen=True, slots=True)
class NamedOnDay:
    """An organisation or an item: its name on a day, its present name if that is another, and its page."""

    name: str
    now: str | None
    address: str


@dataclass(frozen=True, slots=True)
class ShownExposure:
    """An exposure with how its mending stands; ``remark`` says that in words."""

    record: Exposure
    address: str
    organization: NamedOnDay
    items: list[NamedOnDay]
    state: ExposureState
    remark: str
    overdue_by: int
    closed_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class ExposureStage:
    """One day of an exposure's history: what happened, told in a text, by whom, and where more of it stands."""

    on: datetime.date
    kind: str
    text: str
    by: NamedOnDay | None = None
    address: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ShownResult:
    """What an appraisal says of one organisation or window; ``rate`` is the share of the dissatisfied."""

    appraisal: Appraisal
    organization: NamedOnDay
    window: str | None
    score: str
    ratings: int
    dissatisfied: int
    rate: str
    value: Appraised


def published(site: Site, records: Iterable[R]) -> list[R]:
    """Return the records that are public on the site's day, the newest first."""
    shown = [record for record in records if record.published_on <= site.as_of]
    return sorted(shown, key=lambda record: (record.published_on, record.id), reverse=True)


def named_publisher(site: Site, identity: str, day: datetime.date) -> NamedOnDay:
    """Return a department, a town or a village under its name of a day."""
    name, now = publisher_name_on(site.catalogue, identity, day), site.catalogue.publisher_name(identity)
    return NamedOnDay(name, now if now != name else None, subject_address(site.catalogue, organization=identity))


def _named_items(site: Site, exposure: Exposure) -> list[NamedOnDay]:
    """Return the items of an exposure that are shown, under the names that its record uses."""
    items = site.catalogue.cards
    return [
        NamedOnDay(
            item.name, items[item.code].name if items[item.code].name != item.name else None, item_address(item.code)
        )
        for item in exposure.items
        if item.code in items
    ]


def exposures(site: Site, records: Iterable[Exposure]) -> list[ShownExposure]:
    """Return the exposures that are public on the site's day, the newest first."""
    calendars = WorkingCalendars(site.catalogue.calendars)
    return [_exposure(site, exposure, calendars) for exposure in published(site, records)]


def still_open(shown: Iterable[ShownExposure]) -> list[ShownExposure]:
    """Return the exposures that are not closed: the most overdue first, then those whose deadline is next."""
    waiting = [exposure for exposure in shown if exposure.state is not ExposureState.CLOSED]
    return sorted(waiting, key=lambda exposure: (-exposure.overdue_by, exposure.record.deadline, exposure.record.id))


def _exposure(site: Site, exposure: Exposure, calendars: WorkingCalendars) -> ShownExposure:
    mending = rectification(exposure, calendars, site.as_of)
    late = f"{mending.overdue_by} 个工作日"
    if mending.closed_on is not None:
        remark = f"超过整改期限 {late}后销号" if mending.overdue_by else "按期销号"
    elif mending.overdue_by:
        remark = f"超过整改期限 {late}" + ("，期限过后没有进展" if mending.silent else "")
    else:
        remark = f"整改期限 {chinese_date(exposure.deadline)}"
    return ShownExposure(
        record=exposure,
        address=exposure_address(exposure.id),
        organization=named_publisher(site, exposure.organization, exposure.published_on),
        items=_named_items(site, exposure),
        state=mending.state,
        remark=remark,
        overdue_by=mending.overdue_by,
        closed_on=mending.closed_on,
    )


def stages(site: Site, exposure: Exposure) -> list[ExposureStage]:
    """Return what happened to an exposed fault up to the site's day, and its deadline, in the order of time."""
    found_by = named_publisher(site, exposure.found_by, exposure.found_on)
    told = [
        ExposureStage(exposure.found_on, "发现", f"发现方式：{exposure.method.value}", found_by),
        ExposureStage(exposure.published_on, "公开曝光", ""),
    ]
    told += [ExposureStage(step.on, "整改进展", step.note) for step in exposure.progress]
    told += [
        ExposureStage(
            one.on, one.kind.value, one.matter, named_publisher(site, one.by, one.on), interview_address(one.id)
        )
        for one in site.catalogue.interviews_about(exposure.id)
        if one.published_on <= site.as_of
    ]
    closure = exposure.closure
    if closure is not None:
        told.append(
            ExposureStage(closure.on, "销号", closure.result, named_publisher(site, closure.confirmed_by, closure.on))
        )
    past = [stage for stage in told if stage.on <= site.as_of]
    if closure is None or closure.on > min(exposure.deadline, site.as_of):
        past.append(ExposureStage(exposure.deadline, "整改期限", "", marked=True))
    return sorted(past, key=lambda stage: stage.on)


def results(site: Site, appraisal: Appraisal) -> list[ShownResult]:
    """Return the results of an appraisal, the best first."""
    shown = [_result(site, appraisal, result) for result in appraisal.results]
    return sorted(shown, key=lambda result: -result.value.score)


def results_of(site: Site, identities: Sequence[str]) -> list[ShownResult]:
    """Return what public appraisals say of some organisations, the newest first."""
    appraisals = {one.id: one for identity in identities for one in site.catalogue.appraisals_of(identity)}
    return [
        _result(site, appraisal, result)
        for appraisal in published(site, appraisals.values())
        for result in appraisal.results
        if result.organization in identities
    ]


def _result(site: Site, appraisal: Appraisal, result: Appraised) -> ShownResult:
    return ShownResult(
        appraisal=appraisal,
        organization=named_publisher(site, result.organization, appraisal.ended_on),
        window=result.window,
        score=str(result.score),
        ratings=result.ratings,
        dissatisfied=result.dissatisfied,
        rate=f"{100 * result.dissatisfied / result.ratings:.2f}%" if result.ratings else "没有评价",
        value=result,
    )
