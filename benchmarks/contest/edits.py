"""Edits as a clerk makes them: a word more in an item's summary, or another name wherever it is published."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

_NAME = re.compile(r"^name: (.*)$", re.MULTILINE)
_MARK = "（重新办理）"
_SUMMARY = re.compile(r"^summary: (.*?)(?:（第[0-9]+次修改）)?$", re.MULTILINE)


class Edits:
    """Edits of the items of a district, each of another item than the one before."""

    def __init__(self, district: Path) -> None:
        self._district = district
        self._paths = sorted((district / "data/items").glob("*/*.yml"))
        self._numbers = count(1)

    def make(self) -> tuple[Path, str]:
        """Change the summary of the next item; returns its file and the words that are new in it.

        Raises ValueError for an item without a summary on a line of its own.
        """
        number, path = self._next()
        mark = f"（第{number}次修改）"
        text, changed = _SUMMARY.subn(lambda match: f"summary: {match.group(1)}{mark}", path.read_text("utf-8"), 1)
        if not changed:
            raise ValueError(f"{path} has no summary")
        path.write_text(text, encoding="utf-8")
        return path, mark

    def rename(self) -> str:
        """Give the next item another name, in its own file and in every listing; returns the new name.

        Raises ValueError for an item without a name on a line of its own.
        """
        _, path = self._next()
        found = _NAME.search(path.read_text("utf-8"))
        if found is None:
            raise ValueError(f"{path} has no name")
        old = found.group(1)
        new = old.removesuffix(_MARK) if old.endswith(_MARK) else old + _MARK
        line = re.compile(rf"^( *name: ){re.escape(old)}$", re.MULTILINE)
        for place in (path, *sorted((self._district / "data/listings").glob("*/*.yml"))):
            text, changed = line.subn(lambda match: match.group(1) + new, place.read_text("utf-8"))
            if changed:
                place.write_text(text, encoding="utf-8")
        return new

    def _next(self) -> tuple[int, Path]:
        number = next(self._numbers)
        # A step that shares no factor with most numbers of items reaches every part of the catalogue.
        return number, self._paths[number * 7919 % len(self._paths)]
