"""gongkai adjust: write the adjustment record of what changed, and raise the versions."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from gongkai.cli.command import Command, Date
from gongkai.cli.common import AS_OF, ROOT, project_root, say, stop
from gongkai.cli.revision import catalogue_of, files_at
from gongkai.cli.writing import write_or_stop
from gongkai.editing.adjusting import CannotAdjustError, Request, plan, summary
from gongkai.editing.changeset import unified_diff
from gongkai.editing.late_publication import lateness
from gongkai.loading import load
from gongkai.os_errors import told
from gongkai.today import today


@click.command(
    cls=Command,
    help="把改动写成动态调整记录：与一个版本比较，有实质变化、还没有记录的事项，版本加 1、改生效日期，"
    "每个要素原来和现在的内容都记下来。已经记过的不重复记。",
    epilog="例如：\n"
    "  gongkai adjust HEAD --basis 达川府办函〔2026〕18号 --note 承诺时限由八个工作日压缩到五个工作日。 --dry-run\n"
    "  gongkai adjust main --basis 达川府办函〔2026〕18号 --note 取消两件申请材料。 --on 2026-12-01\n"
    "\n退出码：0 已写好，或者没有要写的；2 不能写，或者读不了。",
)
@click.argument("revision", metavar="版本")
@click.option("--basis", required=True, metavar="依据", help="决定调整的文件名称或文号。")
@click.option("--note", required=True, metavar="说明", help="写给公众：调整了什么、办事有什么不同。")
@click.option("--on", type=Date(), metavar="日期", help="调整从哪一天起施行；默认今天。")
@click.option(
    "--published",
    type=Date(),
    metavar="日期",
    help="公布日期；默认今天。以前已经公布过的，和超过 20 个工作日才公布的，都要写明。",
)
@click.option("--dry-run", is_flag=True, help="只显示会怎样改（统一差异格式），不写文件。")
@AS_OF
@ROOT
def adjust(
    revision: str,
    basis: str,
    note: str,
    on: datetime.date | None,
    published: datetime.date | None,
    dry_run: bool,
    as_of: datetime.date | None,
    root: Path | None,
) -> None:
    """Write the record of what changed since a revision, or show it."""
    for value, noun in ((basis, "依据"), (note, "说明")):
        if not value.strip():
            stop(f"{noun}是空的，请写明。")
    folder = project_root(root)
    day = as_of or today()
    request = Request(basis.strip(), note.strip(), on or day, published or day)
    before, _ = catalogue_of(files_at(folder, revision))
    try:
        after, _ = load(folder)
        made = plan(folder, before, after, request)
    except CannotAdjustError as error:
        stop(str(error))
    except OSError as error:
        stop(f"读不了 {told(error)}。什么也没有改。")
    if made.changes and published is None:
        late = lateness(f"调整从 {request.effective_on} 起施行", request.effective_on, after, day)
        if late:
            stop(late)
    if not made.changes:
        say(f"与版本“{revision}”比较，没有还要记录的实质变化。")
    elif dry_run:
        say(unified_diff(made.changes), nl=False)
    else:
        write_or_stop(folder, made.changes)
        say("已写好动态调整记录：")
        say("\n".join(summary(made)))
        say("请看一遍种类和说明，与改动一起提交。")
