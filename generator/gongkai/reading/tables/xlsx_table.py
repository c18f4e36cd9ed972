"""XLSX: every sheet of a workbook, with the values that Excel shows; formulas stand with their last result."""

from __future__ import annotations

import datetime
import io
from typing import Any

import python_calamine

from gongkai.reading.tables.table import Row, Table, UnreadableTableError, make_row, refuse_excess
from gongkai.reading.tables.xlsx_package import checked_package

_EXACT = 10**15
"""Whole numbers from here on are no longer exact in a spreadsheet (15 significant digits)."""

_Range = tuple[tuple[int, int], tuple[int, int]]


def read_xlsx(content: bytes) -> list[Table]:
    """Return the sheets of a workbook that hold anything.

    Raises UnreadableTableError for what is damaged, protected, too large or no workbook.
    """
    package = checked_package(content)
    try:
        return _sheets(package)
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableTableError(
            "XLSX 文件损坏，读不出工作表。请重新下载；在 Excel 里还能打开的，另存一次再用。"
        ) from error
    except BaseException as error:
        # The compiled reader reports its own faults by an exception that stands outside Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableTableError("XLSX 的内容不合规范，读不出工作表。请在 Excel 里打开，另存一次再用。") from error


def _sheets(package: bytes) -> list[Table]:
    tables = []
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(package)) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            table = _table(workbook.get_sheet_by_name(sheet.name))
            if table is not None:
                tables.append(table)
    return tables


def _table(sheet: python_calamine.CalamineSheet) -> Table | None:
    if sheet.start is None:
        return None
    grid = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    _fill_merged(grid, sheet.merged_cell_ranges or [])
    rows: list[Row] = [row for number, line in enumerate(grid, 1) if (row := make_row(number, line)) is not None]
    return Table(sheet.name, tuple(rows))


def _fill_merged(grid: list[list[str]], ranges: list[_Range]) -> None:
    """Let cells that are merged over several rows say their text in each of them."""
    filled = 0
    for (top, left), (bottom, _) in ranges:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        last = min(bottom, len(grid) - 1)
        filled += max(0, last - top)
        refuse_excess(filled)
        for line in grid[top + 1 : last + 1]:
            line[left] = line[left] or grid[top][left]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return str(int(value)) if abs(value) < _EXACT and value == int(value) else f"{value:.15G}"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else str(value)
