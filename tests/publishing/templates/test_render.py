"""Every page renders, however little a record says, and nothing in it becomes markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.loading import load
from gongkai.model.vocabulary import ItemType
from gongkai.publishing.pages.home import home_page
from gongkai.publishing.pages.registry import make_page, page_keys
from gongkai.publishing.skin.shell import Shell
from gongkai.publishing.templates.render import Renderer, environment
from gongkai.publishing.withholding import SiteOptions, site_of
from support import AS_OF, BASE, ROOT, change_record, data_of, write_record

SHELL = Shell.cut("<title>@@slot:title@@</title>@@slot:meta@@@@slot:breadcrumb@@<main>@@slot:content@@</main>")
HOSTILE = "</title><script>alert(1)</script>@@slot:content@@{{7*7}}\"'&"

OPTIONAL = [
    "former_names",
    "everyday_names",
    "power_source",
    "legal_basis",
    "conditions",
    "prohibitions",
    "materials",
    "procedure",
    "fees",
    "prior_reviews",
    "special_procedures",
    "questions",
    "remedies",
    "rights",
    "obligations",
    "consultation",
    "supervision",
    "joint_organizations",
]


def renderer(root: Path) -> Renderer:
    catalogue, _ = load(root)
    return Renderer(site_of(catalogue, SiteOptions(AS_OF, "https://example.gov.cn/")), SHELL, environment(ROOT))


def render_all(root: Path) -> dict[str, str]:
    made = renderer(root)
    pages = [make_page(made.site, key) for key in page_keys(made.site)]
    return {page.address: made.html(page) for page in (*pages, home_page(made.site))}


@pytest.mark.parametrize("item_type", list(ItemType))
def test_an_item_that_says_as_little_as_it_may(item_type: ItemType, district: Path) -> None:
    code = f"51{item_type.digits}23777000"
    data = data_of((district / BASE["item"]).read_text(encoding="utf-8"))
    data = {key: value for key, value in data.items() if key not in OPTIONAL}
    data |= {"code": code, "type": item_type.value, "time_limits": {}, "name": "说得最少的事项"}
    data |= {
        "result": {"type": "无"},
        "online": {"available": True},
        "visits": {"count": 1},
        "hall": {"stationed": False},
    }
    write_record(district, f"data/items/weijian/{code}.yml", data)
    html = render_all(district)[f"items/{code}/"]
    assert "说得最少的事项" in html and "None" not in html and "没有承诺时限" in html


@pytest.mark.parametrize("authority", ["towns", "villages", "tingzi"])
def test_an_item_of_towns_or_villages(authority: str, district: Path) -> None:
    change_record(district, BASE["item"], authority={"organization": authority, "nature": "法定机关"})
    html = render_all(district)["items/510123001000/"]
    names = {
        "towns": "各乡镇人民政府、街道办事处",
        "villages": "各村（居）民委员会",
        "tingzi": "达州市达川区亭子镇人民政府",
    }
    assert names[authority] in html and "None" not in html


@pytest.mark.parametrize("status", ["暂停", "取消"])
def test_an_item_that_is_not_handled(status: str, district: Path) -> None:
    cancellation = {
        "on": "2026-06-01",
        "basis": "国办发〔2022〕2号",
        "note": "改为备案",
        "replaced_by": ["512011001000"],
    }
    change_record(district, BASE["item"], status=status, cancellation=cancellation if status == "取消" else None)
    pages = render_all(district)
    html = pages["items/510123001000/"]
    assert ("暂停办理" if status == "暂停" else "请改办") in html
    assert "items/510123001000/" in pages["items/"] and f"（{status}）" in pages["items/"]


def test_nothing_in_the_data_becomes_markup(district: Path) -> None:
    change_record(
        district,
        BASE["item"],
        name="<b>粗</b>&名称",
        everyday_names=["<img/src=x/onerror=alert(1)>"],
        summary=HOSTILE,
        conditions=[HOSTILE],
        questions=[{"question": HOSTILE, "answer": HOSTILE}],
        procedure=[{"kind": "受理", "actor": HOSTILE, "action": HOSTILE, "result": HOSTILE}],
        materials=[
            {
                "name": "<i>表</i>",
                "kind": "原件",
                "form": "不限",
                "necessity": "必要",
                "source": "申请人自备",
                "note": HOSTILE,
            }
        ],
    )
    change_record(district, BASE["department"], duties=HOSTILE, address=HOSTILE)
    change_record(district, BASE["law"], title="<u>法</u>", short_title="<u>法</u>", issuer=HOSTILE, note=HOSTILE)
    pages = render_all(district)
    assert "{{7*7}}" in pages["items/510123001000/"]
    for address, html in pages.items():
        for markup in ("<script", "<img", "<b>粗", "<i>表", "<u>法"):
            assert markup not in html, (address, markup)


def test_a_district_with_nothing_in_it(district: Path) -> None:
    for folder in ("items", "laws", "listings", "organizations/departments", "organizations/towns"):
        for path in (district / "data" / folder).rglob("*.yml"):
            path.unlink()
    pages = render_all(district)
    assert "0 个事项" in pages["items/"] and pages[""]
