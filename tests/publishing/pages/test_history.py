"""The history of an item, the address of each version, and the pages of adjustments."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest

from gongkai.loading import load
from gongkai.publishing.pages.registry import make_page, page_keys
from gongkai.publishing.site import Site
from gongkai.publishing.skin.shell import Shell
from gongkai.publishing.templates.render import Renderer, environment
from gongkai.publishing.withholding import SiteOptions, site_of
from publishing.feeds.sites import URL
from support import AS_OF, BASE, ROOT, change_record, write_record

CODE, AGED = "510123001000", "512011001000"
SECRECY = {"kind": "国家秘密", "basis": "《中华人民共和国政府信息公开条例》第十四条"}
SHELL = Shell(("", "meta", "", "content", ""))


def site_on(root: Path, day: datetime.date = AS_OF) -> Site:
    """Return the site of a day, as a build makes it."""
    catalogue, _ = load(root)
    return site_of(catalogue, SiteOptions(day, URL))


def shown(site: Site, kind: str, key: str = "") -> str:
    """Return the words and tags of a page, without blanks at the ends of lines."""
    return Renderer(site, SHELL, environment(ROOT)).html(make_page(site, (kind, key)))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def adjust(root: Path, identity: str, effective: str, published: str, *changes: dict[str, Any], note: str = "") -> None:
    write_record(
        root,
        f"data/adjustments/{identity[:4]}/{identity}.yml",
        {
            "id": identity,
            "effective_on": effective,
            "published_on": published,
            "basis": "达川府办函〔2026〕30号（演示）",
            "note": note or "按上级清单调整。",
            "changes": list(changes),
        },
    )


def third_version(root: Path, effective: str, published: str) -> None:
    """Add a third version of the permit: a visit less."""
    change_record(root, BASE["item"], version=3, effective_on=effective, rights=["要求说明理由"])
    change = {
        "kind": "要素变更",
        "item": CODE,
        "name": "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）",
        "version": 3,
        "previous_effective_on": "2025-07-01",
        "elements": [{"path": "rights", "new": ["要求说明理由"]}],
    }
    adjust(root, "2026-001", effective, published, change, note="写明权利。")


def test_every_version_with_days_reason_and_address(district: Path) -> None:
    html = shown(site_on(district), "history", CODE)
    said = words(html)
    assert "第 2 版 现在有效 2025年7月1日起" in said and "第 1 版 2022年6月1日至2025年6月30日" in said
    assert "承诺办结时限由 10 个工作日压缩到 8 个工作日。" in said and "依据：达川府办函〔2025〕18号（演示）" in said
    assert "原来10 个工作日" in said and "现在8 个工作日" in said and "最早的一版，没有调整记录。" in said
    for number in (1, 2):
        assert f'href="../../../items/{CODE}/versions/{number}/"' in html
    assert f'href="../../../adjustments/2025-001/#change-{CODE}-1"' in html
    assert "item-510123001000.atom" in html


def test_an_item_that_never_changed_says_so(district: Path) -> None:
    assert "有记录的只有这一版。" in words(shown(site_on(district), "history", AGED))


def test_every_item_has_a_history_and_a_page_for_its_version(district: Path) -> None:
    keys = page_keys(site_on(district))
    assert [key for kind, key in keys if kind == "history"] == [AGED, CODE]
    assert [key for kind, key in keys if kind == "version"] == [f"{AGED}/1", f"{CODE}/2", f"{CODE}/1"]


def test_the_guide_as_it_was(district: Path) -> None:
    site = site_on(district)
    old, now = shown(site, "version", f"{CODE}/1"), shown(site, "version", f"{CODE}/2")
    assert "这是第 1 版，2022年6月1日至2025年6月30日有效，现在已经不用。" in words(old)
    assert f'<a href="../../../../items/{CODE}/">现在的第 2 版</a>' in old
    assert "<strong>10 个工作日</strong>" in old and "申请材料" in old
    for html, number in ((old, 1), (now, 2)):
        assert '<meta name="robots" content="noindex">' in html
        assert f'rel="canonical" href="{site.site_url}items/{CODE}/versions/{number}/"' in html
        assert "修改本页" not in html and "打电话问" not in html
    guide = shown(site, "item", CODE)
    assert 'name="robots"' not in guide and "打电话问" in guide and "<strong>8 个工作日</strong>" in guide


def test_the_version_in_force_says_what_is_new_and_leads_to_the_guide(district: Path) -> None:
    html = shown(site_on(district), "version", f"{CODE}/2")
    said = words(html)
    assert "（第 2 版）" in said and "这是第 2 版，2025年7月1日起施行，现在有效。" in said
    assert "承诺办结时限由 10 个工作日压缩到 8 个工作日。" in said and "依据：达川府办函〔2025〕18号（演示）" in said
    assert "原来10 个工作日" in said and "现在8 个工作日" in said
    assert "申请材料" not in said and len(html) < 6_000
    for address in (f"items/{CODE}/", f"items/{CODE}/history/", f"adjustments/2025-001/#change-{CODE}-1"):
        assert f'href="../../../../{address}"' in html
    assert f'href="../../../../items/{CODE}/versions/' not in html


@pytest.mark.parametrize(("status", "sentence"), [("取消", "也是最后一版，事项已经取消。"), ("暂停", "现在暂停办理。")])
def test_the_last_version_of_an_item_that_is_not_handled(status: str, sentence: str, district: Path) -> None:
    cancellation = {"on": "2026-06-01", "basis": "国办发〔2022〕2号", "note": "不再办理"} if status == "取消" else None
    change_record(district, BASE["item"], status=status, cancellation=cancellation)
    assert f"2025年7月1日起施行，{sentence}" in words(shown(site_on(district), "version", f"{CODE}/2"))


def test_the_only_version_has_nothing_before_it(district: Path) -> None:
    html = words(shown(site_on(district), "version", f"{AGED}/1"))
    assert "最早的一版，没有调整记录。" in html and "现在有效。" in html


def test_a_version_bears_the_organisation_names_of_its_day(district: Path) -> None:
    third_version(district, "2026-07-01", "2026-07-01")
    change_record(district, BASE["department"], name="达州市达川区卫生健康委员会", short_name="区卫健委")
    elements = [
        {"path": "name", "old": "达州市达川区卫生健康局", "new": "达州市达川区卫生健康委员会"},
        {"path": "short_name", "old": "区卫生健康局", "new": "区卫健委"},
    ]
    change = {"kind": "更名", "organization": "weijian", "name": "达州市达川区卫生健康委员会", "elements": elements}
    adjust(district, "2026-002", "2026-06-01", "2026-06-01", change)
    site = site_on(district)
    sources = {n: re.search("来源：([^<　]+)", shown(site, "version", f"{CODE}/{n}"))[1] for n in (1, 2)}  # type: ignore[index]
    assert sources == {1: "达州市达川区卫生健康局", 2: "达州市达川区卫生健康委员会"}
    assert "来源：达州市达川区卫生健康委员会" in shown(site, "item", CODE)
    page = words(shown(site, "adjustment", "2026-002"))
    assert "机构：达州市达川区卫生健康委员会" in page and "原来区卫生健康局" in page and "现在区卫健委" in page


def test_a_change_announced_before_it_takes_effect(district: Path) -> None:
    third_version(district, "2026-12-01", "2026-11-20")
    site = site_on(district)
    assert site.catalogue.items[CODE].version == 2
    item = shown(site, "item", CODE)
    assert "2026年12月1日起有调整：写明权利。" in words(item) and "../../adjustments/2026-001/" in item
    assert "2026年12月1日起有调整：" in words(shown(site, "history", CODE))
    assert f"{CODE}/3" not in [key for _, key in page_keys(site)]
    page = shown(site, "adjustment", "2026-001")
    assert "在那以前还按原来的办理" in page and "调整以后是第 3 版。" in words(page)
    later = site_on(district, datetime.date(2026, 12, 1))
    assert "有调整：" not in shown(later, "item", CODE)
    assert f"items/{CODE}/versions/3/" in shown(later, "adjustment", "2026-001")


def test_no_version_is_lost_while_its_adjustment_is_not_published(district: Path) -> None:
    third_version(district, "2026-05-01", "2026-05-06")
    site = site_on(district, datetime.date(2026, 5, 3))
    said = words(shown(site, "history", CODE))
    assert "第 3 版 现在有效 2026年5月1日起 这一版的调整公告还没有公布。 第 2 版" in said and "写明权利。" not in said
    assert [key for kind, key in page_keys(site) if kind == "version" and key.startswith(CODE)] == [
        f"{CODE}/3",
        f"{CODE}/2",
        f"{CODE}/1",
    ]


def test_a_day_before_the_records_shows_the_oldest_version_and_says_so(district: Path) -> None:
    change_record(district, "data/items/minzheng/512011001000.yml", version=4)
    site = site_on(district, datetime.date(2024, 1, 1))
    assert "第 4 版，是有记录的最早一版" in words(shown(site, "item", AGED))
    assert "更早的没有记录" in words(shown(site, "history", AGED))


@pytest.mark.parametrize(
    ("kind", "headline"),
    [
        ("取消", "本事项已于 2026年6月1日取消。"),
        ("合并", "本事项已于 2026年6月1日并入其他事项。"),
        ("拆分", "本事项已于 2026年6月1日拆分为其他事项。"),
    ],
)
def test_a_code_that_ended_stays_and_says_where_to_go(kind: str, headline: str, district: Path) -> None:
    cancellation = {"on": "2026-06-01", "basis": "文件", "note": "不再单独办理。", "replaced_by": [CODE]}
    path = "data/items/minzheng/512011001000.yml"
    change_record(district, path, version=2, effective_on="2026-06-01", status="取消", cancellation=cancellation)
    elements = [{"path": "status", "new": "取消"}, {"path": "cancellation", "new": cancellation}]
    change = {"kind": kind, "item": AGED, "name": "80周岁以上老年人高龄津贴发放", "version": 2, "counterparts": [CODE]}
    change |= {"previous_effective_on": "2025-01-01", "elements": elements}
    adjust(district, "2026-001", "2026-06-01", "2026-06-01", change)
    site = site_on(district)
    html = shown(site, "item", AGED)
    assert headline in words(html)
    assert f'请改办：<a href="../../items/{CODE}/">公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）</a></p>' in html
    assert "第 2 版 已取消 2026年6月1日起" in words(shown(site, "history", AGED))
    assert "本事项已于" not in shown(site, "version", f"{AGED}/1")
    assert "事项已经取消，现在怎么办看" in shown(site, "version", f"{AGED}/1")
    assert ("item", AGED) in page_keys(site)


def test_a_cancelled_item_shows_what_to_do_now_and_the_rest_as_a_record(district: Path) -> None:
    cancellation = {"on": "2026-06-01", "basis": "国办发〔2022〕2号", "note": "改为备案，到窗口登记就可以。"}
    path = "data/items/minzheng/512011001000.yml"
    change_record(district, path, version=2, effective_on="2026-06-01", status="取消", cancellation=cancellation)
    elements = [{"path": "status", "new": "取消"}, {"path": "cancellation", "new": cancellation}]
    change = {"kind": "取消", "item": AGED, "name": "80周岁以上老年人高龄津贴发放", "version": 2}
    adjust(
        district,
        "2026-001",
        "2026-06-01",
        "2026-06-01",
        change | {"previous_effective_on": "2025-01-01", "elements": elements},
    )
    html = shown(site_on(district), "item", AGED)
    above, record = html.split('<details class="former">')
    assert "依据：国办发〔2022〕2号 动态调整 2026-001" in words(above) and "../../adjustments/2026-001/" in above
    assert "现在怎么办 改为备案，到窗口登记就可以。 不清楚的，可以问区民政局：" in words(above)
    for name in ("essential", "button", "带什么", "多久办好", "办理条件"):
        assert name not in above, name
    former, after = record.split('</details>\n\n<section aria-labelledby="supervision"')
    assert "取消以前怎样办（只供查阅，现在不能再办）" in former and "办理条件" in former and "收费标准" in former
    assert "essential" not in after and "button" not in after


def test_a_suspended_item_says_since_when_and_on_what_ground(district: Path) -> None:
    online = {"available": True, "url": "https://example.com/"}
    change_record(district, BASE["item"], version=3, effective_on="2026-07-01", status="暂停", online=online)
    assert "本事项暂停办理。" in words(shown(site_on(district), "item", CODE))
    change = {
        "kind": "要素变更",
        "item": CODE,
        "name": "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）",
        "version": 3,
    }
    change |= {"previous_effective_on": "2025-07-01", "elements": [{"path": "status", "new": "暂停"}]}
    adjust(district, "2026-001", "2026-07-01", "2026-07-02", change)
    html = shown(site_on(district), "item", CODE)
    assert "本事项2026年7月1日起暂停办理。窗口和网上现在都不受理" in words(html)
    assert "依据：达川府办函〔2026〕30号（演示） 动态调整 2026-001" in words(html)
    assert ">网上办理</a>" not in html and "打电话问" in html


def test_adjustments_newest_first_and_by_year(district: Path) -> None:
    third_version(district, "2026-07-01", "2026-07-02")
    site = site_on(district)
    overview = shown(site, "adjustments")
    assert words(overview).index("2026年7月2日公布，2026年7月1日起施行") < words(overview).index("2025年7月8日公布")
    assert f'href="../adjustments/2025-001/#change-{CODE}-1"' in overview
    assert 'href="../adjustments/2026/"' in overview and 'href="../adjustments/2025/"' in overview
    year = shown(site, "adjustments-year", "2025")
    assert "承诺时限由 10 个工作日改为 8 个工作日" in year and "2026-001" not in year


def test_an_adjustment_with_everything_it_says(district: Path) -> None:
    html = shown(site_on(district), "adjustment", "2025-001")
    said = words(html)
    for text in ("要素变更", "公布日期2025年7月8日", "生效日期2025年7月1日", "达川府办函〔2025〕18号（演示）"):
        assert text in said, text
    assert "原来10 个工作日" in said and "现在8 个工作日" in said
    assert f'href="../../items/{CODE}/"' in html and f'href="../../items/{CODE}/versions/2/"' in html


def test_a_district_without_adjustments(district: Path) -> None:
    site = site_on(district, datetime.date(2024, 1, 1))
    assert "还没有公布过动态调整。" in shown(site, "adjustments")


def test_what_is_secret_has_neither_history_nor_adjustment(district: Path) -> None:
    change_record(district, BASE["item"], secrecy=SECRECY)
    site = site_on(district)
    keys = page_keys(site)
    assert [key for kind, key in keys if kind in ("history", "version")] == [AGED, f"{AGED}/1"]
    assert [key for kind, key in keys if kind == "adjustment"] == []
    other = {"kind": "新增", "item": AGED, "name": "80周岁以上老年人高龄津贴发放", "version": 1}
    hidden = {"kind": "取消", "item": CODE, "name": "秘密的名称", "version": 3}
    adjust(district, "2026-001", "2025-01-01", "2025-01-01", hidden, other)
    html = shown(site_on(district), "adjustment", "2026-001")
    assert "还有 1 处涉及依法不公开的事项" in html and CODE not in html and "秘密的名称" not in html


def test_a_secret_earlier_version_is_counted_and_not_shown(district: Path) -> None:
    change_record(district, BASE["item"], version=3, effective_on="2026-07-01")
    change = {
        "kind": "要素变更",
        "item": CODE,
        "name": "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）",
        "version": 3,
    }
    change |= {"previous_effective_on": "2025-07-01", "elements": [{"path": "secrecy", "old": SECRECY}]}
    adjust(district, "2026-001", "2026-07-01", "2026-07-01", change)
    site = site_on(district)
    assert [k for kind, k in page_keys(site) if kind == "version" and k.startswith(CODE)] == [f"{CODE}/3"]
    html = shown(site, "history", CODE)
    assert html.count("这一版依法不公开。") == 2 and "8 个工作日" not in html


def test_what_the_register_dropped_is_no_crash_in_an_earlier_version(district: Path) -> None:
    change_record(district, BASE["item"], version=3, effective_on="2026-07-01")
    elements = [{"path": "legal_basis", "old": [{"law": "gone", "article": "第一条"}], "new": None}]
    change = {
        "kind": "要素变更",
        "item": CODE,
        "name": "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）",
        "version": 3,
    }
    site = site_on(district)
    basis = site.catalogue.items[CODE].model_dump(mode="json", exclude_unset=True)["legal_basis"]
    elements[0]["new"] = basis
    adjust(
        district,
        "2026-001",
        "2026-07-01",
        "2026-07-01",
        change | {"previous_effective_on": "2025-07-01", "elements": elements},
    )
    html = shown(site_on(district), "version", f"{CODE}/2")
    assert "（不再登记的文件 gone）第一条" in words(html)


def test_markup_in_a_record_is_shown_and_not_run(district: Path) -> None:
    third_version(district, "2026-07-01", "2026-07-01")
    path = "data/adjustments/2026/2026-001.yml"
    change_record(district, path, note="<script>alert(1)</script>", basis="<b>文件</b>")
    site = site_on(district)
    for kind, key in (("adjustment", "2026-001"), ("adjustments", ""), ("history", CODE), ("adjustments-year", "2026")):
        html = shown(site, kind, key)
        assert "<script>" not in html and "&lt;script&gt;" in html and "<b>文件" not in html
