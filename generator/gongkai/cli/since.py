"""What ``gongkai check --since`` reports: the faults that a change makes, or could have made."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from gongkai.catalogue import Catalogue
from gongkai.cli.revision import catalogue_of, files_at, files_now
from gongkai.finding import Finding
from gongkai.rules.engine import Context, run
from gongkai.rules.families.since import Between, since_findings
from gongkai.rules.registry import RULES
from gongkai.today import today
from gongkai.versions.dependence import dependents


class Since:
    """An earlier version to compare with; reading it ends the program with status 2 when it cannot be read."""

    def __init__(self, root: Path, revision: str, as_of: datetime.date, *, production: bool) -> None:
        self._root = root
        self._files = files_at(root, revision)
        self._before, findings = catalogue_of(self._files)
        findings += run(RULES.values(), Context(self._before, as_of, today()), production=production)
        self._known = Counter(_key(finding) for finding in findings)

    def findings(self, after: Catalogue, found: Iterable[Finding]) -> list[Finding]:
        """Return those of the findings that the change is answerable for, and what the change itself lacks.

        Those are the findings in files that differ, in files that refer to what stands in them, and all
        that were not there before, wherever they are.
        """
        now = files_now(self._root)
        touched = {path for path in {*self._files, *now} if self._files.get(path) != now.get(path)}
        affected = touched | dependents(touched, after, self._before)
        known = self._known.copy()
        kept = []
        for finding in found:
            key = _key(finding)
            old, known[key] = known[key] > 0, known[key] - 1
            if finding.path in affected or not old:
                kept.append(finding)
        return sorted([*kept, *since_findings(Between(self._before, after))])


def _key(finding: Finding) -> tuple[str, str, str]:
    """What makes two findings the same although lines have moved."""
    return finding.path, finding.code, finding.message
