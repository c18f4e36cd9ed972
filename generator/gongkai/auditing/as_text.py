"""An audit as text for a terminal: every row that differs, what is missing, and how many of each."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.auditing.columns import Meaning
from gongkai.auditing.names import Verdict
from gongkai.auditing.report import AuditReport, FileReport, RowReport, TableReport
from gongkai.invisible import visible


def render(report: AuditReport) -> str:
    """Return the report as text; characters that could steer a terminal are shown by their number."""
    lines = [line for file in report.files for line in _file(file)]
    return "".join(visible(line) + "\n" for line in lines)


def _file(file: FileReport) -> Iterator[str]:
    yield file.path
    for table in file.tables:
        if len(file.tables) > 1:
            yield f"  “{table.headed.table.title}”"
        for row in table.rows:
            if not row.is_clean:
                yield from _row(table, row)
    if file.missing:
        yield f"  缺少 {len(file.missing)} 项（{file.scope}）："
        yield from (f"    {item.code} {item.name}" for item in file.missing)
    yield from summary(file)
    yield ""


def _row(table: TableReport, row: RowReport) -> Iterator[str]:
    headed, match = table.headed, row.match
    yield f"  {headed.place(row.row, Meaning.NAME)} “{row.name}”：{match.verdict}"
    if match.verdict is not Verdict.EXACT or match.explanation:
        yield f"    {match.explanation}。"
    for fault in row.faults:
        yield f"    {headed.place(row.row, fault.meaning)} {fault.kind}：{fault.message}。"
    for meaning, text in row.should.items():
        yield f"    {headed.place(row.row, meaning)} 应改为：{text}"


def summary(file: FileReport) -> Iterator[str]:
    """Yield what a file has in numbers, in Chinese."""
    verdicts = "，".join(f"{verdict} {count}" for verdict, count in file.verdicts().items())
    yield f"  共 {len(file.rows)} 行：{verdicts or '没有数据'}。"
    faults = "，".join(f"{kind} {count}" for kind, count in file.fault_counts().items())
    if faults:
        yield f"  其他问题：{faults}。"
    yield f"  比对范围：{file.scope}，缺少 {len(file.missing)} 项。"
    yield from (f"  说明：{note}" for note in file.notes)
    if file.is_clean:
        yield "  与目录完全一致。"
