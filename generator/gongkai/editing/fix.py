"""Faults that have one right answer are corrected in the text, at the place of the finding.

A fixer changes characters at the finding's line and column and nothing else, so comments and layout stay.
What it cannot be sure of it leaves alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from gongkai.finding import Finding
from gongkai.model.kinds import kind_of, schema_comment
from gongkai.reading.yaml_text import read_yaml

_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_RENAME = re.compile(r"请改为“(?P<name>[^“”]+)”。\Z")


def _without_bom(text: str, _finding: Finding) -> str:
    return text.removeprefix("\ufeff")


def _spaces_for_tabs(line: str, _finding: Finding) -> str:
    indentation = line[: len(line) - len(line.lstrip(" \t"))]
    return indentation.replace("\t", "  ") + line[len(indentation) :]


def _half_width_colon(line: str, finding: Finding) -> str:
    start = finding.column - 1
    head, colon, rest = line[start:].partition("：")
    return line[:start] + head + ": " + rest.lstrip(" ") if colon else line


def _half_width(line: str, _finding: Finding) -> str:
    return _FULL_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match.group()), line)


def _canonical_name(line: str, finding: Finding) -> str:
    """Put the canonical name where the finding says another stands: a plain or a quoted scalar."""
    wanted = _RENAME.search(finding.help)
    given = re.match(r"“(?P<name>[^“”]+)”", finding.message)
    if wanted is None or given is None:
        return line
    size = len(given["name"])
    # The column of a quoted scalar is that of its quote.
    for start in (finding.column - 1, finding.column):
        if line[start : start + size] == given["name"]:
            return line[:start] + wanted["name"] + line[start + size :]
    return line


_LINE_FIXERS: dict[str, Callable[[str, Finding], str]] = {
    "Y003": _spaces_for_tabs,
    "Y009": _half_width_colon,
    "Y010": _half_width,
    "N001": _canonical_name,
    "N006": _canonical_name,
    "N009": _canonical_name,
}
FIXABLE = frozenset({"Y002", "S008", *_LINE_FIXERS})
"""Codes of the rules whose faults can be corrected."""


def fix_text(text: str, path: str, findings: Iterable[Finding]) -> str:
    """Return a file's text with the faults corrected that have one right answer.

    ``findings`` are those of this file, as found in this very text.
    """
    mine = [finding for finding in findings if finding.path == path and finding.code in FIXABLE]
    line_end = next((end for end in ("\r\n", "\r") if end in text), "\n")
    fixed = _fix_lines(text.replace(line_end, "\n"), path, mine).replace("\n", line_end)
    return fixed if _reads_no_worse(text, fixed, path) else text


def _reads_no_worse(before: str, after: str, path: str) -> bool:
    """Tell whether a corrected file can still be read, if it could be read before."""
    readable = read_yaml(before.encode(), path).data is not None
    return not readable or read_yaml(after.encode(), path).data is not None


def _fix_lines(text: str, path: str, mine: list[Finding]) -> str:
    lines = text.split("\n")
    # From the end of a line to its beginning, so that columns stay right.
    for finding in sorted(mine, key=lambda finding: (finding.line, finding.column), reverse=True):
        if finding.code in _LINE_FIXERS and finding.line <= len(lines):
            index = finding.line - 1
            lines[index] = _LINE_FIXERS[finding.code](lines[index], finding)
    text = "\n".join(lines)
    codes = {finding.code for finding in mine}
    if "Y002" in codes:
        text = _without_bom(text, mine[0])
    kind = kind_of(path)
    if "S008" in codes and kind is not None:
        text = _with_schema_line(text, schema_comment(kind, path))
    return text


def _with_schema_line(text: str, comment: str) -> str:
    first, _, rest = text.partition("\n")
    if first.startswith("# yaml-language-server:"):
        return f"{comment}\n{rest}"
    return f"{comment}\n{text}"
