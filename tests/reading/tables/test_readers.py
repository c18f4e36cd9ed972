"""What others publish is read as it stands, or refused with a message; nothing else happens."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.reading.tables.csv_table import read_csv
from gongkai.reading.tables.files import read_tables
from gongkai.reading.tables.html_table import read_html
from gongkai.reading.tables.json_table import read_json
from gongkai.reading.tables.table import MAX_CELLS, Form, Row, Table, UnreadableTableError, column_letters
from gongkai.reading.tables.xlsx_table import read_xlsx

WORD = st.text(st.sampled_from("事项名称编码（）()、，,;\"'=+-@0129AZaz"), min_size=1, max_size=8)
GRID = st.lists(st.lists(WORD, min_size=2, max_size=5), min_size=1, max_size=6)


def rows_of(grid: list[list[str]]) -> tuple[Row, ...]:
    return tuple(Row(number, tuple(line)) for number, line in enumerate(grid, 1))


def workbook(grid: list[list[object]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("清单")
    for row, line in enumerate(grid):
        for column, value in enumerate(line):
            sheet.write(row, column, value)
    book.close()
    return target.getvalue()


@given(GRID)
@settings(max_examples=60)
def test_csv_comes_back(grid: list[list[str]]) -> None:
    target = io.StringIO()
    csv.writer(target, quoting=csv.QUOTE_ALL).writerows(grid)
    separators = {character: target.getvalue().count(character) for character in ",;"}
    if separators[","] < separators[";"]:
        return
    assert read_csv(target.getvalue().encode()) == [Table("", rows_of(grid))]


@given(GRID)
@settings(max_examples=40)
def test_xlsx_comes_back(grid: list[list[str]]) -> None:
    assert read_xlsx(workbook([list(line) for line in grid])) == [Table("清单", rows_of(grid))]


@given(GRID)
@settings(max_examples=60)
def test_json_comes_back(grid: list[list[str]]) -> None:
    assert read_json(json.dumps({"data": grid}).encode()) == [Table("data", rows_of(grid))]


@given(st.binary(max_size=400), st.sampled_from([read_csv, read_json, read_html, read_xlsx]))
@settings(max_examples=300)
def test_random_bytes_are_read_or_refused(content: bytes, read: Callable[[bytes], list[Table]]) -> None:
    try:
        tables = read(content)
    except UnreadableTableError as error:
        assert str(error).endswith(("。", "？"))
    else:
        assert all(isinstance(table, Table) for table in tables)


@given(st.integers(0, 3000), st.integers(0, 255))
@settings(max_examples=150)
def test_a_damaged_workbook_is_read_or_refused(place: int, byte: int) -> None:
    content = bytearray(workbook([["事项名称", "基本编码"], ["结婚登记", "510711001000"]]))
    content[place % len(content)] = byte
    try:
        tables = read_xlsx(bytes(content))
    except UnreadableTableError as error:
        assert str(error).endswith("。")
    else:
        assert len(tables) <= 1


def test_a_utf8_mark_and_other_separators_are_understood() -> None:
    expected = [Table("", (Row(1, ("事项名称", "部门")), Row(3, ("结婚登记", "区民政局"))))]
    for separator in ",;\t":
        text = f"事项名称{separator}部门\r\n\r\n 结婚登记 {separator}区民政局{separator}\r\n"
        assert read_csv(b"\xef\xbb\xbf" + text.encode()) == expected


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "事项名称,部门\n结婚登记,区民政局\n".encode("gb18030"),
            "CSV 是 GB18030（GBK）编码，只能读 UTF-8。请在 Excel 里打开，“另存为”",
        ),
        ("事项名称\n".encode("utf-16"), "CSV 是 UTF-16 编码（Excel 称为“Unicode 文本”）"),
        (b"\x81\x20\xff\xff\xfe,", "不是 UTF-8 编码，也不是 GB18030"),
        (b"a,b\0c", "文件里有空字节"),
        ('事项名称\n"结婚登记\n离婚登记\n'.encode(), "CSV 在第 2 行（文本第 3 行）断了：有一个引号没有配对"),
        ('事项名称\n"结婚"登记\n'.encode(), "引号后面还有别的字"),
        (("x" * 40_000).encode(), "第 1 行有一格超过 32767 个字"),
    ],
)
def test_csv_that_cannot_be_read_says_why(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableTableError) as caught:
        read_csv(content)
    assert said in str(caught.value)


def test_numbers_typed_as_numbers_show_what_they_lost() -> None:
    line = [510711001000, 11440100007482575123, 123.5, True, "0051"]
    (table,) = read_xlsx(workbook([["事项名称"], line]))
    assert table.rows[1].cells == ("510711001000", "1.14401000074826E+19", "123.5", "TRUE", "0051")


def test_cells_merged_over_rows_say_their_text_in_each() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("清单")
    sheet.merge_range("A1:B1", "某区事项清单")
    sheet.write_row("A2", ["部门", "事项名称"])
    sheet.merge_range("A3:A4", "区民政局")
    sheet.write("B3", "结婚登记")
    sheet.write_formula("B4", '="离婚"&"登记"', None, "离婚登记")
    book.close()
    (table,) = read_xlsx(target.getvalue())
    cells = [row.cells for row in table.rows]
    assert cells == [("某区事项清单",), ("部门", "事项名称"), ("区民政局", "结婚登记"), ("区民政局", "离婚登记")]


def test_json_wrappers_and_digits() -> None:
    text = '{"code": 200, "data": {"rows": [{"name": "结婚登记", "itemCode": 11440100007482575123}, {"dept": null}]}}'
    (table,) = read_json(text.encode())
    rows = (Row(1, ("name", "itemCode", "dept")), Row(2, ("结婚登记", "11440100007482575123")))
    assert table == Table("data.rows", rows, Form.OBJECTS)
    assert table.place(2, 1, "itemCode") == "第 1 个对象的“itemCode”"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "嵌套得太深"),
        ('{"a":' * 100_000, "嵌套得太深"),
        ('[{"name": "结婚登记"', "第 1 行第 17 列读不下去"),
        ('[{"name": "结婚登记", "name": "离婚登记"}]', "把“name”写了两次"),
        ('{"data": []}', "JSON 里没有清单"),
        ("3", "JSON 里没有清单"),
    ],
)
def test_json_that_cannot_be_read_says_why(text: str, said: str) -> None:
    with pytest.raises(UnreadableTableError) as caught:
        read_json(text.encode())
    assert said in str(caught.value)


def test_many_different_keys_do_not_fill_the_memory() -> None:
    elements = [{f"k{number}": 1} for number in range(2000)]
    with pytest.raises(UnreadableTableError, match=f"超过 {MAX_CELLS // 10000} 万个"):
        read_json(json.dumps(elements).encode())


PAGE = """<html><head><meta charset="gbk"><title>清单</title></head><body>
<table><tr><td>导航<table><caption>民政</caption><tr><th>部门<th>事项名称
<tr><td rowspan=2>区民政局<td>结婚
登记<script>alert(1)</script><tr><td>离婚<br>登记</table></td></tr>
<tr><td colspan=2>页脚<td>版权</table>"""


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_unclosed_nested_tables_in_any_encoding(encoding: str) -> None:
    outer, inner = read_html(PAGE.replace("gbk", encoding).encode(encoding))
    assert [row.cells for row in outer.rows] == [("导航",), ("页脚", "", "版权")]
    assert inner.title == "民政"
    assert [row.cells for row in inner.rows] == [
        ("部门", "事项名称"),
        ("区民政局", "结婚登记"),
        ("区民政局", "离婚登记"),
    ]
    assert inner.place(2, 1, "事项名称") == "第 2 行第 2 列"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (b"<div>" * 5000 + b"<table><tr><td>x</table>", "网页嵌套得太深"),
        (b"<p>x</p>", "网页里没有表格"),
        (b"<html>\xff\x81", "网页既不是 UTF-8 也不是 GB18030 编码"),
        (b"<table>" + b"<tr><td colspan=1000>x" * 3000 + b"</table>", "超过 200 万个"),
        (b"<table><tr>" + b"<td rowspan=9999>x" * 1000 + b"<tr><td>y" * 3000 + b"</table>", "超过 200 万个"),
        # Long rows that hold next to nothing: 300 million cells in 25 KB.
        (
            b"<table><tr>" + b"<td colspan=1000>" * 1000 + b"<td rowspan=0>x" + b"<tr>" * 300 + b"</table>",
            "有 2000002 个单元格，超过 200 万个",
        ),
    ],
)
def test_pages_that_cannot_be_read_say_why(page: bytes, said: str) -> None:
    with pytest.raises(UnreadableTableError) as caught:
        read_html(page)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.csv", b"", "文件是空的"),
        ("空白.csv", b" \r\n\n", "文件是空的"),
        ("逗号.csv", b",,,\n", "所有的表都是空的"),
        (
            "旧.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "这是旧版 Office 文件（.xls 等），读不了。请用 Excel 或 WPS 打开，另存为 .xlsx",
        ),
        ("密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "工作簿加了密码"),
        ("文.pdf", b"%PDF-1.7", "这是 PDF"),
        ("页.mhtml", b"From: <Saved by Blink>\r\n", "这是 .mhtml"),
        ("图.png", b"\x89PNG", "不认识“.png”文件，能读的有 .csv"),
        ("无扩展名", b"x", "不认识“没有扩展名”文件"),
        ("坏.xlsx", b"PK\x03\x04" + b"x" * 100, "XLSX 文件损坏，打不开"),
        ("假.xlsx", b"hello", "XLSX 文件损坏，打不开"),
    ],
)
def test_what_is_no_list_is_refused(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableTableError) as caught:
        read_tables(tmp_path / name)
    assert said in str(caught.value)


def test_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTableError, match="这是文件夹"):
        read_tables(tmp_path)
    with pytest.raises(UnreadableTableError, match="没有这个文件"):
        read_tables(tmp_path / "没有.csv")


def test_a_web_page_that_calls_itself_xls_is_a_web_page(tmp_path: Path) -> None:
    (tmp_path / "导出.xls").write_text("<table><tr><td>事项名称</table>", encoding="utf-8")
    assert read_tables(tmp_path / "导出.xls")[0].rows[0].cells == ("事项名称",)


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16383, "XFD")])
def test_columns_have_the_letters_of_spreadsheets(column: int, letters: str) -> None:
    assert column_letters(column) == letters
