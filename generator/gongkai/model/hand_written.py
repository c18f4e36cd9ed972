"""Hand-written pages, as far as checks need them: which records they refer to."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationError

from gongkai.finding import Finding
from gongkai.model.base import Date, Part, Record, Source, Text
from gongkai.model.explaining import explained
from gongkai.reading.encoding import decode
from gongkai.reading.markdown_text import references
from gongkai.reading.marks import Mark
from gongkai.reading.yaml_text import read_yaml


class FrontMatter(Part):
    """网页开头的说明."""

    title: Text = Field(title="标题")
    description: Text | None = Field(None, title="说明")
    template: Literal["home.html"] | None = Field(None, title="模板", description="只有首页写 home.html")
    date: Date | None = Field(None, title="发布日期")
    source: Text | None = Field(None, title="来源")
    keywords: Text | None = Field(None, title="关键词")
    column: Text | None = Field(None, title="栏目类型")


class HandWrittenPage(Record):
    """网页: a Markdown file under content/."""

    path: str = Field(title="路径")
    front_matter: FrontMatter = Field(title="开头的说明")
    references: list[str] = Field(title="引用")
    lines: list[str] = Field(title="文字", description="每行一项")


def read_page(content: bytes, path: str) -> tuple[HandWrittenPage | None, list[Finding]]:
    """Read one Markdown file; returns None with findings when it cannot be read or its beginning is wrong."""
    findings: list[Finding] = []
    text = decode(content, path, findings)
    if text is None:
        return None, findings
    front_matter, faults = _front_matter(text, path)
    if front_matter is None:
        return None, findings + faults
    found = list(references(text))
    lines = text.splitlines()
    marks: dict[str | int, Mark] = {
        "references": Mark((1, 1), {index: Mark(reference.place) for index, reference in enumerate(found)}),
        "lines": Mark((1, 1), {index: Mark((index + 1, 1)) for index in range(len(lines))}),
    }
    targets = [reference.target for reference in found]
    page = HandWrittenPage(path=path, front_matter=front_matter, references=targets, lines=lines)
    page.attach(Source(path, Mark((1, 1), marks)))
    return page, findings


def _front_matter(text: str, path: str) -> tuple[FrontMatter | None, list[Finding]]:
    """Read the front matter as strictly as a data file: MkDocs would take whatever it finds there."""
    if not text.startswith("---\n"):
        advice = "第一行写 ---，接着写 title: 标题，再写一行 ---。"
        return None, [Finding(path, 1, 1, "S001", "网页开头没有说明（标题）", advice)]
    block, closing, _ = text.removeprefix("---\n").partition("\n---\n")
    if not closing:
        return None, [Finding(path, 1, 1, "Y011", "网页开头的说明没有收尾", "说明的后面另起一行写 ---。")]
    # The line of dashes, as a blank line, keeps the numbers of the lines below it.
    document = read_yaml(f"\n{block}\n".encode(), path)
    if document.data is None or document.findings:
        return None, document.findings
    try:
        return FrontMatter.model_validate(document.data), []
    except ValidationError as error:
        source = Source(path, document.places)
        return None, explained(error, FrontMatter, source)
