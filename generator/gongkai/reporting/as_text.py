"""Findings for people at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from gongkai.finding import Finding, Severity
from gongkai.reporting.summary import counts

_NOUN = {Severity.ERROR: ("错误", "bold red"), Severity.WARNING: ("警告", "bold yellow")}


def write(findings: Sequence[Finding], console: Console) -> None:
    """Print findings file by file, each with its line, what is wrong, and what to do."""
    for path, group in groupby(findings, key=lambda finding: finding.path):
        console.print(Text(path, style="bold underline"))
        for finding in group:
            _write_one(finding, console)
        console.print()


def _write_one(finding: Finding, console: Console) -> None:
    noun, style = _NOUN[finding.severity]
    place = f"第 {finding.line} 行第 {finding.column} 列"
    head = Text("  ") + Text(noun, style=style) + Text(f" {finding.code} ", style="cyan")
    console.print(head + Text(f"{place}：{finding.message}"), soft_wrap=True)
    if finding.help:
        console.print(Text(f"       {finding.help}", style="dim"), soft_wrap=True)


def summary_line(findings: Sequence[Finding]) -> str:
    """Return how many errors and warnings there are, in one sentence."""
    totals = counts(findings)
    if not findings:
        return "没有发现问题。"
    fixable = sum(finding.fixable for finding in findings)
    mend = f"其中 {fixable} 处可以用 gongkai check --fix 改好。" if fixable else ""
    hint = "想知道某条规则为什么这样规定，运行 gongkai rule 加编号，例如 gongkai rule "
    return f"共 {totals['error']} 个错误、{totals['warning']} 个警告。{mend}{hint}{findings[0].code}。"
