"""What is not public is counted and nowhere else: every published file is searched for it."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from building import build_site
from gongkai.indexes import INDEXES
from gongkai.loading import load
from gongkai.publishing.withholding import public_part
from publishing.feeds.sites import CODE, EVERYTHING, GRANTED, a_case, event, write_cases
from support import BASE, change_record, copy_district, data_of, make_buildable, write_record

SECRET = "510123066000"
STATE = {"kind": "国家秘密", "basis": "《中华人民共和国政府信息公开条例》第十四条"}
PRIVATE = {"kind": "个人隐私", "basis": "《中华人民共和国政府信息公开条例》第十五条"}
WORDS = [
    "玄武装置",
    "青龙试验",
    "白虎场所",
    "朱雀代号",
    "麒麟摘要",
    "凤凰文书",
    "511703-20260303-0001",
    "511703-20260303-0002",
]
"""Every text of the secret item and of the secret cases has one of these."""


def write_secrets(root: Path) -> None:
    """Add a secret item and everything that speaks of it, a case of it, and a secret case of a public item."""
    item = data_of((root / BASE["item"]).read_text(encoding="utf-8"))
    item |= {
        "code": SECRET,
        "name": "玄武装置试制许可",
        "summary": "试制玄武装置的单位，开工以前要取得许可。",
        "everyday_names": ["办青龙试验证"],
        "former_names": [{"name": "青龙试验许可", "until": "2022-06-01", "basis": "国办发〔2022〕2号"}],
        "conditions": ["有符合要求的白虎场所"],
        "questions": [{"question": "朱雀代号是什么？", "answer": "朱雀代号由主管部门给出。"}],
        "secrecy": STATE,
    }
    write_record(root, f"data/items/weijian/{SECRET}.yml", item)
    listing = data_of((root / BASE["listing"]).read_text(encoding="utf-8"))
    named = {"code": SECRET, "name": "玄武装置试制许可"}
    change_record(root, BASE["listing"], entries=[*listing["entries"], named])
    change_record(root, BASE["exposure"], items=[named, {"code": CODE, "name": item_name(root)}])
    adjustment = data_of((root / BASE["adjustment"]).read_text(encoding="utf-8"))
    renamed = {
        "kind": "更名",
        "item": SECRET,
        "name": "玄武装置试制许可",
        "version": 2,
        "previous_effective_on": "2022-06-01",
        "elements": [{"path": "name", "old": "青龙试验许可", "new": "玄武装置试制许可"}],
    }
    public = [change | {"counterparts": [SECRET]} for change in adjustment["changes"]]
    change_record(root, BASE["adjustment"], changes=[*public, renamed])
    only = {key: value for key, value in adjustment.items() if key != "changes"}
    only |= {"id": "2025-002", "note": "朱雀代号另行通知。", "changes": [renamed]}
    write_record(root, "data/adjustments/2025/2025-002.yml", only)
    cancellation = {"on": "2026-06-01", "basis": "国办发〔2022〕2号", "note": "改为备案", "replaced_by": [SECRET]}
    change_record(root, "data/items/minzheng/512011001000.yml", status="取消", cancellation=cancellation)
    decision = {key: value for key, value in GRANTED.items() if key != "published_on"}
    secret_case = {"applicant": None, "summary": "麒麟摘要", "decision": decision | {"document_number": "凤凰文书1号"}}
    cases = [
        a_case(*EVERYTHING, **secret_case, secrecy=PRIVATE, number="511703-20260303-0001"),
        a_case(*EVERYTHING, **secret_case, code=SECRET, name="玄武装置试制许可", number="511703-20260303-0002"),
    ]
    write_cases(
        root, *(case | {"events": [event("2026-03-03", "收件"), *EVERYTHING]} for case in cases), day="2026-03-03"
    )


def item_name(root: Path) -> str:
    return data_of((root / BASE["item"]).read_text(encoding="utf-8"))["name"]


def text_of(content: bytes) -> str:
    """Return everything a file could say, in any of the encodings that a build uses."""
    if content.startswith(b"\x1f\x8b"):
        content = zlib.decompressobj(wbits=31).decompress(content)
    return content.decode("utf-8", "replace") + content.decode("utf-16-le", "replace")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole site, full-text index included, of a district with secrets."""

    folder = tmp_path_factory.mktemp("secrets")
    root = make_buildable(copy_district(folder))
    write_secrets(root)
    page = root / "content" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n先看[[{SECRET}]]。\n", encoding="utf-8")
    assert load(root)[1] == []
    build_site(root, folder / "site", search=True)
    return folder / "site"


def test_no_file_says_a_word_of_it(site: Path) -> None:
    files = [path for path in site.rglob("*") if path.is_file()]
    assert {".html", ".json", ".gz", ".atom", ".rss", ".csv", ".xml", ".opml", ".pf_fragment"} <= {
        f.suffix for f in files
    }
    found = [
        (path.relative_to(site).as_posix(), word)
        for path in files
        for text in [text_of(path.read_bytes()), path.as_posix()]
        for word in WORDS
        if word in text
    ]
    assert found == []


def test_the_search_for_words_would_find_them(site: Path) -> None:
    """The same search finds what is public in every kind of file that it has to look into."""
    public = {
        path.suffix for path in site.rglob("*") if path.is_file() and "公共场所卫生许可" in text_of(path.read_bytes())
    }
    assert {".html", ".json", ".gz", ".atom", ".rss", ".csv", ".opml", ".pf_fragment"} <= public
    assert "玄武装置" in text_of(gzip.compress("玄武装置".encode("utf-16-le")))


def test_the_code_stays_with_the_reason(site: Path) -> None:
    page = (site / "items" / SECRET / "index.html").read_text(encoding="utf-8")
    assert "不公开的事项" in page and SECRET in page
    assert STATE["kind"] in page and STATE["basis"] in page
    assert 'rel="alternate"' not in page
    assert f'<a class="reference" href="../items/{SECRET}/">不公开的事项</a>' in (site / "about/index.html").read_text(
        encoding="utf-8"
    )


def test_machines_do_not_find_it(site: Path) -> None:
    for name in ("sitemap.xml", "api/v1/items.json", "api/v1/items.csv", "feeds/gongkai.opml", "items/index.html"):
        assert SECRET not in (site / name).read_text(encoding="utf-8-sig"), name
    assert not [path for path in (site / "api").rglob("*") if SECRET in path.name]
    assert not [path for path in (site / "feeds").iterdir() if SECRET in path.name]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("index.html", "1 个事项（另有 1 个依法不公开）"),
        ("items/index.html", "共 1 个事项，另有 1 个依法不公开，只计数"),
        ("departments/weijian/index.html", "另有 1 个事项依法不公开，只计数。"),
        ("departments/weijian/index.html", "最近十二个月收件 3 件"),
        ("approvals/2026/03/index.html", "收到办件 4 件，其中 2 件依法不公开，只计件数"),
        ("approvals/efficiency/weijian/index.html", "另有 1 件属于不公开的事项，只计件数。"),
        ("api/v1/items.json", '"withheld": 1'),
    ],
)
def test_it_is_counted(address: str, words: str, site: Path) -> None:
    assert words in (site / address).read_text(encoding="utf-8")


def test_a_catalogue_that_is_public_stays_as_it_is(district: Path) -> None:
    catalogue, _ = load(district)
    assert public_part(catalogue) is catalogue


def test_what_is_left(district: Path) -> None:
    write_secrets(district)
    public = public_part(load(district)[0])
    assert [*public.items] == ["512011001000", CODE]
    assert public.items["512011001000"].cancellation.replaced_by == []
    assert [entry.code for entry in public.listings["weijian"].entries] == [CODE]
    assert [*public.adjustments] == ["2025-001"]
    assert [(c.item, c.counterparts) for c in public.adjustments["2025-001"].changes] == [(CODE, [])]
    assert [item.code for item in public.exposures["2026-001"].items] == [CODE]
    assert [*public.approvals] == ["2026-03-02"]


class Unread(dict[str, Any]):
    """A register whose records nobody may read."""

    def __getitem__(self, key: str) -> Any:
        raise AssertionError(f"{key} is read")


def test_which_records_there_are_is_told_without_reading_them(district: Path) -> None:
    write_secrets(district)
    catalogue, _ = load(district)
    secret_items = catalogue.answers("items_not_public")
    whole = replace(catalogue, listings=Unread(catalogue.listings), items=Unread(catalogue.items))
    whole.stored_answers = {name: secret_items if name == "items_not_public" else {} for name in INDEXES}
    public = public_part(whole)
    assert [*public.listings] == [*catalogue.listings] and "weijian" in public.listings and "x" not in public.listings
    assert {*public.items} == {*catalogue.items} - {SECRET} and SECRET not in public.items
