"""Charts as data: templates draw them as SVG, beside the table that says the same.

All lengths are in the drawing's own units. It is as wide as the text on a phone, so that its letters are as large
there as those around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 340
_PLOT = 110
_TOP = 20
_AXIS = 20
_ROW = 46
_BAR_TOP = 20
_BAR = 16
_LABEL = 16


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``height`` of the whole, of it ``late`` on top; ``y`` is where it begins."""

    label: str
    shown: str
    x: float
    middle: float
    width: float
    y: float
    height: float
    late: float


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Columns from zero; ``identity`` is unique on its page."""

    identity: str
    title: str
    description: str
    columns: tuple[Column, ...]
    width: int
    height: int
    axis: int


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row: its words above, bars of ``(class, length, y, height)`` and marks of ``(class, x)`` below them."""

    label: str
    shown: str
    y: int
    bars: tuple[tuple[str, float, float, int], ...]
    marks: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class RowChart:
    """Horizontal bars from zero, one row below the other; ``identity`` is unique on its page."""

    identity: str
    title: str
    description: str
    rows: tuple[ChartRow, ...]
    width: int
    height: int


def column_chart(identity: str, title: str, columns: Sequence[tuple[str, int, int]]) -> ColumnChart:
    """Return a chart of columns of (label, number, of them late)."""
    most = max((number for _, number, _ in columns), default=0)
    step = WIDTH / len(columns) if columns else WIDTH
    drawn = []
    for place, (label, number, late) in enumerate(columns):
        height, top = _share(number, most, _PLOT), _share(late, most, _PLOT)
        x = place * step
        drawn.append(
            Column(
                label,
                str(number),
                round(x + step * 0.12, 1),
                round(x + step / 2, 1),
                round(step * 0.76, 1),
                round(_TOP + _PLOT - height, 1),
                height,
                top,
            )
        )
    description = "；".join(f"{label} {number} 件，超期 {late} 件" for label, number, late in columns)
    return ColumnChart(identity, title, description, tuple(drawn), WIDTH, _TOP + _PLOT + _AXIS, _TOP + _PLOT)


@dataclass(frozen=True, slots=True)
class Spread:
    """How long the cases of something took, in working days, against what was promised and what the law allows."""

    label: str
    median: int
    ninetieth: int
    promised: float | None
    statutory: float | None


def spread_chart(identity: str, title: str, spreads: Sequence[Spread]) -> RowChart:
    """Return a chart of medians and 90th percentiles with the limits as marks."""
    whole = max((value for s in spreads for value in (s.ninetieth, s.promised or 0, s.statutory or 0)), default=0)
    rows = []
    for place, spread in enumerate(spreads):
        y = place * _ROW
        bars = (
            ("chart__most", _share(spread.ninetieth, whole, WIDTH), y + _BAR_TOP, _BAR),
            ("chart__half", _share(spread.median, whole, WIDTH), y + _BAR_TOP + 4, _BAR - 8),
        )
        limits = (("chart__promised", spread.promised), ("chart__statutory", spread.statutory))
        marks = tuple((name, _share(limit, whole, WIDTH - 2)) for name, limit in limits if limit is not None)
        rows.append(ChartRow(_cut(spread.label), f"{spread.median} / {spread.ninetieth} 个工作日", y, bars, marks))
    description = "；".join(
        f"{s.label}一半不超过 {s.median} 个工作日，九成不超过 {s.ninetieth} 个工作日" for s in spreads
    )
    return RowChart(identity, title, description, tuple(rows), WIDTH, len(rows) * _ROW)


def bar_chart(identity: str, title: str, values: Sequence[tuple[str, float, str]], whole: float) -> RowChart:
    """Return a chart of (label, value, value in words); ``whole`` is what the longest bar stands for."""
    rows = tuple(
        ChartRow(
            _cut(label),
            shown,
            place * _ROW,
            (("chart__half", _share(min(value, whole), whole, WIDTH), place * _ROW + _BAR_TOP, _BAR),),
            (),
        )
        for place, (label, value, shown) in enumerate(values)
    )
    description = "；".join(f"{label} {shown}" for label, _, shown in values)
    return RowChart(identity, title, description, rows, WIDTH, len(rows) * _ROW)


def share_chart(identity: str, title: str, shares: Sequence[tuple[str, int]]) -> RowChart:
    """Return a chart of shares in per cent."""
    rows = tuple(
        ChartRow(
            _cut(label),
            f"{percent}%",
            place * _ROW,
            (
                ("chart__rest", WIDTH, place * _ROW + _BAR_TOP, _BAR),
                ("chart__half", _share(percent, 100, WIDTH), place * _ROW + _BAR_TOP, _BAR),
            ),
            (),
        )
        for place, (label, percent) in enumerate(shares)
    )
    return RowChart(identity, title, "；".join(f"{label} {n}%" for label, n in shares), rows, WIDTH, len(rows) * _ROW)


def _share(value: float, whole: float, length: float) -> float:
    return round(length * value / whole, 1) if whole else 0.0


def _cut(label: str) -> str:
    """Return as much of a label as there is room for."""
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
