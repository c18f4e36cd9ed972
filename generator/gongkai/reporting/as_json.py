"""Findings for programs: one JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from gongkai.finding import Finding
from gongkai.invisible import visible_json
from gongkai.reporting.summary import counts

_ORDER = ("code", "severity", "path", "line", "column", "message", "help", "fixable")


def render(findings: Sequence[Finding]) -> str:
    """Return ``{"findings": […], "counts": {…}}`` as text with a final newline."""
    rows = []
    for finding in findings:
        values = asdict(finding)
        rows.append({key: values[key] for key in _ORDER})
    return visible_json({"findings": rows, "counts": counts(findings)})
