"""Where a project is, and what day it is there."""

from __future__ import annotations

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_MARKS = ("mkdocs.yml", "data")


def find_root(start: Path) -> Path | None:
    """Return the nearest folder at or above ``start`` that holds mkdocs.yml and data/, or None."""
    for folder in (start, *start.parents):
        if all((folder / mark).exists() for mark in _MARKS):
            return folder
    return None


def today() -> datetime.date:
    """Return today's date in China; the only place where a clock is read."""
    return datetime.datetime.now(CHINA).date()
