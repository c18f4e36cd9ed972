"""Which files of a project change, as its preview has to know."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from watchfiles import Change, watch

from gongkai.cli.common import stop
from gongkai.os_errors import told
from gongkai.sources import FOLDERS, SKIN, hidden

_DEBOUNCE, _STEP, _TIMEOUT = 40, 10, 200
"""Milliseconds: how long to gather changes, how long a lull among them ends it, how often to look for Ctrl-C."""


def changes(root: Path) -> Iterator[set[Path]]:
    """Yield which files changed since the last time, again and again; nothing where none did.

    The first time, everything is watched already. Ends the program where files cannot be watched.
    """
    missed: set[Path] = set()
    try:
        while True:
            # A folder that is gone before it is watched is as one that goes later.
            with suppress(FileNotFoundError):
                for changed in _changes_below(root):
                    yield changed | missed
                    missed = set()
            # A folder among what changed lets everything be looked at.
            missed = {root}
            time.sleep(_TIMEOUT / 1000)
    except (OSError, RuntimeError) as error:
        stop(f"跟踪不了文件的改动：{_reason(error)}。")


def _changes_below(root: Path) -> Iterator[set[Path]]:
    """Yield which files changed, until a folder of the project has come, gone, or is another: then others must be watched.

    What is watched of a single file ends when another takes its place, as most editors save, or when it is deleted. So
    single files, and which folders there are, are looked at again and again instead.
    """
    tops = [root / name for name in (*FOLDERS, *SKIN)]
    looks = {path: _look(path) for path in tops}
    watched = [path for path in tops if path.is_dir()]
    for some in watch(
        *watched,
        watch_filter=_counts,
        debounce=_DEBOUNCE,
        step=_STEP,
        rust_timeout=_TIMEOUT,
        yield_on_timeout=True,
    ):
        before, looks = looks, {path: _look(path) for path in tops}
        others = {path for path in tops if looks[path] != before[path]}
        yield {Path(path) for _, path in some} | others
        if any(path in watched or path.is_dir() for path in others):
            return


def _reason(error: OSError | RuntimeError) -> str:
    said = str(error)
    # The library gives no numbers, only words of its own.
    if any(mark in said for mark in ("watch limit", "os error 24", "os error 28")):
        return "系统允许跟踪的文件夹不够用，请把 fs.inotify.max_user_watches 和 max_user_instances 调大"
    if "decode path" in said:
        return "有的文件名不是 UTF-8 编码，请改名"
    return told(error) if isinstance(error, OSError) else said


def _counts(_change: Change, path: str) -> bool:
    """Tell whether a path is that of something that a check looks at."""
    return not hidden(path) or Path(path).is_dir()


def _look(path: Path) -> tuple[int, ...]:
    """Return what tells whether a file was changed, or which folder it is; nothing where there is none."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return (status.st_ino,) if path.is_dir() else (status.st_ino, status.st_size, status.st_mtime_ns)
