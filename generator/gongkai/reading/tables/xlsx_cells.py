"""What the parts of a workbook hold, counted while they are unpacked: how far the cells reach, how long texts are.

Two small files can fill any memory: one with a value in the farthest cell, because readers allot the whole
rectangle, and one that refers to a long shared text from a million cells, because readers copy it to each.
"""

from __future__ import annotations

import re
from collections import Counter

from gongkai.reading.tables.table import MAX_CELLS, UnreadableTableError, column_letters, refuse_excess

MAX_SHARED_TEXT = 64 * 1024 * 1024
"""Most characters of shared texts, counted as often as cells refer to them: as many as the parts may have bytes."""

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})\Z")
_NUMBER = re.compile(r"[0-9]{1,7}\Z")


class Contents:
    """What all parts of one workbook hold together."""

    def __init__(self) -> None:
        self._cells = 0
        self._shared: list[int] = []
        self._references: Counter[int] = Counter()

    def add_sheet(self, rows: int, columns: int) -> None:
        """Count the rectangle of a sheet; raises UnreadableTableError when all are too large together."""
        self._cells += rows * columns
        refuse_excess(self._cells)

    def add_shared_text(self, length: int) -> None:
        """Count a shared text."""
        self._shared.append(length)

    def add_reference(self, index: int) -> None:
        """Count a cell that shows a shared text."""
        self._references[index] += 1

    def refuse_repetition(self) -> None:
        """Raise UnreadableTableError when the texts that cells share would fill the memory."""
        known = len(self._shared)
        if sum(self._shared[i] * count for i, count in self._references.items() if i < known) > MAX_SHARED_TEXT:
            raise UnreadableTableError(
                "XLSX 里同一段长文字重复了太多次，展开以后太大，没有读。请核对来源；确实是清单的，按部门拆成几个文件。"
            )


class PartWatcher:
    """Watches one part of the package as an lxml parser target, whatever the part is called."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._row = self._column = 0
        self._rows = self._columns = 0
        self._shared = False
        self._value: list[str] | None = None
        self._length: int | None = None

    def doctype(self, _name: str | None, _public: str | None, _system: str | None) -> None:
        """Refuse a document type: only an attack needs one here."""
        raise UnreadableTableError("XLSX 的部件里有文档类型声明（DOCTYPE），正常的表格没有，没有读。请核对来源。")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Follow the position; a cell that only has a format counts for nothing."""
        name = tag.rpartition("}")[2]
        if name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if _NUMBER.match(number) else self._row + 1
            self._column = 0
        elif name == "c":
            self._move(attributes.get("r", ""))
            self._shared = attributes.get("t") == "s"
        elif name in ("v", "is", "f") and self._row:
            self._reach()
            self._value = [] if name == "v" and self._shared else None
        elif name == "si":
            self._length = 0

    def data(self, text: str) -> None:
        """Collect the number of a shared text, or the length of one."""
        if self._value is not None:
            self._value.append(text)
        if self._length is not None:
            self._length += len(text)

    def end(self, tag: str) -> None:
        """Count a reference to a shared text, or a shared text."""
        name = tag.rpartition("}")[2]
        if name == "v" and self._value is not None:
            index = "".join(self._value).strip()
            if _NUMBER.match(index):
                self._contents.add_reference(int(index))
            self._value = None
        elif name == "si" and self._length is not None:
            self._contents.add_shared_text(self._length)
            self._length = None

    def close(self) -> None:
        """Count the rectangle of the sheet, which is empty for other parts."""
        self._contents.add_sheet(self._rows, self._columns)

    def _move(self, reference: str) -> None:
        match = _REFERENCE.match(reference)
        if match is None:
            self._column += 1
            return
        self._column = 0
        for letter in match[1].upper():
            self._column = self._column * 26 + ord(letter) - ord("A") + 1
        self._row = int(match[2])

    def _reach(self) -> None:
        self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)
        if self._rows * self._columns > MAX_CELLS:
            place = f"{column_letters(self._column - 1)}{self._row}"
            self._rows = self._columns = 0  # lxml closes its target even after an exception
            raise UnreadableTableError(
                f"工作表在很远的 {place} 还有内容，整张表超过 {MAX_CELLS // 10_000} 万个单元格，没有读。"
                "请删去清单以外的行和列，或者把清单复制到新的工作簿。"
            )
