"""CSV: text in UTF-8, cells separated by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io

from gongkai.reading.tables.table import Row, Table, UnreadableTableError, make_row, refuse_excess

SEPARATORS = ",\t;"
_LOOK_AT = 4096
_IN_EXCEL = "请在 Excel 里打开，“另存为”时保存类型选“CSV UTF-8（逗号分隔）(*.csv)”，再用新文件。"


def read_csv(content: bytes) -> list[Table]:
    """Return the one table of a CSV file.

    Raises UnreadableTableError for text that is not UTF-8 and for broken quoting.
    """
    text = _decode(content)
    rows: list[Row] = []
    cells, number = 0, 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        for number, line in enumerate(reader, 1):
            cells += len(line)
            refuse_excess(cells)
            row = make_row(number, line)
            if row is not None:
                rows.append(row)
    except csv.Error as error:
        place = f"第 {number + 1} 行（文本第 {reader.line_num} 行）"
        raise UnreadableTableError(
            f"CSV 在{place}断了：{_reason(error)}。请在 Excel 里核对这一行，引号要成对，再另存一次。"
        ) from error
    return [Table("", tuple(rows))]


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableTableError(f"CSV 是 UTF-16 编码（Excel 称为“Unicode 文本”），只能读 UTF-8。{_IN_EXCEL}")
    if b"\0" in content:
        raise UnreadableTableError("文件里有空字节，不是 CSV 文本，可能已经损坏。请重新下载或者另存一次。")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        raise UnreadableTableError(
            f"CSV 不是 UTF-8 编码，也不是 GB18030，可能已经损坏。请重新下载；还能打开的，{_IN_EXCEL}"
        ) from None
    raise UnreadableTableError(f"CSV 是 GB18030（GBK）编码，只能读 UTF-8。{_IN_EXCEL}")


def _separator(text: str) -> str:
    head = text[:_LOOK_AT]
    return max(SEPARATORS, key=head.count)


def _reason(error: csv.Error) -> str:
    said = str(error)
    if "unexpected end of data" in said:
        return "有一个引号没有配对，一直到文件末尾"
    if "field larger" in said:
        return "有一格太长，多半是引号没有配对"
    return "引号后面还有别的字"
