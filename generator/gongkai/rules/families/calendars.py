"""T: working calendars agree with what is published, and with themselves."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gongkai.casework.working_days import declared_working_days, library_working_days
from gongkai.model.calendar import WorkingCalendar
from gongkai.rules.engine import Context, Example, Loc, Problem, rule

_SOURCE = "《全国年节及纪念日放假办法》；国务院办公厅每年关于部分节假日安排的通知。"
_SATURDAY = 5
_SHOWN = 3
_2026 = """\
year: "2026"
holidays:
  - {name: 元旦, first: 2026-01-01, last: 2026-01-03}
  - {name: 春节, first: 2026-02-15, last: 2026-02-23}
  - {name: 清明节, first: 2026-04-04, last: 2026-04-06}
  - {name: 劳动节, first: 2026-05-01, last: 2026-05-05}
  - {name: 端午节, first: 2026-06-19, last: 2026-06-21}
  - {name: 中秋节, first: 2026-09-25, last: 2026-09-27}
  - {name: 国庆节, first: 2026-10-01, last: 2026-10-07}
working_weekends: [2026-01-04, 2026-02-14, 2026-02-28, 2026-05-09, 2026-09-20, 2026-10-10]
"""


@rule(
    "T006",
    "工作日历要与已公布的放假安排一致",
    subject=WorkingCalendar,
    reason="日历错一天，全区那段时间的到期日都错一天。",
    source=_SOURCE,
    example=Example("calendar", _2026, _2026.replace("last: 2026-02-23", "last: 2026-02-24")),
)
def calendars_agree_with_the_notice(calendar: WorkingCalendar, _context: Context) -> Iterator[Problem]:
    """Report the days on which a calendar differs from the library of holidays, for years that it knows."""
    if not _is_year(calendar):
        return
    published = library_working_days(int(calendar.year))
    if published is None:
        return
    different = sorted(set(published) ^ set(declared_working_days(calendar)))
    if not different:
        return
    worked = set(published)
    days = [f"{datetime.date.fromordinal(day)} 应当{'上班' if day in worked else '放假'}" for day in different[:_SHOWN]]
    more = f"等 {len(different)} 天" if len(different) > _SHOWN else ""
    yield Problem(
        ("year",),
        f"与公布的放假安排不一致：{'、'.join(days)}{more}",
        "请对照国务院办公厅的通知改正；这一年的安排程序已经知道，也可以删去这个文件。",
    )


@rule(
    "T007",
    "放假和调休的日期要在这一年里，不矛盾",
    subject=WorkingCalendar,
    reason="放假日期写反、调休写成平日，这一段等于没有写。",
    source=_SOURCE,
    example=Example("calendar", _2026, _2026.replace("2026-10-10", "2026-10-09")),
)
def calendars_are_consistent(calendar: WorkingCalendar, _context: Context) -> Iterator[Problem]:
    """Report holidays that end before they begin or overlap, worked days that are none, and other years' days."""
    year = int(calendar.year)
    latest: datetime.date | None = None
    for index, holiday in enumerate(calendar.holidays):
        loc: Loc = ("holidays", index)
        for key, day in (("first", holiday.first), ("last", holiday.last)):
            if day.year != year:
                yield Problem(
                    (*loc, key),
                    f"{holiday.name}的日期 {day} 不在 {calendar.year} 年",
                    "跨年的假期分开写在两年的文件里。",
                )
        if holiday.last < holiday.first:
            message = f"{holiday.name}的最后一天 {holiday.last} 早于第一天 {holiday.first}"
            yield Problem((*loc, "last"), message, "请核对两个日期。")
        elif latest is not None and holiday.first <= latest:
            message = f"{holiday.name}的第一天 {holiday.first} 不晚于前一个假期的最后一天 {latest}"
            yield Problem((*loc, "first"), message, "假期按先后写，不能重叠；连在一起的合并成一个。")
        latest = max(latest or holiday.last, holiday.last)
    yield from _working_weekends(calendar, year)


def _working_weekends(calendar: WorkingCalendar, year: int) -> Iterator[Problem]:
    seen: set[datetime.date] = set()
    for index, day in enumerate(calendar.working_weekends):
        holiday = next((h for h in calendar.holidays if h.first <= day <= h.last), None)
        message = ""
        if day.year != year:
            message = f"调休上班的 {day} 不在 {calendar.year} 年"
        elif day.weekday() < _SATURDAY:
            message = f"调休上班的 {day} 不是周六、周日"
        elif holiday is not None:
            message = f"调休上班的 {day} 在{holiday.name}的假期里"
        elif day in seen:
            message = f"调休上班的 {day} 写了两次"
        seen.add(day)
        if message:
            yield Problem(("working_weekends", index), message, "请对照国务院办公厅的通知改正。")


def _is_year(calendar: WorkingCalendar) -> bool:
    """Tell whether there is such a year: "0000" is none."""
    return int(calendar.year) >= datetime.MINYEAR
