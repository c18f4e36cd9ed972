"""gongkai serve: a preview that follows every change."""

from __future__ import annotations

import datetime
import errno
import os
import socket
import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import click
from watchfiles import watch

from gongkai.cli.command import Command
from gongkai.cli.common import AS_OF, ROOT, progress_bar, project_root, say, stop
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
from gongkai.sources import FOLDERS, SKIN, hidden
from gongkai.today import today
from gongkai.workers import LocalCrew, WorkerLostError

_DEBOUNCE, _STEP, _TIMEOUT = 40, 10, 200
"""Milliseconds: how long to gather changes, how long a lull among them ends it, how often to look for Ctrl-C."""


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
    ongoing = _Follower(folder, as_of or today(), shown)
    changes = _changes(folder)
    with suppress(KeyboardInterrupt):
        # From the first look on, nothing that changes is missed.
        next(changes)
        ongoing.rebuild()
        threading.Thread(target=web.serve_forever, daemon=True).start()
        say(f"预览：http://{host}:{web.server_port}/（按 Ctrl-C 结束）")
        for changed in filter(None, changes):
            ongoing.rebuild(changed)
    ongoing.close()
    say("预览已结束。")


def _changes(root: Path) -> Iterator[set[Path]]:
    """Yield which files changed since the last time, again and again; nothing where none did.

    What is watched of a single file ends when another takes its place, as most editors save, or when it is deleted. So
    single files are looked at again and again instead.
    """
    looks = {root / name: _look(root / name) for name in SKIN if not (root / name).is_dir()}
    watched = [root / name for name in (*FOLDERS, *SKIN) if (root / name).is_dir()]
    changes = watch(*watched, debounce=_DEBOUNCE, step=_STEP, rust_timeout=_TIMEOUT, yield_on_timeout=True)
    for some in changes:
        changed = {Path(path) for _, path in some}
        for file, before in looks.items():
            looks[file] = _look(file)
            if looks[file] != before:
                changed.add(file)
        yield changed


def _look(file: Path) -> tuple[int, ...]:
    """Return what tells whether a file was changed; nothing where there is none."""
    try:
        status = file.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns


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
        if changed is None or any(path.is_dir() or not path.suffix for path in changed):
            return None
        paths = [path.relative_to(self._root).as_posix() for path in changed]
        return [path for path in paths if path.startswith(("data/", "content/")) and not hidden(path)]

    def _show(self, findings: Sequence[Finding]) -> None:
        as_text.write(list(findings))
        say(as_text.summary_line(list(findings)))
        self._shown.failed(preview.findings_as_text(findings))

    def _forget(self, *, throw_away: bool = False) -> None:
        if self._project is not None:
            (discard if throw_away else Store.close)(self._project.store)
        self._project = None
