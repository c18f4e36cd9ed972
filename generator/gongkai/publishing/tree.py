"""What lies in a folder."""

from __future__ import annotations

import os
from pathlib import Path


def files_below(folder: Path) -> list[str]:
    """Return the addresses of all files in a folder, in a fixed order; links to files count, links to folders do not."""
    found: list[str] = []
    _add_files(str(folder), "", found)
    return sorted(found)


def _add_files(folder: str, inside: str, found: list[str]) -> None:
    # A site has tens of thousands of folders, and os.walk takes half as long again.
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    _add_files(entry.path, f"{inside}{entry.name}/", found)
                elif not entry.is_dir():
                    found.append(inside + entry.name)
    except FileNotFoundError:
        return
