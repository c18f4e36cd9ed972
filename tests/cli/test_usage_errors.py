"""What is wrong with a command line is said in Chinese, with what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from commands import call
from gongkai.today import today


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chekc", "没有“chekc”这个命令，是不是“check”。"),
        ("--nope", "没有“--nope”这个选项。"),
        ("check --formt text", "没有“--formt”这个选项，是不是“--format”、“--root”。"),
        ("check --format", "选项“--format”后面要写一个值。"),
        ("check --format xml", "选项“--format”不对：只能写“text”、“json”、“github”、“gitlab”、“sarif”。"),
        ("check --as-of 昨天", "选项“--as-of”不对：“昨天”不是日期，请写成 2026-01-31 的样子。"),
        ("check --as-of 0001-01-01", "选项“--as-of”不对：“0001-01-01”不在 1949-10-01 到 {last} 之间，请核对年份。"),
        ("build --as-of 1949-09-30", "选项“--as-of”不对：“1949-09-30”不在 1949-10-01 到 {last} 之间，请核对年份。"),
        ("build --as-of 9999-12-31", "选项“--as-of”不对：“9999-12-31”不在 1949-10-01 到 {last} 之间，请核对年份。"),
        ("serve --as-of 2206-11-27", "选项“--as-of”不对：“2206-11-27”不在 1949-10-01 到 {last} 之间，请核对年份。"),
        ("check --fix=yes", "选项“--fix”不能带值。"),
        ("check --dry-run", "--dry-run 要和 --fix 一起用。"),
        ("check --root nowhere", "选项“--root”不对：没有这个文件夹。"),
        ("check --root mkdocs.yml", "选项“--root”不对：要写读得到的文件夹，不是文件。"),
        ("build --jobs 99", "选项“--jobs”不对：要写 1 到 64 的整数。"),
        ("build --jobs x", "选项“--jobs”不对：要写 1 到 64 的整数。"),
        ("build a b", "多写了参数“a b”。"),
        ("merge", "缺少参数“文件夹”。"),
        ("merge data part2", "没有这个文件夹：part2。"),
        ("rename a", "缺少参数“新名称”。"),
        ("rename a b", "缺少选项“--basis”。"),
    ],
)
def test_a_message_says_what_to_write(line: str, said: str, district: Path) -> None:
    result = call(district, *line.split())
    first = result.stderr.splitlines()[0]
    assert (result.returncode, first) == (2, said.format(last=f"{today().year + 10}-12-31"))
    assert not re.search(r"[a-z]{3,} [a-z]{3,}|[\u4e00-\u9fff] ?[,.:;?!]|[,.:;?!] ?[\u4e00-\u9fff]", first)


def test_without_a_command_there_is_the_help(district: Path) -> None:
    result = call(district)
    assert (result.returncode, result.stdout, result.stderr) == (2, "", call(district, "--help").stdout)
    assert result.stderr.startswith("用法：")
