"""The full texts of many items stand in several indexes; the search asks all of them."""

from __future__ import annotations

import pytest

from building import build_site
from gongkai.publishing.search import full_text
from long_lists import add_items
from support import change_record, copy_district, make_buildable

A_GROUP = 8


@pytest.mark.slow
def test_every_index_is_searched(tmp_path, serve, open_page, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_buildable(copy_district(tmp_path))
    codes = add_items(root, 20)
    words = dict(zip(codes, "鲸鲨鲤鳄鹤鹰鹦鹉麒麟龟鳖獭貂狐獾猫豹骡驼", strict=True))
    for code, word in words.items():
        change_record(root, f"data/items/weijian/{code}.yml", conditions=[f"场所里养着{word}的，要分开设置{word}舍"])
    monkeypatch.setattr(full_text, "GROUP", A_GROUP)
    site = tmp_path / "site"
    build_site(root, site, search=True, jobs=2)
    groups = {code: full_text.group_of(f"item\t{code}", 4) for code in codes}
    assert {*groups.values()} == {0, 1, 2, 3}
    watched = open_page(width=390, height=844)
    page = watched.page
    address = serve(site)
    for group in range(4):
        code = next(code for code in codes if groups[code] == group)
        page.goto(f"{address}search/?q={words[code]}舍")
        page.locator(f"[data-text-results] a[href$='/items/{code}/']").wait_for()
    assert watched.problems == []
    assert {path.name for path in (site / "pagefind").iterdir() if path.is_dir()} >= {"2", "3", "4", "fragment"}
    # What we do not use of Pagefind is not published.
    assert not [*site.glob("pagefind/**/*ui*"), *site.glob("pagefind/**/*highlight*")]
