"""What an audit found: rows with their verdicts and faults, items that are missing, and how many of each."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field

from gongkai.auditing.columns import Headed, Meaning
from gongkai.auditing.faults import Fault
from gongkai.auditing.names import NameMatch, Verdict
from gongkai.model.item import Item
from gongkai.reading.tables.table import Row


@dataclass
class RowReport:
    """One row: what its name is, what is wrong with it, and what its cells should say."""

    row: Row
    name: str
    department: str
    match: NameMatch
    faults: list[Fault] = field(default_factory=list)
    should: dict[Meaning, str] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Tell whether the row says what the catalogue says."""
        return self.match.verdict is Verdict.EXACT and not self.faults

    def cells_to_correct(self) -> list[Meaning]:
        """Return the columns in which something is to be corrected, in their order."""
        wrong = {fault.meaning for fault in self.faults} | set(self.should)
        if self.match.verdict is not Verdict.EXACT:
            wrong.add(Meaning.NAME)
        return [meaning for meaning in Meaning if meaning in wrong]


@dataclass
class TableReport:
    """One table of a file."""

    headed: Headed
    rows: list[RowReport]


@dataclass
class FileReport:
    """One file: its tables, and which items it should have and lacks; ``scope`` says whose items those are."""

    path: str
    tables: list[TableReport]
    scope: str
    missing: list[Item]
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[RowReport]:
        """Return the rows of all tables."""
        return [row for table in self.tables for row in table.rows]

    @property
    def is_clean(self) -> bool:
        """Tell whether the file agrees with the catalogue in everything."""
        return not self.missing and all(row.is_clean for row in self.rows)

    def verdicts(self) -> dict[str, int]:
        """Count the rows by verdict, in the order of verdicts."""
        counted = Counter(row.match.verdict for row in self.rows)
        return {verdict.value: counted[verdict] for verdict in Verdict if counted[verdict]}

    def fault_counts(self) -> dict[str, int]:
        """Count the faults by kind and column, as “kind（column）”, most frequent first."""
        counted = Counter(f"{fault.kind}（{fault.meaning}）" for row in self.rows for fault in row.faults)
        return dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass
class AuditReport:
    """The whole audit; the same files, catalogue, day and area make the same report."""

    as_of: datetime.date
    area: str
    files: list[FileReport]

    @property
    def is_clean(self) -> bool:
        """Tell whether all files agree with the catalogue."""
        return all(file.is_clean for file in self.files)
