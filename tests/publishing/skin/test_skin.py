"""What the theme puts into hand-written pages and into the shell around all others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from building import build_site
from commands import files
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


def test_after_an_edit_only_what_changed_is_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_buildable(copy_district(tmp_path))
    build_site(root, root / "site", borrowing=False)
    compiled: list[str] = []
    real = Environment.compile

    def compile_(environment: Any, source: Any, name: Any = None, *arguments: Any, **named: Any) -> Any:
        compiled.append(name)
        return real(environment, source, name, *arguments, **named)

    monkeypatch.setattr(Environment, "compile", compile_)
    for path, old, new, again in (
        ("content/about.md", "一段文字", "另一段文字", []),
        ("theme/404.html", "没有找到", "这里没有", ["404.html"]),
    ):
        file = root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
        compiled.clear()
        build_site(root, root / "site", borrowing=False)
        assert compiled == again
        assert any(new.encode() in content for content in files(root / "site").values())


def test_hidden_files_of_the_theme_are_not_published(tmp_path: Path) -> None:
    root = make_buildable(copy_district(tmp_path))
    for path in (".hidden/a.txt", "assets/.b.txt", "assets/c.txt"):
        (root / "theme" / path).parent.mkdir(exist_ok=True)
        (root / "theme" / path).write_text("文字", encoding="utf-8")
    build_site(root, root / "site")
    assert [path for path, content in files(root / "site").items() if content == "文字".encode()] == ["assets/c.txt"]
