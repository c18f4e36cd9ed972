"""The rows of a published list against the catalogue."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.auditing.codes import CheckedCode, Expected, check_area, check_code, check_credit
from gongkai.auditing.columns import Headed, Meaning
from gongkai.auditing.credit_codes import usual_codes
from gongkai.auditing.faults import Fault, FaultKind
from gongkai.auditing.item_types import type_faults
from gongkai.auditing.names import ItemNames, Verdict, style_faults
from gongkai.auditing.organizations import Organizations, Recognised
from gongkai.auditing.report import FileReport, RowReport, TableReport
from gongkai.catalogue import Catalogue
from gongkai.model.item import Item
from gongkai.naming.look_alikes import plain
from gongkai.naming.normal import normal
from gongkai.reading.tables.table import Row

_ITEM_CODES = (Meaning.BASIC_CODE, Meaning.CODE, Meaning.HANDLING_CODE)
_FOUND = (Verdict.EXACT, Verdict.SAME, Verdict.FORMER, Verdict.EVERYDAY, Verdict.RENAMED, Verdict.NAMELESS)


@dataclass(frozen=True, slots=True)
class Scope:
    """What lists are compared with: the area of their codes, and the organisation that published them, if known."""

    area: str
    organization: str | None = None


class Auditor:
    """Compares lists with one catalogue; made once, used for every file."""

    def __init__(self, catalogue: Catalogue, scope: Scope, as_of: datetime.date) -> None:
        self._catalogue = catalogue
        self._scope = scope
        self._names = ItemNames(catalogue, as_of)
        self._organizations = Organizations(catalogue, as_of)
        own = catalogue.district.code if catalogue.district else ""
        self._own = scope.area.startswith(own) if own else True
        duties = catalogue.duties(scope.organization) if scope.organization else None
        self._duties = None if duties is None else {item.code for item in duties[1]}

    def audit(self, path: str, tables: list[Headed]) -> FileReport:
        """Return what is to be said about one file."""
        reports = [self._table(headed) for headed in tables]
        scope, due = self._due(reports)
        found = {item.code for t in reports for row in t.rows if (item := _published(row)) is not None}
        nearby = {row.match.candidates[0].code for t in reports for row in t.rows if row.match.candidates}
        missing = [item for item in due if item.code not in found | nearby]
        return FileReport(path, reports, scope, missing, self._notes(due, found, nearby))

    def _notes(self, due: list[Item], found: set[str], nearby: set[str]) -> list[str]:
        notes = []
        if not self._own:
            notes.append(
                f"清单的区划是 {self._scope.area}，不是本区：名称照样与本区目录比，单位和信用代码不与本区的单位比。"
            )
        doubtful = sum(item.code in nearby - found for item in due)
        if doubtful:
            notes.append(f"应公布的事项中有 {doubtful} 项只找到相近的名称，没有算作缺少，请先核对名称。")
        return notes

    def _table(self, headed: Headed) -> TableReport:
        usual = usual_codes(_written_credits(headed))
        rows = [self._row(headed, row, usual) for row in headed.rows]
        _report_duplicates(headed, rows)
        return TableReport(headed, rows)

    def _row(self, headed: Headed, row: Row, usual: dict[str, str]) -> RowReport:
        department = headed.text(row, Meaning.DEPARTMENT)
        organization = self._organizations.recognise(department) if department else None
        expected = self._expected(department, organization, usual)
        codes = {m: check_code(text, m, expected) for m in _ITEM_CODES if (text := headed.text(row, m))}
        name = headed.text(row, Meaning.NAME)
        coded = next((item for c in codes.values() if (item := self._names.by_code(c.item)) is not None), None)
        report = RowReport(row, name, department, self._names.match(name, coded))
        if report.match.should:
            report.should[Meaning.NAME] = report.match.should
        if report.match.verdict is not Verdict.EXACT:
            report.faults += style_faults(name)
        report.faults += self._department_faults(department, organization)
        for meaning, checked in codes.items():
            self._add_code(report, meaning, checked)
        self._add_other_columns(report, headed, expected, codes)
        self._add_duty(report)
        return report

    def _expected(self, department: str, organization: Recognised | None, usual: dict[str, str]) -> Expected:
        if self._own and organization is not None and organization.uscc:
            return Expected(self._scope.area, organization.uscc, f"{organization.short_name}的代码是", True)
        credit = usual.get(department)
        return Expected(self._scope.area, credit, f"同一份清单里“{department}”校验无误的代码多数是" if credit else "")

    def _department_faults(self, name: str, organization: Recognised | None) -> list[Fault]:
        if not self._own or not name:
            return []
        if organization is None:
            return [Fault(FaultKind.UNKNOWN_ORGANIZATION, Meaning.DEPARTMENT, self._organizations.why_not(name))]
        former = organization.former
        if former is None:
            return []
        text = f"“{name}”是曾用名，{former.until} 起停用（依据：{former.basis}），现在是“{organization.short_name}”"
        return [Fault(FaultKind.FORMER_ORGANIZATION, Meaning.DEPARTMENT, text)]

    def _add_code(self, report: RowReport, meaning: Meaning, checked: CheckedCode) -> None:
        """Add the faults of a code, and whether it is the code of the item that the name means."""
        report.faults += checked.faults
        if checked.should:
            report.should[meaning] = checked.should
        item = report.match.item
        if item is None or not checked.item:
            return
        known = [code for code in (item.code, item.local_code) if code]
        comparable = [code for code in known if len(code) == len(checked.item) and code.isdigit() == _digits(checked)]
        if not comparable or checked.item in known:
            return
        other = self._names.by_code(checked.item)
        whose = f"是“{other.name}”的编码" if other else "不是目录里这个事项的编码"
        text = f"“{checked.item}”{whose}；“{item.name}”的编码是 {comparable[0]}"
        report.faults.append(Fault(FaultKind.OTHER_ITEM, meaning, text))
        report.should.pop(meaning, None)
        if meaning is Meaning.BASIC_CODE:
            report.should[meaning] = comparable[0]

    def _add_other_columns(
        self, report: RowReport, headed: Headed, expected: Expected, codes: dict[Meaning, CheckedCode]
    ) -> None:
        area = headed.text(report.row, Meaning.AREA)
        checked_area = check_area(area, expected) if area else CheckedCode()
        written = headed.text(report.row, Meaning.DEPARTMENT_CODE)
        checked_credit = check_credit(written, expected) if written else CheckedCode()
        for meaning, checked in ((Meaning.AREA, checked_area), (Meaning.DEPARTMENT_CODE, checked_credit)):
            report.faults += checked.faults
            if checked.should:
                report.should[meaning] = checked.should
        for meaning, code in codes.items():
            if code.area and checked_area.area and code.area != checked_area.area:
                text = f"编码里的区划 {code.area} 与“区划代码”列的 {checked_area.area} 不同"
                report.faults.append(Fault(FaultKind.AREA_DIFFERS, meaning, text))
            if code.credit and checked_credit.credit and code.credit != checked_credit.credit:
                text = f"编码里的实施主体 {code.credit} 与“部门代码”列的 {checked_credit.credit} 不同"
                report.faults.append(Fault(FaultKind.DEPARTMENT_DIFFERS, meaning, text))
        name, number = headed.text(report.row, Meaning.TYPE), headed.text(report.row, Meaning.TYPE_NUMBER)
        report.faults += type_faults(name, number, next((c.item for c in codes.values() if c.item), ""))

    def _add_duty(self, report: RowReport) -> None:
        item = report.match.item
        if self._duties is None or item is None or item.code in self._duties:
            return
        if report.match.verdict is not Verdict.CANCELLED:
            text = f"目录没有规定由这个单位公布“{item.name}”"
            report.faults.append(Fault(FaultKind.NOT_DUE, Meaning.NAME, text))

    def _due(self, tables: list[TableReport]) -> tuple[str, list[Item]]:
        """Return whose items a file has to have, in Chinese, and which those are."""
        catalogue, identity = self._catalogue, self._scope.organization
        if identity is not None:
            noun, due = catalogue.duties(identity) or ("", [])
            return f"{catalogue.publisher_name(identity)}应当公布的{noun}事项", self._items(card.code for card in due)
        named: dict[str, str] = {}
        for row in (row for table in tables for row in table.rows):
            organization = self._organizations.recognise(row.department) if row.department else None
            if organization is not None:
                named[organization.identity] = organization.short_name
        if not named:
            return "目录里全部在用的事项（清单里没有认得出的单位）", self._items(
                card.code for card in catalogue.active_items()
            )
        due = [card for one in named for card in (catalogue.duties(one) or ("", []))[1]]
        return "清单里认得出的单位应当公布的事项：" + "、".join(named.values()), self._items(card.code for card in due)

    def _items(self, codes: Iterable[str]) -> list[Item]:
        """Return items by their codes, each once."""
        return [self._catalogue.items[code] for code in dict.fromkeys(codes)]


def _digits(checked: CheckedCode) -> bool:
    return checked.item.isdigit()


def _written_credits(headed: Headed) -> Iterator[tuple[str, str]]:
    """Yield (department, credit code) wherever a list writes one: in a column of its own and inside codes."""
    anything = Expected("")
    for row in headed.rows:
        department = headed.text(row, Meaning.DEPARTMENT)
        if not department:
            continue
        yield department, headed.text(row, Meaning.DEPARTMENT_CODE).upper()
        for meaning in (Meaning.CODE, Meaning.HANDLING_CODE):
            if text := headed.text(row, meaning):
                yield department, check_code(text, meaning, anything).credit


def _published(row: RowReport) -> Item | None:
    return row.match.item if row.match.verdict in _FOUND else None


def _report_duplicates(headed: Headed, rows: list[RowReport]) -> None:
    """Report names that a department of an area has twice, and codes that stand twice, at every one but the first."""
    names: defaultdict[tuple[str, ...], list[RowReport]] = defaultdict(list)
    codes: defaultdict[tuple[Meaning, str], list[RowReport]] = defaultdict(list)
    for report in rows:
        if report.name:
            area = headed.text(report.row, Meaning.AREA)
            names[normal(report.name), plain(report.department), area].append(report)
        for meaning in (Meaning.CODE, Meaning.HANDLING_CODE):
            if code := headed.text(report.row, meaning):
                codes[meaning, plain(code).upper()].append(report)
    for same in names.values():
        for report in same[1:]:
            text = f"名称“{report.name}”与{headed.table.row_place(same[0].row.number)}的重复"
            report.faults.append(Fault(FaultKind.DUPLICATE_NAME, Meaning.NAME, text))
    for (meaning, _), same in codes.items():
        for report in same[1:]:
            text = f"编码与{headed.table.row_place(same[0].row.number)}“{same[0].name}”的重复"
            report.faults.append(Fault(FaultKind.DUPLICATE_CODE, meaning, text))
