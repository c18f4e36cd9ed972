"""Supervision records and adjustments as open data: what was public on the site's day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.casework.exposures import rectification
from gongkai.casework.working_days import WorkingCalendars
from gongkai.model.adjustment import Adjustment, AdjustmentChange
from gongkai.model.supervision import Exposure, SupervisionRecord
from gongkai.publishing.addresses import appraisal_address, exposure_address, inspection_address, interview_address
from gongkai.publishing.feeds.addresses import subject_address
from gongkai.publishing.site import Site
from gongkai.publishing.supervision import published

_NOT_FOR_THE_PUBLIC = {"exceptions"}


def supervision_rows(site: Site) -> Iterator[dict[str, Any]]:
    """Yield every public supervision record: ``record`` is its kind; how an exposure stands is under ``derived``."""
    catalogue = site.catalogue
    calendars = WorkingCalendars(catalogue.calendars)
    for inspection in published(site, catalogue.inspections.values()):
        yield _row(site, "inspection", inspection, inspection_address(inspection.id))
    for exposure in published(site, catalogue.exposures.values()):
        row = _row(site, "exposure", exposure, exposure_address(exposure.id))
        yield row | _exposure(site, exposure, row, calendars)
    for interview in published(site, catalogue.interviews.values()):
        yield _row(site, "interview", interview, interview_address(interview.id))
    for appraisal in published(site, catalogue.appraisals.values()):
        yield _row(site, "appraisal", appraisal, appraisal_address(appraisal.id))


def _row(site: Site, kind: str, record: SupervisionRecord, address: str) -> dict[str, Any]:
    data = record.model_dump(mode="json", exclude_none=True, exclude=_NOT_FOR_THE_PUBLIC)
    return {"record": kind, "url": site.absolute(address), **data}


def _exposure(site: Site, exposure: Exposure, row: dict[str, Any], calendars: WorkingCalendars) -> dict[str, Any]:
    """Return what of an exposure's row depends on the site's day."""
    mending = rectification(exposure, calendars, site.as_of)
    return {
        "progress": [step for step in row["progress"] if step["on"] <= site.as_of.isoformat()],
        "closure": row["closure"] if mending.closed_on is not None else None,
        "derived": {"state": mending.state.value, "working_days_overdue": mending.overdue_by},
    }


def adjustment_rows(site: Site) -> Iterator[dict[str, Any]]:
    """Yield every public adjustment with its changes, the newest first."""
    adjustments = (one for one in site.catalogue.adjustments.values() if one.published_on <= site.as_of)
    for adjustment in sorted(adjustments, key=lambda one: (one.published_on, one.id), reverse=True):
        yield {**_head(adjustment), "changes": [_change(site, change) for change in adjustment.changes]}


def _head(adjustment: Adjustment) -> dict[str, Any]:
    return adjustment.model_dump(mode="json", exclude_none=True, exclude={*_NOT_FOR_THE_PUBLIC, "changes"})


def _change(site: Site, change: AdjustmentChange) -> dict[str, Any]:
    data = change.model_dump(mode="json", exclude_none=True)
    address = subject_address(site.catalogue, item=change.item, organization=change.organization)
    return {**data, "url": site.absolute(address)}
