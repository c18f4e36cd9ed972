"""Which column of a published list means what, by its heading; and in which row the headings stand."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from gongkai.naming.look_alikes import plain
from gongkai.reading.tables.table import Row, Table, UnreadableTableError

HEADINGS_WITHIN = 20
"""Rows with text among which the headings are looked for; titles and remarks above them take two or three."""

_SHOWN = 12
"""Most headings named in a message."""


class Meaning(enum.StrEnum):
    """What a column says about an item, in Chinese."""

    NAME = "事项名称"
    MAIN_ITEM = "主项名称"
    DEPARTMENT = "部门"
    AREA = "区划代码"
    BASIC_CODE = "基本编码"
    CODE = "实施编码"
    HANDLING_CODE = "业务办理项编码"
    TYPE = "事项类型"
    TYPE_NUMBER = "事项类型代码"
    DEPARTMENT_CODE = "部门代码"


_HEADINGS: dict[Meaning, tuple[str, ...]] = {
    Meaning.NAME: (
        "事项名称",
        "政务服务事项名称",
        "服务事项名称",
        "公共服务事项名称",
        "许可事项名称",
        "行政许可事项名称",
        "办理项名称",
        "业务办理项名称",
        "子项名称",
        "公布名称",
        "name",
        "itemname",
        "taskname",
        "名称",
        "事项",
    ),
    Meaning.MAIN_ITEM: ("主项名称", "主项", "mainitem", "mainname"),
    Meaning.DEPARTMENT: (
        "实施机关",
        "实施主体",
        "实施部门",
        "部门",
        "部门名称",
        "主管部门",
        "业务主管部门",
        "责任部门",
        "所属部门",
        "单位",
        "单位名称",
        "公布单位",
        "department",
        "deptname",
        "dept",
        "organization",
    ),
    Meaning.AREA: ("区划代码", "行政区划代码", "行政区划编码", "区划编码", "区划", "areacode"),
    Meaning.BASIC_CODE: (
        "基本编码",
        "事项基本编码",
        "地方基本编码",
        "目录编码",
        "事项编码",
        "编码",
        "code",
        "catalogcode",
    ),
    Meaning.CODE: ("实施编码", "事项实施编码", "实施清单编码", "地方实施编码", "itemcode", "taskcode"),
    Meaning.HANDLING_CODE: ("业务办理项编码", "办理项编码", "taskhandleitem"),
    Meaning.TYPE: ("事项类型", "类型", "事项类别", "权力类型", "tasktypename", "typename", "type"),
    Meaning.TYPE_NUMBER: ("事项类型代码", "事项类型编码", "类型代码", "tasktype"),
    Meaning.DEPARTMENT_CODE: (
        "部门代码",
        "部门编码",
        "实施主体编码",
        "实施机构编码",
        "统一社会信用代码",
        "信用代码",
        "deptcode",
    ),
}
"""Headings in the order in which they are believed when a list has several of one meaning."""

_MEANING = {plain(heading): meaning for meaning, headings in _HEADINGS.items() for heading in headings}
_REMARK = re.compile(r"[（(〔].*?[）)〕]|[*＊：:_]")


@dataclass(frozen=True, slots=True)
class Headed:
    """A table whose headings were found: where each meaning stands, and the rows below."""

    table: Table
    heading: Row
    columns: dict[Meaning, int]
    rows: tuple[Row, ...]

    def text(self, row: Row, meaning: Meaning) -> str:
        """Return what a row says in the column of a meaning; empty when there is no such column."""
        column = self.columns.get(meaning)
        return "" if column is None else row.text(column)

    def place(self, row: Row, meaning: Meaning) -> str:
        """Say where the cell of a meaning stands in a row."""
        column = self.columns[meaning]
        return self.table.place(row.number, column, self.heading.text(column))


def headed_tables(tables: list[Table]) -> list[Headed]:
    """Return the tables that have a column with names of items, each with its columns.

    Raises UnreadableTableError when none has, or when a heading that is needed stands twice.
    """
    found = [headed for table in tables if (headed := _headed(table)) is not None]
    if not found:
        raise UnreadableTableError(_no_names(tables))
    return found


def _headed(table: Table) -> Headed | None:
    best, best_count = -1, 0
    for index, row in enumerate(table.rows[:HEADINGS_WITHIN]):
        meanings = {meaning for cell in row.cells if (meaning := meaning_of(cell)) is not None}
        # Headings that are merged over two rows stand in both: the lower one is nearer to the data.
        below_equal = best == index - 1 and len(meanings) == best_count
        if Meaning.NAME in meanings and (len(meanings) > best_count or below_equal):
            best, best_count = index, len(meanings)
    if best < 0:
        return None
    heading = table.rows[best]
    columns = _columns(table, heading)
    name = columns[Meaning.NAME]
    again = {plain(heading.text(name)).lower()}
    rows = tuple(row for row in table.rows[best + 1 :] if plain(row.text(name)).lower() not in again)
    return Headed(table, heading, columns, rows)


def meaning_of(heading: str) -> Meaning | None:
    """Return what a heading means, None for one that is not known; blanks, case and remarks do not count."""
    if len(heading) > 40:
        return None
    text = plain(heading).lower()
    return _MEANING.get(text) or _MEANING.get(_REMARK.sub("", text))


def _columns(table: Table, heading: Row) -> dict[Meaning, int]:
    columns: dict[Meaning, int] = {}
    for meaning, spellings in _HEADINGS.items():
        mine = [column for column, cell in enumerate(heading.cells) if meaning_of(cell) is meaning]
        if not mine:
            continue
        rank = {plain(spelling): number for number, spelling in enumerate(spellings)}

        def believed(column: int, rank: dict[str, int] = rank) -> int:
            text = plain(heading.text(column)).lower()
            return rank.get(text, rank.get(_REMARK.sub("", text), len(rank)))

        chosen = min(mine, key=believed)
        twice = [column for column in mine if believed(column) == believed(chosen)]
        if len(twice) > 1:
            where = "、".join(table.place(heading.number, column, heading.text(column)) for column in twice)
            title = f"“{table.title}”里，" if table.title else ""
            raise UnreadableTableError(
                f"{title}表头“{heading.text(chosen)}”出现了 {len(twice)} 次（{where}），不知道以哪一列为准。"
                "请删去或者改名其中一列。"
            )
        columns[meaning] = chosen
    return columns


def _no_names(tables: list[Table]) -> str:
    seen = [cell for table in tables for row in table.rows[:3] for cell in row.cells if 0 < len(cell) <= 40]
    shown = "、".join(f"“{text}”" for text in list(dict.fromkeys(seen))[:_SHOWN]) or "（没有文字）"
    known = "、".join(headings[0] for headings in _HEADINGS.values())
    return (
        f"没有找到“事项名称”这一列。表格开头看到的是：{shown}；能认的表头有：{known}，"
        "以及 department、main_item、name、areaCode、itemCode、taskType、taskTypeName、deptCode。"
        f"表头要在前 {HEADINGS_WITHIN} 行里，请补上表头，或者把名称那一列的表头改成“事项名称”。"
    )
