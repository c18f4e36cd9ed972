"""Charts keep their proportions and say in words what they show."""

from __future__ import annotations

import pytest

from gongkai.publishing.charts import WIDTH, Spread, bar_chart, column_chart, share_chart, spread_chart


def test_columns() -> None:
    chart = column_chart("c", "每月", [("1月", 10, 0), ("2月", 20, 5), ("3月", 0, 0)])
    january, february, march = chart.columns
    assert (january.height * 2, february.late * 4, march.height) == (february.height, february.height, 0)
    assert {c.y + c.height for c in chart.columns} == {chart.axis}
    assert february.x + february.width < march.x < WIDTH
    assert chart.description == "1月 10 件，超期 0 件；2月 20 件，超期 5 件；3月 0 件，超期 0 件"


def test_columns_of_nothing() -> None:
    assert [c.height for c in column_chart("c", "每月", [("1月", 0, 0)]).columns] == [0]
    assert column_chart("c", "每月", []).columns == ()


def test_spreads_share_one_scale_with_their_limits() -> None:
    chart = spread_chart("s", "用时", [Spread("甲", 4, 8, 10, 20), Spread("乙" * 30, 5, 20, None, None)])
    first, second = chart.rows
    assert [(name, length) for name, length, _, _ in first.bars] == [("chart__most", 136.0), ("chart__half", 68.0)]
    assert first.marks == (("chart__promised", 169.0), ("chart__statutory", 338.0))
    assert (second.bars[0][1], second.marks) == (WIDTH, ())
    assert second.label == "乙" * 15 + "…"
    assert chart.description.startswith("甲一半不超过 4 个工作日，九成不超过 8 个工作日；")


def test_cases_that_all_took_no_time() -> None:
    chart = spread_chart("s", "用时", [Spread("甲", 0, 0, None, None)])
    assert [length for _, length, _, _ in chart.rows[0].bars] == [0, 0]


def test_shares() -> None:
    chart = share_chart("s", "按时率", [("甲", 50), ("乙", 100)])
    assert [row.bars[1][1] for row in chart.rows] == [WIDTH / 2, WIDTH]
    assert (chart.description, chart.height > chart.rows[1].bars[1][2]) == ("甲 50%；乙 100%", True)


@pytest.mark.parametrize(("whole", "length"), [(100, WIDTH / 2), (50, WIDTH), (20, WIDTH), (0, 0.0)])
def test_bars_begin_at_zero_and_end_in_the_drawing(whole: float, length: float) -> None:
    chart = bar_chart("x", "题", [("甲", 50, "50 分")], whole)
    (row,) = chart.rows
    assert (row.bars[0][1], row.shown, chart.description) == (length, "50 分", "甲 50 分")
