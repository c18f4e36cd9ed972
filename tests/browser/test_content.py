"""What the pages say, compared with the data and not with the templates."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gongkai.loading import load
from gongkai.reading.yaml_text import read_yaml
from support import AS_OF, ROOT

ITEMS = sorted((ROOT / "data" / "items").rglob("*.yml"))


class _Elements(HTMLParser):
    """Collects the text below each element with a data-element attribute."""

    VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}
        self._open: list[str | None] = []

    def handle_starttag(self, tag, attrs) -> None:
        if tag not in self.VOID:
            self._open.append(dict(attrs).get("data-element"))

    def handle_endtag(self, tag) -> None:
        if tag not in self.VOID:
            self._open.pop()

    def handle_data(self, data) -> None:
        for name in {name for name in self._open if name}:
            self.texts[name] = self.texts.get(name, "") + data


def data_of_file(path: Path):
    return read_yaml(path.read_bytes(), path.name).data


def promised_text(limit: dict) -> str:
    if limit["unit"] == "即时":
        return "即时办结"
    return f"{limit['value']} {'个' if limit['unit'] in ('工作日', '月') else ''}{limit['unit']}"


@pytest.fixture(scope="module")
def registers():
    departments = {p.stem: data_of_file(p) for p in (ROOT / "data/organizations/departments").glob("*.yml")}
    laws = {p.stem: data_of_file(p) for p in (ROOT / "data/laws").glob("*.yml")}
    return departments, laws


@pytest.mark.parametrize("path", ITEMS, ids=lambda path: path.stem)
def test_the_eight_elements_stand_on_the_item_page(path: Path, built_site: Path, registers) -> None:
    departments, laws = registers
    item = data_of_file(path)
    parser = _Elements()
    parser.feed((built_site / "items" / item["code"] / "index.html").read_text(encoding="utf-8"))
    page = parser.texts
    groups = {"towns": "各乡镇人民政府、街道办事处", "villages": "各村（居）民委员会"}
    authority = item["authority"]["organization"]
    assert (groups.get(authority) or departments[authority]["name"]) in page["办理主体"]
    for citation in item["legal_basis"]:
        assert f"《{laws[citation['law']]['title']}》{citation.get('article', '')}" in page["办理依据"]
    for condition in item["conditions"]:
        assert condition in page["办理条件"]
    for step in item["procedure"]:
        assert step["kind"] in page["办理程序"] and step["action"] in page["办理程序"]
    assert promised_text(item["time_limits"]["promised"]) in page["承诺时限"]
    if item["fees"]["charged"]:
        for fee in item["fees"]["items"]:
            assert fee["standard"] in page["收费标准"] and fee["basis"] in page["收费依据"]
    else:
        assert page["收费标准"] == "不收费" and "没有收费依据" in page["收费依据"]
    complaint = item.get("supervision", {}).get("complaint") or departments[item["department"]]["complaint"]
    assert complaint["phone"] in page["监管渠道"]


@pytest.mark.parametrize("path", ITEMS, ids=lambda path: path.stem)
def test_every_text_of_an_item_stands_on_its_page(path: Path, built_site: Path) -> None:
    """Nothing a clerk wrote for the public is lost on the way."""
    item = data_of_file(path)
    names = {other["code"]: other["name"] for other in map(data_of_file, ITEMS)}

    class _AllText(HTMLParser):
        text = ""

        def handle_data(self, data) -> None:
            self.text += data

    parser = _AllText()
    parser.feed((built_site / "items" / item["code"] / "index.html").read_text(encoding="utf-8"))
    flat = "".join(parser.text.split())
    internal = {"law", "department", "organization", "path", "organizations", "joint_organizations", "replaced_by"}
    for code in item.get("cancellation", {}).get("replaced_by", []):
        assert names[code] in parser.text

    def texts(value, key=""):
        if isinstance(value, dict):
            for name, child in value.items():
                yield from texts(child, name)
        elif isinstance(value, list):
            for child in value:
                yield from texts(child, key)
        elif isinstance(value, str) and key not in internal and not (len(value) == 10 and value[4] == "-"):
            yield value

    missing = [
        text
        for text in texts(item)
        if "".join(text.split()) not in flat and text != "不限" and text not in ("区", "乡镇", "村", "即时")
    ]
    missing = [text for text in missing if text not in ("必要", "工作日", "月", "日", "年")]
    assert missing == []


def test_every_page_of_the_catalogue_is_there(built_site: Path) -> None:
    catalogue, _ = load(ROOT)
    expected = {f"items/{code}" for code in catalogue.items}
    expected |= {f"items/{code}/history" for code in catalogue.items}
    expected |= {f"items/{item.code}/versions/{item.version}" for item in catalogue.items.values()}
    expected |= {f"adjustments/{identity}" for identity in catalogue.adjustments}
    expected |= {f"departments/{identity}" for identity in catalogue.departments}
    expected |= {f"towns/{identity}" for identity in catalogue.towns}
    expected |= {f"villages/{code}" for code in catalogue.villages}
    missing = [address for address in expected if not (built_site / address / "index.html").is_file()]
    assert missing == []


ADDRESSES = [
    "index.html",
    "404.html",
    "items/index.html",
    "departments/index.html",
    "towns/index.html",
    "approvals/index.html",
    "approvals/2026/03/index.html",
    "approvals/efficiency/index.html",
    "approvals/efficiency/weijian/index.html",
    "approvals/efficiency/tingzi/index.html",
    "supervision/index.html",
    "supervision/exposures/index.html",
    "supervision/exposures/2026-005/index.html",
    "supervision/inspections/index.html",
    "supervision/inspections/2026-002/index.html",
    "supervision/interviews/index.html",
    "supervision/interviews/2026-001/index.html",
    "supervision/appraisals/index.html",
    "supervision/appraisals/2026-002/index.html",
    "consistency/index.html",
    "policies/index.html",
    "guides/index.html",
    "rules/index.html",
    "rules/T001/index.html",
    "laws/index.html",
    "search/index.html",
    "open-data/index.html",
    "feeds/index.html",
    "sitemap/index.html",
    "about/index.html",
    "accessibility/index.html",
    "audiences/person/index.html",
    "audiences/enterprise/index.html",
    "themes/shehuibaozhang/index.html",
    "items/510123001000/index.html",
    "items/510123001000/history/index.html",
    "items/510511001000/versions/4/index.html",
    "items/510511001000/versions/3/index.html",
    "adjustments/index.html",
    "adjustments/2026/index.html",
    "adjustments/2026-006/index.html",
    "departments/weijian/index.html",
    "towns/tingzi/index.html",
    "villages/511703100001/index.html",
    "api/v1/items.json",
    "api/v1/items.csv",
    "api/v1/items/510123001000.json",
    "api/v1/organizations.json",
    "api/v1/laws.json",
    "api/v1/supervision.json",
    "api/v1/adjustments.json",
    "feeds/cases.rss",
    "feeds/cases.atom",
    "feeds/cases.json",
    "feeds/decisions.atom",
    "feeds/adjustments.atom",
    "feeds/exposures.atom",
    "feeds/policies.atom",
    "feeds/department-weijian.atom",
    "feeds/town-tingzi.atom",
    "feeds/item-510123001000.atom",
    "feeds/gongkai.opml",
    "schema/item.json",
    "schema/listing.json",
    "sitemap.xml",
    "assets/names.json.gz",
    "pagefind/pagefind.js",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_are_a_contract(address: str, built_site: Path) -> None:
    assert (built_site / address).is_file()


def test_anchors_of_cases_are_a_contract(built_site: Path) -> None:
    page = (built_site / "approvals/2026/03/index.html").read_text(encoding="utf-8")
    assert 'id="case-511703-20260302-0001"' in page


def test_every_public_case_stands_once_on_the_pages_of_its_month(built_site: Path) -> None:
    catalogue, _ = load(ROOT)
    expected = {
        case.number: case.secrecy is None
        for day in catalogue.approvals.values()
        for case in day.cases
        if day.date <= AS_OF
    }
    pages = [path.read_text(encoding="utf-8") for path in (built_site / "approvals").rglob("index.html")]
    assert len(expected) >= 300 and not all(expected.values())
    for number, public in expected.items():
        assert sum(page.count(f'id="case-{number}"') for page in pages) == public, number
        assert public or not any(number in page for page in pages), number


def test_the_guide_quotes_what_items_say(built_site: Path) -> None:
    guide = (ROOT / "content/guides/first-visit.md").read_text(encoding="utf-8")
    quoted = re.findall("[写标]着?“([^”]+)”", guide)
    items = [page.read_text(encoding="utf-8") for page in (built_site / "items").rglob("index.html")]
    assert {"可以不跑现场", "不收费"} <= {*quoted}
    assert [words for words in quoted if not any(words in item for item in items)] == []


def test_titles_are_unique(built_site: Path) -> None:
    seen: dict[str, Path] = {}
    for page in built_site.rglob("index.html"):
        title = page.read_text(encoding="utf-8").split("<title>")[1].split("</title>")[0]
        assert seen.setdefault(title, page) == page, title
    assert len(seen) >= 1000


def test_every_page_carries_what_government_pages_must(built_site: Path) -> None:
    pages = [page for page in built_site.rglob("*.html") if "pagefind" not in page.parts]
    assert len(pages) >= 1000
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert '<html lang="zh-CN"' in text
        for tag in ("SiteName", "SiteDomain", "SiteIDCode"):
            assert text.count(f'<meta name="{tag}"') == 1, page
        if page.name != "404.html":
            column = 'name="ColumnName"' in text and 'name="ColumnType"' in text
            article = 'name="ArticleTitle"' in text and 'name="PubDate"' in text and 'name="ContentSource"' in text
            assert column is not article, page
        assert "演示数据，非官方发布" in text
        assert "蜀ICP备" in text and "网站标识码" in text and "我为政府网站找错" in text
        assert "@@slot" not in text, page
        assert "[[" not in text or "rules" in page.parts, page
        assert 'style="' not in text and "<style" not in text and "onclick" not in text, page
        assert text.count("<h1") == 1, page


def test_links_and_filters_work_without_scripts(address: str, open_page) -> None:
    page = open_page(scripts=False).page
    page.goto(address + "items/")
    rows = page.locator(".item-row:visible")
    everything = rows.count()
    headings = page.locator(".item-group > h2:visible")
    assert headings.count() > 0 and page.locator(".item-row__authority:visible").count() == 0
    page.locator("summary", has_text="筛选").click()
    page.get_by_label("行政许可", exact=True).check(force=True)
    permits = rows.count()
    page.get_by_label("乡镇", exact=True).check(force=True)
    town_permits = rows.count()
    assert everything > permits > town_permits > 0
    catalogue, _ = load(ROOT)
    expected = [i for i in catalogue.active_items() if i.type == "行政许可"]
    assert permits == len(expected)
    assert town_permits == sum(any(a.level == "乡镇" for a in i.acceptance) for i in expected)
    # No heading stands above nothing: whose item a row is, it says itself.
    assert headings.count() == 0 and page.locator(".item-row__authority:visible").count() == town_permits
    page.locator(".item-row:visible a").first.click()
    page.wait_for_url("**/items/51*/")
    page.locator("h1").wait_for()
    assert page.locator("h1").count() == 1


def test_the_menu_opens_on_a_phone_without_scripts(address: str, open_page) -> None:
    page = open_page(width=390, height=844, scripts=False).page
    page.goto(address)
    assert not page.locator(".site-nav").is_visible()
    page.locator(".site-menu summary").click()
    assert page.get_by_role("link", name="监督投诉").first.is_visible()


def test_theme_and_text_size_are_remembered(address: str, open_page) -> None:
    page = open_page().page
    page.goto(address)
    page.get_by_role("button", name="深色").click()
    page.get_by_role("button", name="大字").click()
    page.goto(address + "towns/")
    root = page.locator("html")
    assert root.get_attribute("data-theme") == "dark" and root.get_attribute("data-text") == "large"


def test_hand_written_references_show_the_current_name(built_site: Path) -> None:
    catalogue, _ = load(ROOT)
    seen = 0
    for path, page in catalogue.pages.items():
        relative = Path(path).relative_to("content").with_suffix("")
        folder = relative.parent if relative.name == "index" else relative
        html = (built_site / folder / "index.html").read_text(encoding="utf-8")
        for target in page.references:
            if target in catalogue.items:
                seen += 1
                assert f"items/{target}/" in html
    assert seen >= 10
