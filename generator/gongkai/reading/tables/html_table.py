"""Saved web pages: every table, however broken the page is.

Rows belong to the innermost table around them, because old pages are laid out with tables. Cells that
span several rows say their text in each of them, as the department column of published lists does.
"""

from __future__ import annotations

import re

from lxml import etree

from gongkai.reading.tables.table import Form, Row, Table, UnreadableTableError, make_row, refuse_excess

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,20})", re.IGNORECASE)
_LOOK_AT = 8192
_CHINESE = {"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936"}
_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u3000-\u9fff\uff00-\uffef])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SILENT = {"script", "style", "template", "noscript", "table"}
_MAX_SPAN = 1000
"""Widest span of columns that browsers honour (HTML standard, tables)."""


def read_html(content: bytes) -> list[Table]:
    """Return the tables of a saved page in the order in which they begin.

    Raises UnreadableTableError for a page in an unknown encoding, nested too deep, or without any table.
    """
    text = _decode(content)
    if not text.strip():
        raise UnreadableTableError("网页是空的。请重新保存。")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableTableError("网页损坏，读不出内容。请在浏览器里重新保存（“网页，仅 HTML”）。") from error
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise UnreadableTableError(
            "网页嵌套得太深或者一段文字太长，读不完整。请在浏览器里把表格复制到 Excel，存成 .xlsx 再用。"
        )
    found = [] if root is None else list(root.iter("table"))
    if not found:
        raise UnreadableTableError(
            "网页里没有表格。表格可能是浏览器打开以后才载入的：请在浏览器里把它复制到 Excel，存成 .xlsx 再用。"
        )
    budget = _Budget()
    tables = [_table(element, number, budget) for number, element in enumerate(found, 1)]
    return [table for table in tables if table.rows]


class _Budget:
    """Counts the cells of all tables of a page, those from spans included."""

    def __init__(self) -> None:
        self._used = 0

    def spend(self, cells: int) -> None:
        """Count cells; raises UnreadableTableError when there are too many."""
        self._used += cells
        refuse_excess(self._used)


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    else:
        declared = _CHARSET.search(content[:_LOOK_AT])
        chinese = declared is not None and declared[1].decode("ascii").lower() in _CHINESE
        candidates = ["gb18030", "utf-8-sig"] if chinese else ["utf-8-sig", "gb18030"]
    for encoding in candidates:
        try:
            return content.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise UnreadableTableError("网页既不是 UTF-8 也不是 GB18030 编码，可能已经损坏。请在浏览器里重新保存。")


def _table(element: etree._Element, number: int, budget: _Budget) -> Table:
    grid = _grid(_own_rows(element), budget)
    rows: list[Row] = [row for index, line in enumerate(grid, 1) if (row := make_row(index, line)) is not None]
    caption = element.find("caption")
    title = _text(caption) if caption is not None else ""
    return Table(title or f"第 {number} 个表格", tuple(rows), Form.PAGE)


def _own_rows(table: etree._Element) -> list[etree._Element]:
    """Return the rows of a table without those of tables inside it."""
    rows: list[etree._Element] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += [row for row in child if row.tag == "tr"]
    return rows


def _grid(rows: list[etree._Element], budget: _Budget) -> list[list[str]]:
    """Return the texts of rows, with cells that span rows or columns in their places."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        line: dict[int, str] = {column: text for column, (_, text) in hanging.items()}
        taken = set(hanging)
        hanging = {column: (left - 1, text) for column, (left, text) in hanging.items() if left > 1}
        column = paid = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while column in taken:
                column += 1
            text, width, height = _text(cell), _span(cell, "colspan", _MAX_SPAN), _span(cell, "rowspan", len(rows))
            budget.spend(width)
            paid += width
            for offset in range(width):
                line[column + offset] = text if offset == 0 else ""
                if height > 1:
                    hanging[column + offset] = (height - 1, line[column + offset])
            column += width
        last = max(line, default=-1)
        # The row is as long as its last cell is far out, however few cells it has.
        budget.spend(last + 1 - paid)
        grid.append([line.get(index, "") for index in range(last + 1)])
    return grid


def _span(cell: etree._Element, attribute: str, most: int) -> int:
    value = (cell.get(attribute) or "1").strip()
    if not re.fullmatch(r"[0-9]{1,5}", value):
        return 1
    if attribute == "rowspan" and int(value) == 0:
        return most
    return max(1, min(int(value), most))


def _text(element: etree._Element) -> str:
    """Return what a reader sees in an element, without tables inside it."""
    pieces: list[str] = []
    waiting: list[tuple[etree._Element, bool]] = [(element, True)]
    while waiting:
        node, entering = waiting.pop()
        if not entering:
            pieces.append(node.tail or "")
            continue
        if node is not element:
            waiting.append((node, False))
            if node.tag in _SILENT:
                continue
        pieces.append(node.text or "")
        waiting += [(child, True) for child in reversed(node)]
    return _BLANKS.sub(" ", _BETWEEN_HAN.sub("", "".join(pieces))).strip()
