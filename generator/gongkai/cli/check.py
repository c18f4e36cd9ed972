"""gongkai check: find what is wrong, and correct what has one right answer."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from gongkai import __version__
from gongkai.cli.command import Command
from gongkai.cli.common import AS_OF, FINDINGS, OK, PRODUCTION, ROOT, checked, project_root, say, stop, with_project
from gongkai.finding import Finding
from gongkai.kept.project import Project
from gongkai.reporting import as_github, as_gitlab, as_json, as_sarif, as_text
from gongkai.reporting.summary import has_errors
from gongkai.rules.checking import Checked
from gongkai.rules.registry import RULES
from gongkai.today import today
from gongkai.workers import LocalCrew

RENDERERS: dict[str, Callable[[list[Finding]], str]] = {
    "json": as_json.render,
    "github": as_github.render,
    "gitlab": as_gitlab.render,
    "sarif": lambda findings: as_sarif.render(findings, {r.code: r.title for r in RULES.values()}, __version__),
}
"""Findings as text for programs, by the name of the format."""


@click.command(
    cls=Command,
    help="检查数据，报告每一处问题在哪个文件第几行、应当怎么改。",
    epilog="例如：\n  gongkai check\n  gongkai check data/items/weijian\n  gongkai check --format json > findings.json\n"
    "  gongkai check --since main      只报告与 main 相比的改动牵涉到的问题\n"
    "  gongkai check --fix --dry-run   先看看会改什么\n  gongkai check --fix             改好\n"
    "\n退出码：0 没有错误，1 有错误，2 用法不对或读不了。",
)
@click.argument("paths", nargs=-1, metavar="[路径]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", *RENDERERS]),
    default="text",
    metavar="text|json|github|gitlab|sarif",
    help="输出给人看的文字（text），给程序用的 JSON，或者代码托管平台的标注（github、gitlab、sarif）。",
)
@click.option("--fix", is_flag=True, help="把只有一个正确答案的问题直接改好：名称、全角字符、Tab、首行注释。")
@click.option("--dry-run", is_flag=True, help="与 --fix 一起用：只显示会怎样改，不写文件。")
@click.option(
    "--since",
    metavar="版本",
    help="只报告改动牵涉到的：改了的文件、引用它们的文件、新出现的问题；另外检查实质变化有没有升版本、写调整记录。",
)
@AS_OF
@PRODUCTION
@ROOT
def check(
    paths: tuple[Path, ...],
    output_format: str,
    fix: bool,
    dry_run: bool,
    since: str | None,
    as_of: datetime.date | None,
    production: bool,
    root: Path | None,
) -> None:
    """Check the whole catalogue; with paths, report only what concerns them."""
    if dry_run and not fix:
        stop("--dry-run 要和 --fix 一起用。")
    folder = project_root(root)
    wanted = [_below_root(path, folder) for path in paths]
    look = _looking(folder, wanted, since, as_of or today(), production=production)
    found = with_project(folder, _mending(look, dry_run=dry_run) if fix else look)
    _report(found, output_format)
    sys.exit(FINDINGS if has_errors(found.findings) else OK)


def _looking(
    folder: Path, wanted: Sequence[str], since: str | None, day: datetime.date, *, production: bool
) -> Callable[[Project], Checked]:
    """Return what finds in a project what is asked for: below some paths, and since a revision, where one is given."""
    earlier = None
    if since is not None:
        from gongkai.cli.since import Since  # noqa: PLC0415 - what compares versions takes long to import

        earlier = Since(folder, since, day, production=production)
    crew = LocalCrew(os.cpu_count() or 1)

    def look(project: Project) -> Checked:
        found = checked(project, day, crew, production=production)
        kept = found.findings if earlier is None else earlier.findings(project.catalogue, found.findings)
        return replace(found, findings=[f for f in kept if not wanted or any(_within(f.path, p) for p in wanted)])

    return look


def _mending(look: Callable[[Project], Checked], *, dry_run: bool) -> Callable[[Project], Checked]:
    from gongkai.cli.fixing import mended  # noqa: PLC0415 - what compares texts takes long to import

    return partial(mended, look=look, dry_run=dry_run)


def _report(found: Checked, output_format: str) -> None:
    if output_format in RENDERERS:
        click.echo(RENDERERS[output_format](found.findings), nl=False)
        if output_format == "github":
            say(as_github.notice(_names_compared(found)))
    else:
        as_text.write(found.findings)
        say(_names_compared(found))
        say(as_text.summary_line(found.findings))


def _names_compared(found: Checked) -> str:
    """Say in one line how many names at how many organisations were compared, and how many differ."""
    differing = found.names - found.equal
    return f"核对了 {found.organizations} 个单位公布的 {found.names} 个名称，{differing} 个与区级目录不一致。"


def _below_root(path: Path, root: Path) -> str:
    if not path.exists():
        stop(f"没有这个文件或文件夹：{path}")
    try:
        return path.resolve().relative_to(root).as_posix()
    except ValueError:
        stop(f"{path} 不在项目文件夹 {root} 里。")


def _within(path: str, folder: str) -> bool:
    return folder in (".", path) or path.startswith(folder + "/")
