"""Headings are found below titles, under many spellings, and never guessed when there are two."""

from __future__ import annotations

import pytest

from gongkai.auditing.columns import Headed, Meaning, headed_tables
from gongkai.reading.tables.table import Row, Table, UnreadableTableError


def headed(*lines: tuple[str, ...]) -> Headed:
    (found,) = headed_tables([Table("清单", tuple(Row(number, line) for number, line in enumerate(lines, 1)))])
    return found


def test_the_heading_row_stands_below_titles() -> None:
    found = headed(
        ("达川区政务服务事项清单",),
        ("单位：区民政局",),
        ("序号", "事项 名称*", "实施机关（盖章）", "统一社会信用代码"),
        ("1", "结婚登记"),
    )
    assert found.heading.number == 3
    assert found.columns == {Meaning.NAME: 1, Meaning.DEPARTMENT: 2, Meaning.DEPARTMENT_CODE: 3}
    assert [row.number for row in found.rows] == [4]
    assert found.place(found.rows[0], Meaning.NAME) == "B4"


def test_the_english_headings_of_the_platform() -> None:
    names = ("department", "main_item", "name", "areaCode", "itemCode", "taskType", "taskTypeName", "deptCode")
    assert list(headed(names, ("",) * 8).columns) == [
        Meaning.NAME, Meaning.MAIN_ITEM, Meaning.DEPARTMENT, Meaning.AREA, Meaning.CODE, Meaning.TYPE,
        Meaning.TYPE_NUMBER, Meaning.DEPARTMENT_CODE,
    ]  # fmt: skip


def test_the_more_exact_of_two_headings_is_believed() -> None:
    found = headed(("主管部门", "实施机关", "名称", "事项名称"), ("省民政厅", "区民政局", "甲", "结婚登记"))
    assert (found.columns[Meaning.DEPARTMENT], found.columns[Meaning.NAME]) == (1, 3)


def test_headings_over_two_rows_and_again_on_every_page() -> None:
    found = headed(
        ("事项名称", "编码"), ("事项名称", "基本编码"), ("结婚登记", ""), ("事项名称", "基本编码"), ("离婚登记", "")
    )
    assert found.heading.number == 2
    assert [row.text(0) for row in found.rows] == ["结婚登记", "离婚登记"]


def test_all_tables_with_names_are_taken() -> None:
    tables = [
        Table(t, (Row(1, line), Row(2, ("x",))))
        for t, line in [("甲", ("事项名称",)), ("导航", ("首页",)), ("乙", ("name",))]
    ]
    assert [found.table.title for found in headed_tables(tables)] == ["甲", "乙"]


def test_without_names_the_headings_seen_and_known_are_said() -> None:
    with pytest.raises(UnreadableTableError) as caught:
        headed(("序号", "内容"), ("1", "结婚登记"))
    said = str(caught.value)
    assert said.startswith(
        "没有找到“事项名称”这一列。表格开头看到的是：“序号”、“内容”、“1”、“结婚登记”；能认的表头有：事项名称、"
    )
    assert "taskTypeName、deptCode" in said


def test_headings_below_twenty_rows_are_not_found() -> None:
    with pytest.raises(UnreadableTableError, match="前 20 行"):
        headed(*[("说明",)] * 20, ("事项名称",))


def test_a_heading_that_stands_twice_is_refused() -> None:
    with pytest.raises(UnreadableTableError) as caught:
        headed(("事项名称", "部门", "事项名称"), ("甲", "乙", "丙"))
    expected = "“清单”里，表头“事项名称”出现了 2 次（A1、C1），不知道以哪一列为准。请删去或者改名其中一列。"
    assert str(caught.value) == expected
