"""A finished build takes the place of the old site in one step."""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from filelock import FileLock, Timeout

MARKER = ".gongkai-site"
"""Stands in every built site, so that a build never replaces a folder that is something else."""
MARK = b"gongkai\n"


class NotASiteError(Exception):
    """The place for the site is taken by something that no build made; the message says so in Chinese."""


class BusyError(Exception):
    """Another build is under way for the same place."""


@contextmanager
def exclusive(site: Path) -> Iterator[None]:
    """Hold the right to build a site; raises BusyError when another build holds it."""
    lock = FileLock(_beside(site, "lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(f"另一个生成正在进行（{site}），请等它结束") from None
    try:
        yield
    finally:
        lock.release()


def recover(site: Path) -> None:
    """Put the old site back when a build was killed in the middle of a swap; finish changes that were complete."""
    changes = _beside(site, "changing")
    if (changes / f"{_REMOVED}.complete").is_file() and site.is_dir():
        _apply(changes, site)
    aside = _beside(site, "old")
    if aside.exists() and not site.exists():
        aside.rename(site)


def refuse_other_folders(site: Path, root: Path) -> None:
    """Raise NotASiteError unless the site's place is free, empty, or holds a site that a build made."""
    if root.resolve().is_relative_to(site.resolve()):
        raise NotASiteError(f"{site} 里有整个项目，不能用来放网站")
    sources = [root / name for name in ("data", "content", "theme", "schema", "generator", "tests")]
    if any(site.resolve().is_relative_to(source.resolve()) for source in sources):
        raise NotASiteError(f"{site} 在数据或程序的文件夹里，不能用来放网站")
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise NotASiteError(f"{site} 不是普通的文件夹，不能用来放网站")
    if site.is_dir() and any(site.iterdir()) and not (site / MARKER).is_file():
        raise NotASiteError(f"{site} 里有别的文件，不是以前生成的网站；为免误删，请换一个文件夹，或者先把它移走")


def staging_folder(site: Path) -> Path:
    """Return an empty folder beside the site, on the same disk, to build in.

    What a killed build left behind is removed first.
    """
    folder = _beside(site, "building")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def clear(site: Path) -> None:
    """Remove what a build has left beside the site."""
    for purpose in ("building", "changing"):
        shutil.rmtree(_beside(site, purpose), ignore_errors=True)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Ctrl-C until the ``with`` block is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[tuple[int, FrameType | None]] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed and callable(before):
            before(*pressed[0])


def publish(staging: Path, site: Path) -> None:
    """Move the finished build to where the site is.

    The old site is set aside before and removed after. A kill between the two leaves the old site whole
    under its set-aside name, from where ``recover`` puts it back.
    """
    aside = _beside(site, "old")
    shutil.rmtree(aside, ignore_errors=True)
    if aside.exists():
        raise OSError(f"删不掉以前的网站 {aside}，请检查权限后手工删除")
    if site.exists():
        site.rename(aside)
    try:
        staging.rename(site)
    except OSError:
        recover(site)
        raise
    shutil.rmtree(aside, ignore_errors=True)


_REMOVED = ".gongkai-removed"
"""Stands in a folder of changed files that is complete; lists what goes."""


def changes_folder(site: Path) -> Path:
    """Return an empty folder beside the site, on the same disk, for the files that change."""
    folder = _beside(site, "changing")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish_changes(changes: Path, site: Path, removed: Iterable[str]) -> None:
    """Move changed files to where the site is, and remove some.

    Files that stay the same are left alone. From the moment on when it is noted that the changes are complete, a
    kill leaves the rest of it to ``recover``.
    """
    note = changes / _REMOVED
    note.write_text("\n".join(removed), encoding="utf-8")
    note.rename(changes / f"{_REMOVED}.complete")
    _apply(changes, site)


def _apply(changes: Path, site: Path) -> None:
    note = changes / f"{_REMOVED}.complete"
    for path in sorted(path for path in changes.rglob("*") if path.is_file() and path != note):
        target = site / path.relative_to(changes)
        if target.is_file() and target.read_bytes() == path.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    for address in filter(None, note.read_text(encoding="utf-8").split("\n")):
        (site / address).unlink(missing_ok=True)
        _remove_empty(site, (site / address).parent)
    shutil.rmtree(changes, ignore_errors=True)


def _remove_empty(site: Path, folder: Path) -> None:
    while folder != site and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def identity(site: Path) -> str:
    """Return a name for the folder of a site: another build's has another."""
    try:
        status = (site / MARKER).stat()
    except OSError:
        return ""
    return f"{status.st_dev} {status.st_ino} {status.st_mtime_ns}"


def _beside(site: Path, purpose: str) -> Path:
    return site.parent / f".{site.name}-{purpose}"
