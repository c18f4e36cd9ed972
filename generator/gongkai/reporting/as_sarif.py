"""Findings as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from gongkai.finding import Finding
from gongkai.invisible import visible_json

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(findings: Sequence[Finding], titles: Mapping[str, str], version: str) -> str:
    """Return the log; ``titles`` gives the title of each rule by its code."""
    used = sorted({finding.code for finding in findings})
    rules = [{"id": code, "shortDescription": {"text": titles.get(code, code)}} for code in used]
    run = {
        "tool": {"driver": {"name": "gongkai", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, used.index(finding.code)) for finding in findings],
    }
    return visible_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(finding: Finding, rule_index: int) -> dict[str, Any]:
    text = f"{finding.message}。{finding.help}" if finding.help else finding.message
    region = {"startLine": finding.line, "startColumn": finding.column}
    place = {"artifactLocation": {"uri": quote(finding.path)}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": finding.severity.value,
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
