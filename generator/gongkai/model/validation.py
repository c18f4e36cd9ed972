"""Plain data becomes a record, or findings that a clerk can act on."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from gongkai.finding import Finding
from gongkai.model.base import Record, Source
from gongkai.model.explaining import explained, quoted_title
from gongkai.model.kinds import Kind, schema_comment
from gongkai.reading.yaml_text import read_yaml


def read_record(content: bytes, path: str, kind: Kind, text: str | None = None) -> tuple[Record | None, list[Finding]]:
    """Read one data file; ``text`` is its text where that is known already, and nothing is wrong with it.

    Returns the record, or None when the file cannot become one, and every finding of the families Y
    (text) and S (shape). A record may come together with findings.
    """
    document = read_yaml(content, path, text)
    findings = document.findings
    if document.data is None:
        return None, findings
    findings.extend(_schema_line(content, path, kind))
    if any(finding.code == "Y004" for finding in findings):
        return None, findings
    source = Source(path, document.places)
    try:
        record = kind.model.model_validate(document.data)
    except ValidationError as error:
        findings.extend(explained(error, kind.model, source))
        return None, findings
    record.attach(source)
    findings.extend(_place_in_tree(record, kind, source))
    return record, findings


def _schema_line(content: bytes, path: str, kind: Kind) -> Iterator[Finding]:
    expected = schema_comment(kind, path)
    if expected.encode() not in content.split(b"\n", 1)[0]:
        yield Finding(
            path,
            1,
            1,
            "S008",
            "第一行不是指向数据格式的注释",
            f"第一行应当是：{expected}，这样编辑器才会提示和检查。",
        )


def _place_in_tree(record: Record, kind: Kind, source: Source) -> Iterator[Finding]:
    match = kind.pattern.match(source.path)
    assert match is not None  # noqa: S101 - the kind was chosen by this pattern
    for group, key, noun in (("id", kind.key, "文件名"), ("folder", kind.folder_key, "文件夹名")):
        if key is None:
            continue
        expected = str(getattr(record, key))
        if match[group] != expected:
            line, column = source.at(key)
            yield Finding(
                source.path,
                line,
                column,
                "S006",
                f"{noun}“{match[group]}”与文件里写的“{expected}”不一致",
                f"{noun}必须等于{quoted_title(kind.model, (key,))}（{key}），请改正其中一处。",
            )
