"""What several commands need: options, the project's folder, endings, and the checked catalogue."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from gongkai.cli.command import Date
from gongkai.editing.fix import FIXABLE
from gongkai.finding import Finding
from gongkai.invisible import visible, visible_lines
from gongkai.kept.project import Project
from gongkai.kept.store import DamagedError, discard, open_store
from gongkai.os_errors import told
from gongkai.progress import Progress, unseen
from gongkai.reporting import as_text
from gongkai.reporting.summary import has_errors
from gongkai.rules.checking import Checked, Day, check_project
from gongkai.today import today
from gongkai.workers import Crew, WorkerLostError, beside

OK, FINDINGS, UNUSABLE = 0, 1, 2

_MARKS = ("mkdocs.yml", "data")
"""What the folder of a project holds."""

_FIRST_DAY = datetime.date(1949, 10, 1)
"""The first day that can be asked about: no law in force is older."""

_YEARS_AHEAD = 10
"""How many years ahead can be asked about: what a site tells grows with every one of them."""


class _Day(Date):
    """A day on which a catalogue can be looked at."""

    def convert(self, value: Any, param: Any, ctx: Any) -> datetime.date:
        """Return the day; raises a usage error in Chinese for a mistyped year."""
        day = super().convert(value, param, ctx)
        last = datetime.date(today().year + _YEARS_AHEAD, 12, 31)
        if not _FIRST_DAY <= day <= last:
            self.fail(f"“{value}”不在 {_FIRST_DAY} 到 {last} 之间，请核对年份")
        return day


AS_OF = click.option(
    "--as-of",
    type=_Day(),
    metavar="日期",
    help=f"按哪一天检查或生成，从 {_FIRST_DAY} 到十年以后；默认今天（北京时间）。",
)
PRODUCTION = click.option("--production", is_flag=True, help="按正式发布的要求检查，不允许演示数据和占位内容。")
ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="文件夹",
    help="项目所在的文件夹；默认从当前文件夹往上找。",
)


def project_root(root: Path | None) -> Path:
    """Return the project's folder, or end the program with status 2 and a message."""
    found = root.resolve() if root else _root_above(Path.cwd())
    if found is None or not (found / "data").is_dir():
        place = root or Path.cwd()
        stop(f"在 {place} 没有找到项目：项目文件夹里应当有 mkdocs.yml 和 data/。请进入项目文件夹，或者用 --root 指明。")
    return found


def _root_above(start: Path) -> Path | None:
    """Return the nearest folder at or above ``start`` that holds a project, or None."""
    for folder in (start, *start.parents):
        if all((folder / mark).exists() for mark in _MARKS):
            return folder
    return None


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text for people; characters that could steer a terminal are shown by their number."""
    click.echo(visible_lines(text), err=err, nl=nl)


def stop(message: str) -> NoReturn:
    """End the program with status 2 and a message on standard error."""
    say(visible(message), err=True)
    sys.exit(UNUSABLE)


T = TypeVar("T")


def with_project(root: Path, work: Callable[[Project], T]) -> T:
    """Return what ``work`` makes of a project with what is kept of it.

    Where that turns out to be damaged, it is thrown away and the work done once more without it.
    """
    try:
        store = open_store(root)
    except OSError as error:
        stop(f"没有地方放中间结果：{told(error)}。")
    try:
        return work(Project(root, store))
    except DamagedError:
        discard(store)
        store = open_store(root)
        try:
            return work(Project(root, store))
        except DamagedError as error:
            stop(
                f"中间结果两次都读不出来（{error}）。别的 gongkai 正在运行的，请等它结束再试；磁盘出错的，请换一个地方。"
            )
    finally:
        store.close()


def checked(
    project: Project,
    as_of: datetime.date,
    crew: Crew,
    *,
    production: bool,
    meanwhile: Callable[[], object] | None = None,
    beside_rules: Callable[[], object] | None = None,
) -> Checked:
    """Read what changed, run every rule where something changed; returns all findings in order of place.

    ``meanwhile`` is done beside all of it by another process, ``beside_rules`` once everything is read; see ``beside``.

    The files are checked as they are, for a past day too: earlier versions are rebuilt from them, and only they
    can be mended.
    """
    try:
        with progress_bar() as progress, beside(meanwhile) if meanwhile is not None else nullcontext():
            project.refresh(crew, progress)
            with beside(beside_rules) if beside_rules is not None else nullcontext():
                found = check_project(project, Day(as_of, today(), production), crew, progress)
    except WorkerLostError:
        stop("检查的一个进程中途被结束，可能是内存不够，请重新运行。")
    except OSError as error:
        stop(f"读写不了 {told(error)}。")
    return replace(found, findings=with_fixable(found.findings))


def with_fixable(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in order of place, those marked that can be corrected without asking."""
    return sorted(replace(finding, fixable=finding.code in FIXABLE) for finding in findings)


def refuse_errors(findings: list[Finding]) -> None:
    """End the program with status 1, the findings and a summary when there is any error."""
    if has_errors(findings):
        as_text.write(findings, as_error=True)
        say(as_text.summary_line(findings), err=True)
        say("有错误，没有发布；原来的网站保持不变。", err=True)
        sys.exit(FINDINGS)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Yield a function that shows progress on standard error when it is a terminal."""
    # None where the program was started without it
    if sys.stderr is None or not sys.stderr.isatty():
        yield unseen
        return
    # Imported here: it takes longer to import than a file to check, and is of no use without a terminal
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as BarOfRich  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with BarOfRich(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for finished in tasks.values():
                    bar.update(finished, visible=False)
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show
