"""The downloads: complete, parseable, and no formulas."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gongkai.loading import load
from gongkai.publishing.open_data import CSV_COLUMNS, files, items_csv, sitemap
from gongkai.publishing.site import Site
from support import AS_OF, BASE, change_record, data_of

URL = "https://example.gov.cn/fuwu/"


@pytest.fixture
def site(district: Path) -> Site:
    catalogue, _ = load(district)
    return Site(catalogue, catalogue.district, AS_OF, URL)


def test_the_list_of_items(site: Site) -> None:
    published = dict(files(site))
    document = json.loads(published["api/v1/items.json"])
    assert document["count"] == 2 and document["as_of"] == "2026-11-23" and document["demonstration"] is True
    assert [row["code"] for row in document["data"]] == ["510123001000", "512011001000"]
    first = document["data"][0]
    assert first["url"] == URL + "items/510123001000/" and first["promised"] == "8 个工作日"


def test_one_item_has_every_element_of_its_file(site: Site, district: Path) -> None:
    published = json.loads(dict(files(site))["api/v1/items/510123001000.json"])
    source = data_of((district / BASE["item"]).read_text(encoding="utf-8"))
    assert {
        key: published[key] for key in source if key not in ("materials", "procedure", "fees")
    }.keys() <= source.keys()
    assert set(source) <= set(published)
    assert published["conditions"] == source["conditions"]
    assert [m["name"] for m in published["materials"]] == [m["name"] for m in source["materials"]]
    assert published["derived"]["implementation_code"] == "11511703000000166U4510123001000"
    assert published["derived"]["complaint"]["phone"] == "12345"
    assert published["derived"]["places"][0]["organization"] == "weijian"


def test_the_csv_is_for_excel(site: Site) -> None:
    content = dict(files(site))["api/v1/items.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == CSV_COLUMNS and len(rows) == 3
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["基本编码"] == "510123001000" and row["收费"] == "不收费"
    assert row["办理流程"] == "申请→受理→审查→现场核查→决定→制证→送达"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(start: str, district: Path) -> None:
    change_record(district, BASE["item"], name=start + "1+1公共场所")
    catalogue, _ = load(district)
    site = Site(catalogue, catalogue.district, AS_OF, URL)
    text = items_csv(site, [catalogue.items["510123001000"]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][1] == "'" + start + "1+1公共场所"


def test_the_sitemap_is_xml(site: Site) -> None:
    root = ElementTree.fromstring(sitemap(site, ["", "items/510123001000/", "a&b/"]))
    found = [element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert found == [URL, URL + "items/510123001000/", URL + "a&b/"]


def test_organizations_and_laws(site: Site) -> None:
    published = dict(files(site))
    organizations = json.loads(published["api/v1/organizations.json"])["data"]
    assert [row["level"] for row in organizations] == ["区", "区", "乡镇", "村", "乡镇", "村", "村", "村"]
    assert organizations[-1]["town"] == "tingzi"
    assert {row["id"] for row in json.loads(published["api/v1/laws.json"])["data"]} >= {"minfadian", "hetongfa"}
