"""A publication that would be recorded as late, without anybody having said so."""

from __future__ import annotations

import datetime

from gongkai.casework.working_days import WorkingCalendars
from gongkai.catalogue import Catalogue
from gongkai.rules.families.adjustments import PUBLICATION_WORKING_DAYS


def lateness(what: str, effective_on: datetime.date, catalogue: Catalogue, today: datetime.date) -> str:
    """Say why today cannot be taken for the day of publication unless it is named, or return an empty text.

    ``what`` says in Chinese what takes effect on which day. Rule A004 only reminds of a late day, as one that was late cannot be
    made up for; here it mostly is a mistake.
    """
    due = WorkingCalendars(catalogue.calendars).add_working_days(effective_on, PUBLICATION_WORKING_DAYS).date
    if today <= due:
        return ""
    return (
        f"{what}，最迟应当在 {due} 公布（{PUBLICATION_WORKING_DAYS} 个工作日以内），{today} 已经晚了。"
        f"当时已经公布过的，用 --published 写明公布的日期；确实到今天才公布的，写 --published {today}，在 --note 里写明原因；"
        "日期写错了的，请改正 --on。"
    )
