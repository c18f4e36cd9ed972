"""Findings for programs: one JSON object."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from gongkai.finding import Finding
from gongkai.reporting.summary import counts

_ORDER = ("code", "severity", "path", "line", "column", "message", "help", "fixable")


def render(findings: Sequence[Finding]) -> str:
    """Return ``{"findings": […], "counts": {…}}`` as text with a final newline."""
    rows = []
    for finding in findings:
        values = asdict(finding)
        rows.append({key: values[key] for key in _ORDER})
    return json.dumps({"findings": rows, "counts": counts(findings)}, ensure_ascii=False, indent=2) + "\n"
