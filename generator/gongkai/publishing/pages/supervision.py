"""Where to complain, and what supervision found: exposures and their mending, inspections, interviews, appraisals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gongkai.model.disclosure_vocabulary import ExposureState
from gongkai.model.supervision import Appraisal, SupervisionRecord
from gongkai.publishing.addresses import appraisal_address, exposure_address, inspection_address, interview_address
from gongkai.publishing.charts import RowChart, bar_chart
from gongkai.publishing.site import Crumb, Page, Site, departments_by_name, towns_by_code
from gongkai.publishing.supervision import (
    NamedOnDay,
    ShownExposure,
    ShownResult,
    exposures,
    named_publisher,
    published,
    results,
    stages,
    still_open,
)
from gongkai.publishing.wording import chinese_date, contact_lines

_SUPERVISION = Crumb("监督投诉", "supervision/")
_EXPOSURES = Crumb("曝光和整改", "supervision/exposures/")
_INSPECTIONS = Crumb("检查", "supervision/inspections/")
_INTERVIEWS = Crumb("约谈和问责", "supervision/interviews/")
_APPRAISALS = Crumb("测评结果", "supervision/appraisals/")
_SCORE = 100


def public_keys(site: Site, register: Mapping[str, SupervisionRecord]) -> list[str]:
    """Return the numbers of the records that are public on the site's day, the newest first."""
    return [record.id for record in published(site, register.values())]


def supervision_page(site: Site, _key: str) -> Page:
    """Return the supervision channels of the district and of every organisation, and what supervision found."""
    catalogue = site.catalogue
    shown = exposures(site, catalogue.exposures.values())
    return _list_page(
        site,
        "supervision.html",
        Crumb("监督投诉", "supervision/"),
        "办事慢、乱收费、推诿拖延，到哪里投诉；查出了什么问题，整改到哪一步。",
        {
            "hotlines": [(hotline, contact_lines(hotline.contact)) for hotline in site.district.hotlines],
            "departments": departments_by_name(catalogue),
            "towns": towns_by_code(catalogue),
            "open": still_open(shown),
            "figures": _figures(shown),
            "inspections": published(site, catalogue.inspections.values()),
            "interviews": published(site, catalogue.interviews.values()),
            "appraisals": published(site, catalogue.appraisals.values()),
        },
        column="互动交流",
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """How many faults were exposed, and how their mending stands; ``late`` were closed after their deadline."""

    exposed: int
    open: int
    overdue: int
    closed: int
    late: int


def _figures(shown: list[ShownExposure]) -> Figures:
    states = [exposure.state for exposure in shown]
    return Figures(
        exposed=len(shown),
        open=states.count(ExposureState.OPEN),
        overdue=states.count(ExposureState.OVERDUE),
        closed=states.count(ExposureState.CLOSED),
        late=sum(exposure.closed_on is not None and exposure.overdue_by > 0 for exposure in shown),
    )


def exposures_page(site: Site, _key: str) -> Page:
    """Return every exposure: those that are still open, then the closed ones by year."""
    shown = exposures(site, site.catalogue.exposures.values())
    closed = [exposure for exposure in shown if exposure.closed_on is not None]
    years = dict.fromkeys(exposure.record.published_on.year for exposure in closed)
    return _list_page(
        site,
        "exposures.html",
        _EXPOSURES,
        f"{site.district.short_name}公开曝光的 {len(shown)} 个问题：哪个单位、什么问题、限期何时、整改到哪一步。",
        {
            "open": still_open(shown),
            "figures": _figures(shown),
            "years": [(year, [e for e in closed if e.record.published_on.year == year]) for year in years],
        },
    )


def exposure_page(site: Site, identity: str) -> Page:
    """Return one exposure: what was found, what was demanded, and how it was mended."""
    record = site.catalogue.exposures[identity]
    (shown,) = exposures(site, [record])
    inspection = site.catalogue.inspections.get(record.inspection or "")
    return _record_page(
        site,
        record,
        record.found_by,
        Page(
            address=exposure_address(identity),
            template="exposure.html",
            title=f"曝光 {identity}：{shown.organization.name}",
            description=f"{shown.organization.name}：{record.problem}",
            crumbs=(_SUPERVISION, _EXPOSURES),
            context={
                "exposure": shown,
                "found_by": named_publisher(site, record.found_by, record.found_on),
                "stages": stages(site, record),
                "inspection": inspection if inspection and inspection.published_on <= site.as_of else None,
            },
            keywords=["曝光", "整改", shown.organization.name],
        ),
    )


def inspections_page(site: Site, _key: str) -> Page:
    """Return the list of inspections."""
    shown = published(site, site.catalogue.inspections.values())
    return _list_page(
        site,
        "inspections.html",
        _INSPECTIONS,
        f"{site.district.short_name}公开的 {len(shown)} 次检查：查了哪些单位、怎么查的、发现了什么。",
        {"inspections": [(record, _named(site, record, record.inspectors)) for record in shown]},
    )


def inspection_page(site: Site, identity: str) -> Page:
    """Return one inspection: who looked at what, and the faults that it found."""
    record = site.catalogue.inspections[identity]
    found = [exposure for exposure in site.catalogue.exposures.values() if exposure.inspection == identity]
    return _record_page(
        site,
        record,
        record.inspectors[0],
        Page(
            address=inspection_address(identity),
            template="inspection.html",
            title=f"{record.title}（检查 {identity}）",
            description=record.summary,
            crumbs=(_SUPERVISION, _INSPECTIONS),
            context={
                "inspection": record,
                "inspectors": _named(site, record, record.inspectors),
                "inspected": _named(site, record, record.organizations),
                "exposures": exposures(site, found),
            },
            keywords=["检查", record.method.value],
        ),
    )


def interviews_page(site: Site, _key: str) -> Page:
    """Return the list of interviews, criticisms and other consequences."""
    shown = published(site, site.catalogue.interviews.values())
    return _list_page(
        site,
        "interviews.html",
        _INTERVIEWS,
        f"{site.district.short_name}公开的 {len(shown)} 次约谈、通报批评和问责：为什么、由谁作出、结果怎样。",
        {"interviews": [(record, named_publisher(site, record.organization, record.on)) for record in shown]},
    )


def interview_page(site: Site, identity: str) -> Page:
    """Return one interview: who was called to account by whom, why, and with what outcome."""
    record = site.catalogue.interviews[identity]
    organization = named_publisher(site, record.organization, record.on)
    causes = (site.catalogue.exposures[one] for one in record.exposures if one in site.catalogue.exposures)
    return _record_page(
        site,
        record,
        record.by,
        Page(
            address=interview_address(identity),
            template="interview.html",
            title=f"{record.kind.value} {identity}：{organization.name}",
            description=f"{organization.name}：{record.matter}",
            crumbs=(_SUPERVISION, _INTERVIEWS),
            context={
                "interview": record,
                "organization": organization,
                "by": named_publisher(site, record.by, record.on),
                "exposures": exposures(site, causes),
            },
            keywords=[record.kind.value, organization.name],
        ),
    )


def appraisals_page(site: Site, _key: str) -> Page:
    """Return the list of appraisals."""
    shown = published(site, site.catalogue.appraisals.values())
    return _list_page(
        site,
        "appraisals.html",
        _APPRAISALS,
        f"{site.district.short_name}公开的 {len(shown)} 次政务服务测评（“好差评”）：各单位、各窗口的得分和不满意率。",
        {"appraisals": [(record, named_publisher(site, record.by, record.published_on)) for record in shown]},
    )


def appraisal_page(site: Site, identity: str) -> Page:
    """Return one appraisal: a table of its results, and the same as bars."""
    record = site.catalogue.appraisals[identity]
    shown = results(site, record)
    return _record_page(
        site,
        record,
        record.by,
        Page(
            address=appraisal_address(identity),
            template="appraisal.html",
            title=f"{record.title}（测评 {identity}）",
            description=f"{record.title}：{chinese_date(record.started_on)}至{chinese_date(record.ended_on)}，{len(shown)} 个{record.subject.value}。",
            crumbs=(_SUPERVISION, _APPRAISALS),
            context={
                "appraisal": record,
                "by": named_publisher(site, record.by, record.published_on),
                "results": shown,
                "charts": _charts(record, shown),
                "ratings": sum(result.ratings for result in shown),
                "dissatisfied": sum(result.dissatisfied for result in shown),
            },
            keywords=["测评", "好差评"],
        ),
    )


def _charts(record: Appraisal, shown: list[ShownResult]) -> list[RowChart]:
    """Return the scores, which begin at zero and so look alike, and the shares of the dissatisfied, which do not."""
    labels = [result.window or result.organization.name for result in shown]
    scores = [(label, result.value.score, result.score) for label, result in zip(labels, shown, strict=True)]
    rates = [
        (label, result.dissatisfied / result.ratings, result.rate)
        for label, result in zip(labels, shown, strict=True)
        if result.ratings
    ]
    worst = max((rate for _, rate, _ in rates), default=0.0)
    return [
        bar_chart("scores", f"各{record.subject.value}的得分（满分 {_SCORE}）", scores, _SCORE),
        bar_chart("rates", f"各{record.subject.value}的不满意率", rates, worst),
    ]


def _named(site: Site, record: SupervisionRecord, identities: list[str]) -> list[NamedOnDay]:
    return [named_publisher(site, identity, record.published_on) for identity in identities]


def _list_page(
    site: Site, template: str, here: Crumb, description: str, context: dict[str, Any], column: str = "数据发布"
) -> Page:
    return Page(
        address=here.address,
        template=template,
        title=here.title,
        description=description,
        section="supervision/",
        crumbs=() if here.address == _SUPERVISION.address else (_SUPERVISION,),
        context=context,
        column=column,
        keywords=[here.title, site.district.short_name],
    )


def _record_page(site: Site, record: SupervisionRecord, source: str, page: Page) -> Page:
    """Return the page of a record, dated and with its source, and with the way to edit it."""
    organization = site.catalogue.organization(source)
    return replace(
        page,
        section="supervision/",
        context={**page.context, "record": record, "edit_url": site.edit_url(record.source.path)},
        article_date=record.published_on,
        source=organization.name if organization else site.district.government,
    )
