"""What all formats are read into, and what all readers share: the error, and the bounds."""

from __future__ import annotations

import enum
from dataclasses import dataclass

MAX_BYTES = 16 * 1024 * 1024
"""Largest file that is read: a list of fifty thousand items with ten columns has about ten megabytes."""

MAX_CELLS = 2_000_000
"""Most cells (rows times columns) of one file: forty columns of fifty thousand items; about 200 MB in memory."""

MAX_TEXT = 32_767
"""Longest text of one cell: what Excel itself allows."""


class UnreadableTableError(Exception):
    """A file that cannot be read as tables; the message is Chinese, complete, and says what to do."""


class Form(enum.Enum):
    """What a table looks like to whoever opens its file; it decides how places are said."""

    SHEET = "sheet"
    PAGE = "page"
    OBJECTS = "objects"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the clerk sees it, counted from 1, and the text of its cells, without gaps."""

    number: int
    cells: tuple[str, ...]

    def text(self, column: int) -> str:
        """Return the text of a cell, by its column counted from 0; empty beyond the end."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it is called, its rows in order; rows without any text are left out."""

    title: str
    rows: tuple[Row, ...]
    form: Form = Form.SHEET

    def place(self, row: int, column: int, heading: str) -> str:
        """Say where a cell stands: row number counted from 1, column counted from 0."""
        if self.form is Form.SHEET:
            return f"{column_letters(column)}{row}"
        if self.form is Form.PAGE:
            return f"第 {row} 行第 {column + 1} 列"
        return f"第 {row - 1} 个对象的“{heading}”"

    def row_place(self, row: int) -> str:
        """Say which row is meant; the names of the attributes are row 1 of a list of objects."""
        return f"第 {row - 1} 个对象" if self.form is Form.OBJECTS else f"第 {row} 行"


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0, as spreadsheets name it: A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def refuse_excess(cells: int) -> None:
    """Raise UnreadableTableError when a file has more cells than are read."""
    if cells > MAX_CELLS:
        raise UnreadableTableError(
            f"表格连同中间空着的有 {cells} 个单元格，超过 {MAX_CELLS // 10_000} 万个的上限。"
            "请删去多余的空行空列，或者按部门拆成几个文件。"
        )


def make_row(number: int, cells: list[str]) -> Row | None:
    """Return a row with blanks around texts and empty cells at the end removed; None when nothing is left.

    Raises UnreadableTableError for a text that is longer than a cell can hold.
    """
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if any(len(text) > MAX_TEXT for text in texts):
        raise UnreadableTableError(
            f"第 {number} 行有一格超过 {MAX_TEXT} 个字，不像事项清单；也可能是前面少了一个引号。请核对这一行。"
        )
    return Row(number, tuple(texts)) if texts else None
