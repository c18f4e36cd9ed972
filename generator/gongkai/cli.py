"""The command line."""

from __future__ import annotations

import datetime
import difflib
import io
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn

import click
from jinja2 import TemplateError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as BarOfRich
from watchfiles import watch

from gongkai import __version__
from gongkai.catalogue import Catalogue
from gongkai.command import Command, Date, Group
from gongkai.editing.fix import FIXABLE, fix_text, write_at_once
from gongkai.finding import Finding
from gongkai.loading import load
from gongkai.model.schema import json_schemas
from gongkai.project import find_root, today
from gongkai.publishing import preview, swap
from gongkai.publishing.build import BuildOptions, Progress
from gongkai.publishing.build import build as publish
from gongkai.publishing.full_text import FullTextError
from gongkai.publishing.links import BrokenLinksError
from gongkai.publishing.shell import SkinError
from gongkai.reporting import as_github, as_gitlab, as_json, as_sarif, as_text
from gongkai.reporting.summary import has_errors
from gongkai.rules.engine import Context, Rule, run
from gongkai.rules.registry import FAMILIES, RULES

OK, FINDINGS, UNUSABLE = 0, 1, 2
UNPUBLISHABLE = (SkinError, BrokenLinksError, FullTextError, TemplateError, BrokenExecutor)
"""What a build says when the tree, though without errors, cannot become a site."""


RENDERERS: dict[str, Callable[[list[Finding]], str]] = {
    "json": as_json.render,
    "github": as_github.render,
    "gitlab": as_gitlab.render,
    "sarif": lambda findings: as_sarif.render(findings, {r.code: r.title for r in RULES.values()}, __version__),
}
"""Findings as text for programs, by the name of the format."""

AS_OF = click.option("--as-of", type=Date(), metavar="日期", help="按哪一天检查或生成；默认今天（北京时间）。")
PRODUCTION = click.option("--production", is_flag=True, help="按正式发布的要求检查，不允许演示用的占位内容。")
ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="文件夹",
    help="项目所在的文件夹；默认从当前文件夹往上找。",
)


@click.group(
    cls=Group,
    help="公开：把区级政务服务事项目录（YAML 文件）检查、发布成网站。",
    epilog="例如：\n  gongkai check            检查全部数据\n  gongkai build            生成网站到 site/\n"
    "  gongkai rule T001        解释一条规则",
)
@click.version_option(__version__, "--version", message="gongkai %(version)s", help="显示版本号。")
def main() -> None:
    """Run one of the commands below."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def project_root(root: Path | None) -> Path:
    """Return the project's folder, or end the program with status 2 and a message."""
    found = root.resolve() if root else find_root(Path.cwd())
    if found is None or not (found / "data").is_dir():
        place = root or Path.cwd()
        stop(f"在 {place} 没有找到项目：项目文件夹里应当有 mkdocs.yml 和 data/。请进入项目文件夹，或者用 --root 指明。")
    return found


def stop(message: str) -> NoReturn:
    """End the program with status 2 and a message on standard error."""
    click.echo(message, err=True)
    sys.exit(UNUSABLE)


def checked_catalogue(root: Path, as_of: datetime.date, *, production: bool) -> tuple[Catalogue, list[Finding]]:
    """Read everything and run every rule; returns the catalogue and all findings in order of place."""
    try:
        catalogue, findings = load(root)
    except OSError as error:
        stop(f"读不了 {error.filename}：{error.strerror}。")
    findings += run(RULES.values(), Context(catalogue, as_of), production=production)
    return catalogue, sorted(replace(finding, fixable=finding.code in FIXABLE) for finding in findings)


@main.command(
    cls=Command,
    help="检查数据，报告每一处问题在哪个文件第几行、应当怎么改。",
    epilog="例如：\n  gongkai check\n  gongkai check data/items/weijian\n  gongkai check --format json > findings.json\n"
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
@AS_OF
@PRODUCTION
@ROOT
def check(
    paths: tuple[Path, ...],
    output_format: str,
    fix: bool,
    dry_run: bool,
    as_of: datetime.date | None,
    production: bool,
    root: Path | None,
) -> None:
    """Check the whole catalogue; with paths, report only what concerns them."""
    folder = project_root(root)
    wanted = [_below_root(path, folder) for path in paths]

    def find() -> tuple[Catalogue, list[Finding]]:
        catalogue, found = checked_catalogue(folder, as_of or today(), production=production)
        return catalogue, [f for f in found if not wanted or any(_within(f.path, path) for path in wanted)]

    catalogue, findings = find()
    if dry_run and not fix:
        stop("--dry-run 要和 --fix 一起用。")
    if fix:
        changed = _fix(folder, findings, dry_run=dry_run)
        # A repaired file can be read further, and may then show what can be repaired too.
        while changed and not dry_run:
            catalogue, findings = find()
            changed = _fix(folder, findings, dry_run=False)
    if output_format in RENDERERS:
        click.echo(RENDERERS[output_format](findings), nl=False)
    else:
        as_text.write(findings, Console(soft_wrap=True))
        click.echo(_names_compared(catalogue))
        click.echo(as_text.summary_line(findings))
    sys.exit(FINDINGS if has_errors(findings) else OK)


def _names_compared(catalogue: Catalogue) -> str:
    """Say in one line how many names at how many organisations were compared, and how many differ."""
    published = [catalogue.names_published(identity) for identity in catalogue.listings]
    total, equal = sum(count for count, _ in published), sum(same for _, same in published)
    return f"核对了 {len(published)} 个单位公布的 {total} 个名称，{total - equal} 个与区级目录不一致。"


def _fix(root: Path, findings: list[Finding], *, dry_run: bool) -> int:
    """Correct what has one right answer, or show how; returns the number of files that change."""
    changed = 0
    for path in sorted({finding.path for finding in findings if finding.code in FIXABLE}):
        before = (root / path).read_bytes().decode("utf-8")
        after = fix_text(before, path, findings)
        if after == before:
            continue
        changed += 1
        if dry_run:
            lines = difflib.unified_diff(
                before.splitlines(), after.splitlines(), path, path, "现在", "改后", lineterm=""
            )
            click.echo("\n".join(lines), err=True)
        else:
            write_at_once(root / path, after.encode("utf-8"))
            click.echo(f"已改好 {path}", err=True)
    return changed


def _below_root(path: Path, root: Path) -> str:
    if not path.exists():
        stop(f"没有这个文件或文件夹：{path}")
    try:
        return path.resolve().relative_to(root).as_posix()
    except ValueError:
        stop(f"{path} 不在项目文件夹 {root} 里。")


def _within(path: str, folder: str) -> bool:
    return folder in (".", path) or path.startswith(folder + "/")


@main.command(
    cls=Command,
    name="rule",
    help="解释一条规则：为什么有它、依据什么、怎样算对、怎样算错。不写编号则列出全部规则。",
    epilog="例如：\n  gongkai rule\n  gongkai rule T001",
)
@click.argument("code", required=False, metavar="[编号]")
def explain_rule(code: str | None) -> None:
    """Explain one rule, or list them all."""
    if code is None:
        for letter, title in FAMILIES.items():
            click.secho(f"{letter} {title}", bold=True)
            for rule in RULES.values():
                if rule.code.startswith(letter):
                    click.echo(f"  {rule.code}  {rule.title}")
        return
    if code.upper() not in RULES:
        stop(f"没有编号是“{code}”的规则。运行 gongkai rule 可以看到全部规则。")
    _print_rule(RULES[code.upper()])


def _print_rule(rule: Rule) -> None:
    click.secho(f"{rule.code} {rule.title}", bold=True)
    click.echo(f"\n为什么：{rule.reason}\n依据：{rule.source}")
    for heading, example in (("正确的写法", rule.example.good), ("错误的写法", rule.example.bad)):
        click.secho(f"\n{heading}：", bold=True)
        click.echo("".join(f"  {line}\n" for line in example.rstrip("\n").split("\n")), nl=False)


@main.command(
    cls=Command,
    help="由数据模型重新生成 schema/ 里的 JSON Schema。",
    epilog="例如：\n  gongkai schema           写入 schema/\n  gongkai schema --check   只核对是否最新（供持续集成使用）",
)
@click.option("--check", "only_check", is_flag=True, help="不写文件；与模型不一致时退出码为 1。")
@ROOT
def schema(only_check: bool, root: Path | None) -> None:
    """Write the JSON Schemas, or compare them with what the models say."""
    folder = project_root(root)
    stale = [
        path
        for path, text in json_schemas().items()
        if not (folder / path).is_file() or (folder / path).read_text(encoding="utf-8") != text
    ]
    if only_check:
        for path in stale:
            click.echo(f"{path} 不是最新的，请运行 gongkai schema")
        sys.exit(FINDINGS if stale else OK)
    for path, text in json_schemas().items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    click.echo(f"已写入 {len(json_schemas())} 个文件，其中 {len(stale)} 个有变化。")


@main.command(
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
    catalogue, findings = checked_catalogue(folder, day, production=production)
    refuse_errors(findings)
    options = BuildOptions(day, site_url, jobs or os.cpu_count() or 1, search=not no_search, production=production)
    try:
        with progress_bar() as progress:
            report = publish(folder, catalogue, target, options, progress)
    except UNPUBLISHABLE as error:
        click.echo(f"没有发布，原来的网站保持不变。{error}", err=True)
        sys.exit(FINDINGS)
    except swap.BusyError as error:
        stop(f"没有发布：{error}。")
    except OSError as error:
        click.echo(f"没有发布，原来的网站保持不变：写文件出错，{error}", err=True)
        sys.exit(UNUSABLE)
    click.echo(f"已生成 {report.pages} 个页面、{report.files} 个文件，在 {report.output}")
    click.echo(f"打开看看：python3 -m http.server -d {report.output} 8000，然后用浏览器访问 http://localhost:8000/")


def refuse_errors(findings: list[Finding]) -> None:
    """End the program with status 1, the findings and a summary when there is any error."""
    if has_errors(findings):
        as_text.write(findings, Console(stderr=True, soft_wrap=True))
        click.echo(as_text.summary_line(findings), err=True)
        click.echo("有错误，没有发布；原来的网站保持不变。", err=True)
        sys.exit(FINDINGS)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Yield a function that shows progress on standard error when it is a terminal."""
    console = Console(stderr=True)
    with BarOfRich(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for finished in tasks.values():
                    bar.update(finished, visible=False)
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show


@main.command(
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
        catalogue, findings = load(root)
        findings = sorted([*findings, *run(RULES.values(), Context(catalogue, as_of))])
    except OSError as error:
        # A branch is being switched, perhaps; the next change tries again.
        click.echo(f"读不了 {error.filename}：{error.strerror}", err=True)
        return
    if has_errors(findings):
        as_text.write(findings, Console(soft_wrap=True))
        click.echo(as_text.summary_line(findings))
        shown.failed(preview.findings_as_text(findings))
        return
    try:
        with progress_bar() as progress:
            report = publish(root, catalogue, shown.site, BuildOptions(as_of, jobs=os.cpu_count() or 1), progress)
    except (*UNPUBLISHABLE, swap.BusyError, OSError) as error:
        click.echo(str(error), err=True)
        shown.failed(str(error))
        return
    click.echo(f"{report.pages} 个页面，用时 {time.perf_counter() - started:.1f} 秒")
    shown.rebuilt()
