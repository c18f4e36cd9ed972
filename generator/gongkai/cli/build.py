"""gongkai build: check everything, then publish."""

from __future__ import annotations

import datetime
import shlex
from functools import partial
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
from gongkai.publishing.building.build import build as publish
from gongkai.publishing.building.prepare import is_prepared, prepare_skin, prepare_templates
from gongkai.publishing.building.setting import BuildOptions
from gongkai.publishing.building.shards import Shard, build_part
from gongkai.today import today
from gongkai.workers import Crew


@click.command(
    cls=Command,
    help="检查数据，没有错误就生成网站；有错误则不发布，原来的网站保持不变。",
    epilog="例如：\n  gongkai build\n  gongkai build --as-of 2026-06-30\n  gongkai build --site-url https://example.gov.cn/fuwu/ --production"
    "\n  gongkai build --executor dask://10.0.0.5:8786\n  gongkai build --shard 1/4 --output part1",
)
@OUTPUT
@SITE_URL
@click.option("--jobs", type=click.IntRange(1, 64), metavar="数目", help="同时用几个进程；默认等于处理器数。")
@click.option(
    "--executor",
    metavar="dask://主机:端口",
    help="在 Dask 集群上生成；集群的每台机器都要在同一个路径看得到项目文件夹。",
)
@click.option(
    "--shard", metavar="I/N", help="只生成 N 个部分里的第 I 个，放进 --output 的文件夹，以后用 gongkai merge 合并。"
)
@NO_SEARCH
@AS_OF
@PRODUCTION
@ROOT
def build(
    output: Path | None,
    site_url: str | None,
    jobs: int | None,
    executor: str | None,
    shard: str | None,
    no_search: bool,
    as_of: datetime.date | None,
    production: bool,
    root: Path | None,
) -> None:
    """Check everything, then publish."""
    folder = project_root(root)
    day = as_of or today()
    part = _shard(shard, output)
    target = free_place(output or folder / "site", folder)
    options = BuildOptions(day, site_url, search=not no_search, production=production)

    def run(project: Project, crew: Crew) -> BuildReport:
        # A processor is idle while everybody waits for what is made only once: there is time for templates and MkDocs.
        alone = jobs == 1 or is_prepared(project)
        found = checked(
            project,
            day,
            crew,
            production=production,
            meanwhile=None if alone else partial(prepare_templates, project),
            beside_rules=None if alone else partial(prepare_skin, project, options),
        )
        refuse_errors(found.findings)
        with progress_bar() as progress:
            if part is not None:
                return build_part(project, target, options, part, crew, progress)
            return publish(project, target, options, crew, progress)

    with refusals(), crew_of(folder, executor, jobs) as crew:
        report = with_project(folder, lambda project: run(project, crew))
    if part is not None:
        say(f"已生成第 {part.number} 部分（共 {part.of} 部分）：{report.pages} 个页面，在 {report.output}")
        say("各部分都生成以后，运行：gongkai merge 各部分的文件夹")
        return
    say(f"已生成 {report.pages} 个页面、{report.files} 个文件，在 {report.output}")
    folder_of_site = shlex.quote(str(report.output))
    say(f"打开看看：python3 -m http.server -d {folder_of_site} 8000，然后用浏览器访问 http://localhost:8000/")


def _shard(text: str | None, output: Path | None) -> Shard | None:
    if text is None:
        return None
    try:
        shard = Shard.parse(text)
    except ValueError:
        stop(f"--shard {text} 不对：写成 1/4 的样子，第几部分在前，一共几部分在后。")
    if output is None:
        stop("--shard 要和 --output 一起用，写明这一部分放在哪个文件夹。")
    return shard
