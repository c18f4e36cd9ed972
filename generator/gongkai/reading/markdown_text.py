"""Hand-written Markdown: which references it makes, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.finding import Finding
from gongkai.reading.marks import Place
from gongkai.reading.yaml_text import INVISIBLE, invisible_finding

REFERENCE = re.compile(r"\[\[(?P<target>[^\[\]|\n]+)(?:\|(?P<text>[^\]\n]+))?\]\]")
"""``[[510123001000]]``, ``[[department:weijian]]``, ``[[town:tingzi|words]]``."""

_CODE = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)|`[^`\n]+`", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: what it points at, and the place of its opening bracket."""

    target: str
    place: Place


def references(text: str) -> Iterator[Reference]:
    """Yield the references of a Markdown text in order, leaving out those inside code."""
    code = [match.span() for match in _CODE.finditer(text)]
    for match in REFERENCE.finditer(text):
        if any(start <= match.start() < end for start, end in code):
            continue
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
        yield Reference(match["target"], (line, column))


def read_markdown(content: bytes, path: str) -> tuple[str | None, list[Finding]]:
    """Return the text of a Markdown file, or None with a finding when it is not UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [Finding(path, 1, 1, "Y001", "文件不是 UTF-8 编码", "请在编辑器里另存为 UTF-8。")]
    if match := INVISIBLE.search(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
        return None, [invisible_finding(path, (line, column), match.group())]
    return text, []
