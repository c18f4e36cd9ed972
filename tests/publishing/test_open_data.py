"""The downloads: complete, parseable, and no formulas."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gongkai.loading import load
from gongkai.publishing.open_data import (
    CSV_COLUMNS,
    LISTS,
    item_file,
    items_csv,
    items_json,
    list_file,
    row_text,
    sitemap,
    summary_text,
)
from gongkai.publishing.site import Site
from gongkai.publishing.withholding import SiteOptions, site_of
from support import AS_OF, BASE, change_record, data_of

URL = "https://example.gov.cn/fuwu/"


def files(site: Site) -> dict[str, bytes]:
    codes = sorted(site.catalogue.items)
    items = [site.catalogue.items[code] for code in codes]
    return dict(
        [
            items_json(site, [summary_text(site, item) for item in items]),
            items_csv([row_text(site, item) for item in items]),
            *(list_file(site, name) for name in LISTS),
            *(item_file(site, code) for code in codes),
        ]
    )


@pytest.fixture
def site(district: Path) -> Site:
    catalogue, _ = load(district)
    return site_of(catalogue, SiteOptions(AS_OF, URL))


def test_the_list_of_items(site: Site) -> None:
    published = files(site)
    document = json.loads(published["api/v1/items.json"])
    assert document["count"] == 2 and document["as_of"] == "2026-11-23" and document["demonstration"] is True
    assert [row["code"] for row in document["data"]] == ["510123001000", "512011001000"]
    first = document["data"][0]
    assert first["url"] == URL + "items/510123001000/" and first["promised"] == "8 个工作日"


def test_one_item_has_every_element_of_its_file(site: Site, district: Path) -> None:
    published = json.loads(files(site)["api/v1/items/510123001000.json"])
    source = data_of((district / BASE["item"]).read_text(encoding="utf-8"))
    assert set(source) <= set(published)
    assert published["conditions"] == source["conditions"]
    assert [m["name"] for m in published["materials"]] == [m["name"] for m in source["materials"]]
    assert published["derived"]["implementation_code"] == "11511703000000166U4510123001000"
    assert published["derived"]["complaint"]["phone"] == "12345"
    assert published["derived"]["places"][0]["organization"] == "weijian"


def test_the_csv_is_for_excel(site: Site) -> None:
    content = files(site)["api/v1/items.csv"]
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
    site = site_of(catalogue, SiteOptions(AS_OF, URL))
    text = items_csv([row_text(site, catalogue.items["510123001000"])])[1].decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text)))[1][1] == "'" + start + "1+1公共场所"


def test_the_sitemap_is_xml(site: Site) -> None:
    address, content = sitemap(site, ["", "items/510123001000/", "a&b/"])
    assert address == "sitemap.xml"
    root = ElementTree.fromstring(content)
    found = [element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert found == [URL, URL + "items/510123001000/", URL + "a&b/"]


def test_organizations_and_laws(site: Site) -> None:
    published = files(site)
    organizations = json.loads(published["api/v1/organizations.json"])["data"]
    assert [row["level"] for row in organizations] == ["区", "区", "乡镇", "村", "乡镇", "村", "村", "村"]
    assert organizations[-1]["town"] == "tingzi"
    assert {row["id"] for row in json.loads(published["api/v1/laws.json"])["data"]} >= {"minfadian", "hetongfa"}


def test_supervision_records(site: Site) -> None:
    document = json.loads(files(site)["api/v1/supervision.json"])
    assert document["count"] == 4
    assert [(row["record"], row["url"]) for row in document["data"]] == [
        (kind, f"{URL}supervision/{kind}s/2026-001/") for kind in ("inspection", "exposure", "interview", "appraisal")
    ]
    exposure = document["data"][1]
    assert exposure["items"] == [{"code": "512011001000", "name": "80周岁以上老年人高龄津贴发放"}]
    assert exposure["closure"]["on"] == "2026-05-12" and "exceptions" not in exposure
    assert exposure["derived"] == {"state": "已销号", "working_days_overdue": 0}
    assert document["data"][3]["results"][1]["dissatisfied"] == 2


def test_supervision_records_of_a_past_day(district: Path) -> None:
    catalogue, _ = load(district)
    past = site_of(catalogue, SiteOptions(datetime.date(2026, 4, 27), URL))
    rows = json.loads(files(past)["api/v1/supervision.json"])["data"]
    assert [row["record"] for row in rows] == ["inspection", "exposure"]
    assert rows[1]["progress"] == [] and rows[1]["closure"] is None
    assert rows[1]["derived"] == {"state": "整改中", "working_days_overdue": 0}


def test_adjustments(site: Site) -> None:
    document = json.loads(files(site)["api/v1/adjustments.json"])
    (row,) = document["data"]
    assert row["id"] == "2025-001" and row["basis"] == "达川府办函〔2025〕18号（演示）"
    (change,) = row["changes"]
    assert change["url"] == f"{URL}items/510123001000/"
    assert change["elements"] == [{"path": "time_limits.promised.value", "old": 10, "new": 8}]


def test_secret_items_are_in_no_download_about_supervision(district: Path) -> None:
    secrecy = {"kind": "国家秘密", "basis": "《中华人民共和国政府信息公开条例》第十四条"}
    for path in (BASE["item"], "data/items/minzheng/512011001000.yml"):
        change_record(district, path, secrecy=secrecy)
    catalogue, _ = load(district)
    published = files(site_of(catalogue, SiteOptions(AS_OF, URL)))
    assert json.loads(published["api/v1/adjustments.json"])["data"] == []
    assert b"512011001000" not in published["api/v1/supervision.json"]
