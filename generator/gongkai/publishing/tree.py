"""What lies in a folder."""

from __future__ import annotations

import os
from pathlib import Path


def files_below(folder: Path) -> list[str]:
    """Return the addresses of all files in a folder, in a fixed order."""
    found = []
    for where, _, names in os.walk(folder):
        inside = where[len(str(folder)) + 1 :]
        found += [f"{inside}/{name}" if inside else name for name in names]
    return sorted(found)
