"""What day it is where the district is."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def today() -> datetime.date:
    """Return today's date in China; the only place where a clock is read."""
    return datetime.datetime.now(CHINA).date()
