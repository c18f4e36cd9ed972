"""The text of Office documents: what a reader sees, and what stands in comments, notes and properties.

Everything is bounded: the number of parts, and the bytes they unpack to. No code of a document is ever run.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from gongkai.reading.markup_text import visible_text
from gongkai.reading.tables.table import UnreadableTableError
from gongkai.reading.tables.xlsx_package import DAMAGE, MAX_PARTS, MAX_UNPACKED
from gongkai.reading.tables.xlsx_table import read_xlsx

_PERSON_PROPERTY = re.compile(r"<(dc:creator|cp:lastModifiedBy)(?:\s[^<>]*)?>")
_TEXT_PART = re.compile(r"(?:word|ppt|xl|docProps)/.*\.xml\Z|.*\.(?:txt|csv|html?)\Z", re.IGNORECASE)
_SHEET_PART = re.compile(r"xl/(?:worksheets/.*|sharedStrings\.xml|styles\.xml|theme/.*|workbook\.xml)\Z", re.IGNORECASE)


class UnreadableOfficeError(Exception):
    """A document whose text cannot be read; the message is Chinese and says why."""


@dataclass(frozen=True, slots=True)
class PartText:
    """The text of one part, and what the part is called: a sheet's name, or its name inside the document."""

    part: str
    text: str


def office_text(content: bytes) -> list[PartText]:
    """Return the text of a DOCX, XLSX or PPTX file; cells of a row are set apart by tabs.

    Raises UnreadableOfficeError for what is damaged, protected, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            infos = package.infolist()
            if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
                raise UnreadableOfficeError("文件解压以后太大")
            workbook = any(info.filename == "xl/workbook.xml" for info in infos)
            parts = [
                PartText(info.filename, _visible(info.filename, _read(package, info)))
                for info in infos
                if _TEXT_PART.match(info.filename) and not (workbook and _SHEET_PART.match(info.filename))
            ]
    except DAMAGE as error:
        raise UnreadableOfficeError("文件损坏或者加了密码，打不开") from error
    return [*(_sheets(content) if workbook else []), *parts]


def _visible(name: str, xml: str) -> str:
    """Return the text of a part; those of the properties that name a person begin with the property's name."""
    if name == "docProps/core.xml":
        xml = _PERSON_PROPERTY.sub(r"\1：", xml)
        xml = xml.replace("dc:creator：", "作者姓名：").replace("cp:lastModifiedBy：", "最后修改人姓名：")
    return visible_text(xml)


def _read(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    with package.open(info) as part:
        content = part.read(MAX_UNPACKED + 1)
    if len(content) > MAX_UNPACKED:
        raise UnreadableOfficeError("文件解压以后太大")
    return content.decode("utf-8", "replace")


def _sheets(content: bytes) -> list[PartText]:
    try:
        tables = read_xlsx(content)
    except UnreadableTableError as error:
        raise UnreadableOfficeError(str(error)) from error
    sheets = []
    for table in tables:
        lines: list[str] = []
        for row in table.rows:
            lines += [""] * (row.number - 1 - len(lines))
            lines.append("\t".join(cell.replace("\n", " ").replace("\t", " ") for cell in row.cells) + "\t")
        sheets.append(PartText(f"工作表“{table.title}”", "\n".join(lines)))
    return sheets
