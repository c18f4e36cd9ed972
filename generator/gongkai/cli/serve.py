"""gongkai serve: a preview that follows every change."""

from __future__ import annotations

import datetime
import os
import threading
import time
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from watchfiles import watch

from gongkai.cli.common import AS_OF, ROOT, progress_bar, project_root, stop
from gongkai.command import Command
from gongkai.project import today
from gongkai.publishing import preview, swap
from gongkai.publishing.build import BuildOptions
from gongkai.publishing.build import build as publish
from gongkai.publishing.errors import UnpublishableError
from gongkai.quick_loading import load_quickly
from gongkai.reporting import as_text
from gongkai.reporting.summary import has_errors
from gongkai.rules.engine import Context
from gongkai.rules.parallel import run_all


@click.command(
    cls=Command,
    help="在本机预览网站；改了数据、文字或样式，自动重新生成并刷新浏览器。",
    epilog="例如：\n  gongkai serve\n  gongkai serve --port 9000\n\n按 Ctrl-C 结束。预览不会改动 site/。",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, metavar="端口", help="默认 8000。")
@click.option("--host", default="127.0.0.1", metavar="地址", help="默认 127.0.0.1，只有本机能看。")
@AS_OF
@ROOT
def serve(port: int, host: str, as_of: datetime.date | None, root: Path | None) -> None:
    """Show the site and rebuild it when something changes."""
    folder = project_root(root)
    shown = preview.Preview(folder / ".cache" / "preview")
    rebuild = partial(_rebuild, folder, as_of or today(), shown)
    try:
        web = preview.server(shown, host, port)
    except OSError as error:
        stop(f"不能使用端口 {port}：{error.strerror}。请用 --port 换一个。")
    shown.site.mkdir(parents=True, exist_ok=True)
    rebuild()
    threading.Thread(target=web.serve_forever, daemon=True).start()
    click.echo(f"预览：http://{host}:{web.server_port}/（按 Ctrl-C 结束）")
    watched = [folder / name for name in ("data", "content", "theme", "mkdocs.yml") if (folder / name).exists()]
    for _changes in watch(*watched, raise_interrupt=False):
        rebuild()
    click.echo("预览已结束。")


def _rebuild(root: Path, as_of: datetime.date, shown: preview.Preview) -> None:
    """Check and build for the preview; findings go to the terminal and to the page."""
    started = time.perf_counter()
    try:
        catalogue, findings = load_quickly(root, os.cpu_count() or 1)
        findings = sorted([*findings, *run_all(Context(catalogue, as_of, today()), os.cpu_count() or 1)])
    except OSError as error:
        # A branch is being switched, perhaps; the next change tries again.
        click.echo(f"读不了 {error.filename}：{error.strerror}", err=True)
        return
    if has_errors(findings):
        as_text.write(findings, Console(soft_wrap=True))
        click.echo(as_text.summary_line(findings))
        shown.failed(preview.findings_as_text(findings))
        return
    # The index of full texts takes longer than all the rest; suggestions and names are found without it.
    options = BuildOptions(as_of, jobs=os.cpu_count() or 1, search=False)
    try:
        with progress_bar() as progress:
            report = publish(root, catalogue, shown.site, options, progress)
    except (UnpublishableError, swap.BusyError, OSError) as error:
        click.echo(str(error), err=True)
        shown.failed(str(error))
        return
    click.echo(f"{report.pages} 个页面，用时 {time.perf_counter() - started:.1f} 秒")
    shown.rebuilt()
