"""The pages of figures, counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from gongkai.publishing.pages import efficiency
from publishing.feeds.sites import GRANTED, NAME, a_case, event, write_cases
from publishing.pages.rendered import links, pages, rows, table, text
from support import BASE, change_record

SECRECY = {"kind": "个人隐私", "basis": "《中华人民共和国政府信息公开条例》第十五条"}
ASKED = event(
    "2026-05-07", "征求前置审查意见", review="消防安全检查", organization="区消防救援大队", reply_by="2026-05-08"
)
DEEMED = event("2026-05-11", "超时默认同意", review="消防安全检查")


def permit(on: str, number: int, *events: dict, **changes) -> dict:
    """A case of 区卫生健康局 that was received in May and decided on a day."""
    day = {"number": f"511703-20260506-{number:04}"} | changes
    decided = [event("2026-05-06", "受理"), *events, event(on, "办结")]
    return a_case(decision=GRANTED | {"published_on": "2026-06-01"}, **day) | {
        "events": [event("2026-05-06", "收件"), *decided]
    }


@pytest.fixture
def made(district: Path) -> dict[str, html.HtmlElement]:
    """Besides the two cases of March: decided after 4, 8, 10 and 11 working days (Saturday 9 May is worked), the last one not public."""
    late = permit("2026-05-19", 3, ASKED, DEEMED)
    hidden = permit("2026-05-20", 4, applicant=None, secrecy=SECRECY)
    write_cases(district, permit("2026-05-11", 1), permit("2026-05-15", 2), late, hidden, day="2026-05-06")
    return pages(district, "efficiency", "efficiency-of")


def test_there_is_a_page_for_every_department_and_town(made: dict[str, html.HtmlElement]) -> None:
    ids = ["minzheng", "weijian", "micheng", "tingzi"]
    assert [*made] == ["approvals/efficiency/", *(f"approvals/efficiency/{i}/" for i in ids)]


def test_the_figures_of_an_organisation(made: dict[str, html.HtmlElement]) -> None:
    page = made["approvals/efficiency/weijian/"]
    assert rows(page, "figures") == {
        "收件": "5 件其中 1 件不公开",
        "按时率": "60%5 件中 3 件按时",
        "一半的办件": "用时不超过 8 个工作日",
        "九成的办件": "用时不超过 11 个工作日",
        "超期": "2 件",
        "比法定时限提前": "合计 62 个工作日",
    }
    assert table(page, "items") == [[NAME, "5", "60%", "100%", "8", "11", "8 个工作日", "20 个工作日"]]
    assert table(page, "overdue") == [[NAME, "区卫生健康局", "2026-05-06", "已办结", "2 个工作日"]]
    assert "下面是可以公开的 1 件" in text(page)
    assert links(page.xpath("//*[@id='overdue']/following::table[1]")[0]) == {
        NAME: "../../../approvals/2026/05/#case-511703-20260506-0003"
    }
    (deemed,) = page.find_class("case-list")
    assert text(deemed) == f"{NAME} 消防安全检查（区消防救援大队），2026年5月7日征求，2026年5月11日默认同意".replace(
        " 消", "消", 1
    )
    assert "主管的 1 个事项，1 个在" in text(page) and "占 100%" in text(page)


def test_the_months_of_a_year(made: dict[str, html.HtmlElement]) -> None:
    found = table(made["approvals/efficiency/weijian/"], "monthly")
    assert [row[0] for row in found] == [
        *("2025年11月（24日起）", "2025年12月"),
        *(f"2026年{n}月" for n in range(1, 12)),
    ]
    assert {row[0]: row[1:] for row in found if row[1] != "0"} == {"2026年3月": ["1", "0"], "2026年5月": ["4", "2"]}
    (monthly,) = made["approvals/efficiency/weijian/"].xpath(
        "//h2[@id='monthly']/following-sibling::div[1]//figcaption"
    )
    assert text(monthly).startswith("每月收件和其中超期的件数，2025年11月从24日算起。")


def test_an_organisation_without_cases_and_one_with_an_exception(made: dict[str, html.HtmlElement]) -> None:
    page = made["approvals/efficiency/minzheng/"]
    assert "最近十二个月没有收件。" in text(page) and page.find_class("figures") == []
    assert "主管的 1 个事项，0 个在" in text(page)
    (exception,) = page.xpath("//*[@id='hall']/following::ul[1]/li")
    assert text(exception).startswith("80周岁以上老年人高龄津贴发放由乡镇便民服务中心")
    assert made["approvals/efficiency/tingzi/"].xpath("//*[@id='hall']") == []


def test_the_district(made: dict[str, html.HtmlElement]) -> None:
    page = made["approvals/efficiency/"]
    assert table(page, "organizations") == [
        ["区卫生健康局", "5", "60%", "100%", "8", "11", "2", "1"],
        ["亭子镇", "1", "100%", "没有可比的", "2", "2", "0", "0"],
    ]
    assert table(page, "hall") == [["区民政局", "1", "0", "0%"], ["区卫生健康局", "1", "1", "100%"]]
    assert "目录里 2 个事项，1 个在" in text(page) and "占 50%" in text(page)
    (idle,) = page.xpath("//details[summary[contains(., '没有收件的')]]")
    assert [*links(idle).values()] == [f"../../approvals/efficiency/{i}/" for i in ("minzheng", "micheng")]


def test_charts_are_named_and_described(made: dict[str, html.HtmlElement]) -> None:
    charts = made["approvals/efficiency/weijian/"].xpath("//svg")
    assert len(charts) == 2
    for chart in charts:
        assert chart.get("role") == "img" and chart.get("style") is None
        ids = chart.get("aria-labelledby").split()
        assert [text(chart.get_element_by_id(i)) for i in ids] == [text(chart[0]), text(chart[1])]
        assert [chart[0].tag, chart[1].tag] == ["title", "desc"] and text(chart[1])


def test_long_lists_are_cut(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(efficiency, "LISTED", 2)
    write_cases(district, *(permit("2026-05-20", n) for n in range(1, 5)), day="2026-05-06")
    page = pages(district, "efficiency")["approvals/efficiency/"]
    assert len(table(page, "overdue")) == 2
    assert "超期的办件（4）" in text(page) and "下面是最近的 2 件，更早的见各月办件" in text(page)
    hrefs = page.xpath("//*[@id='overdue']/following::table[1]//a/@href")
    assert [href[-4:] for href in hrefs] == ["0004", "0003"]


def test_the_pages_of_departments_towns_and_items_sum_up_their_cases(district: Path) -> None:
    write_cases(district, permit("2026-05-20", 1), day="2026-05-06")
    made = pages(district, "department", "town", "item")
    summary = "最近十二个月收件 2 件，按时率 50%；一半的办件用时不超过 5 个工作日；超期 1 件。"
    assert summary in text(made["departments/weijian/"]) and summary in text(made["items/510123001000/"])
    assert "最近十二个月收件 1 件，按时率 100%；一半的办件用时不超过 2 个工作日。" in text(made["towns/tingzi/"])
    assert "最近十二个月没有收件。" in text(made["departments/minzheng/"])
    assert links(made["departments/weijian/"])["区卫生健康局办件效能"] == "../../approvals/efficiency/weijian/"
    cases = [href for a in made["items/510123001000/"].find_class("case-list") for href in a.xpath(".//a/@href")]
    assert [href.partition("#")[2] for href in cases] == ["case-511703-20260506-0001", "case-511703-20260302-0001"]


def test_cases_of_an_item_that_is_not_public_are_only_counted(district: Path) -> None:
    change_record(district, BASE["item"], secrecy=SECRECY)
    made = pages(district, "efficiency", "efficiency-of")
    page = made["approvals/efficiency/weijian/"]
    assert rows(page, "figures")["收件"] == "1 件其中 1 件不公开"
    assert "这些办件都属于不公开的事项，只计件数。" in text(page)
    assert "目录里 2 个事项，1 个在" in text(made["approvals/efficiency/"])
    assert all(NAME not in text(page) for page in made.values())


def test_half_of_the_cases_decided_on_their_first_day(district: Path) -> None:
    write_cases(district, permit("2026-05-06", 1), day="2026-05-06")
    made = pages(district, "department", "efficiency-of")
    assert "一半的办件当天办结" in text(made["departments/weijian/"])
    assert rows(made["approvals/efficiency/weijian/"], "figures")["一半的办件"] == "当天办结"
