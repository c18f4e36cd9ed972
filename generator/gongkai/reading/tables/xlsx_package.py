"""The zip inside an XLSX file: unpacked within bounds, and checked before a spreadsheet reader sees it.

A spreadsheet reader allots the whole rectangle up to the farthest cell, and unpacks whatever the zip holds.
So every part is unpacked here, counted, and its cells' references looked at; what the reader gets is a
zip of exactly the bytes that were looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import IO

from lxml import etree

from gongkai.reading.tables.table import UnreadableTableError
from gongkai.reading.tables.xlsx_cells import Contents, PartWatcher

MAX_UNPACKED = 64 * 1024 * 1024
"""Most bytes of all parts together: fifty thousand items with ten columns have about forty megabytes of XML."""

MAX_PARTS = 2000
"""Most parts of the zip; an ordinary workbook has about ten, and one for every sheet."""

_CHUNK = 64 * 1024
_WORKBOOK = "xl/workbook.xml"
_NEEDED = re.compile(r"(\[Content_Types\]\.xml|_rels/\.rels|xl/.*\.(xml|rels))\Z", re.IGNORECASE)
_DAMAGED = "XLSX 文件损坏，打不开。请重新下载；在 Excel 里还能打开的，另存一次再用。"
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What is raised for a package that is not as it should be."""


def checked_package(content: bytes) -> bytes:
    """Return an XLSX file that holds only the parts a reader needs, unpacked and checked.

    Raises UnreadableTableError for what is damaged, unpacks to too much, has cells too far out, or is no XLSX.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = _wanted(package)
            return _copy(package, members)
    except DAMAGE as error:
        raise UnreadableTableError(_DAMAGED) from error


def _wanted(package: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    infos = package.infolist()
    names = {info.filename for info in infos}
    if _WORKBOOK not in names:
        raise UnreadableTableError(_what_it_is(names))
    if len(infos) > MAX_PARTS:
        raise UnreadableTableError(f"XLSX 里有 {len(infos)} 个部件，多得不正常，没有读。请另存一次再用。")
    if len(names) < len(infos):
        raise UnreadableTableError(_DAMAGED)
    members = [info for info in infos if _NEEDED.match(info.filename)]
    if any(info.flag_bits & 1 for info in members):
        raise UnreadableTableError("XLSX 加了密码，读不了。请在 Excel 里打开，去掉密码后另存再用。")
    if sum(info.file_size for info in members) > MAX_UNPACKED:
        raise _too_much()
    return members


def _what_it_is(names: set[str]) -> str:
    known = {
        "xl/workbook.bin": "这是 .xlsb 工作簿",
        "word/document.xml": "这是 Word 文档，不是表格",
        "ppt/presentation.xml": "这是演示文稿，不是表格",
        "content.xml": "这是 ODF 文档（.ods 等）",
    }
    what = next((said for name, said in known.items() if name in names), "这是压缩包，里面没有工作簿")
    return f"{what}，读不了。请用 Excel 或 WPS 打开，另存为 .xlsx 再用。"


def _too_much() -> UnreadableTableError:
    limit = MAX_UNPACKED // 1024 // 1024
    return UnreadableTableError(
        f"XLSX 解压以后超过 {limit} MB，可能是压缩炸弹，没有读。请核对来源；确实是清单的，按部门拆成几个文件。"
    )


def _copy(package: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bytes:
    target = io.BytesIO()
    left = MAX_UNPACKED
    contents = Contents()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as clean:
        for member in members:
            watcher = PartWatcher(contents)
            parser = etree.XMLParser(target=watcher, resolve_entities=False, no_network=True, huge_tree=False)
            with package.open(member) as source, clean.open(member.filename, "w") as copy:
                left -= _pump(source, copy, parser, left)
    contents.refuse_repetition()
    return target.getvalue()


def _pump(source: IO[bytes], copy: IO[bytes], parser: etree.XMLParser, left: int) -> int:
    """Copy one part past the parser that watches it; returns how many bytes it has."""
    size = 0
    try:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise _too_much()
            parser.feed(chunk)
            copy.write(chunk)
        parser.close()
    except etree.LxmlError as error:
        raise UnreadableTableError(_DAMAGED) from error
    return size
