"""Findings for people at a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby

from gongkai.finding import Finding, Severity
from gongkai.invisible import visible
from gongkai.reporting.summary import counts

_NOUN = {Severity.ERROR: ("错误", "bold red"), Severity.WARNING: ("警告", "bold yellow")}
_WANT_COLOURS = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""What says in the environment that colours are wanted where there is no terminal, as in the log of a CI job."""


def write(findings: Sequence[Finding], *, as_error: bool = False) -> None:
    """Print findings file by file, each with its line, what is wrong, and what to do; ``as_error`` to standard error.

    Characters that could steer a terminal are shown by their number.
    """
    stream = sys.stderr if as_error else sys.stdout
    if not findings or stream is None:
        return
    pieces: list[tuple[str, str]] = []
    for path, group in groupby(findings, key=lambda finding: finding.path):
        pieces += [(visible(path), "bold underline"), ("\n", "")]
        for finding in group:
            pieces += _pieces(finding)
        pieces.append(("\n", ""))
    if not stream.isatty() and not any(map(os.environ.get, _WANT_COLOURS)):
        stream.write("".join([text for text, _ in pieces]))
        stream.flush()
        return
    # Imported here: it takes longer to import than a file to check, and is of no use without colours
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    # At once: to print line by line takes as long as to check a file.
    Console(file=stream, soft_wrap=True).print(Text.assemble(*pieces), soft_wrap=True, end="")


def _pieces(finding: Finding) -> Iterator[tuple[str, str]]:
    """Yield the lines about a finding in pieces, each with its style."""
    noun, style = _NOUN[finding.severity]
    yield from (("  ", ""), (noun, style), (f" {finding.code} ", "cyan"))
    yield f"第 {finding.line} 行第 {finding.column} 列：{visible(finding.message)}\n", ""
    if finding.help:
        yield f"       {visible(finding.help)}\n", "dim"


def summary_line(findings: Sequence[Finding]) -> str:
    """Return how many errors and warnings there are, in one sentence."""
    totals = counts(findings)
    if not findings:
        return "没有发现问题。"
    fixable = sum(finding.fixable for finding in findings)
    mend = f"其中 {fixable} 处可以用 gongkai check --fix 改好。" if fixable else ""
    hint = "想知道某条规则为什么这样规定，运行 gongkai rule 加编号，例如 gongkai rule "
    return f"共 {totals['error']} 个错误、{totals['warning']} 个警告。{mend}{hint}{findings[0].code}。"
