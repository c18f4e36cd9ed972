"""An audit as one JSON object, for programs."""

from __future__ import annotations

from typing import Any

from gongkai.auditing.report import AuditReport, FileReport, RowReport, TableReport
from gongkai.invisible import visible_json


def render(report: AuditReport) -> str:
    """Return the whole report, clean rows included, as JSON text that ends with a line break."""
    data = {
        "as_of": report.as_of.isoformat(),
        "area": report.area,
        "clean": report.is_clean,
        "files": [_file(file) for file in report.files],
    }
    return visible_json(data)


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "path": file.path,
        "scope": file.scope,
        "notes": file.notes,
        "counts": {
            "rows": len(file.rows),
            "verdicts": file.verdicts(),
            "faults": file.fault_counts(),
            "missing": len(file.missing),
        },
        "tables": [_table(table) for table in file.tables],
        "missing": [{"code": item.code, "name": item.name, "department": item.department} for item in file.missing],
    }


def _table(table: TableReport) -> dict[str, Any]:
    headed = table.headed
    return {
        "title": headed.table.title,
        "heading_row": headed.heading.number,
        "columns": {meaning.value: headed.heading.text(column) for meaning, column in headed.columns.items()},
        "rows": [_row(table, row) for row in table.rows],
    }


def _row(table: TableReport, row: RowReport) -> dict[str, Any]:
    headed, match = table.headed, row.match
    return {
        "row": row.row.number,
        "name": row.name,
        "department": row.department,
        "verdict": match.verdict.value,
        "explanation": match.explanation,
        "item": {"code": match.item.code, "name": match.item.name} if match.item else None,
        "candidates": [
            {"code": candidate.code, "name": candidate.name, "similarity": candidate.similarity}
            for candidate in match.candidates
        ],
        "faults": [
            {
                "kind": fault.kind.value,
                "column": fault.meaning.value,
                "place": headed.place(row.row, fault.meaning),
                "message": fault.message,
            }
            for fault in row.faults
        ],
        "should": {meaning.value: text for meaning, text in row.should.items()},
    }
