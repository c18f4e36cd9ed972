"""What the theme puts into hand-written pages and into the shell around all others."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from building import build_site, opened
from commands import files
from gongkai.publishing.errors import ChangedError
from gongkai.publishing.skin import render_skin
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


def test_what_an_open_editor_leaves_is_none_of_the_site(tmp_path: Path) -> None:
    """Swap files of templates, which are no text, and links that lead nowhere."""
    root = make_buildable(copy_district(tmp_path))
    build_site(root, root / "site")
    before = files(root / "site")
    for folder in ("theme", "theme/pages", "theme/assets/css", "content"):
        (root / folder / ".item.html.swp").write_bytes(b"b0VIM 9.0\0\xff\xfe{% if %}")
        (root / folder / ".#item.html").symlink_to("somebody@machine.4711:1700000000")
    build_site(root, root / "site", borrowing=False)
    assert files(root / "site") == before


def test_a_hidden_link_that_leads_somewhere_is_refused(tmp_path: Path) -> None:
    root = make_buildable(copy_district(tmp_path))
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    (root / "content" / ".secret.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(SkinError, match=r"content/\.secret\.txt 是链接"):
        build_site(root, root / "site")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("site_url: https://gongkai.example/", "site_url: !ENV [SITE, https://gongkai.example/]"),
        ("docs_dir: content", "docs_dir: content\nINHERIT: theme/base.yml"),
        ("docs_dir: content", "docs_dir: data"),
        ("docs_dir: content", "docs_dir: content\nhooks: [theme/hook.py]"),
        ("custom_dir: theme", "custom_dir: schema"),
    ],
)
def test_settings_that_reach_for_something_else(old: str, new: str, tmp_path: Path) -> None:
    """What they would lead to can change without the program knowing."""
    root = make_buildable(copy_district(tmp_path))
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert text.count(old) == 1
    settings.write_text(text.replace(old, new), encoding="utf-8")
    (root / "theme" / "base.yml").write_text("copyright: 别处\n", encoding="utf-8")
    (root / "theme" / "hook.py").write_text("raise SystemExit('this was run')", encoding="utf-8")
    with pytest.raises(SkinError, match=r"mkdocs\.yml 里不能用 INHERIT、!ENV 和 hooks"):
        build_site(root, root / "site", borrowing=False)


def test_a_change_that_is_undone_before_the_skin_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The skin that holds it is not taken for what is made of the files as they are."""
    root = make_buildable(copy_district(tmp_path))
    page = root / "content" / "about.md"
    text = page.read_text(encoding="utf-8")
    real = render_skin.render_skin

    def passing(*arguments: Any) -> Any:
        page.write_text(text.replace("一段文字", "过后撤销的文字"), encoding="utf-8")
        made = real(*arguments)
        page.write_text(text, encoding="utf-8")
        return made

    with monkeypatch.context() as patched, pytest.raises(ChangedError, match=r"content/about\.md"):
        patched.setattr(render_skin, "render_skin", passing)
        build_site(root, root / "site", borrowing=False)
    build_site(root, root / "site", borrowing=False)
    assert "一段文字" in (root / "site/about/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "damage", [lambda text: text.replace("目录", "名册"), lambda _text: "", lambda text: text[:-1]]
)
def test_settings_that_were_kept_and_damaged(damage: Any, tmp_path: Path) -> None:
    root = make_buildable(copy_district(tmp_path))
    build_site(root, root / "site")
    before = files(root / "site")
    with opened(root) as project:
        kept = project.store.folder / "settings.json"
        text = kept.read_text(encoding="utf-8")
        assert "目录" in text
        kept.write_text(damage(text), encoding="utf-8")
    build_site(root, root / "clean")
    assert files(root / "clean") == before


def test_a_full_disk_while_mkdocs_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as any other, and not in MkDocs' words."""
    root = make_buildable(copy_district(tmp_path))

    def full(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("mkdocs.utils.write_file", full)
    with pytest.raises(OSError, match="No space left"):
        build_site(root, root / "site", borrowing=False)
    assert not (root / "site").exists()


def test_a_name_in_the_theme_that_is_not_utf_8(tmp_path: Path) -> None:
    root = make_buildable(copy_district(tmp_path))
    (root / "theme" / os.fsdecode(b"\xb0\xb2.txt")).write_text("文字", encoding="utf-8")
    with pytest.raises(SkinError, match="的文件名不是 UTF-8 编码，请改名"):
        build_site(root, root / "site")
