"""What day it is where the district is."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def today() -> datetime.date:
    """Return today's date in China; the only place where the day is read from a clock."""
    return datetime.datetime.now(CHINA).date()
