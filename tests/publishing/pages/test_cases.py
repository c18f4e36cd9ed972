"""The pages of cases: every word of a case written out by hand, pages bounded in size."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from lxml import html

from gongkai.loading import load
from gongkai.publishing.case_places import case_address
from gongkai.publishing.site import Site
from publishing.feeds.sites import EVERYTHING, GRANTED, NAME, NUMBER, a_case, event, events_of, site_of, write_cases
from publishing.pages.rendered import links, pages, rows, text
from support import AS_OF

MARCH = "approvals/2026/03/"


def case_pages(root: Path, as_of: datetime.date = AS_OF) -> dict[str, html.HtmlElement]:
    return pages(root, "approvals", "cases-of-month", as_of=as_of)


def told(page: html.HtmlElement, number: str = NUMBER) -> tuple[list[str], dict[str, str], list[str]]:
    """Return the tags, the facts and the steps of a case on its page."""
    case = page.get_element_by_id(f"case-{number}")
    steps = [text(step) for found in case.find_class("case-steps") for step in found]
    return [text(tag) for tag in case.find_class("tag")], rows(case, "facts"), steps


def test_a_case_that_goes_through_everything(district: Path) -> None:
    write_cases(district, a_case(*EVERYTHING, decision=GRANTED, summary="开办宾馆"))
    page = case_pages(district)[MARCH]
    assert told(page) == (
        ["已办结", "按时"],
        {
            "办件编号": NUMBER,
            "受理单位": "区卫生健康局",
            "申请人": "达州市达川区某某宾馆有限公司（演示），企业法人",
            "办理内容": "开办宾馆",
            "承诺时限": "8 个工作日，2026年3月25日到期",
            "法定时限": "20 个工作日，2026年4月13日到期",
            "延长期限": "共延长 2 个工作日，已经算进到期日",
            "用时": "9 个工作日，不含暂停计时的日子；比法定时限提前 13 个工作日",
            "前置审查": "消防安全检查意见（区消防救援大队）：超时默认同意，超期 1 个工作日",
            "办理结果": "出证办结",
            "决定文书号": "达川卫许〔2026〕7号",
            "结果公开": "2026年3月27日，办结后 3 个工作日",
            "许可类别": "普通",
            "决定文书名称": "准予行政许可决定书",
            "许可内容": "住宿场所的卫生许可",
            "有效期": "2026年3月24日起，长期有效",
            "当前状态": "有效",
        },
        [
            "2026-03-02收件",
            "2026-03-03一次性告知补正：平面图没有标明消毒间的位置",
            "2026-03-05补正完成",
            "2026-03-06受理",
            "2026-03-09征求前置审查意见：消防安全检查意见，区消防救援大队，应在2026年3月13日以前答复",
            "2026-03-16超时默认同意：消防安全检查意见",
            "2026-03-17暂停计时：检测",
            "2026-03-20恢复计时",
            "2026-03-23转外：达州市疾病预防控制中心",
            "2026-03-23转外或上报回复",
            "2026-03-23延长期限：延长 2 个工作日，需要核实检测报告",
            "2026-03-24办结",
            "2026-03-25送达",
            "2026-04-01更正公开内容：有效期写错了一天",
        ],
    )
    assert links(page.get_element_by_id(f"case-{NUMBER}")) == {
        NAME: "../../../items/510123001000/",
        NUMBER: f"#case-{NUMBER}",
        "区卫生健康局": "../../../departments/weijian/",
    }


def test_nothing_is_told_before_its_day(district: Path) -> None:
    write_cases(district, a_case(*EVERYTHING, decision=GRANTED))
    tags, facts, steps = told(case_pages(district, datetime.date(2026, 3, 18))[MARCH])
    assert tags == ["暂停计时"]
    assert len(steps) == 7 and steps[-1] == "2026-03-17暂停计时：检测"
    assert facts["承诺时限"] == "8 个工作日，暂停计时期间不计算，恢复以后再定到期日"
    assert not {"办理结果", "决定文书号", "许可内容"} & facts.keys()
    assert [*case_pages(district, datetime.date(2026, 3, 1))] == ["approvals/"]


def test_a_withdrawn_publication_keeps_its_place_and_loses_its_content(district: Path) -> None:
    retracted = event("2026-04-10", "撤回公开", note="应当事人申请核实后撤回。")
    write_cases(district, a_case(*EVERYTHING, retracted, decision=GRANTED, summary="开办宾馆"))
    page = case_pages(district)[MARCH]
    assert told(page) == (["撤回公开"], {"办件编号": NUMBER, "受理单位": "区卫生健康局"}, [])
    case = text(page.get_element_by_id(f"case-{NUMBER}"))
    assert "已于 2026-04-10 撤回公开，不再提供。应当事人申请核实后撤回。" in case
    assert "开办宾馆" not in text(page) and "达川卫许〔2026〕7号" not in text(page)
    assert NUMBER not in html.tostring(case_pages(district)["approvals/"]).decode()


def test_the_overview(district: Path) -> None:
    page = case_pages(district)["approvals/"]
    newest = [(text(li.find("a")), text(li.find("p"))) for li in page.find_class("case-list")[0]]
    assert newest == [
        ("80周岁以上老年人高龄津贴发放", "已办结按时亭子镇，2026年3月2日收件"),
        (NAME, "已办结按时区卫生健康局，2026年3月2日收件"),
    ]
    assert rows(page, "figures") == {
        "收件": "2 件",
        "按时率": "100%2 件中 2 件按时",
        "一半的办件": "用时不超过 2 个工作日",
        "九成的办件": "用时不超过 5 个工作日",
        "超期": "0 件",
        "比法定时限提前": "合计 15 个工作日",
    }
    assert links(page.find_class("chips")[0]) == {"3月（2）": "../approvals/2026/03/"}


@pytest.fixture
def busy(district: Path) -> Path:
    """A district with 201 more cases in April, and one in June that is not public."""
    received = [f"2026-04-{1 + n // 70:02}" for n in range(201)]
    for day in dict.fromkeys(received):
        numbers = [n for n, on in enumerate(received) if on == day]
        cases = [
            a_case(number=f"511703-{day.replace('-', '')}-{n:04}") | {"events": [event(day, "收件")]} for n in numbers
        ]
        write_cases(district, *cases, day=day)
    secrecy = {"kind": "商业秘密", "basis": "《中华人民共和国政府信息公开条例》第十五条"}
    secret = a_case(number="511703-20260601-0001", applicant=None, secrecy=secrecy)
    write_cases(district, secret | {"events": [event("2026-06-01", "收件")]}, day="2026-06-01")
    return district


def test_a_month_is_split_into_pages(busy: Path) -> None:
    made = case_pages(busy)
    april = [address for address in made if address.startswith("approvals/2026/04/")]
    assert april == ["approvals/2026/04/", "approvals/2026/04/2/", "approvals/2026/04/3/"]
    assert [len(made[address].find_class("case")) for address in april] == [100, 100, 1]
    numbers = [case.get("id") for address in april for case in made[address].find_class("case")]
    assert numbers == sorted(numbers) and len(set(numbers)) == 201
    assert links(made["approvals/2026/04/2/"].find_class("pages")[0]) == {
        "第 1 页：4月1日到2日": "../../../../approvals/2026/04/",
        "第 2 页：4月2日到3日": "../../../../approvals/2026/04/2/",
        "第 3 页：4月3日": "../../../../approvals/2026/04/3/",
    }


@pytest.mark.parametrize(
    ("address", "neighbours"),
    [
        (MARCH, {"2026年4月": "2026/04/"}),
        ("approvals/2026/04/", {"下一页": "2026/04/2/", "2026年3月": "2026/03/", "2026年6月": "2026/06/"}),
        (
            "approvals/2026/04/2/",
            {"上一页": "2026/04/", "下一页": "2026/04/3/", "2026年3月": "2026/03/", "2026年6月": "2026/06/"},
        ),
        ("approvals/2026/06/", {"2026年4月": "2026/04/"}),
    ],
)
def test_every_page_knows_its_neighbours(address: str, neighbours: dict[str, str], busy: Path) -> None:
    for nav in case_pages(busy)[address].find_class("pager"):
        assert {words: href.partition("approvals/")[2] for words, href in links(nav).items()} == neighbours


def test_a_month_of_cases_that_are_not_public(busy: Path) -> None:
    page = case_pages(busy)["approvals/2026/06/"]
    assert "收到办件 1 件，其中 1 件依法不公开，只计件数。" in text(page)
    assert "这一页的办件依法都不公开。" in text(page) and page.find_class("case") == []


def test_feeds_lead_to_each_case(busy: Path) -> None:
    write_cases(busy, a_case(event("2026-03-06", "受理")))
    made = case_pages(busy)
    addresses = [e.address for e in events_of(busy) if e.identity.startswith("case/")]
    assert addresses == [f"{MARCH}#case-{NUMBER}"]
    site = site_of(busy)
    numbers = [number for month in site.cases.months() for number in site.cases.numbers_in(month)]
    for number in numbers:
        page, _, anchor = case_address(site.cases, number).partition("#")
        found = made[page].xpath(f"//*[@id='{anchor}']")
        assert len(found) == (0 if number == "511703-20260601-0001" else 1)


def test_nothing_in_a_case_becomes_markup(district: Path) -> None:
    hostile = "<script>alert(1)</script>{{7*7}}\"'&"
    name = {"kind": "企业法人", "name": hostile}
    stopped = event("2026-03-04", "暂停计时", reason="检测", note=hostile, document=hostile)
    write_cases(district, a_case(event("2026-03-03", "受理"), stopped, applicant=name, summary=hostile))
    page = case_pages(district)[MARCH]
    assert page.xpath("//script") == []
    _, facts, steps = told(page)
    assert facts["办理内容"] == hostile and facts["申请人"] == f"{hostile}，企业法人"
    assert steps[-1] == f"2026-03-04暂停计时：检测，文书：{hostile}，{hostile}"


def test_the_register_of_one_day_is_not_that_of_another(district: Path) -> None:
    catalogue, _ = load(district)
    sites = [
        Site(catalogue, catalogue.district, day, "https://example.gov.cn/")
        for day in (AS_OF, datetime.date(2025, 1, 1))
    ]
    assert [site.cases.as_of for site in sites] == [AS_OF, datetime.date(2025, 1, 1)]
    assert sites[0].cases is sites[0].cases
