"""gongkai rename on the command line: what it prints, how it ends, what it leaves on disk."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands import files
from gongkai.cli import main
from gongkai.finding import Severity
from support import BASE, check

CODE = "510123001000"
OLD = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
NEW = "公共场所卫生许可（住宿、美容、沐浴等）"
RECORD = "data/adjustments/2026/2026-001.yml"


def run(root: Path, *options: str, identity: str = CODE, name: str = NEW) -> Result:
    given = ["rename", identity, name, "--on", "2026-11-01", "--basis", "川办发〔2026〕9号", "--as-of", "2026-11-23"]
    return CliRunner().invoke(main, [*given, "--root", str(root), *options])


def test_it_says_which_files_it_changed(district: Path) -> None:
    result = run(district)
    assert result.exit_code == 0
    assert result.stdout == (
        f"已把“{OLD}”改为“{NEW}”，改了 5 个文件：\n"
        f"  {RECORD}\n  data/items/weijian/510123001000.yml\n"
        "  data/listings/departments/weijian.yml\n  data/listings/towns/micheng.yml\n"
        "  data/listings/towns/tingzi.yml\n"
        "请用 git diff 看一遍，和动态调整记录一起提交。\n"
    )
    assert (district / RECORD).exists()


def test_a_second_time_it_says_so(district: Path) -> None:
    run(district)
    before = files(district)
    result = run(district)
    assert (result.exit_code, result.stdout) == (0, f"“{CODE}”已经叫“{NEW}”，没有要改的。\n")
    assert files(district) == before


def test_a_dry_run_prints_what_would_be_done_and_writes_nothing(district: Path) -> None:
    before = files(district)
    result = run(district, "--dry-run")
    assert result.exit_code == 0
    assert files(district) == before
    patch = district.parent / "patch"
    patch.write_bytes(result.stdout.encode())
    subprocess.run(["git", "apply", str(patch)], cwd=district, check=True)
    applied = files(district)
    for path, content in before.items():
        (district / path).write_bytes(content)
    (district / RECORD).unlink()
    run(district)
    assert files(district) == applied


def test_what_still_has_the_old_name_is_listed(district: Path) -> None:
    path = district / "content/a.md"
    path.write_text(f"---\ntitle: 一\n---\n\n依照《{OLD}办法》，原{OLD}改为别的。\n", encoding="utf-8")
    result = run(district, "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stderr == "有 1 处还是原来的字样，没有改，请看一看：\n  content/a.md:5 在书名号里\n"


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        ({"name": "80周岁以上老年人高龄津贴发放"}, 2, "已经是事项 512011001000 的"),
        ({"identity": "weijain"}, 2, "是不是 weijian"),
        ({"name": ""}, 2, "新的名称是空的。请写全名称。"),
        ({"name": " \u3000"}, 2, "新的名称是空的。请写全名称。"),
        ({"name": "许可" * 5000}, 2, "最多"),
    ],
)
def test_refusals(options: dict[str, str], status: int, message: str, district: Path) -> None:
    before = files(district)
    result = run(district, **options)
    assert result.exit_code == status
    assert message in result.stderr or message == "最多"
    assert result.stdout == ""
    assert files(district) == before


def test_a_future_day_is_refused(district: Path) -> None:
    result = run(district, "--on", "2026-11-24")
    assert result.exit_code == 2
    assert result.stderr.startswith("2026-11-24 还没有到（今天是 2026-11-23）。")


def test_without_days_it_is_today(district: Path) -> None:
    words = ["rename", CODE, NEW, "--basis", "川办发〔2026〕9号", "--as-of", "2026-11-23", "--root", str(district)]
    assert CliRunner().invoke(main, words).exit_code == 0
    said = (district / RECORD).read_text(encoding="utf-8")
    assert "effective_on: 2026-11-23\npublished_on: 2026-11-23\n" in said


def test_a_name_in_use_for_long_needs_the_day_it_was_published_on(district: Path) -> None:
    before = files(district)
    result = run(district, "--on", "2026-09-01")
    assert (result.exit_code, result.stdout, files(district)) == (2, "", before)
    assert result.stderr == (
        "新名称从 2026-09-01 起使用，最迟应当在 2026-09-29 公布（20 个工作日以内），2026-11-23 已经晚了。"
        "当时已经公布过的，用 --published 写明公布的日期；确实到今天才公布的，写 --published 2026-11-23，"
        "在 --note 里写明原因；"
        "日期写错了的，请改正 --on。\n"
    )
    assert run(district, "--on", "2026-09-01", "--published", "2026-11-24").stderr == (
        "公布日期 2026-11-24 还没有到（今天是 2026-11-23）。请核对 --published。\n"
    )
    assert run(district, "--on", "2026-09-01", "--published", "2026-09-29").exit_code == 0
    assert "effective_on: 2026-09-01\npublished_on: 2026-09-29\n" in (district / RECORD).read_text(encoding="utf-8")


def test_a_name_that_was_published_late_is_recorded_as_it_was(district: Path) -> None:
    result = run(district, "--on", "2026-09-01", "--published", "2026-11-23")
    said = "公布晚了，照实记下了；gongkai check 会一直提醒（A004），不影响发布。\n"
    assert (result.exit_code, result.stderr) == (0, said)
    assert "effective_on: 2026-09-01\npublished_on: 2026-11-23\n" in (district / RECORD).read_text(encoding="utf-8")
    assert [(f.code, f.path, f.severity) for f in check(district)] == [("A004", RECORD, Severity.WARNING)]


def test_what_else_a_new_name_may_change_is_said(district: Path) -> None:
    result = run(district, "--dry-run", identity="tingzi", name="达州市达川区亭子街道办事处")
    assert (result.exit_code, result.stderr) == (
        0,
        "简称没有改，仍是“亭子镇”；简称也变了的，请加上 --short-name 一起改。\n"
        "类别（kind）没有改，仍是“镇”；类别也变了的，请直接改 data/organizations/towns/tingzi.yml。\n",
    )
    result = run(district, "--dry-run", "--short-name", "景市镇", identity="tingzi", name="达州市达川区景市镇人民政府")
    assert (result.exit_code, "没有改" in result.stderr) == (0, False)


def test_what_would_be_worse_is_shown(district: Path) -> None:
    path = district / BASE["item"]
    text = path.read_text(encoding="utf-8").replace("version: 2\n", "version: 2\nplanned_cancellation_on: 2026-12-01\n")
    path.write_text(text, encoding="utf-8")
    before = files(district)
    result = run(district, "--on", "2026-12-01", "--as-of", "2026-12-01")
    assert result.exit_code == 1
    assert "改名以后会有下面的问题，所以没有改" in result.stderr
    assert "V008" in result.stderr
    assert files(district) == before


def test_unreadable_files_are_shown(district: Path) -> None:
    (district / "data/listings/towns/tingzi.yml").write_bytes(b"\xff\xfe")
    result = run(district)
    assert result.exit_code == 2
    assert "data/listings/towns/tingzi.yml" in result.stderr


def test_a_disk_error_is_told_and_undone(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(district)
    real = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if path.name.endswith(".new") and target.name == "510123001000.yml":
            raise PermissionError(13, "Permission denied", str(target))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", fail)
    result = run(district)
    assert result.exit_code == 2
    assert "已恢复原样，什么也没有改" in result.stderr
    assert files(district) == before


def test_help_is_in_chinese_with_examples() -> None:
    result = CliRunner().invoke(main, ["rename", "--help"])
    assert result.exit_code == 0
    for words in (
        "用法：",
        "编码或编号 新名称",
        "选项：",
        "默认今天，不能晚于今天。",
        "名称或文号。必填。",
        "--short-name 简称",
        "例如：",
        "退出码",
    ):
        assert words in result.stdout
    assert "required" not in result.stdout
