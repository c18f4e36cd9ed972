"""gongkai diff: what changed between two versions, told by item and element."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from gongkai.cli.command import Command
from gongkai.cli.common import FINDINGS, OK, ROOT, UNUSABLE, project_root, say
from gongkai.cli.revision import files_at, files_now
from gongkai.invisible import visible
from gongkai.versions.comparison import Difference, differences, plain_records
from gongkai.versions.wording import as_json, as_text


@click.command(
    cls=Command,
    help="比较两个版本的数据：哪个事项、机构、法律文件的哪个要素，由什么改成什么，是不是实质变化。"
    "只写一个版本，就与现在的文件比较。",
    epilog="例如：\n  gongkai diff HEAD              还没有提交的改动\n  gongkai diff HEAD~3 HEAD\n"
    "  gongkai diff main --format json\n"
    "\n退出码：0 没有问题，1 有公布过的编码消失了，2 用法不对，或者有文件读不了、没有比较。",
)
@click.argument("old", metavar="版本")
@click.argument("new", metavar="[版本]", required=False)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    metavar="text|json",
    help="输出给人看的文字（text），或者给程序用的 JSON。",
)
@ROOT
def diff(old: str, new: str | None, output_format: str, root: Path | None) -> None:
    """Tell the meaning of a change."""
    folder = project_root(root)
    before = plain_records(files_at(folder, old))
    after = plain_records(files_now(folder) if new is None else files_at(folder, new))
    unreadable = sorted({*before.unreadable, *after.unreadable})
    found = list(differences(before, after))
    if output_format == "json":
        click.echo(as_json(found, unreadable), nl=False)
    else:
        _write(found, unreadable)
    gone = any(change.after is None for change in found)
    sys.exit(UNUSABLE if unreadable else FINDINGS if gone else OK)


def _write(found: list[Difference], unreadable: list[str]) -> None:
    for line in as_text(found):
        say(line)
    for path in unreadable:
        say(visible(f"{path} 有一个版本读不出来，没有比较；gongkai check 会说哪里不对。"), err=True)
    major = sum(change.major for change in found)
    if found:
        say(f"共 {len(found)} 处不同，其中 {major} 处有实质变化。")
    elif not unreadable:
        say("没有不同。")
