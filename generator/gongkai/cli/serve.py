"""gongkai serve: a preview that follows every change."""

from __future__ import annotations

import datetime
import errno
import os
import shutil
import socket
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from filelock import FileLock, Timeout

from gongkai.cache_folder import cache_folder
from gongkai.cli.command import Command
from gongkai.cli.common import AS_OF, ROOT, progress_bar, project_root, say, stop
from gongkai.cli.watching import changes
from gongkai.finding import Finding
from gongkai.kept.project import Project
from gongkai.kept.store import DamagedError, Store, discard, open_store
from gongkai.os_errors import reason, told
from gongkai.publishing import preview
from gongkai.publishing.building import swap
from gongkai.publishing.building.build import BuildReport
from gongkai.publishing.building.build import build as publish
from gongkai.publishing.building.setting import BuildOptions
from gongkai.publishing.errors import UnpublishableError
from gongkai.reporting import as_text
from gongkai.reporting.summary import has_errors
from gongkai.rules.checking import Day, check_project
from gongkai.sources import hidden
from gongkai.today import today
from gongkai.workers import LocalCrew, WorkerLostError

_PREVIEW = "preview"


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
    try:
        with _place(folder) as place:
            _serve(folder, preview.Preview(place), host, port, as_of or today())
    except OSError as error:
        stop(f"没有地方放预览的网站：{told(error)}。")


@contextmanager
def _place(root: Path) -> Iterator[Path]:
    """Yield where the site of a preview goes, which no other preview uses meanwhile; raises OSError where there is no place.

    Nobody can guess its name, which comes from what is kept: a site that came with the project's files is never shown. A
    second preview of a project has a place that ends with it, and so has one of a project in which nothing can be kept.
    """
    with ExitStack() as held:
        name = None
        with suppress(OSError, Timeout, DamagedError):
            cache = cache_folder(root)
            held.enter_context(FileLock(cache / f"{_PREVIEW}.lock", timeout=0))
            with closing(open_store(root)) as store:
                name = store.folder.name if store.lasts else None
        if name is None:
            yield Path(held.enter_context(TemporaryDirectory(prefix="gongkai-"))) / _PREVIEW
            return
        place = cache / f"{_PREVIEW}-{name}"
        for other in {*cache.glob(f"{_PREVIEW}*"), *cache.glob(f".{_PREVIEW}*")}:
            if other.is_dir() and place.name not in other.name:
                shutil.rmtree(other, ignore_errors=True)
        yield place


def _serve(folder: Path, shown: preview.Preview, host: str, port: int, as_of: datetime.date) -> None:
    try:
        web = preview.server(shown, host, port)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            stop(f"不能使用地址 {host}：这台机器没有这个地址。请用 --host 换一个，或者不写。")
        stop(f"不能使用端口 {port}：{reason(error)}。请用 --port 换一个。")
    except (TypeError, UnicodeError):
        # What Python raises for a name that no host can have
        stop(f"不能使用地址 {host}：这不是主机的地址。请用 --host 换一个，或者不写。")
    shown.site.mkdir(parents=True, exist_ok=True)
    ongoing = _Follower(folder, as_of, shown)
    changed_files = changes(folder)
    with closing(ongoing), suppress(KeyboardInterrupt):
        # From the first look on, nothing that changes is missed.
        next(changed_files)
        ongoing.rebuild()
        threading.Thread(target=web.serve_forever, daemon=True).start()
        say(f"预览：http://{host}:{web.server_port}/（按 Ctrl-C 结束）")
        for changed in filter(None, changed_files):
            ongoing.rebuild(changed)
    say("预览已结束。")


class _Follower:
    """A preview that goes on: what was read and made stays in memory between two changes."""

    def __init__(self, root: Path, as_of: datetime.date, shown: preview.Preview) -> None:
        self._root = root
        self._as_of = as_of
        self._shown = shown
        self._crew = LocalCrew(os.cpu_count() or 1)
        self._project: Project | None = None

    def rebuild(self, changed: Collection[Path] | None = None) -> None:
        """Check and build what changed; findings go to the terminal and to the page, and the last good page stays."""
        while not self._tried(changed):
            changed = None

    def close(self) -> None:
        """Let go of what was read and made."""
        self._forget()

    def _tried(self, changed: Collection[Path] | None) -> bool:
        """Rebuild; returns False when that must be tried again with all files."""
        started = time.perf_counter()
        try:
            report = self._rebuilt(changed)
        except DamagedError:
            self._forget(throw_away=True)
            return False
        except OSError as error:
            # A branch is being switched, perhaps; the next change tries again.
            self._refused(f"读写不了 {told(error)}。")
        except WorkerLostError:
            self._refused("一个进程中途被结束，可能是内存不够；下次改动时再试")
        except (UnpublishableError, swap.BusyError, swap.UnfinishedError) as error:
            self._refused(str(error))
        else:
            if report is not None:
                seconds = time.perf_counter() - started
                say(f"{report.pages} 个页面，改动牵涉 {len(report.made)} 处，用时 {seconds:.2f} 秒")
        return True

    def _refused(self, message: str) -> None:
        self._forget()
        say(message, err=True)
        self._shown.failed(message)

    def _rebuilt(self, changed: Collection[Path] | None) -> BuildReport | None:
        project = self._project
        if project is None or not project.store.resume():
            self._forget()
            project, changed = Project(self._root, open_store(self._root)), None
            self._project = project
        try:
            with progress_bar() as progress:
                project.refresh(self._crew, progress, self._sources(changed))
                found = check_project(project, Day(self._as_of, today()), self._crew, progress)
                if has_errors(found.findings):
                    self._show(found.findings)
                    return None
                # The index of full texts takes longer than all the rest; suggestions and names are found without it.
                options = BuildOptions(self._as_of, search=False, followed=True)
                report = publish(project, self._shown.site, options, self._crew, progress)
        finally:
            project.store.pause()
        self._shown.rebuilt()
        return report

    def _sources(self, changed: Collection[Path] | None) -> Collection[str] | None:
        """Return the source files among some paths; None where any may have changed, as when a folder came or went."""
        project = self._project
        if changed is None or project is None or any(path.is_dir() for path in changed):
            return None
        paths = [path.relative_to(self._root).as_posix() for path in changed]
        sources = [path for path in paths if path.startswith(("data/", "content/")) and not hidden(path)]
        # What is gone and was no file that was read may have been a folder.
        gone = [path for path in sources if not project.has(path) and not (self._root / path).exists()]
        return None if gone else sources

    def _show(self, findings: Sequence[Finding]) -> None:
        as_text.write(list(findings))
        say(as_text.summary_line(list(findings)))
        self._shown.failed(preview.findings_as_text(findings))

    def _forget(self, *, throw_away: bool = False) -> None:
        if self._project is not None:
            (discard if throw_away else Store.close)(self._project.store)
        self._project = None
