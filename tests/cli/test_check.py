"""gongkai check, as a clerk or a CI job runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from commands import DAY, call
from gongkai.kept.project import Project
from gongkai.kept.store import DamagedError
from support import BASE, DISTRICT, change_record

GONGKAI = [sys.executable, "-c", "from gongkai.cli import main; main()"]


def test_check_says_when_all_is_well() -> None:
    result = call(DISTRICT, "check", *DAY)
    compared = "核对了 8 个单位公布的 10 个名称，0 个与区级目录不一致。"
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{compared}\n没有发现问题。\n", "")


def test_a_check_of_an_edited_file_imports_only_what_it_needs(district: Path) -> None:
    assert call(district, "check", *DAY).returncode == 0
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
    result = call(DISTRICT, "check", "--as-of", text)
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
    result = call(district, "check", *DAY)
    assert result.returncode == 1
    assert "data/items/weijian/510123001000.yml\n" in result.stdout
    assert "错误 V001 第 " in result.stdout and "没有说明原因（reason）" in result.stdout
    assert "共 2 个错误、0 个警告。" in result.stdout


def test_check_as_json(district: Path) -> None:
    change_record(district, BASE["item"], questions=[], summary="长" * 61)
    result = call(district, "check", *DAY, "--format", "json")
    document = json.loads(result.stdout)
    assert document["counts"] == {"error": 1, "warning": 1}
    assert [sorted(row) for row in document["findings"]] == [
        ["code", "column", "fixable", "help", "line", "message", "path", "severity"]
    ] * 2
    assert {(row["code"], row["severity"]) for row in document["findings"]} == {("G004", "error"), ("G008", "warning")}


@pytest.mark.parametrize("name", ["json", "github", "gitlab", "sarif"])
def test_check_in_every_format(name: str, district: Path) -> None:
    change_record(district, BASE["item"], questions=[])
    result = call(district, "check", *DAY, "--format", name)
    assert result.returncode == 1 and "G004" in result.stdout and result.stderr == ""
    if name == "github":
        said = "::notice title=gongkai check::核对了 8 个单位公布的 10 个名称，0 个与区级目录不一致。\n"
        assert result.stdout.endswith(said)
    else:
        assert json.loads(result.stdout)


def test_what_happened_after_a_past_day_is_no_fault_on_it(project: Path) -> None:
    """The shipped records go to 2026; on the day before the first of them the files are as right as today."""
    past = call(project, "check", "--as-of", "2025-06-30")
    assert (past.returncode, "没有发现问题。" in past.stdout) == (0, True), past.stdout
    change_record(project, BASE["item"], updated_on="2999-01-01")
    assert "V008" in call(project, "check", "--as-of", "2025-06-30").stdout


def test_check_fix_shows_and_then_mends(district: Path) -> None:
    path = district / BASE["listing"]
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("公共场所卫生许可（除", "公共场所卫生许可证（除").replace("phone: ", "phone：")
    path.write_text(wrong, encoding="utf-8")
    shown = call(district, "check", *DAY, "--fix", "--dry-run")
    assert shown.returncode == 1 and "+  phone: " in shown.stderr and path.read_text(encoding="utf-8") == wrong
    assert "可以用 gongkai check --fix 改好" in shown.stdout
    mended = call(district, "check", *DAY, "--fix")
    assert mended.returncode == 0 and "已改好 data/listings/departments/weijian.yml" in mended.stderr
    assert path.read_text(encoding="utf-8") == text
    assert call(district, "check", *DAY, "--dry-run").returncode == 2


def test_warnings_do_not_fail(district: Path) -> None:
    change_record(district, BASE["item"], summary="长" * 61)
    assert call(district, "check", *DAY).returncode == 0


def test_check_of_some_paths(district: Path) -> None:
    change_record(district, BASE["item"], questions=[])
    assert call(district, "check", *DAY, "data/items/weijian").returncode == 1
    assert call(district, "check", *DAY, "data/items/minzheng").returncode == 0
    assert call(district, "check", *DAY, "data/items/weijian/510123001000.yml").returncode == 1
    missing = call(district, "check", *DAY, "data/items/none")
    assert missing.returncode == 2 and "没有这个文件或文件夹" in missing.stderr


def test_check_of_a_hostile_tree_never_prints_a_traceback(district: Path) -> None:
    folder = district / "data" / "items" / "weijian"
    (folder / "1.yml").write_bytes(os.urandom(4096))
    (folder / "2.yml").write_bytes(b"[" * 100_000)
    (folder / "3.yml").write_bytes(b"x: " + b"y" * 2_000_000)
    (folder / "4.yml").write_bytes(b"a: &a [x]\nb: [*a, *a]\n")
    (folder / "5.yml").write_bytes(b"")
    (district / "content" / "bad.md").write_bytes(b"\xff\xfe\x00")
    result = call(district, "check", *DAY)
    assert result.returncode == 1
    assert "Traceback" not in result.stdout + result.stderr
    assert result.stdout.count("错误 Y") == 6


@pytest.mark.parametrize("path", ["content/{}.pdf", "data/laws/{}.yml", "data/{}/a.yml"])
@pytest.mark.parametrize("kept", [False, True])
def test_a_name_that_is_not_utf_8_is_said(kept: bool, path: str, district: Path) -> None:
    """As archives made on other systems leave them; where all else was read before, too."""
    if kept:
        assert call(district, "check", *DAY).returncode == 0
    file = district / path.format(os.fsdecode(b"\xb0\xb2"))
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"id: x\n")
    for command in (["check"], ["check", "--format", "json"], ["build", "--no-search"]):
        result = call(district, *command, *DAY)
        assert result.returncode == 2
        shown = path.format("〈U+DCB0〉〈U+DCB2〉")
        assert result.stderr == f"读写不了 {shown}：文件名不是 UTF-8 编码，请改名。\n"


def test_what_is_kept_and_damaged_again_and_again_is_said(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_arguments: object) -> None:
        raise DamagedError("file is not a database")

    monkeypatch.setattr(Project, "refresh", damaged)
    result = call(district, "check", *DAY)
    assert result.returncode == 2 and "中间结果两次都读不出来（file is not a database）" in result.stderr


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
from gongkai.cli import fixing, main

def refuse(path, content):
    raise OSError(errno.ENOSPC, "No space left on device", str(path))

fixing.write_at_once = refuse
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
    result = call(project, "check", *DAY, "--fix")
    assert f"已改好 {BASE['listing']}" in result.stderr and "S007" in result.stdout
    assert call(project, "schema").returncode == 0
    assert "phone: " in listing.read_text(encoding="utf-8") and not listing.is_symlink()
    assert linked.is_symlink() and not (project / "schema/item.json").is_symlink()
    assert {path: path.read_text(encoding="utf-8") for path in victim.parent.iterdir()} == {victim: "mine"}
