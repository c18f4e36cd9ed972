"""What is said of many measurements."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

__all__ = ["cost_per_page", "median", "ratio"]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return how many times as large the median of ``ours`` is; raises ValueError when ``theirs`` took no time."""
    reference = median(theirs)
    if reference <= 0:
        raise ValueError("nothing can be compared with nothing")
    return median(ours) / reference


def cost_per_page(values: Sequence[float], pages: int) -> float:
    """Return the median in milliseconds a page; raises ValueError for no pages."""
    if pages <= 0:
        raise ValueError("a site without pages has no cost per page")
    return median(values) * 1000 / pages
