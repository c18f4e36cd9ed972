"""gongkai rename: a new name for an item or an organisation, everywhere at once."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from gongkai.cli.command import Command, Date
from gongkai.cli.common import AS_OF, FINDINGS, ROOT, UNUSABLE, project_root, say, stop
from gongkai.cli.writing import write_or_stop
from gongkai.editing.changeset import unified_diff
from gongkai.editing.rename import Plan, plan
from gongkai.editing.renaming import RefusedError, Request, WorseError
from gongkai.invisible import visible
from gongkai.os_errors import told
from gongkai.reporting import as_text
from gongkai.today import today

MOST_SHOWN = 30
"""So many places that still have the old name are listed; more would not be read."""


@click.command(
    cls=Command,
    help="给事项、部门或乡镇（街道）改名：目录、各单位清单、网页和其他指南里提到它的地方一次改完，"
    "记下曾用名，写好动态调整记录。改不全就一处也不改。",
    epilog="例如：\n"
    "  gongkai rename 510123001000 公共场所卫生许可 --basis 川办发〔2026〕9号 --dry-run\n"
    "  gongkai rename 510123001000 公共场所卫生许可 --basis 川办发〔2026〕9号\n"
    "  gongkai rename weijian 达州市达川区卫生健康委员会 --short-name 区卫生健康委员会 \\\n"
    "      --basis 达川区机构改革方案\n"
    "\n曾用名、依据、法律条文、材料和证照的名称，以及办件、曝光、以前的调整记录不改：它们记的是当时的名称。\n"
    "中途断电、被强行结束的，再运行一次同样的命令，就接着改完。\n"
    "\n退出码：0 已改好，或者已经是这个名称；1 改了会有新的问题；2 不能这样改，或者读不了、写不了。",
)
@click.argument("identity", metavar="编码或编号")
@click.argument("name", metavar="新名称")
@click.option("--on", type=Date(), metavar="日期", help="新名称从哪一天起使用；默认今天，不能晚于今天。")
@click.option("--basis", required=True, metavar="依据", help="决定改名的文件名称或文号。")
@click.option("--short-name", metavar="简称", help="部门、乡镇（街道）的新简称；不写则简称不变。")
@click.option("--note", metavar="说明", help="动态调整记录里写给公众的说明；不写则按新旧名称写一句。")
@click.option(
    "--published",
    type=Date(),
    metavar="日期",
    help="新名称在哪一天公布；默认今天。以前已经公布过的，和超过 20 个工作日才公布的，都要写明。",
)
@click.option("--dry-run", is_flag=True, help="只显示会怎样改（统一差异格式），不写文件。")
@AS_OF
@ROOT
def rename(
    identity: str,
    name: str,
    on: datetime.date | None,
    basis: str,
    short_name: str | None,
    note: str | None,
    published: datetime.date | None,
    dry_run: bool,
    as_of: datetime.date | None,
    root: Path | None,
) -> None:
    """Rename an item or an organisation, or show what would change."""
    folder = project_root(root)
    day = as_of or today()
    try:
        made = plan(folder, Request(identity, name, on or day, basis, short_name, note, published), day)
    except RefusedError as error:
        _refuse(error)
    except OSError as error:
        stop(f"读不了 {told(error)}。什么也没有改。")
    if not made.changes:
        say(f"“{identity}”已经叫“{made.new}”，没有要改的。")
        return
    if dry_run:
        say(unified_diff(made.changes), nl=False)
    else:
        write_or_stop(folder, made.changes)
        say(f"已把“{made.old}”改为“{made.new}”，改了 {len(made.changes)} 个文件：")
        say("\n".join(f"  {visible(path)}" for path in sorted(made.changes)))
        say("请用 git diff 看一遍，和动态调整记录一起提交。")
    for hint in made.hints:
        say(visible(hint), err=True)
    _show_remaining(made)


def _refuse(error: RefusedError) -> None:
    say(str(error), err=True)
    as_text.write(error.findings, as_error=True)
    sys.exit(FINDINGS if isinstance(error, WorseError) else UNUSABLE)


def _show_remaining(made: Plan) -> None:
    """List, on standard error, where the characters of the old name still stand as part of something else."""
    if not made.remaining:
        return
    say(f"有 {len(made.remaining)} 处还是原来的字样，没有改，请看一看：", err=True)
    for place in made.remaining[:MOST_SHOWN]:
        say(visible(f"  {place.path}:{place.line} {place.reason}"), err=True)
    if len(made.remaining) > MOST_SHOWN:
        say(f"  另有 {len(made.remaining) - MOST_SHOWN} 处没有列出。", err=True)
