"""How the mending of an exposed fault (曝光和整改) stands on a day; what comes after that day is not known yet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from gongkai.casework.working_days import WorkingCalendars
from gongkai.model.disclosure_vocabulary import ExposureState
from gongkai.model.supervision import Exposure


@dataclass(frozen=True, slots=True)
class Rectification:
    """整改: ``overdue_by`` counts working days past the deadline, up to the closure or the day of the question.

    It is at least 1 once the deadline has passed, and stays for a fault that was closed too late.
    ``silent`` tells that the deadline has passed and nothing was reported since.
    """

    state: ExposureState
    closed_on: datetime.date | None
    overdue_by: int
    silent: bool


def rectification(exposure: Exposure, calendars: WorkingCalendars, as_of: datetime.date) -> Rectification:
    """Return how the mending of a fault stands on the day ``as_of``."""
    closure = exposure.closure
    closed_on = closure.on if closure is not None and closure.on <= as_of else None
    until, deadline = closed_on or as_of, exposure.deadline
    overdue_by = max(1, calendars.working_days_between(deadline, until)) if until > deadline else 0
    progress = max((entry.on for entry in exposure.progress if entry.on <= as_of), default=None)
    if closed_on is not None:
        state = ExposureState.CLOSED
    else:
        state = ExposureState.OVERDUE if overdue_by else ExposureState.OPEN
    silent = state is ExposureState.OVERDUE and (progress is None or progress <= deadline)
    return Rectification(state, closed_on, overdue_by, silent)
