"""Files made to fill the memory: refused with a message, in a process that has one gibibyte."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from gongkai.reading.tables.table import MAX_BYTES, UnreadableTableError
from gongkai.reading.tables.xlsx_table import read_xlsx

BOUNDED = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
from gongkai.reading.tables.files import read_tables
from gongkai.reading.tables.table import UnreadableTableError
try:
    print("READ", sum(len(table.rows) for table in read_tables(Path(sys.argv[1]))))
except UnreadableTableError as error:
    print(error)
"""


def changed(change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a small workbook with parts changed."""
    source, target = io.BytesIO(), io.BytesIO()
    book = xlsxwriter.Workbook(source)
    sheet = book.add_worksheet("清单")
    sheet.write_row(0, 0, ["事项名称", "基本编码"])
    sheet.write_row(1, 0, ["结婚登记", "510711001000"])
    book.close()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target.getvalue()


def with_rows(rows: bytes) -> bytes:
    return changed(lambda _, part: part.replace(b"</sheetData>", rows + b"</sheetData>"))


def read_bounded(content: bytes, path: Path) -> str:
    """Return what a process with one gibibyte says about a file."""
    path.write_bytes(content)
    return run_bounded(path)


def run_bounded(path: Path) -> str:
    result = subprocess.run([sys.executable, "-c", BOUNDED, str(path)], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        (b'<row r="3"><c r="xfd1048576" t="inlineStr"><is><t>x</t></is></c></row>', "XFD1048576"),
        (b'<row r="3"><c r="&#88;FD1048576"><v>1</v></c></row>', "XFD1048576"),
        (b"<row r='1048576'><c t='str'><f>1</f></c></row>", "A1048576"),
    ],
)
def test_one_far_cell_is_refused(rows: bytes, place: str, tmp_path: Path) -> None:
    said = read_bounded(with_rows(rows), tmp_path / "远.xlsx")
    assert said.startswith(f"工作表在很远的 {place} 还有内容，整张表超过 200 万个单元格，没有读。")


def test_a_far_cell_without_a_value_and_a_wrong_dimension_do_no_harm(tmp_path: Path) -> None:
    def change(_: str, part: bytes) -> bytes:
        part = part.replace(b'<dimension ref="A1:B2"/>', b'<dimension ref="A1:XFD1048576"/>')
        return part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')

    assert read_bounded(changed(change), tmp_path / "格式.xlsx") == "READ 2\n"


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    bomb = changed(lambda name, part: part + b" " * 300_000_000 if name.endswith("sheet1.xml") else part)
    assert len(bomb) < 1_000_000
    assert read_bounded(bomb, tmp_path / "炸弹.xlsx").startswith("XLSX 解压以后超过 64 MB，可能是压缩炸弹，没有读。")


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    size = 300_000_000
    bomb = changed(lambda name, part: part.ljust(size) if name.endswith("sheet1.xml") else part)
    lying = bomb.replace(size.to_bytes(4, "little"), (5000).to_bytes(4, "little"))
    assert lying != bomb
    assert read_bounded(lying, tmp_path / "谎.xlsx").startswith("XLSX 文件损坏")


def test_a_long_text_shared_by_many_cells_is_refused(tmp_path: Path) -> None:
    def change(name: str, part: bytes) -> bytes:
        cells = b"".join(b'<row r="%d">' % row + b'<c t="s"><v>0</v></c>' * 20 + b"</row>" for row in range(3, 5000))
        part = part.replace(b"</sheetData>", cells + b"</sheetData>")
        return part.replace("<t>事项名称</t>".encode(), b"<t>" + b"x" * 30_000 + b"</t>")

    assert "同一段长文字重复了太多次" in read_bounded(changed(change), tmp_path / "重复.xlsx")


def test_many_sheets_share_one_bound() -> None:
    """A sheet of one far column is allowed once, not a hundred times."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    for number in range(5):
        book.add_worksheet(f"表{number}").write(600_000, 0, "x")
    book.close()
    with pytest.raises(UnreadableTableError, match="超过 200 万个"):
        read_xlsx(target.getvalue())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda n, p: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + p.partition(b"?>")[2], "DOCTYPE"),
        (lambda n, p: p[: len(p) // 2] if n.endswith("sheet1.xml") else p, "损坏"),
        (lambda n, p: p.replace(b"sheet1.xml", b"sheet9.xml") if n.endswith("workbook.xml.rels") else p, "损坏"),
    ],
    ids=["doctype", "half a part", "a part that is not there"],
)
def test_broken_parts_are_refused(change: Callable[[str, bytes], bytes], said: str) -> None:
    with pytest.raises(UnreadableTableError) as caught:
        read_xlsx(changed(change))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("word/document.xml", "这是 Word 文档，不是表格"),
        ("xl/workbook.bin", "这是 .xlsb 工作簿"),
        ("content.xml", "这是 ODF 文档"),
        ("a.txt", "这是压缩包，里面没有工作簿"),
    ],
)
def test_other_packages_are_named(part: str, said: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr(part, "x")
    with pytest.raises(UnreadableTableError, match=said):
        read_xlsx(target.getvalue())


def test_a_page_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    page = tmp_path / "大.html"
    with page.open("wb") as file:
        file.write(b"<table><tr><th>name")
        file.truncate(200 * 1024 * 1024)
    assert run_bounded(page).startswith("文件有 200 MB，超过 16 MB 的上限，没有读。")


def test_the_largest_page_that_is_read_fits(tmp_path: Path) -> None:
    page, row = tmp_path / "满.html", b"<tr><td>%07d<td>" + b"x" * 150
    count = MAX_BYTES // len(row % 0) - 10
    page.write_bytes(b"<table>" + b"".join(row % number for number in range(count)))
    assert run_bounded(page) == f"READ {count}\n"
