"""What the files say and a past day does not know: no page, no place in the navigation, no link."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from gongkai.publishing.skin.not_yet import NotYet, not_yet
from publishing.feeds.sites import site_of

MISSING = NotYet(("policies/new one.md",), frozenset({"policies/new one/", "items/512011001000/"}))


def unlinked(folder: Path, address: str, text: str) -> str:
    page = folder / address / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8")
    MISSING.unlink(folder)
    return page.read_text(encoding="utf-8")


def test_mkdocs_is_told_to_leave_pages_out() -> None:
    config = MkDocsConfig()
    config.nav = [
        {"首页": "index.md"},
        {"政策": ["policies/index.md", {"新": "policies/new one.md"}]},
        {"新的": ["policies/new one.md"]},
    ]
    MISSING.leave_out_of(config)
    assert config.nav == [{"首页": "index.md"}, {"政策": ["policies/index.md"]}]
    assert config.exclude_docs is not None
    assert config.exclude_docs.match_file("policies/new one.md")
    assert not config.exclude_docs.match_file("more/policies/new one.md")


def test_an_entry_of_a_list_goes_with_its_page(tmp_path: Path) -> None:
    rows = '<tr><td>1</td><td><a href="new%20one/">新</a></td></tr>\n<tr><td><a href="old/">旧</a></td></tr>'
    assert unlinked(tmp_path, "policies", rows) == '<tr><td><a href="old/">旧</a></td></tr>'


def test_words_stay_without_their_link(tmp_path: Path) -> None:
    text = '<li>办<a class="reference" href="../items/512011001000/#fees">高龄<b>津贴</b></a>和<a href="../items/">别的</a></li>'
    assert unlinked(tmp_path, "guides", text) == '<li>办高龄<b>津贴</b>和<a href="../items/">别的</a></li>'


def test_links_elsewhere_stay(tmp_path: Path) -> None:
    text = '<a href="https://example.cn/items/512011001000/">站外</a><a href="#a">本页</a><a href="http://[">坏</a>'
    assert unlinked(tmp_path, "guides", text) == text


def test_a_day_that_knows_everything_misses_nothing(district: Path) -> None:
    assert not_yet(site_of(district)) == NotYet()
