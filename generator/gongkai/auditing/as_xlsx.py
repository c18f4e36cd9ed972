"""An audit as a workbook that a clerk can send back: the list as it was, with the cells to correct marked."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongkai.auditing.columns import Headed, Meaning
from gongkai.auditing.names import Verdict
from gongkai.auditing.report import AuditReport, FileReport, RowReport, TableReport
from gongkai.reading.tables.table import MAX_TEXT
from gongkai.reading.tables.xlsx_package import DAMAGE

ADDED = ("核对结论", "目录里的名称", "目录里的编码", "应改为", "说明")
"""Headings of the columns that are put after those of the list."""

MAX_COMMENTS = 5000
"""Most comments of a workbook: every one is a drawing, and more make Excel slow; the columns say the same."""

_WIDTHS = (14, 40, 16, 50, 70)
_WIDEST, _NARROWEST = 50, 8
_LOOK_AT = 200
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_TITLE = "事项清单核对结果"
_PROPERTIES = "docProps/core.xml"
_MOST_PROPERTIES = 10_000
_SUMMARY, _MISSING = "汇总", "缺少的事项"


def render(report: AuditReport) -> bytes:
    """Return the bytes of the workbook; the same report makes the same bytes."""
    return _Workbook(report).content()


def is_untouched(path: Path) -> bool:
    """Tell whether a file is a workbook that an audit made and nobody has saved since: nothing of anybody's is in it."""
    try:
        with zipfile.ZipFile(path) as package, package.open(_PROPERTIES) as file:
            said = file.read(_MOST_PROPERTIES).decode()
    except (KeyError, *DAMAGE):
        return False
    made, saved = (re.search(rf"<dcterms:{when} [^>]*>([^<]*)<", said) for when in ("created", "modified"))
    return f"<dc:title>{_TITLE}<" in said and bool(made and saved and made[1] == saved[1])


class _Workbook:
    """Writes one workbook; texts stay texts, whatever they look like."""

    def __init__(self, report: AuditReport) -> None:
        self._report = report
        self._target = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._target, {**options, "strings_to_numbers": False})
        midnight = datetime.datetime.combine(report.as_of, datetime.time())
        self._book.set_properties({"title": _TITLE, "created": midnight})
        wrapped = {"num_format": "@", "valign": "top", "text_wrap": True}
        self._plain = self._format(**wrapped)
        self._heading = self._format(**wrapped, bold=True, bg_color="#D9E1F2", border=1)
        self._wrong = self._format(**wrapped, bg_color="#FFC7CE", font_color="#9C0006")
        self._bold = self._format(bold=True, font_size=14)
        self._names: set[str] = set()
        self._comments = 0

    def _format(self, **properties: object) -> Format:
        return self._book.add_format(properties)

    def content(self) -> bytes:
        """Write all sheets and return the bytes."""
        self._summary()
        for file in self._report.files:
            for table in file.tables:
                self._table(file, table)
        self._missing()
        self._book.close()
        return self._target.getvalue()

    def _sheet(self, name: str) -> Worksheet:
        """Add a sheet whose name Excel accepts and no other sheet has."""
        base = _FORBIDDEN.sub(" ", name).strip(" '") or "清单"
        unique, number = base[:31], 1
        while unique.lower() in self._names or unique.lower() == "history":
            number += 1
            unique = f"{base[:26]} {number}"
        self._names.add(unique.lower())
        return self._book.add_worksheet(unique)

    def _summary(self) -> None:
        sheet = self._sheet(_SUMMARY)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 1, 80)
        sheet.write_string(0, 0, _TITLE, self._bold)
        lines = [("核对日期", self._report.as_of.isoformat()), ("清单应有的区划", self._report.area)]
        for file in self._report.files:
            lines += [("", ""), ("文件", file.path), ("行数", str(len(file.rows)))]
            lines += [(f"名称：{verdict}", str(count)) for verdict, count in file.verdicts().items()]
            lines += [(kind, str(count)) for kind, count in file.fault_counts().items()]
            lines += [("比对范围", file.scope), ("缺少的事项", str(len(file.missing)))]
            lines += [("说明", note) for note in file.notes]
        lines += [("", ""), ("怎么看", "标红的单元格要改；最右边几列写明结论、应改为什么、为什么。")]
        for number, (key, text) in enumerate(lines, 2):
            self._write(sheet, number, 0, key, self._plain)
            self._write(sheet, number, 1, text, self._plain)

    def _table(self, file: FileReport, table: TableReport) -> None:
        """Write a list as it was, row for row, then the columns that were added."""
        headed = table.headed
        stem = re.split(r"[/\\]", file.path)[-1].rpartition(".")[0]
        sheet = self._sheet(headed.table.title or stem)
        first = max((len(row.cells) for row in headed.table.rows), default=0)
        top = headed.heading.number - 1
        by_number = {report.row.number: report for report in table.rows}
        for row in headed.table.rows:
            style = self._heading if row.number == headed.heading.number else self._plain
            for column, text in enumerate(row.cells):
                self._write(sheet, row.number - 1, column, text, style)
            if row.number in by_number:
                self._row(sheet, headed, by_number[row.number], first)
        for offset, (heading, width) in enumerate(zip(ADDED, _WIDTHS, strict=True)):
            sheet.write_string(top, first + offset, heading, self._heading)
            sheet.set_column(first + offset, first + offset, width)
        for column in range(first):
            sheet.set_column(column, column, _width(headed, column))
        sheet.freeze_panes(top + 1, 0)
        last = headed.table.rows[-1].number - 1
        sheet.autofilter(top, 0, max(last, top), first + len(ADDED) - 1)

    def _row(self, sheet: Worksheet, headed: Headed, report: RowReport, first: int) -> None:
        number = report.row.number - 1
        for meaning in report.cells_to_correct():
            column = headed.columns[meaning]
            self._write(sheet, number, column, report.row.text(column), self._wrong)
            self._comment(sheet, number, column, _comment(report, meaning))
        match = report.match
        item = match.item or (match.candidates[0] if match.candidates else None)
        verdict = match.verdict.value if report.is_clean or match.verdict is not Verdict.EXACT else "名称一致，另有问题"
        should = [f"{meaning}：{text}" for meaning, text in report.should.items()]
        why = [match.explanation] if match.explanation else []
        why += [f"{fault.kind}（{fault.meaning}）：{fault.message}" for fault in report.faults]
        texts = (verdict, item.name if item else "", item.code if item else "", "\n".join(should), "\n".join(why))
        for offset, text in enumerate(texts):
            self._write(sheet, number, first + offset, text, self._plain)

    def _comment(self, sheet: Worksheet, row: int, column: int, text: str) -> None:
        if self._comments < MAX_COMMENTS:
            self._comments += 1
            sheet.write_comment(row, column, text[:1000], {"author": "核对", "x_scale": 2, "y_scale": 1.5})

    def _missing(self) -> None:
        sheet = self._sheet(_MISSING)
        for column, (heading, width) in enumerate((("文件", 40), ("基本编码", 16), ("事项名称", 70), ("事项类型", 14))):
            sheet.write_string(0, column, heading, self._heading)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        lines = [(file.path, i.code, i.name, i.type.value) for file in self._report.files for i in file.missing]
        for number, line in enumerate(lines, 1):
            for column, text in enumerate(line):
                self._write(sheet, number, column, text, self._plain)
        sheet.autofilter(0, 0, max(len(lines), 1), 3)

    def _write(self, sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
        if text:
            sheet.write_string(row, column, text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…", style)
        elif style is self._wrong:
            sheet.write_blank(row, column, None, style)


def _comment(report: RowReport, meaning: Meaning) -> str:
    lines = [f"{fault.kind}：{fault.message}" for fault in report.faults if fault.meaning is meaning]
    if meaning is Meaning.NAME and report.match.verdict is not Verdict.EXACT:
        lines.insert(0, f"{report.match.verdict}：{report.match.explanation}")
    if meaning in report.should:
        lines.append(f"应改为：{report.should[meaning]}")
    return "\n".join(lines)


def _width(headed: Headed, column: int) -> float:
    """Return a width for a column of the list, from its first rows: Chinese characters count double."""
    texts = [row.text(column) for row in (headed.heading, *headed.rows[:_LOOK_AT])]
    longest = max(sum(2 if ord(character) > 0x2E80 else 1 for character in text[:_WIDEST]) for text in texts)
    return min(_WIDEST, max(_NARROWEST, longest + 2))
