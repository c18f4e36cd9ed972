"""How many findings there are."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.finding import Finding, Severity


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return the number of findings of each severity, zero included."""
    totals = {severity.value: 0 for severity in Severity}
    for finding in findings:
        totals[finding.severity.value] += 1
    return totals


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding stops publication."""
    return any(finding.severity is Severity.ERROR for finding in findings)
