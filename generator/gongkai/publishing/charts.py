"""Bar charts as data: templates draw them as SVG, beside the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 340
"""Of the drawing, in its own units: as wide as a phone's page, so that its letters are as large as the page's there."""
_ROW = 48
_LONGEST = 262
"""The longest bar: what stands behind it is at most as wide as 100.00%."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: ``y`` is where its row begins, ``length`` how long it is drawn."""

    label: str
    shown: str
    y: int
    length: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars from zero, one below the other; ``identity`` is unique on its page."""

    identity: str
    title: str
    description: str
    bars: list[Bar]
    width: int
    height: int


def bar_chart(identity: str, title: str, rows: Sequence[tuple[str, float, str]], whole: float) -> BarChart:
    """Return a chart of rows of (label, value, value in words); ``whole`` is what the longest bar stands for."""
    bars = [
        Bar(label, shown, place * _ROW, round(_LONGEST * min(value / whole, 1), 1) if whole > 0 else 0.0)
        for place, (label, value, shown) in enumerate(rows)
    ]
    description = "；".join(f"{bar.label} {bar.shown}" for bar in bars)
    return BarChart(identity, title, description, bars, WIDTH, len(bars) * _ROW)
