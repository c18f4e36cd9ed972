"""What cannot be renamed is refused with a reason, and nothing changes."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest

from commands import files
from editing.renamed import (
    BASIS,
    CODE,
    NEW,
    ON,
    OTHER_ITEM,
    TOWN_LISTING,
    rename,
    replace,
)
from gongkai.editing.rename import plan
from gongkai.editing.renaming import RefusedError, Request, WorseError
from support import AS_OF, BASE, check


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"name": "80周岁以上老年人高龄津贴发放"}, "已经是事项 512011001000 的"),
        ({"name": "80周岁以上老年人高龄津贴发放（县级）"}, "只是写法不同"),
        ({"name": "公共场所 卫生许可"}, "空格“ ”。应当写成“公共场所卫生许可”"),
        ({"name": "公共场所卫生许可(新)"}, "应当写成“公共场所卫生许可（新）”"),
        ({"name": "公共場所卫生许可"}, "繁体字“場”"),
        ({"name": "公共场所\u200b许可"}, "看不见的字符"),
        ({"name": "公共场所|许可"}, "不该出现的字符“|”"),
        ({"name": "公共场所许可\u0430"}, "不该出现的字符“\u0430”"),
        ({"name": "许"}, "应当是 2 到 200 个字"),
        ({"name": "许可" * 101}, "名称有 202 个字"),
        ({"name": "12345"}, "没有汉字"),
        ({"on": datetime.date(2026, 11, 24)}, "2026-11-24 还没有到（今天是 2026-11-23）"),
        ({"on": datetime.date(2025, 7, 1)}, "不晚于本版本的生效日期 2025-07-01"),
        ({"basis": " "}, "依据不能是空的"),
        ({"basis": "一\n二"}, "请写在一行里"),
        ({"note": "说明" * 200}, "说明有 400 个字"),
        ({"short_name": "许可"}, "事项没有简称"),
        ({"identity": "510123001001"}, "是不是 510123001000"),
        ({"identity": "511703100001"}, "村（社区）改名：请直接改 data/organizations/towns/tingzi.yml"),
        ({"identity": "minfadian"}, "请直接改 data/laws/minfadian.yml 里的 title"),
        (
            {"identity": "minzheng", "name": "达州市达川区卫生健康局"},
            "已经是区卫生健康局的",
        ),
        ({"identity": "minzheng", "short_name": "区卫健局"}, "已经是区卫生健康局的"),
        ({"identity": "weijian", "on": datetime.date(2018, 1, 1)}, "早于上一次更名的 2019-03-01"),
    ],
)
def test_refused_with_a_reason(options: dict[str, Any], message: str, district: Path) -> None:
    before = files(district)
    request = Request(**{"identity": CODE, "name": NEW, "on": ON, "basis": BASIS, **options})
    with pytest.raises(RefusedError, match=re.escape(message)):
        plan(district, request, AS_OF)
    assert files(district) == before


@pytest.mark.parametrize("path", [TOWN_LISTING, "content/index.md", OTHER_ITEM])
def test_refused_while_a_file_cannot_be_read(path: str, district: Path) -> None:
    (district / path).write_bytes("---\nname: “\ttitle: [".encode())
    with pytest.raises(RefusedError, match="有的文件读不出来") as refusal:
        plan(district, Request(CODE, NEW, ON, BASIS), AS_OF)
    assert {finding.path for finding in refusal.value.findings} == {path}


def test_refused_when_something_else_would_be_wrong(district: Path) -> None:
    dates = "updated_on: 2026-03-12\nplanned_cancellation_on: 2026-12-01\n"
    replace(district, BASE["item"], "updated_on: 2026-03-12\n", dates)
    before = files(district)
    day = datetime.date(2026, 12, 1)
    with pytest.raises(WorseError, match="改名以后会有下面的问题") as refusal:
        plan(district, Request(CODE, NEW, day, BASIS), day)
    assert {(f.path, f.code) for f in refusal.value.findings} == {(BASE["item"], "V008")}
    assert files(district) == before


def test_findings_that_are_there_already_do_not_matter(district: Path) -> None:
    replace(district, OTHER_ITEM, "version: 1\n", "version: 1\nplanned_cancellation_on: 2020-01-01\n")
    assert check(district)
    rename(district)
