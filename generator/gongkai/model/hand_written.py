"""Hand-written pages, as far as checks need them: which records they refer to."""

from __future__ import annotations

from pydantic import Field

from gongkai.finding import Finding
from gongkai.model.base import Record, Source
from gongkai.reading.markdown_text import read_markdown, references
from gongkai.reading.marks import Mark


class HandWrittenPage(Record):
    """网页: a Markdown file under content/."""

    path: str = Field(title="路径")
    references: list[str] = Field(title="引用")
    lines: list[str] = Field(title="文字", description="每行一项")


def read_page(content: bytes, path: str) -> tuple[HandWrittenPage | None, list[Finding]]:
    """Read one Markdown file; returns None with a finding when it is not UTF-8."""
    text, findings = read_markdown(content, path)
    if text is None:
        return None, findings
    found = list(references(text))
    lines = text.splitlines()
    marks: dict[str | int, Mark] = {
        "references": Mark((1, 1), {index: Mark(reference.place) for index, reference in enumerate(found)}),
        "lines": Mark((1, 1), {index: Mark((index + 1, 1)) for index in range(len(lines))}),
    }
    page = HandWrittenPage(path=path, references=[reference.target for reference in found], lines=lines)
    page.attach(Source(path, Mark((1, 1), marks)))
    return page, findings
