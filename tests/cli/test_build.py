"""gongkai build, as a clerk or a CI job runs it."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from commands import DAY, call
from gongkai.publishing.building.swap import MARKER
from gongkai.today import today
from support import BASE, change_record


def old_site(project: Path) -> None:
    """Put a site where a build made one before."""
    (project / "site").mkdir()
    (project / "site" / MARKER).touch()
    (project / "site" / "index.html").write_text("旧的网站", encoding="utf-8")


@pytest.mark.parametrize("day", ["1949-10-01", f"{today().year + 10}-12-31"])
def test_a_site_can_be_built_for_the_first_and_the_last_day(day: str, project: Path) -> None:
    result = call(project, "build", "--as-of", day, "--no-search")
    assert (result.returncode, result.stderr) == (0, "")


def test_build_publishes_and_says_how_to_look(project: Path) -> None:
    result = call(project, "build", *DAY, "--no-search")
    assert result.returncode == 0, result.stderr
    assert "个页面" in result.stdout and "http.server" in result.stdout
    assert (project / "site" / "items" / "510123001000" / "index.html").is_file()
    assert [path.name for path in project.glob(".site-*") if path.suffix != ".lock" and path.name != ".site-lock"] == []


def test_a_place_where_nothing_can_be_written_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in Linux's /proc: no file can be made there, and the system says of a new one that it is not there."""
    real = os.open

    def refusing(path: Any, *arguments: Any, **named: Any) -> int:
        if str(path).endswith(".site-lock"):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return real(path, *arguments, **named)

    monkeypatch.setattr(os, "open", refusing)
    result = call(project, "build", *DAY, "--no-search")
    said = f"没有发布，原来的网站保持不变：读写文件出错，{project}：这里只能读，不能写。\n"
    assert (result.returncode, result.stderr) == (2, said)


def test_the_command_that_shows_the_site_can_be_copied(project: Path) -> None:
    result = call(project, "build", *DAY, "--no-search", "--output", "我的 网站")
    assert f"打开看看：python3 -m http.server -d '{project / '我的 网站'}' 8000，" in result.stdout


def test_build_refuses_errors_and_leaves_the_old_site(project: Path) -> None:
    old_site(project)
    change_record(project, BASE["item"], questions=[])
    result = call(project, "build", *DAY)
    assert result.returncode == 1
    assert "G004" in result.stderr and "有错误，没有发布；原来的网站保持不变。" in result.stderr
    assert {path.name for path in (project / "site").iterdir()} == {"index.html", MARKER}
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "旧的网站"


def test_build_refuses_broken_links_and_a_broken_skin(project: Path) -> None:
    old_site(project)
    about = project / "content" / "about.md"
    about.write_text("---\ntitle: 关于\n---\n\n# 关于\n\n[坏链接](../nowhere/)\n", encoding="utf-8")
    result = call(project, "build", *DAY, "--no-search")
    assert result.returncode == 1 and "about/index.html → ../nowhere/" in result.stderr
    about.unlink()
    result = call(project, "build", *DAY, "--no-search")
    assert result.returncode == 1
    assert "mkdocs.yml 的 nav 列了 about.md，但 content/ 里没有这个文件" in result.stderr
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "旧的网站"


@pytest.mark.parametrize(
    ("path", "added", "said"),
    [
        ("theme/main.html", "{% if %}", "网页模板有错：theme/main.html 第 1 行：Expected an expression"),
        ("theme/main.html", "{{ nosuch.thing.x }}", "网页模板有错：theme/main.html 第 1 行：没有“nosuch”\n"),
        (
            "mkdocs.yml",
            "nosuch: [",
            "mkdocs.yml 第 6 行读不下去，请核对它和前面几行的缩进、冒号、引号和括号。MkDocs 的原话：\n",
        ),
        (
            "mkdocs.yml",
            "nosuch: 3",
            "mkdocs.yml 有误，请核对下面提到的设置。MkDocs 的原话：\n"
            "Config value 'nosuch': Unrecognised configuration name: nosuch\n",
        ),
    ],
)
def test_what_mkdocs_refuses_has_its_place(path: str, added: str, said: str, project: Path) -> None:
    file = project / path
    file.write_text(f"{added}\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    result = call(project, "build", *DAY, "--no-search")
    assert result.returncode == 1
    assert result.stderr.startswith(f"没有发布，原来的网站保持不变。{said}"), result.stderr


def test_settings_in_another_encoding_are_called_so(project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_bytes(("# 设置\n" + settings.read_text(encoding="utf-8")).encode("gb18030"))
    result = call(project, "build", *DAY, "--no-search")
    assert (result.returncode, result.stderr) == (
        1,
        "没有发布，原来的网站保持不变。mkdocs.yml 第 1 行第 3 列：文件不是 UTF-8 编码。"
        "看起来是 GBK 或 GB18030 编码（记事本称为“ANSI”）。请在编辑器里另存为 UTF-8（无 BOM）。\n",
    )


def test_build_for_production_refuses_the_demonstration(project: Path) -> None:
    result = call(project, "build", *DAY, "--production")
    assert result.returncode == 1 and "D001" in result.stderr and not (project / "site").exists()


def test_two_builds_are_byte_identical(project: Path) -> None:
    trees = []
    for jobs, output in (("1", "one"), ("2", "two")):
        result = call(project, "build", *DAY, "--jobs", jobs, "--output", output)
        assert result.returncode == 0, result.stderr
        folder = project / output
        trees.append({p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert trees[0].keys() == trees[1].keys()
    assert [name for name in trees[0] if trees[0][name] != trees[1][name]] == []


def test_build_replaces_no_folder_that_is_not_a_site(project: Path) -> None:
    (project / "论文").mkdir()
    (project / "论文" / "一稿.txt").write_text("十年心血", encoding="utf-8")
    for place in ("论文", ".", "..", "data"):
        result = call(project, "build", *DAY, "--no-search", "--output", place)
        assert result.returncode == 2 and "没有发布" in result.stderr, place
    assert (project / "论文" / "一稿.txt").read_text(encoding="utf-8") == "十年心血"


def test_a_place_that_is_a_link_to_itself(project: Path) -> None:
    """Git can carry one; the same where a folder of the program would be."""
    (project / "site").symlink_to("site")
    said = f"没有发布：{project / 'site'} 不是普通的文件夹，不能用来放网站。\n"
    for command in (["build"], ["merge", "part1"]):
        (project / "part1").mkdir(exist_ok=True)
        result = call(project, *command, "--no-search", *DAY)
        assert (result.returncode, result.stderr) == (2, said)
    (project / "tests").symlink_to("tests")
    assert call(project, "build", "--output", "elsewhere", "--no-search", *DAY).returncode == 0


def test_a_killed_swap_is_mended_before_anything_else(project: Path) -> None:
    old_site(project)
    (project / "site").rename(project / ".site-old")
    change_record(project, BASE["item"], questions=[])
    assert call(project, "build", *DAY).returncode == 1
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "旧的网站"


def test_a_missing_district_is_a_finding(project: Path) -> None:
    (project / BASE["district"]).unlink()
    result = call(project, "build", *DAY)
    assert result.returncode == 1 and "S011" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n\n{{ nothing.there }}", "网页模板有错：theme/pages/item.html 第 3 行：没有“nothing”\n"),
        (
            "\n{{ item.nothing }}",
            "网页模板有错：theme/pages/item.html 第 2 行：'Item' object has no attribute 'nothing'\n",
        ),
        ("\n{% include 'nothing.html' %}", "网页模板有错：theme/pages/item.html 第 2 行：没有模板 nothing.html\n"),
        ("\n{% if %}", "网页模板有错：theme/pages/item.html 第 2 行："),
        ("{{ item | nothing }}", "网页模板有错：theme/pages/item.html 第 1 行："),
    ],
)
def test_a_faulty_template_is_no_traceback(text: str, said: str, project: Path) -> None:
    (project / "theme" / "pages" / "item.html").write_text(text, encoding="utf-8")
    result = call(project, "build", *DAY, "--no-search")
    assert result.returncode == 1 and "没有发布" in result.stderr and "Traceback" not in result.stderr
    assert said in result.stderr


def test_a_missing_or_unreadable_template_is_no_traceback(project: Path) -> None:
    template = project / "theme" / "pages" / "item.html"
    template.write_bytes("\n模板".encode("gb18030"))
    result = call(project, "build", *DAY, "--no-search")
    said = "theme/pages/item.html 第 2 行：文件不是 UTF-8 编码，请另存为 UTF-8"
    assert (result.returncode, result.stderr) == (1, f"没有发布，原来的网站保持不变。网页模板有错：{said}\n")
    template.unlink()
    result = call(project, "build", *DAY, "--no-search")
    said = "没有 theme/pages/item.html"
    assert (result.returncode, result.stderr) == (1, f"没有发布，原来的网站保持不变。网页模板有错：{said}\n")
