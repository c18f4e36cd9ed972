"""The commands, as a clerk or a CI job runs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from building import lend
from commands import call
from gongkai.publishing.building.swap import MARKER
from gongkai.today import today
from support import BASE, DISTRICT, change_record, make_buildable

GONGKAI = [sys.executable, "-c", "from gongkai.cli import main; main()"]
DAY = ["--as-of", "2026-11-23"]


def gongkai(*arguments: str, cwd: Path = DISTRICT) -> subprocess.CompletedProcess[str]:
    return call(cwd, *arguments)


@pytest.fixture
def project(district: Path) -> Path:
    """A small project that can be built."""
    return lend(make_buildable(district))


def old_site(project: Path) -> None:
    """Put a site where a build made one before."""
    (project / "site").mkdir()
    (project / "site" / MARKER).touch()
    (project / "site" / "index.html").write_text("旧的网站", encoding="utf-8")


def test_check_says_when_all_is_well() -> None:
    result = gongkai("check", *DAY)
    compared = "核对了 8 个单位公布的 10 个名称，0 个与区级目录不一致。"
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{compared}\n没有发现问题。\n", "")


def test_a_check_of_an_edited_file_imports_only_what_it_needs(district: Path) -> None:
    assert gongkai("check", *DAY, cwd=district).returncode == 0
    item = district / BASE["item"]
    item.write_text(re.sub("(?m)^summary: .*$", "summary: 一句别的话。", item.read_text("utf-8")), encoding="utf-8")
    report = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
    command = [sys.executable, "-c", report + GONGKAI[-1], "check", *DAY]
    result = subprocess.run(command, cwd=district, capture_output=True, text=True, check=True)
    large = {"pypinyin", "rich", "lxml", "mkdocs", "jinja2", "re2", "stdnum", "multiprocessing", "yaml"}
    assert "没有发现问题" in result.stdout and "pydantic" in result.stderr.split()
    assert large & {*result.stderr.split()} == set()


@pytest.mark.parametrize(
    "text", ["昨天", "20260131", "2026-02-30", "2026-1-31-1", "-2026-01-31", "２０２６-01-31", "9" * 30 + "-01-31", ""]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    result = gongkai("check", "--as-of", text)
    assert result.returncode == 2 and f"“{text}”不是日期，请写成 2026-01-31 的样子" in result.stderr


def test_check_does_without_standard_error() -> None:
    """A task of the system may start it without any."""
    result = subprocess.run(
        ["sh", "-c", 'exec "$0" "$@" 2>&-', *GONGKAI, "check", *DAY],
        cwd=DISTRICT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout.splitlines()[-1]) == (0, "没有发现问题。")


def test_check_reports_file_line_and_advice(district: Path) -> None:
    change_record(district, BASE["item"], visits={"count": 1})
    result = gongkai("check", *DAY, cwd=district)
    assert result.returncode == 1
    assert "data/items/weijian/510123001000.yml\n" in result.stdout
    assert "错误 V001 第 " in result.stdout and "没有说明原因（reason）" in result.stdout
    assert "共 2 个错误、0 个警告。" in result.stdout


def test_check_as_json(district: Path) -> None:
    change_record(district, BASE["item"], questions=[], summary="长" * 61)
    result = gongkai("check", *DAY, "--format", "json", cwd=district)
    document = json.loads(result.stdout)
    assert document["counts"] == {"error": 1, "warning": 1}
    assert [sorted(row) for row in document["findings"]] == [
        ["code", "column", "fixable", "help", "line", "message", "path", "severity"]
    ] * 2
    assert {(row["code"], row["severity"]) for row in document["findings"]} == {("G004", "error"), ("G008", "warning")}


@pytest.mark.parametrize("name", ["json", "github", "gitlab", "sarif"])
def test_check_in_every_format(name: str, district: Path) -> None:
    change_record(district, BASE["item"], questions=[])
    result = gongkai("check", *DAY, "--format", name, cwd=district)
    assert result.returncode == 1 and "G004" in result.stdout and result.stderr == ""
    if name == "github":
        said = "::notice title=gongkai check::核对了 8 个单位公布的 10 个名称，0 个与区级目录不一致。\n"
        assert result.stdout.endswith(said)
    else:
        assert json.loads(result.stdout)


def test_what_happened_after_a_past_day_is_no_fault_on_it(project: Path) -> None:
    """The shipped records go to 2026; on the day before the first of them the files are as right as today."""
    past = gongkai("check", "--as-of", "2025-06-30", cwd=project)
    assert (past.returncode, "没有发现问题。" in past.stdout) == (0, True), past.stdout
    change_record(project, BASE["item"], updated_on="2999-01-01")
    assert "V008" in gongkai("check", "--as-of", "2025-06-30", cwd=project).stdout


@pytest.mark.parametrize("day", ["1949-10-01", f"{today().year + 10}-12-31"])
def test_a_site_can_be_built_for_the_first_and_the_last_day(day: str, project: Path) -> None:
    result = gongkai("build", "--as-of", day, "--no-search", cwd=project)
    assert (result.returncode, result.stderr) == (0, "")


def test_check_fix_shows_and_then_mends(district: Path) -> None:
    path = district / BASE["listing"]
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("公共场所卫生许可（除", "公共场所卫生许可证（除").replace("phone: ", "phone：")
    path.write_text(wrong, encoding="utf-8")
    shown = gongkai("check", *DAY, "--fix", "--dry-run", cwd=district)
    assert shown.returncode == 1 and "+  phone: " in shown.stderr and path.read_text(encoding="utf-8") == wrong
    assert "可以用 gongkai check --fix 改好" in shown.stdout
    mended = gongkai("check", *DAY, "--fix", cwd=district)
    assert mended.returncode == 0 and "已改好 data/listings/departments/weijian.yml" in mended.stderr
    assert path.read_text(encoding="utf-8") == text
    assert gongkai("check", *DAY, "--dry-run", cwd=district).returncode == 2


def test_warnings_do_not_fail(district: Path) -> None:
    change_record(district, BASE["item"], summary="长" * 61)
    assert gongkai("check", *DAY, cwd=district).returncode == 0


def test_check_of_some_paths(district: Path) -> None:
    change_record(district, BASE["item"], questions=[])
    assert gongkai("check", *DAY, "data/items/weijian", cwd=district).returncode == 1
    assert gongkai("check", *DAY, "data/items/minzheng", cwd=district).returncode == 0
    assert gongkai("check", *DAY, "data/items/weijian/510123001000.yml", cwd=district).returncode == 1
    missing = gongkai("check", *DAY, "data/items/none", cwd=district)
    assert missing.returncode == 2 and "没有这个文件或文件夹" in missing.stderr


def test_check_of_a_hostile_tree_never_prints_a_traceback(district: Path) -> None:
    folder = district / "data" / "items" / "weijian"
    (folder / "1.yml").write_bytes(os.urandom(4096))
    (folder / "2.yml").write_bytes(b"[" * 100_000)
    (folder / "3.yml").write_bytes(b"x: " + b"y" * 2_000_000)
    (folder / "4.yml").write_bytes(b"a: &a [x]\nb: [*a, *a]\n")
    (folder / "5.yml").write_bytes(b"")
    (district / "content" / "bad.md").write_bytes(b"\xff\xfe\x00")
    result = gongkai("check", *DAY, cwd=district)
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    assert result.stdout.count("错误 Y") == 6


def test_outside_of_a_project(tmp_path: Path) -> None:
    outside = gongkai("check", cwd=tmp_path)
    assert outside.returncode == 2 and "没有找到项目" in outside.stderr


def test_an_unknown_rule() -> None:
    result = gongkai("rule", "Z999")
    assert result.returncode == 2 and "没有编号是“Z999”的规则" in result.stderr


@pytest.mark.parametrize("fix", [["--fix"], ["--fix", "--format", "json"]])
def test_a_file_that_cannot_be_mended_is_said(fix: list[str], district: Path) -> None:
    path = district / BASE["listing"]
    path.write_text(path.read_text(encoding="utf-8").replace("phone: ", "phone："), encoding="utf-8")
    command = [sys.executable, "-c", _CANNOT_WRITE, "check", *DAY, *fix]
    result = subprocess.run(command, cwd=district, capture_output=True, text=True, check=False)
    assert result.returncode == 2 and "Traceback" not in result.stderr
    assert f"写不了 {BASE['listing']}：磁盘已满。前面列出的文件已经改好，其余的没有改。" in result.stderr


_CANNOT_WRITE = """
import errno
from gongkai.cli import check, main

def refuse(path, content):
    raise OSError(errno.ENOSPC, "No space left on device", str(path))

check.write_at_once = refuse
main()
"""


def test_nothing_outside_is_written_through_links_that_somebody_left(project: Path, tmp_path: Path) -> None:
    victim = tmp_path / "outside" / "victim"
    victim.parent.mkdir()
    victim.write_text("mine", encoding="utf-8")
    listing = project / BASE["listing"]
    listing.write_text(listing.read_text(encoding="utf-8").replace("phone: ", "phone："), encoding="utf-8")
    linked = project / BASE["town"]
    linked.unlink()
    linked.symlink_to(victim)
    (project / "schema" / "item.json").unlink()
    for link in (
        listing.with_name(f".{listing.name}.new"),
        project / "schema/item.json",
        project / ".cache/.gitignore",
    ):
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(victim)
    result = gongkai("check", *DAY, "--fix", cwd=project)
    assert f"已改好 {BASE['listing']}" in result.stderr and "S007" in result.stdout
    assert gongkai("schema", cwd=project).returncode == 0
    assert "phone: " in listing.read_text(encoding="utf-8") and not listing.is_symlink()
    assert linked.is_symlink() and not (project / "schema/item.json").is_symlink()
    assert {path: path.read_text(encoding="utf-8") for path in victim.parent.iterdir()} == {victim: "mine"}


def test_a_schema_that_cannot_be_written_is_said(district: Path) -> None:
    (district / "schema").write_text("a file where the folder should be", encoding="utf-8")
    result = gongkai("schema", cwd=district)
    assert result.returncode == 2 and "：已经有同名的文件或文件夹。\n" in result.stderr


def test_help_is_chinese_and_has_examples() -> None:
    for arguments in ([], ["check"], ["build"], ["serve"], ["rule"], ["schema"]):
        text = gongkai(*arguments, "--help").stdout
        assert "用法：" in text and "选项" in text and "例如：" in text
        assert "Usage" not in text and "Options" not in text and "Show this" not in text


def test_rule_explains() -> None:
    text = gongkai("rule", "t001").stdout
    assert text.startswith("T001 承诺时限不得长于法定时限") and "错误的写法" in text
    everything = gongkai("rule").stdout
    assert "T 办理时限" in everything and "Y009" in everything


def test_schema_is_checked_and_written(project: Path) -> None:
    assert gongkai("schema", "--check", cwd=project).returncode == 0
    (project / "schema" / "item.json").write_text("{}", encoding="utf-8")
    stale = gongkai("schema", "--check", cwd=project)
    assert stale.returncode == 1 and "schema/item.json 不是最新的，请运行 gongkai schema" in stale.stdout
    assert "其中 1 个有变化" in gongkai("schema", cwd=project).stdout
    assert gongkai("schema", "--check", cwd=project).returncode == 0


def test_build_publishes_and_says_how_to_look(project: Path) -> None:
    result = gongkai("build", *DAY, "--no-search", cwd=project)
    assert result.returncode == 0, result.stderr
    assert "个页面" in result.stdout and "http.server" in result.stdout
    assert (project / "site" / "items" / "510123001000" / "index.html").is_file()
    assert [path.name for path in project.glob(".site-*") if path.suffix != ".lock" and path.name != ".site-lock"] == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has a folder in which nothing can be made")
def test_a_place_where_nothing_can_be_written_is_said(project: Path) -> None:
    result = gongkai("build", *DAY, "--no-search", "--output", "/proc/x", cwd=project)
    said = "没有发布，原来的网站保持不变：读写文件出错，/proc：这里只能读，不能写。\n"
    assert (result.returncode, result.stderr) == (2, said)


def test_the_command_that_shows_the_site_can_be_copied(project: Path) -> None:
    result = gongkai("build", *DAY, "--no-search", "--output", "我的 网站", cwd=project)
    assert f"打开看看：python3 -m http.server -d '{project / '我的 网站'}' 8000，" in result.stdout


def test_build_refuses_errors_and_leaves_the_old_site(project: Path) -> None:
    old_site(project)
    change_record(project, BASE["item"], questions=[])
    result = gongkai("build", *DAY, cwd=project)
    assert result.returncode == 1
    assert "G004" in result.stderr and "有错误，没有发布；原来的网站保持不变。" in result.stderr
    assert {path.name for path in (project / "site").iterdir()} == {"index.html", MARKER}
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "旧的网站"


def test_build_refuses_broken_links_and_a_broken_skin(project: Path) -> None:
    old_site(project)
    about = project / "content" / "about.md"
    about.write_text("---\ntitle: 关于\n---\n\n# 关于\n\n[坏链接](../nowhere/)\n", encoding="utf-8")
    result = gongkai("build", *DAY, "--no-search", cwd=project)
    assert result.returncode == 1 and "about/index.html → ../nowhere/" in result.stderr
    about.unlink()
    result = gongkai("build", *DAY, "--no-search", cwd=project)
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
    result = gongkai("build", *DAY, "--no-search", cwd=project)
    assert result.returncode == 1
    assert result.stderr.startswith(f"没有发布，原来的网站保持不变。{said}"), result.stderr


def test_settings_in_another_encoding_are_called_so(project: Path) -> None:
    settings = project / "mkdocs.yml"
    settings.write_bytes(("# 设置\n" + settings.read_text(encoding="utf-8")).encode("gb18030"))
    result = gongkai("build", *DAY, "--no-search", cwd=project)
    assert (result.returncode, result.stderr) == (
        1,
        "没有发布，原来的网站保持不变。mkdocs.yml 第 1 行第 3 列：文件不是 UTF-8 编码。"
        "看起来是 GBK 或 GB18030 编码（记事本称为“ANSI”）。请在编辑器里另存为 UTF-8（无 BOM）。\n",
    )


def test_build_for_production_refuses_the_demonstration(project: Path) -> None:
    result = gongkai("build", *DAY, "--production", cwd=project)
    assert result.returncode == 1 and "D001" in result.stderr and not (project / "site").exists()


def test_two_builds_are_byte_identical(project: Path) -> None:
    trees = []
    for jobs, output in (("1", "one"), ("2", "two")):
        result = gongkai("build", *DAY, "--jobs", jobs, "--output", output, cwd=project)
        assert result.returncode == 0, result.stderr
        folder = project / output
        trees.append({p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert trees[0].keys() == trees[1].keys()
    assert [name for name in trees[0] if trees[0][name] != trees[1][name]] == []


def test_build_replaces_no_folder_that_is_not_a_site(project: Path) -> None:
    (project / "论文").mkdir()
    (project / "论文" / "一稿.txt").write_text("十年心血", encoding="utf-8")
    for place in ("论文", ".", "..", "data"):
        result = gongkai("build", *DAY, "--no-search", "--output", place, cwd=project)
        assert result.returncode == 2 and "没有发布" in result.stderr, place
    assert (project / "论文" / "一稿.txt").read_text(encoding="utf-8") == "十年心血"


def test_a_killed_swap_is_mended_before_anything_else(project: Path) -> None:
    old_site(project)
    (project / "site").rename(project / ".site-old")
    change_record(project, BASE["item"], questions=[])
    assert gongkai("build", *DAY, cwd=project).returncode == 1
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "旧的网站"


def test_a_missing_district_is_a_finding(project: Path) -> None:
    (project / BASE["district"]).unlink()
    result = gongkai("build", *DAY, cwd=project)
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
    result = gongkai("build", *DAY, "--no-search", cwd=project)
    assert result.returncode == 1 and "没有发布" in result.stderr and "Traceback" not in result.stderr
    assert said in result.stderr


def test_a_missing_or_unreadable_template_is_no_traceback(project: Path) -> None:
    template = project / "theme" / "pages" / "item.html"
    template.write_bytes("\n模板".encode("gb18030"))
    result = gongkai("build", *DAY, "--no-search", cwd=project)
    said = "theme/pages/item.html 第 2 行：文件不是 UTF-8 编码，请另存为 UTF-8"
    assert (result.returncode, result.stderr) == (1, f"没有发布，原来的网站保持不变。网页模板有错：{said}\n")
    template.unlink()
    result = gongkai("build", *DAY, "--no-search", cwd=project)
    said = "没有 theme/pages/item.html"
    assert (result.returncode, result.stderr) == (1, f"没有发布，原来的网站保持不变。网页模板有错：{said}\n")
