"""gongkai build: check everything, then publish."""

from __future__ import annotations

import datetime
import os
import re
import sys
from pathlib import Path

import click

from gongkai.cli.common import (
    AS_OF,
    FINDINGS,
    PRODUCTION,
    ROOT,
    UNUSABLE,
    checked,
    progress_bar,
    project_root,
    refuse_errors,
    stop,
    with_project,
)
from gongkai.command import Command
from gongkai.kept.project import Project
from gongkai.project import today
from gongkai.publishing import swap
from gongkai.publishing.build import BuildOptions, BuildReport
from gongkai.publishing.build import build as publish
from gongkai.publishing.errors import UnpublishableError
from gongkai.workers import LocalCrew


@click.command(
    cls=Command,
    help="检查数据，没有错误就生成网站；有错误则不发布，原来的网站保持不变。",
    epilog="例如：\n  gongkai build\n  gongkai build --as-of 2026-06-30\n  gongkai build --site-url https://example.gov.cn/fuwu/ --production",
)
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), metavar="文件夹", help="网站放在哪里；默认 site/。"
)
@click.option("--site-url", metavar="网址", help="网站的网址；默认用 mkdocs.yml 里的 site_url。")
@click.option("--jobs", type=click.IntRange(1, 64), metavar="数目", help="同时用几个进程；默认等于处理器数。")
@click.option("--no-search", is_flag=True, help="不生成全文索引（更快，用于试看）。")
@AS_OF
@PRODUCTION
@ROOT
def build(
    output: Path | None,
    site_url: str | None,
    jobs: int | None,
    no_search: bool,
    as_of: datetime.date | None,
    production: bool,
    root: Path | None,
) -> None:
    """Check everything, then publish."""
    folder = project_root(root)
    day = as_of or today()
    if site_url is not None and not re.fullmatch(
        r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~/-]*)?", site_url
    ):
        stop(f"网址“{site_url}”不对：写成 https://example.gov.cn/fuwu/ 的样子，不带 ? 和 #。")
    target = output or folder / "site"
    try:
        swap.recover(target)
        swap.refuse_other_folders(target, folder)
    except (swap.NotASiteError, OSError) as error:
        stop(f"没有发布：{error}。")
    crew = LocalCrew(jobs or os.cpu_count() or 1)
    options = BuildOptions(day, site_url, search=not no_search, production=production)

    def run(project: Project) -> BuildReport:
        found = checked(project, day, crew, production=production)
        refuse_errors(found.findings)
        with progress_bar() as progress:
            return publish(project, target, options, crew, progress)

    try:
        report = with_project(folder, run)
    except UnpublishableError as error:
        click.echo(f"没有发布，原来的网站保持不变。{error}", err=True)
        sys.exit(FINDINGS)
    except swap.BusyError as error:
        stop(f"没有发布：{error}。")
    except OSError as error:
        click.echo(f"没有发布，原来的网站保持不变：写文件出错，{error}", err=True)
        sys.exit(UNUSABLE)
    click.echo(f"已生成 {report.pages} 个页面、{report.files} 个文件，在 {report.output}")
    click.echo(f"打开看看：python3 -m http.server -d {report.output} 8000，然后用浏览器访问 http://localhost:8000/")
