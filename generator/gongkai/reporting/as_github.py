"""Findings as GitHub workflow commands, which GitHub shows beside the changed lines.

GitHub shows ten annotations of a kind a step, so the last line is a summary of them all.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.finding import Finding, Severity
from gongkai.invisible import visible_lines
from gongkai.reporting.summary import counts

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def render(findings: Sequence[Finding]) -> str:
    """Return one workflow command a finding, and a notice with the totals."""
    totals = counts(findings)
    summary = notice(f"共 {totals['error']} 个错误、{totals['warning']} 个警告")
    return "\n".join([*map(_command, findings), summary]) + "\n"


def notice(text: str) -> str:
    """Return the workflow command that shows a text with the results of the whole step."""
    return f"::notice title=gongkai check::{_data(text)}"


def _command(finding: Finding) -> str:
    properties = {
        "file": finding.path,
        "line": str(finding.line),
        "col": str(finding.column),
        "title": finding.code,
    }
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = f"{finding.message}。{finding.help}" if finding.help else finding.message
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(text)}"


def _data(text: str) -> str:
    return visible_lines(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
