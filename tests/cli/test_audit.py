"""The command, as a clerk runs it: real lists, counted; lists of the small district; files that cannot be read."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from click.testing import CliRunner, Result

from gongkai.cli import main
from support import BASE, DISTRICT, FIXTURES, change_record

SAMPLE = FIXTURES / "audit" / "neighbour-district-sample.csv"
NAMED = FIXTURES / "audit" / "named-defects.csv"
PERMIT = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
ALLOWANCE = "80周岁以上老年人高龄津贴发放"
HEAD = ["事项名称", "基本编码", "部门", "部门代码"]
CLEAN = [
    HEAD,
    [PERMIT, "510123001000", "区卫生健康局", "11511703000000166U"],
    [ALLOWANCE, "512011001000", "区民政局", "11511703000000051M"],
]


def audit(*arguments: str | Path, root: Path = DISTRICT) -> Result:
    words = ["audit", "--root", str(root), "--as-of", "2026-11-23", *map(str, arguments)]
    return CliRunner().invoke(main, words)


def findings(*arguments: str | Path, root: Path = DISTRICT) -> dict[str, Any]:
    """Return the first file of the JSON report."""
    result = audit("--format", "json", *arguments, root=root)
    assert result.exit_code in (0, 1), result.output
    file: dict[str, Any] = json.loads(result.stdout)["files"][0]
    return file


def write_list(path: Path, lines: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def test_the_neighbours_sample_is_counted() -> None:
    """All faults of the sample; a script that shares no code with the program counted the same.

    Of the defects that are known from the whole data set these 135 rows hold two: a code whose organisation is not the
    one in the department's column (25), and level notes on names (3, one of them in half-width brackets). There is no
    placeholder, small letter, foreign area, missing segment, wrong check digit or duplicate name among them; those
    stand in the other list. What else is wrong here is the length of codes, and a number that is no credit code.
    """
    file = findings(SAMPLE, "--area", "511602")
    assert file["counts"]["rows"] == 135
    assert file["counts"]["faults"] == {
        "信用代码位数不对（部门代码）": 44,
        "信用代码位数不对（实施编码）": 28,
        "编码与部门代码不一致（实施编码）": 25,
        "平台内部编号（部门代码）": 9,
        "名称带层级说明（事项名称）": 3,
        "不是本部门的代码（实施编码）": 1,
        "名称写法（事项名称）": 1,
    }
    assert file["counts"]["verdicts"] == {"一致": 1, "目录里没有": 134}
    assert file["notes"][0].startswith("清单的区划是 511602，不是本区")


def test_faults_of_the_sample_have_place_and_correction() -> None:
    file = findings(SAMPLE, "--area", "511602")
    row = next(row for row in file["tables"][0]["rows"] if row["row"] == 51)
    assert [(fault["kind"], fault["place"]) for fault in row["faults"]] == [
        ("名称写法", "C51"),
        ("名称带层级说明", "C51"),
        ("不是本部门的代码", "E51"),
        ("平台内部编号", "H51"),
        ("编码与部门代码不一致", "E51"),
    ]
    assert row["should"] == {"部门代码": "11511301MB1935318L"}
    first = file["tables"][0]["rows"][0]
    assert first["should"]["实施编码"] == "511A0080800002-511602000000-000-11511300008778693M-1-00"


def test_every_defect_that_is_known_from_the_whole_data_set_is_found() -> None:
    """Placeholders, small letter, area 510000000000, missing segments, 7 check digits, other department, and so on."""
    file = findings(NAMED, "--area", "511602")
    assert file["counts"]["faults"] == {
        "编码与部门代码不一致（实施编码）": 10,
        "校验位不对（实施编码）": 7,
        "占位的假代码（部门代码）": 3,
        "名称带层级说明（事项名称）": 2,
        "缺段或多段（实施编码）": 2,
        "不是本部门的代码（实施编码）": 1,
        "区划不对（区划代码）": 1,
        "区划不对（实施编码）": 1,
        "占位的假代码（实施编码）": 1,
        "名称写法（事项名称）": 1,
        "名称重复（事项名称）": 1,
        "小写字母（实施编码）": 1,
    }


def test_a_list_that_agrees(tmp_path: Path) -> None:
    result = audit(write_list(tmp_path / "清单.csv", CLEAN))
    scope = "清单里认得出的单位应当公布的事项：区卫生健康局、区民政局"
    path = tmp_path / "清单.csv"
    expected = f"{path}\n  共 2 行：一致 2。\n  比对范围：{scope}，缺少 0 项。\n  与目录完全一致。\n\n"
    assert (result.exit_code, result.output) == (0, expected)


@pytest.mark.parametrize(
    ("name", "verdict", "said", "should"),
    [
        (PERMIT, "一致", "", None),
        (PERMIT.replace("（", "(").replace("）", ")"), "写法不同", "半角括号：“(”应为“（”，“)”应为“）”", PERMIT),
        (PERMIT + "（县级）", "写法不同", "多了或少了层级说明：多了“（县级）”", PERMIT),
        ("公共场所卫生许可证核发", "曾用名", f"2022-06-01 起停用（依据：国办发〔2022〕2号），现名“{PERMIT}”", PERMIT),
        ("办卫生许可证", "日常用语", f"这是“{PERMIT}”的日常说法，请核对是不是同一个事项，是的公布时要写事项名称", None),
        (PERMIT.replace("许可", "许可证"), "相近", "多了“证”", None),
        ("渔业捕捞许可", "目录里没有", "目录里没有这个名称，也没有相近的", None),
        ("", "没有名称", "这一行没有事项名称，请补上", None),
    ],
)
def test_verdicts_on_names(name: str, verdict: str, said: str, should: str | None, tmp_path: Path) -> None:
    path = write_list(tmp_path / "清单.csv", [["序号", "事项名称"], ["1", name]])
    (row,) = findings(path)["tables"][0]["rows"]
    assert (row["verdict"], row["should"].get("事项名称")) == (verdict, should)
    assert row["explanation"].endswith(said)


def test_a_near_name_has_candidate_and_difference(tmp_path: Path) -> None:
    path = write_list(tmp_path / "清单.csv", [["事项名称"], [ALLOWANCE.replace("80", "90")]])
    file = findings(path)
    (row,) = file["tables"][0]["rows"]
    assert row["candidates"][0]["code"] == "512011001000"
    assert row["explanation"].endswith("：“9”应为“8”")
    assert [item["name"] for item in file["missing"]] == [PERMIT]
    assert file["notes"] == ["应公布的事项中有 1 项只找到相近的名称，没有算作缺少，请先核对名称。"]


def test_the_code_tells_which_item_a_strange_name_means(tmp_path: Path) -> None:
    lines = [HEAD, ["理发店证照办理", "510123001000", "区卫生健康局"], [ALLOWANCE, "510123001000", "区民政局"]]
    first, second = findings(write_list(tmp_path / "清单.csv", lines))["tables"][0]["rows"]
    assert (first["verdict"], first["should"]["事项名称"]) == ("编码相同、名称不同", PERMIT)
    assert [fault["kind"] for fault in second["faults"]] == ["编码与目录不一致"]
    assert second["should"] == {"基本编码": "512011001000"}


def test_cancelled_items_must_not_be_published(district: Path, tmp_path: Path) -> None:
    cancellation = {"on": "2026-01-01", "basis": "达川府办〔2026〕1号", "note": "不再办理。"}
    change_record(district, BASE["item"], status="取消", cancellation=cancellation)
    file = findings(write_list(tmp_path / "清单.csv", CLEAN), root=district)
    row = file["tables"][0]["rows"][0]
    said = "事项已于 2026-01-01 取消（依据：达川府办〔2026〕1号），不能再公布"
    assert (row["verdict"], row["explanation"]) == ("已取消", said)


@pytest.mark.parametrize(
    ("department", "kind", "said"),
    [
        ("达川区卫健局", None, ""),
        ("达州市达川区卫生健康局", None, ""),
        ("亭子镇", None, ""),
        ("达州市达川区卫生和计划生育局", "单位曾用名", "2019-03-01 起停用"),
        ("达川区卫生和计划生育局", "单位曾用名", "现在是“区卫生健康局”"),
        ("檀木镇", "单位不认识", "“檀木镇”已于 2019-12-18 撤销（依据：川府民政〔2019〕21号）"),
        ("区卫生健康委", "单位不认识", "目录里没有单位“区卫生健康委”，是不是“区卫生健康局”"),
    ],
)
def test_organisations_are_recognised(department: str, kind: str | None, said: str, tmp_path: Path) -> None:
    path = write_list(tmp_path / "清单.csv", [["事项名称", "部门"], [PERMIT, department]])
    faults = findings(path)["tables"][0]["rows"][0]["faults"]
    assert [fault["kind"] for fault in faults] == ([kind] if kind else [])
    assert all(said in fault["message"] for fault in faults)


def test_the_credit_code_must_be_the_departments(tmp_path: Path) -> None:
    lines = [HEAD, [PERMIT, "510123001000", "区卫健局", "11511703000000051M"]]
    (row,) = findings(write_list(tmp_path / "清单.csv", lines))["tables"][0]["rows"]
    assert [fault["kind"] for fault in row["faults"]] == ["不是本部门的代码"]
    assert row["should"] == {"部门代码": "11511703000000166U"}


def test_with_an_organisation_its_duties_are_what_counts(tmp_path: Path) -> None:
    path = write_list(tmp_path / "清单.csv", [["事项名称"], [PERMIT]])
    file = findings(path, "--organization", "minzheng")
    assert file["scope"] == "区民政局应当公布的区级事项"
    assert [item["code"] for item in file["missing"]] == ["512011001000"]
    assert [fault["kind"] for fault in file["tables"][0]["rows"][0]["faults"]] == ["不归本单位公布"]
    village = findings(path, "--organization", "511703100001")
    assert (village["scope"], len(village["missing"])) == ("亭子镇文昌宫社区应当公布的村（社区）事项", 1)


def test_a_list_without_organisations_is_compared_with_everything(tmp_path: Path) -> None:
    file = findings(write_list(tmp_path / "清单.csv", [["事项名称"], [PERMIT]]))
    assert file["scope"] == "目录里全部在用的事项（清单里没有认得出的单位）"
    assert [item["code"] for item in file["missing"]] == ["512011001000"]


def test_what_a_list_says_cannot_steer_the_terminal(tmp_path: Path) -> None:
    result = audit(write_list(tmp_path / "清单.csv", [["事项名称"], ["\x1b[31m许可\r\n登记\u202e"]]))
    assert "\x1b" not in result.output
    assert "“〈U+001B〉[31m许可 登记〈U+202E〉”：目录里没有" in result.output


def sheets_of(path: Path) -> dict[str, list[list[Any]]]:
    book = python_calamine.CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_the_workbook_keeps_the_list_and_says_what_to_correct(tmp_path: Path) -> None:
    title = ['=HYPERLINK("http://x")', "", "", "", "备注"]
    lines = [title, [*HEAD, "备注"], [PERMIT + "(县级)", "510123001000", "区卫健局", "11736", "=1+1"]]
    output = tmp_path / "结果.xlsx"
    assert audit(write_list(tmp_path / "清单.csv", lines), "--output", output).exit_code == 1
    sheets = sheets_of(output)
    assert list(sheets) == ["汇总", "清单", "缺少的事项"]
    listing = sheets["清单"]
    assert [row[:5] for row in listing] == lines
    assert listing[1][5:] == ["核对结论", "目录里的名称", "目录里的编码", "应改为", "说明"]
    assert listing[2][5:9] == [
        "写法不同", PERMIT, "510123001000", f"事项名称：{PERMIT}\n部门代码：11511703000000166U",
    ]  # fmt: skip
    with zipfile.ZipFile(output) as package:
        sheet = package.read("xl/worksheets/sheet2.xml").decode()
        comments = package.read("xl/comments1.xml").decode()
    assert '<autoFilter ref="A2:J3"/>' in sheet
    assert '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/>' in sheet
    assert "<f>" not in sheet
    assert f"应改为：{PERMIT}" in comments
    assert "占位的假代码：“11736”是占位的假代码" in comments


def test_only_the_cells_to_correct_are_marked(tmp_path: Path) -> None:
    lines = [*CLEAN, [ALLOWANCE + " ", "512011001000", "区民政局", "2222222222222"]]
    output = tmp_path / "结果.xlsx"
    audit(write_list(tmp_path / "清单.csv", lines), "--output", output)
    with zipfile.ZipFile(output) as package:
        comments = package.read("xl/comments1.xml").decode()
    assert [f'ref="{place}"' in comments for place in ("A2", "B2", "A3", "D3", "A4", "B4", "C4", "D4")] == [
        False, False, False, False, True, False, False, True,
    ]  # fmt: skip


def test_the_workbook_is_the_same_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    for output in (first, second):
        audit(SAMPLE, "--area", "511602", "--output", output)
    assert first.read_bytes() == second.read_bytes()


def test_sheets_of_many_files_have_names_of_their_own(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "两张.xlsx")
    for name in ("汇总", "b" * 31):
        book.add_worksheet(name).write_column(0, 0, ["事项名称", PERMIT])
    book.close()
    other = write_list(tmp_path / ("b" * 31 + ".csv"), [["事项名称"], [PERMIT]])
    output = tmp_path / "结果.xlsx"
    audit(tmp_path / "两张.xlsx", other, "--output", output)
    assert list(sheets_of(output)) == ["汇总", "汇总 2", "b" * 31, "b" * 26 + " 2", "缺少的事项"]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("事项名称\n结婚登记\n".encode("gb18030"), "清单.csv", "CSV 是 GB18030（GBK）编码"),
        (b"PK\x03\x04broken", "清单.xlsx", "XLSX 文件损坏"),
        (b"", "清单.csv", "文件是空的"),
        ("内容\n结婚登记\n".encode(), "清单.csv", "没有找到“事项名称”这一列"),
        ("事项名称,事项名称\n".encode(), "清单.csv", "表头“事项名称”出现了 2 次"),
    ],
)
def test_one_unreadable_file_stops_everything(content: bytes, name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    output = tmp_path / "结果.xlsx"
    good = write_list(tmp_path / "好.csv", CLEAN)
    result = audit(good, tmp_path / name, "--output", output)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{tmp_path / name}：" in result.stderr
    assert said in result.stderr
    assert result.stderr.endswith("有文件读不了，没有核对，什么也没有写。\n")
    assert not output.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--organization", "minzhen"], "没有编号为“minzhen”的单位。是不是“minzheng”？"),
        (["--area", "5117"], "区划代码“5117”不对"),
        (["--output", "没有/结果.xlsx"], "没有文件夹 没有，写不了 结果.xlsx"),
        (["--output", "结果.csv"], "--output 要以 .xlsx 结尾"),
        (["--format", "pdf"], "选项“--format”不对：只能写“text”、“json”。"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, tmp_path: Path) -> None:
    result = audit(write_list(tmp_path / "清单.csv", CLEAN), *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    book.add_worksheet().write_column(0, 0, ["事项名称", PERMIT])
    book.close()
    path.write_bytes(target.getvalue())
    (tmp_path / "同一个.xlsx").symlink_to(path)
    for output in (path, tmp_path / "同一个.xlsx"):
        result = audit(path, "--output", output)
        assert (result.exit_code, path.read_bytes()) == (2, target.getvalue())
        assert "就是要核对的文件，会把它盖掉" in result.stderr


def test_only_a_result_that_nobody_changed_is_overwritten(tmp_path: Path) -> None:
    listing, output = write_list(tmp_path / "清单.csv", CLEAN), tmp_path / "结果.xlsx"
    for lines in (CLEAN, [*CLEAN, [ALLOWANCE + " ", "512011001000", "区民政局", ""]]):
        audit(write_list(listing, lines), "--output", output)
        assert len(sheets_of(output)["清单"]) == len(lines)
    with zipfile.ZipFile(output) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    core = parts["docProps/core.xml"].decode()
    saved = "2026-11-24T01:02:03Z</dcterms:modified>".join(core.rsplit("2026-11-23T00:00:00Z</dcterms:modified>", 1))
    other = core.replace("事项清单核对结果", "年终总结")
    assert core not in (saved, other)
    for properties in (saved, other):
        with zipfile.ZipFile(output, "w") as package:
            for name, content in {**parts, "docProps/core.xml": properties}.items():
                package.writestr(name, content)
        before = output.read_bytes()
        result = audit(listing, "--output", output)
        said = f"{output} 已经有了，而且不是核对结果，或者后来有人改过，不能盖掉。请换一个文件名，或者先把它移走。\n"
        assert (result.exit_code, result.stderr, output.read_bytes()) == (2, said, before)
    output.write_bytes(b"PK not a workbook")
    assert (audit(listing, "--output", output).exit_code, output.read_bytes()) == (2, b"PK not a workbook")


@pytest.mark.parametrize("folder", ["data", "data/items/weijian", "content"])
def test_the_result_does_not_go_among_the_sources(folder: str, district: Path, tmp_path: Path) -> None:
    output = district / folder / "结果.xlsx"
    result = audit(write_list(tmp_path / "清单.csv", CLEAN), "--output", output, root=district)
    said = f"{output} 在 data、content 里，核对结果不能放在那里。请换一个文件夹。\n"
    assert (result.exit_code, result.stderr, output.exists()) == (2, said, False)


def test_a_catalogue_with_unreadable_records_is_refused(district: Path, tmp_path: Path) -> None:
    (district / BASE["item"]).write_text("code: [", encoding="utf-8")
    result = audit(write_list(tmp_path / "清单.csv", CLEAN), root=district)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "请先运行 gongkai check" in result.stderr
