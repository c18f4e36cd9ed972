"""Edits of one item as a clerk makes them: a word more in its summary, in place."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

_SUMMARY = re.compile(r"^summary: (.*?)(?:（第[0-9]+次修改）)?$", re.MULTILINE)


class Edits:
    """Edits of the items of a district, each of another item than the one before."""

    def __init__(self, district: Path) -> None:
        self._paths = sorted((district / "data/items").glob("*/*.yml"))
        self._numbers = count(1)

    def make(self) -> tuple[Path, str]:
        """Change the summary of the next item; returns its file and the words that are new in it.

        Raises ValueError for an item without a summary on a line of its own.
        """
        number = next(self._numbers)
        # A step that shares no factor with most numbers of items reaches every part of the catalogue.
        path = self._paths[number * 7919 % len(self._paths)]
        mark = f"（第{number}次修改）"
        text, changed = _SUMMARY.subn(lambda match: f"summary: {match.group(1)}{mark}", path.read_text("utf-8"), 1)
        if not changed:
            raise ValueError(f"{path} has no summary")
        path.write_text(text, encoding="utf-8")
        return path, mark
