"""What the full text holds of a page: the words people look for, as sentences that can be shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongkai.loading import load
from gongkai.publishing.search import full_text
from gongkai.publishing.search.full_text import (
    FullTextError,
    SearchRecord,
    hand_written_records,
    item_record,
    record_beside,
    write_index,
)
from gongkai.publishing.site import Site
from support import AS_OF, BASE, change_record

CODE = "510123001000"


def site_of(root: Path) -> Site:
    catalogue, _ = load(root)
    return Site(catalogue, catalogue.district, AS_OF, "https://example.gov.cn/")


def of_item(root: Path) -> SearchRecord:
    site = site_of(root)
    text = item_record(site, site.catalogue.items[CODE])
    assert text is not None
    return SearchRecord.of(text)


def beside(root: Path, kind: str, key: str) -> SearchRecord:
    text = record_beside(site_of(root), kind, key)
    assert text is not None
    return SearchRecord.of(text)


def test_an_item(district: Path) -> None:
    change_record(
        district,
        BASE["item"],
        summary="开店以前来办。",
        everyday_names=["理发店卫生证"],
        conditions=["有固定场所", "从业人员有健康合格证明。"],
        questions=[{"question": "要带什么？", "answer": "看材料清单。"}],
    )
    record = of_item(district)
    assert record.address == f"items/{CODE}/"
    assert record.title == "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
    assert record.content.startswith(
        "开店以前来办。理发店卫生证。公共场所卫生许可证核发。有固定场所。从业人员有健康合格证明。"
    )
    assert record.content.endswith(f"。要带什么？{CODE}。")
    assert record.title not in record.content
    assert record.filters["部门"] == ["区卫生健康局"] and record.filters["内容"] == ["事项"]


def test_a_cancelled_item_is_not_searched_for(district: Path) -> None:
    cancellation = {"on": "2026-06-01", "basis": "国办发〔2022〕2号", "note": "改为备案"}
    change_record(district, BASE["item"], status="取消", cancellation=cancellation)
    site = site_of(district)
    assert item_record(site, site.catalogue.items[CODE]) is None


def test_organizations_and_laws(district: Path) -> None:
    department = beside(district, "department", "weijian")
    assert department.title == "区卫生健康局" and department.filters == {"内容": ["机构"]}
    assert department.content.startswith("达州市达川区卫生健康局。区卫健局。")
    town = beside(district, "town", "tingzi")
    assert town.title == "亭子镇"
    assert town.content == "达州市达川区亭子镇人民政府。文昌宫社区居民委员会。回龙社区居民委员会。大风社区居民委员会。"
    law = beside(district, "law", "gonggongchangsuoweishengguanlitiaoli")
    assert law.title == "《公共场所卫生管理条例》" and law.filters == {"内容": ["法律依据"]}
    for record in (department, town):
        assert not re.search("[。？！]。", record.content)


def test_further_pages_of_a_list_and_other_pages_have_no_words_of_their_own(district: Path) -> None:
    site = site_of(district)
    assert record_beside(site, "rule", "N001") is None
    assert record_beside(site, "department", "weijian/2") is None


def test_hand_written_pages_block_by_block(tmp_path: Path) -> None:
    (tmp_path / "guides/visit").mkdir(parents=True)
    (tmp_path / "guides/visit/index.html").write_text(
        """<html><body><nav>目录</nav><article><h1>第一次来<a>办事</a></h1><p>先看<a href="/">登记</a>、<a href="/">就业</a>
        两栏。</p><ul><li>带身份证<ul><li>原件</li></ul></li><li>问一问？</li></ul></article><footer>页脚</footer></body></html>""",
        encoding="utf-8",
    )
    (record,) = hand_written_records(tmp_path, ["guides/visit/"])
    assert record.title == "第一次来办事"
    assert record.content == "先看登记、就业 两栏。带身份证。原件。问一问？"


@pytest.mark.parametrize(
    ("program", "mode", "message"),
    [
        (None, 0, "不能生成全文索引：没有 Pagefind 的程序，请重新安装"),
        ("no program", 0o755, "不能生成全文索引：运行不了 Pagefind，"),
        ("#!/bin/sh\n", 0o000, "不能生成全文索引：运行不了 Pagefind，"),
        ("#!/bin/sh\necho broken >&2; exit 3\n", 0o755, "Pagefind 不能生成全文索引：broken"),
        ("#!/bin/sh\nkill -9 $$\n", 0o755, "Pagefind 不能生成全文索引：中途被结束（信号 9），可能是内存不够"),
    ],
)
def test_pagefind_that_cannot_run(
    program: str | None, mode: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pagefind"
    if program is not None:
        path.write_text(program, encoding="utf-8")
        path.chmod(mode)
    monkeypatch.setattr(full_text, "get_executable", lambda: path)
    with pytest.raises(FullTextError, match=f"^{message}"):
        write_index([SearchRecord("items/1/", "一", "二。", {})], tmp_path / "index")
