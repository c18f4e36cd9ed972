"""The index of names holds every name, and how each is read aloud."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from gongkai.loading import load
from gongkai.publishing.pages.registry import ITEM_PAGES, page_keys
from gongkai.publishing.search.names_index import names_beside, names_index, names_text
from gongkai.publishing.site import Site
from support import AS_OF, BASE, change_record, data_of


def shares(root: Path) -> list[str]:
    catalogue, _ = load(root)
    site = Site(catalogue, catalogue.district, AS_OF, "https://example.gov.cn/")
    items = [names_text(site, catalogue.items[code]) for code in sorted(catalogue.items)]
    beside = [names_beside(site, kind, key) for kind, key in page_keys(site) if kind not in ITEM_PAGES]
    return [*items, *filter(None, beside)]


def index_of(root: Path):
    address, content = names_index(shares(root))
    assert address == "assets/names.json.gz"
    return json.loads(gzip.decompress(content).decode("utf-16-le"))


def test_every_name_is_in_it(district: Path) -> None:
    document = index_of(district)
    assert [sum(document["codes"][: n + 1]) for n in range(2)] == [510123001000, 512011001000]
    first, second, *others = document["names"].split("\n")
    assert first.split("\t") == [
        "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）", "办卫生许可证", "理发店卫生证", "宾馆卫生许可", "公共场所卫生许可证核发",
    ]  # fmt: skip
    assert second.startswith("80周岁以上老年人高龄津贴发放\t")
    details = [document["details"][place] for place in document["beside"]]
    assert details[:2] == ["区卫生健康局", "区民政局"]
    found = dict(zip(document["addresses"].split("\n"), zip(others, details[2:], strict=True), strict=True))
    names, detail = found["departments/weijian/"]
    assert names.split("\t") == ["区卫生健康局", "达州市达川区卫生健康局", "区卫健局", "达州市达川区卫生和计划生育局"]
    assert detail == "部门"
    assert found["towns/tingzi/"] == ("亭子镇\t达州市达川区亭子镇人民政府", "乡镇街道")
    village = data_of((district / BASE["town"]).read_text(encoding="utf-8"))["villages"][0]
    assert found[f"villages/{village['code']}/"] == (f"{village['name']}\t{village['full_name']}", "亭子镇")
    law = found["laws/gonggongchangsuoweishengguanlitiaoli/"]
    assert law == ("《公共场所卫生管理条例》\t公共场所卫生管理条例", "法律依据")
    assert not [address for address in found if address.startswith(("items/", "rules/", "search/"))]


def test_characters_with_two_readings(district: Path) -> None:
    change_record(district, BASE["item"], name="银行行政许可", everyday_names=["办银行"])
    document = index_of(district)
    usual = {character: reading for reading, all_of_it in document["pinyin"].items() for character in all_of_it}
    readings = {(name, position): reading for name, position, reading in document["readings"]["0"]}
    assert [readings.get((0, n), usual[c]) for n, c in enumerate("银行行政许可")] == [
        "yin",
        "hang",
        "xing",
        "zheng",
        "xu",
        "ke",
    ]


def test_it_is_the_same_each_time(district: Path) -> None:
    assert names_index(shares(district)) == names_index(shares(district))


def test_cancelled_items_are_found_too(district: Path) -> None:
    cancellation = {"on": "2026-06-01", "basis": "国办发〔2022〕2号", "note": "改为备案"}
    change_record(district, BASE["item"], status="取消", cancellation=cancellation)
    assert len(index_of(district)["codes"]) == 2


def test_unusual_readings_of_others(district: Path) -> None:
    change_record(district, BASE["law"], short_title="银行行政许可条例", title="银行行政许可条例")
    document = index_of(district)
    place = document["names"].split("\n").index("《银行行政许可条例》\t银行行政许可条例")
    assert [0, 2, "hang"] in document["readings"][str(place)] and [1, 1, "hang"] in document["readings"][str(place)]
