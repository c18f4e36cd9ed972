"""Personal data in attachments: Office documents below content/, which are published as they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from gongkai.finding import Finding
from gongkai.privacy.findings import finding_of
from gongkai.privacy.personal_data import find
from gongkai.reading.office_text import PartText, UnreadableOfficeError, office_text
from gongkai.reading.tables.xlsx_package import MAX_UNPACKED

_OFFICE = (".docx", ".xlsx", ".pptx")
_MOST_OF_ATTACHMENT = 200


def in_attachment(file: Path, path: str) -> Iterator[Finding]:
    """Yield what an Office document gives away: the line is that of the row or paragraph.

    Of a roster, the first two hundred are reported. PDF and pictures are not looked into. A document that cannot be
    opened cannot be checked, and is refused (S007). Raises OSError when the file cannot be read.
    """
    if not path.lower().endswith(_OFFICE):
        return
    try:
        if file.stat().st_size > MAX_UNPACKED:
            raise UnreadableOfficeError("文件太大")
        parts = office_text(file.read_bytes())
    except UnreadableOfficeError as error:
        advice = "打不开的附件核对不了有没有个人信息，请在 Word、Excel 或 WPS 里打开，去掉密码后另存再放进来。"
        yield Finding(path, 1, 1, "S007", f"附件读不了：{str(error).rstrip('。')}", advice)
        return
    yield from islice(_in_parts(parts, path), _MOST_OF_ATTACHMENT)


def _in_parts(parts: list[PartText], path: str) -> Iterator[Finding]:
    for part in parts:
        for hit in find(part.text):
            line = part.text.count("\n", 0, hit.start) + 1
            yield finding_of(path, line, 1, hit, f"附件的{part.part}里有{hit.kind.value}“{hit.shown}”")
