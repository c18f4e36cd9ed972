"""What all commands have in common, and the small ones: help, gongkai rule and gongkai schema."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from commands import call
from gongkai.cli import COMMANDS, main
from support import DISTRICT


def test_outside_of_a_project(tmp_path: Path) -> None:
    outside = call(tmp_path, "check")
    assert outside.returncode == 2 and "没有找到项目" in outside.stderr


def test_an_unknown_rule() -> None:
    result = call(DISTRICT, "rule", "Z999")
    assert result.returncode == 2 and "没有编号是“Z999”的规则" in result.stderr


def test_a_schema_that_cannot_be_written_is_said(district: Path) -> None:
    (district / "schema").write_text("a file where the folder should be", encoding="utf-8")
    result = call(district, "schema")
    assert result.returncode == 2 and "：已经有同名的文件或文件夹。\n" in result.stderr


def test_help_is_chinese_and_has_examples() -> None:
    for arguments in ([], ["check"], ["build"], ["serve"], ["rule"], ["schema"]):
        text = call(DISTRICT, *arguments, "--help").stdout
        assert "用法：" in text and "选项" in text and "例如：" in text
        assert "Usage" not in text and "Options" not in text and "Show this" not in text


def test_the_commands_are_listed_without_being_imported() -> None:
    listing = "import sys; from gongkai.cli import main; main(['--help'])"
    program = f"try:\n {listing}\nexcept SystemExit:\n print([name for name in sys.modules if 'gongkai.cli' in name])"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)
    text, _, imported = told.stdout.rstrip().rpartition("\n")
    assert all(f"\n  {name} " in text for name in COMMANDS)
    assert not [name for name in COMMANDS if f"gongkai.cli.{name}'" in imported]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_each_command_says_of_itself(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None and command.help is not None
    assert command.help.startswith(COMMANDS[name][1].removesuffix("。"))


def test_rule_explains() -> None:
    text = call(DISTRICT, "rule", "t001").stdout
    assert text.startswith("T001 承诺时限不得长于法定时限") and "错误的写法" in text
    everything = call(DISTRICT, "rule").stdout
    assert "T 办理时限" in everything and "Y009" in everything


def test_schema_is_checked_and_written(project: Path) -> None:
    assert call(project, "schema", "--check").returncode == 0
    (project / "schema" / "item.json").write_text("{}", encoding="utf-8")
    stale = call(project, "schema", "--check")
    assert stale.returncode == 1 and "schema/item.json 不是最新的，请运行 gongkai schema" in stale.stdout
    assert "其中 1 个有变化" in call(project, "schema").stdout
    assert call(project, "schema", "--check").returncode == 0
