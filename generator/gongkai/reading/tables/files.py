"""A file becomes tables: what it is is seen from its first bytes, and only then from its name."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from gongkai.os_errors import reason
from gongkai.reading.tables.csv_table import read_csv
from gongkai.reading.tables.html_table import read_html
from gongkai.reading.tables.json_table import read_json
from gongkai.reading.tables.table import MAX_BYTES, Table, UnreadableTableError
from gongkai.reading.tables.xlsx_table import read_xlsx

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BY_SUFFIX: dict[str, Callable[[bytes], list[Table]]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".txt": read_csv,
    ".json": read_json,
    ".html": read_html,
    ".htm": read_html,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
}
_SAVE_AGAIN = "请用 Excel 或 WPS 打开，另存为 .xlsx 再用。"


def read_tables(path: Path) -> list[Table]:
    """Return the tables of a file that somebody else made; at least one.

    Raises UnreadableTableError, whose message does not name the file, for everything that cannot be read.
    """
    content = read_bounded(path)
    tables = [table for table in reader_of(path.suffix.lower(), content)(content) if table.rows]
    if not tables:
        raise UnreadableTableError("文件里没有数据：所有的表都是空的。请核对是不是拿错了文件。")
    return tables


def read_bounded(path: Path) -> bytes:
    """Return the bytes of an ordinary file within the bound; raises UnreadableTableError otherwise."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableTableError("这是文件夹，不是文件。请写出要核对的文件，例如 清单.xlsx。")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableTableError("这不是普通文件，不能读。请先存成文件。")
        if status.st_size > MAX_BYTES:
            raise _too_large(status.st_size)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableTableError("没有这个文件。请核对文件名和所在的文件夹。") from None
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "文件名不对"
        raise UnreadableTableError(f"读不了：{why}。请核对文件名和权限。") from error
    if len(content) > MAX_BYTES:
        raise _too_large(len(content))
    if not content.strip():
        raise UnreadableTableError("文件是空的。请重新下载或者重新导出。")
    return content


def reader_of(suffix: str, content: bytes) -> Callable[[bytes], list[Table]]:
    """Return the reader for a file; raises UnreadableTableError when there is none for its format."""
    if content.startswith(_ZIP):
        return read_xlsx
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise UnreadableTableError("工作簿加了密码，读不了。请在 Excel 里打开，去掉密码后另存为 .xlsx 再用。")
        raise UnreadableTableError(f"这是旧版 Office 文件（.xls 等），读不了。{_SAVE_AGAIN}")
    if content.startswith(b"%PDF"):
        raise UnreadableTableError("这是 PDF，读不了。请向发布单位要 Excel 原件，或者用其他软件转成 .xlsx 再用。")
    begin = content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if begin.startswith((b"MIME-Version:", b"From: <Saved by")):
        raise UnreadableTableError("这是 .mhtml 单个网页文件，读不了。请在浏览器里另存为“网页，仅 HTML”再用。")
    if suffix == ".xls" and begin.startswith(b"<"):
        return read_html
    reader = _BY_SUFFIX.get(suffix)
    if reader is None:
        known = "、".join(_BY_SUFFIX)
        raise UnreadableTableError(f"不认识“{suffix or '没有扩展名'}”文件，能读的有 {known}。{_SAVE_AGAIN}")
    return reader


def _too_large(size: int) -> UnreadableTableError:
    limit = MAX_BYTES // 1024 // 1024
    return UnreadableTableError(
        f"文件有 {size / 1024 / 1024:.0f} MB，超过 {limit} MB 的上限，没有读。请只保留清单本身，或者按部门拆成几个文件。"
    )
