"""Findings as a GitLab code quality report.

The fingerprint comes from what is wrong, not from the line, so that a fault keeps its identity when lines
move above it; equal faults in one file are numbered.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from gongkai.finding import Finding, Severity
from gongkai.invisible import visible_json

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor"}


def render(findings: Sequence[Finding]) -> str:
    """Return the report: a JSON list, one object a finding."""
    seen: Counter[tuple[str, str, str]] = Counter()
    rows = []
    for finding in findings:
        identity = (finding.code, finding.path, finding.message)
        seen[identity] += 1
        rows.append(
            {
                "description": f"{finding.message}。{finding.help}" if finding.help else finding.message,
                "check_name": finding.code,
                "fingerprint": hashlib.sha256("\0".join((*identity, str(seen[identity]))).encode()).hexdigest(),
                "severity": _SEVERITIES[finding.severity],
                "location": {"path": finding.path, "lines": {"begin": finding.line}},
            }
        )
    return visible_json(rows)
