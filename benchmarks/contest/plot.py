"""A plot of seconds against items, both in powers, as an SVG of its own: no library is needed for a few lines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from contest.numbers import median

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 860, 480, 70, 250, 30, 50
_LINES = {
    "cold": "#0b57a4",
    "edit": "#4d9be6",
    "rename": "#12a3a3",
    "search-cold": "#0a7d55",
    "hugo-front-matter": "#b3261e",
    "hugo-data": "#e2725b",
    "hugo-pagefind": "#8a5a00",
    "mkdocs": "#6a3fa0",
    "zensical": "#555555",
}
"""What is drawn, and in which colour."""


def draw(sizes: Mapping[str, Mapping[str, object]]) -> str:
    """Return the plot of the sizes of a day's results as SVG; raises ValueError when there is nothing to draw."""
    lines = {key: points for key in _LINES if (points := _points(sizes, key))}
    values = [point for points in lines.values() for point in points]
    if not values:
        raise ValueError("no measurement can be drawn")
    across = _Scale([x for x, _ in values], _LEFT, _WIDTH - _RIGHT)
    up = _Scale([y for _, y in values], _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><title>Seconds against items</title><rect width="100%" height="100%" fill="#fff"/>'
    ]
    for power in up.powers():
        y = up.at(power)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{power:g} s</text>')
    for number in sorted({x for x, _ in values}):
        x = across.at(number)
        parts.append(f'<path d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}" stroke="#eee"/>')
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{number:,.0f}</text>')
    parts.append(f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 10}" text-anchor="middle">items</text>')
    ends = _apart({key: up.at(points[-1][1]) for key, points in lines.items()})
    for key, points in lines.items():
        parts.append(_line(_LINES[key], [(across.at(x), up.at(y)) for x, y in points]))
        parts.append(
            f'<text x="{_WIDTH - _RIGHT + 12}" y="{ends[key] + 4:.1f}" fill="{_LINES[key]}">'
            f"{escape(_title(sizes, key))}</text>"
        )
    return "\n".join([*parts, "</svg>\n"])


def _points(sizes: Mapping[str, Mapping[str, object]], key: str) -> list[tuple[float, float]]:
    found = []
    for number, size in sizes.items():
        measured = size["seconds"]
        if isinstance(measured, Mapping) and key in measured:
            found.append((float(number), median(measured[key])))
    return sorted(found)


def _title(sizes: Mapping[str, Mapping[str, object]], key: str) -> str:
    titles = [size["titles"] for size in sizes.values()]
    return next(str(known[key]) for known in titles if isinstance(known, Mapping) and key in known)


def _line(colour: str, points: Sequence[tuple[float, float]]) -> str:
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    return f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'


def _apart(ends: Mapping[str, float], least: float = 16) -> dict[str, float]:
    """Return heights for the labels, moved down where they would stand on each other."""
    found: dict[str, float] = {}
    below = -math.inf
    for key, height in sorted(ends.items(), key=lambda pair: pair[1]):
        below = max(height, below + least)
        found[key] = below
    return found


class _Scale:
    """A logarithmic scale."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low, self._high = math.log10(min(values)), math.log10(max(values))
        if self._high - self._low < 0.1:
            self._low, self._high = self._low - 0.5, self._high + 0.5
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        part = (math.log10(value) - self._low) / (self._high - self._low)
        return self._start + part * (self._end - self._start)

    def powers(self) -> list[float]:
        """Return the powers of ten on the scale."""
        return [10.0**power for power in range(math.ceil(self._low), math.floor(self._high) + 1)]
