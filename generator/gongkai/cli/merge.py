"""gongkai merge: join parts that were built apart."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from gongkai.cli.command import Command
from gongkai.cli.common import (
    AS_OF,
    PRODUCTION,
    ROOT,
    checked,
    progress_bar,
    project_root,
    refuse_errors,
    say,
    stop,
    with_project,
)
from gongkai.cli.publishing import NO_SEARCH, OUTPUT, SITE_URL, crew_of, free_place, refusals
from gongkai.kept.project import Project
from gongkai.publishing.building.build import BuildReport
from gongkai.publishing.building.setting import BuildOptions
from gongkai.publishing.building.shards import merge as join
from gongkai.today import today


@click.command(
    cls=Command,
    help="把 gongkai build --shard 分开生成的各部分合成一个网站，核对链接和个人信息，生成一个全文索引。",
    epilog="例如：\n  gongkai build --shard 1/2 --output part1\n  gongkai build --shard 2/2 --output part2\n"
    "  gongkai merge part1 part2\n\n各部分要用同一份数据、同一天、同一个网址和同一个版本的程序生成；合并时的 --as-of、--site-url、--no-search 要和生成时相同。",
)
@click.argument("parts", nargs=-1, required=True, metavar="文件夹...", type=click.Path(file_okay=False, path_type=Path))
@OUTPUT
@SITE_URL
@NO_SEARCH
@AS_OF
@PRODUCTION
@ROOT
def merge(
    parts: tuple[Path, ...],
    output: Path | None,
    site_url: str | None,
    no_search: bool,
    as_of: datetime.date | None,
    production: bool,
    root: Path | None,
) -> None:
    """Join parts into one site."""
    folder = project_root(root)
    day = as_of or today()
    chosen = output or folder / "site"
    _refuse_unusable(parts, chosen)
    target = free_place(chosen, folder)
    options = BuildOptions(day, site_url, search=not no_search, production=production)

    with refusals(), crew_of(folder, None, None) as crew:

        def run(project: Project) -> BuildReport:
            refuse_errors(checked(project, day, crew, production=production).findings)
            with progress_bar() as progress:
                return join(project, parts, target, options, crew, progress)

        report = with_project(folder, run)
    say(f"已合并成 {report.pages} 个页面、{report.files} 个文件，在 {report.output}")


def _refuse_unusable(parts: tuple[Path, ...], output: Path) -> None:
    """End the program with status 2 when a part is not there, or the result would take the place of one."""
    for part in parts:
        if not part.is_dir():
            stop(f"没有这个文件夹：{part}。")
        # A link is refused anyway, and it can lead to itself.
        if output.is_symlink():
            continue
        one, other = part.resolve(), output.resolve()
        if one.is_relative_to(other) or other.is_relative_to(one):
            stop(f"合并的结果不能放在 {output}，那样会盖掉要合并的 {part}。请用 --output 换一个文件夹。")
