"""Working calendars that cannot be right, or differ from the published one."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import BASE, change_record, check


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"holidays": [{"name": "元旦", "first": "2027-01-03", "last": "2027-01-01"}]},
            ["元旦的最后一天 2027-01-01 早于第一天 2027-01-03"],
        ),
        (
            {"holidays": [{"name": "元旦", "first": "2026-12-31", "last": "2027-01-01"}]},
            ["元旦的日期 2026-12-31 不在 2027 年"],
        ),
        (
            {
                "holidays": [
                    {"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"},
                    {"name": "春节", "first": "2027-01-03", "last": "2027-01-09"},
                ]
            },
            ["春节的第一天 2027-01-03 不晚于前一个假期的最后一天 2027-01-03"],
        ),
        ({"working_weekends": ["2027-01-02"]}, ["调休上班的 2027-01-02 在元旦的假期里"]),
        ({"working_weekends": ["2027-01-06"]}, ["调休上班的 2027-01-06 不是周六、周日"]),
        ({"working_weekends": ["2026-01-04"]}, ["调休上班的 2026-01-04 不在 2027 年"]),
        ({"working_weekends": ["2027-01-09", "2027-01-09"]}, ["调休上班的 2027-01-09 写了两次"]),
        ({"working_weekends": ["2027-01-09"]}, []),
    ],
)
def test_calendars(changes: dict[str, object], expected: list[str], district: Path) -> None:
    change_record(district, BASE["calendar"], **changes)
    findings = [f for f in check(district) if f.path == BASE["calendar"]]
    assert [(f.code, f.message) for f in findings] == [("T007", message) for message in expected]


def test_a_calendar_of_a_published_year_must_agree(district: Path) -> None:
    text = (district / BASE["calendar"]).read_text(encoding="utf-8").replace("2027", "2026")
    (district / "data/calendar/2026.yml").write_text(text, encoding="utf-8")
    (finding,) = (f for f in check(district) if f.path == "data/calendar/2026.yml")
    assert finding.code == "T006"
    assert finding.message == (
        "与公布的放假安排不一致：2026-01-04 应当上班、2026-02-14 应当上班、2026-02-16 应当放假等 23 天"
    )
