"""What the pages about supervision tell, on several days, compared with records written out by hand."""

from __future__ import annotations

import datetime
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gongkai.loading import load
from gongkai.publishing.pages.registry import make_page, page_keys
from gongkai.publishing.skin.shell import Shell
from gongkai.publishing.templates.render import Renderer, environment
from gongkai.publishing.withholding import SiteOptions, site_of
from support import BASE, ROOT, change_record

SHELL = Shell.cut("<title>@@slot:title@@</title>@@slot:meta@@<main>@@slot:content@@</main>")
AGED = "512011001000"
SVG = "{http://www.w3.org/2000/svg}"


def pages(root: Path, day: str = "2026-11-23") -> dict[str, str]:
    """Return every page of a project on a day, by address."""
    catalogue, _ = load(root)
    site = site_of(catalogue, SiteOptions(datetime.date.fromisoformat(day), "https://example.gov.cn/"))
    made = Renderer(site, SHELL, environment(ROOT))
    return {page.address: made.html(page) for page in (make_page(site, key) for key in page_keys(site))}


def text(html: str) -> str:
    """Return what a reader sees, in words set apart by single blanks."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", html.split("<main>")[1])).split())


def timeline(html: str) -> list[str]:
    stages = html.split('<ol class="timeline">')[1].split("</ol>")[0].split("<li")[1:]
    return [" ".join(unescape(re.sub("<[^>]*>", " ", "<li" + stage)).split()) for stage in stages]


EXPOSURE = "supervision/exposures/2026-001/"
HISTORY = [
    "2026年4月9日 发现 区卫生健康局 发现方式：日常检查",
    "2026年4月20日 公开曝光",
    "2026年4月27日 约谈 区卫生健康局 便民服务中心办事指南公示不完整。 查看约谈记录",
    "2026年4月28日 整改进展 已经重新印制，等待张贴。",
    "2026年5月12日 销号 区卫生健康局 已经按区级目录重新张贴，现场核对无误。",
]
DEADLINE = "2026年5月20日 整改期限"


@pytest.mark.parametrize(
    ("day", "stages", "state"),
    [
        ("2026-04-20", [*HISTORY[:2], DEADLINE], "整改中 整改期限 2026年5月20日"),
        ("2026-04-29", [*HISTORY[:2], HISTORY[3], DEADLINE], "整改中 整改期限 2026年5月20日"),
        ("2026-04-30", [*HISTORY[:4], DEADLINE], "整改中 整改期限 2026年5月20日"),
        ("2026-05-12", HISTORY, "已销号 按期销号（2026年5月12日）"),
    ],
)
def test_an_exposure_tells_what_was_known_on_a_day(day: str, stages: list[str], state: str, district: Path) -> None:
    html = pages(district, day)[EXPOSURE]
    assert timeline(html) == stages
    assert state in text(html)


def test_what_is_not_public_yet_has_no_page(district: Path) -> None:
    made = pages(district, "2026-04-19")
    assert [address for address in made if address.startswith("supervision/") and address.count("/") > 2] == []
    assert "公开曝光 0" in text(made["supervision/"])
    assert "目前没有公开的检查" in text(made["supervision/inspections/"])
    assert "曝光" not in text(made["towns/tingzi/"]) and "测评" not in text(made["towns/tingzi/"])


@pytest.mark.parametrize(
    ("progress", "closure", "day", "said"),
    [
        ([], None, "2026-05-20", "整改中 整改期限 2026年5月20日"),
        ([], None, "2026-05-21", "逾期未整改 超过整改期限 1 个工作日，期限过后没有进展"),
        ([], None, "2026-06-22", "逾期未整改 超过整改期限 22 个工作日，期限过后没有进展"),
        ([{"on": "2026-05-22", "note": "还差一份。"}], None, "2026-05-25", "逾期未整改 超过整改期限 3 个工作日"),
        ([], "2026-05-26", "2026-06-30", "已销号 超过整改期限 4 个工作日后销号"),
    ],
)
def test_overdue_is_said_wherever_an_exposure_is_listed(
    progress: list[dict[str, str]], closure: str | None, day: str, said: str, district: Path
) -> None:
    closed = {"on": closure, "confirmed_by": "weijian", "result": "改好了。"} if closure else None
    change_record(district, BASE["exposure"], progress=progress, closure=closed)
    made = pages(district, day)
    concerned = ["supervision/exposures/", "towns/tingzi/", "supervision/inspections/2026-001/", EXPOSURE]
    only_open = ["supervision/", f"items/{AGED}/"]
    assert [a for a in concerned if said not in text(made[a])] == []
    assert [a for a in only_open if (said in text(made[a])) is not (closure is None)] == []


def test_figures(district: Path) -> None:
    change_record(district, BASE["exposure"], closure=None)
    assert "公开曝光 1 整改中 0 逾期未整改 1 已销号 0" in text(pages(district, "2026-06-30")["supervision/"])
    closed = {"on": "2026-05-26", "confirmed_by": "weijian", "result": "改好了。"}
    change_record(district, BASE["exposure"], closure=closed)
    shown = text(pages(district, "2026-06-30")["supervision/"])
    assert "公开曝光 1 整改中 0 逾期未整改 0 已销号 1 其中逾期 1" in shown


def test_exposures_of_villages_stand_on_the_pages_of_the_village_and_its_town(district: Path) -> None:
    change_record(district, BASE["exposure"], organization="511703100002")
    made = pages(district)
    link = f'href="../../{EXPOSURE}"'
    holders = [a for a in made if a.split("/")[0] in ("towns", "villages", "departments") and link in made[a]]
    assert holders == ["towns/tingzi/", "villages/511703100002/"]
    assert "亭子镇回龙社区" in text(made[EXPOSURE])


def test_names_are_those_of_the_day(district: Path) -> None:
    former = {"until": "2026-08-01", "basis": "某文件"}
    change_record(district, BASE["town"], former_names=[{"name": "达州市达川区老亭镇人民政府", **former}])
    change_record(district, "data/items/minzheng/512011001000.yml", name="高龄津贴发放")
    made = pages(district)
    shown = text(made[EXPOSURE])
    assert "达州市达川区老亭镇人民政府 （现名：亭子镇）" in shown
    assert "80周岁以上老年人高龄津贴发放 （现名：高龄津贴发放）" in shown
    assert "曝光 2026-001：达州市达川区老亭镇人民政府" in made[EXPOSURE].split("</title>")[0]
    change_record(district, BASE["exposure"], published_on="2026-08-01", deadline="2026-09-01", closure=None)
    assert "老亭镇" not in text(pages(district)[EXPOSURE])


def test_an_organisation_merged_from_two_keeps_its_present_name(district: Path) -> None:
    ended = {"until": "2026-08-01", "basis": "某文件"}
    change_record(
        district, BASE["town"], former_names=[{"name": "甲镇人民政府", **ended}, {"name": "乙镇人民政府", **ended}]
    )
    assert "曝光 2026-001：亭子镇" in pages(district)[EXPOSURE]


def test_secret_items_are_not_named(district: Path) -> None:
    secrecy = {"kind": "国家秘密", "basis": "《中华人民共和国政府信息公开条例》第十四条"}
    change_record(district, "data/items/minzheng/512011001000.yml", secrecy=secrecy)
    html = pages(district)[EXPOSURE]
    assert AGED not in html and "涉及的事项" not in html


def test_an_interview_and_an_inspection_lead_to_their_exposures(district: Path) -> None:
    made = pages(district)
    link = f'href="../../../{EXPOSURE}"'
    for address in ("supervision/interviews/2026-001/", "supervision/inspections/2026-001/"):
        assert link in made[address]
        assert f'href="../../../{address}"' in made[EXPOSURE]
    shown = text(made["supervision/interviews/2026-001/"])
    assert "对象单位 亭子镇" in shown and "结果 要求两周内改正，并对全部公示内容自查一遍。" in shown


def test_channels_come_first(district: Path) -> None:
    contact = {
        "phone": "12345",
        "address": "演示路 1 号",
        "email": "ts@dachuan.gov.cn",
        "online": "https://ts.example/",
    }
    change_record(district, BASE["department"], complaint=contact)
    html = pages(district)["supervision/"]
    assert html.index("拨打 12345") < html.index('id="departments"') < html.index('id="exposures"')
    assert "演示路 1 号；ts@dachuan.gov.cn； 网上投诉" in text(html) and 'href="https://ts.example/"' in html


def test_results_of_an_appraisal(district: Path) -> None:
    made = pages(district)
    shown = text(made["supervision/appraisals/2026-001/"])
    assert "区卫生健康局 99.2 420 1 0.24% 亭子镇 98.5 133 2 1.50%" in shown
    assert "评价件数 553，其中不满意 3" in shown
    assert "亭子镇 98.5 133 1.50%" in text(made["towns/tingzi/"])
    assert "区卫生健康局 99.2 420 0.24%" in text(made["departments/weijian/"])


def test_results_without_ratings_and_windows(district: Path) -> None:
    results = [
        {"organization": "weijian", "window": "甲窗口", "score": 90, "ratings": 0, "dissatisfied": 0},
        {"organization": "weijian", "window": "乙窗口", "score": 95.25, "ratings": 4, "dissatisfied": 0},
    ]
    change_record(district, BASE["appraisal"], subject="窗口", results=results)
    html = pages(district)["supervision/appraisals/2026-001/"]
    assert "乙窗口 区卫生健康局 95.25 4 0 0.00% 甲窗口 区卫生健康局 90 0 0 没有评价" in text(html)
    assert [len(chart.findall(f".//{SVG}rect")) for chart in charts(html)] == [2, 1]


def charts(html: str) -> list[ElementTree.Element]:
    found = re.findall(r"<svg.*?</svg>", html.split("<main>")[1], re.DOTALL)
    return [ElementTree.fromstring(svg.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1)) for svg in found]


def test_charts_say_in_words_what_they_draw(district: Path) -> None:
    scores, rates = charts(pages(district)["supervision/appraisals/2026-001/"])
    assert scores.get("role") == rates.get("role") == "img"
    assert scores.findtext(f"{SVG}title") == "各单位的得分（满分 100）"
    assert scores.findtext(f"{SVG}desc") == "区卫生健康局 99.2；亭子镇 98.5"
    assert rates.findtext(f"{SVG}desc") == "区卫生健康局 0.24%；亭子镇 1.50%"
    names = {element.get("id") for chart in (scores, rates) for element in chart.iter() if element.get("id")}
    assert set(f"{scores.get('aria-labelledby')} {rates.get('aria-labelledby')}".split()) == names
    lengths = [float(str(rect.get("width"))) for rect in rates.iter(f"{SVG}rect")]
    assert lengths[0] / lengths[1] == pytest.approx((1 / 420) / (2 / 133), rel=0.01)


def test_nothing_in_a_record_becomes_markup(district: Path) -> None:
    hostile = "</title><script>alert(1)</script>{{7*7}}\"'&"
    change_record(
        district,
        BASE["exposure"],
        problem=hostile,
        demand=hostile,
        progress=[{"on": "2026-04-28", "note": hostile}],
        closure={"on": "2026-05-12", "confirmed_by": "weijian", "result": hostile},
    )
    change_record(district, BASE["inspection"], title=hostile, summary=hostile)
    change_record(district, BASE["interview"], matter=hostile, outcome=hostile)
    window = [{"organization": "weijian", "window": hostile, "score": 9, "ratings": 1, "dissatisfied": 1}]
    change_record(district, BASE["appraisal"], title=hostile, subject="窗口", results=window)
    made = pages(district)
    assert [address for address, html in made.items() if "<script" in html] == []
    assert "{{7*7}}" in made[EXPOSURE] and len(charts(made["supervision/appraisals/2026-001/"])) == 2
