"""What the theme puts into hand-written pages and into the shell around all others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from building import build_site
from gongkai.publishing.skin.shell import SkinError
from support import copy_district, make_buildable

HOSTILE, ESCAPED = "达川<b>&\"甲'", "达川&lt;b&gt;&amp;&#34;甲&#39;"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a project whose name, and one of whose sections, would be markup."""
    root = make_buildable(copy_district(tmp_path_factory.mktemp("named")))
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    quoted = HOSTILE.replace('"', '\\"')
    for old, new in (
        ("site_name: 达川区政务服务事项公开", f'site_name: "{quoted}"'),
        ("title: 部门,", f'title: "部门{quoted}",'),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    settings.write_text(text, encoding="utf-8")
    build_site(root, root / "site")
    return root / "site"


@pytest.mark.parametrize("page", ["index.html", "about/index.html", "404.html", "items/index.html"])
def test_what_the_settings_say_is_escaped(page: str, site: Path) -> None:
    text = (site / page).read_text(encoding="utf-8")
    assert HOSTILE not in text and "达川<b" not in text
    assert f"<span>{ESCAPED}</span>" in text and f">部门{ESCAPED}</a>" in text
    assert page == "items/index.html" or f"{ESCAPED}</title>" in text


@pytest.mark.parametrize(
    "path", ["schema/note.json", "schema/folder", "theme/assets/css/more.css", "mkdocs.yml", "theme"]
)
def test_nothing_outside_the_project_is_published(path: str, tmp_path: Path) -> None:
    root = make_buildable(copy_district(tmp_path))
    outside = tmp_path / "outside"
    if (root / path).exists():
        (root / path).rename(outside)
    elif path.endswith("folder"):
        outside.mkdir()
        (outside / "secret.json").write_text("秘密", encoding="utf-8")
    else:
        outside.write_text("秘密", encoding="utf-8")
    (root / path).symlink_to(outside)
    with pytest.raises(SkinError, match=f"{re.escape(path)} 是链接"):
        build_site(root, root / "site")
    assert not (root / "site").exists()
