"""A finished build takes the place of the old site in one step."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from gongkai.os_errors import told
from gongkai.publishing.errors import UnpublishableError
from gongkai.sources import FOLDERS, SKIN
from gongkai.workers import WorkerLostError

MARKER = ".gongkai-site"
"""Stands in every built site, so that a build never replaces a folder that is something else."""
MARK = b"gongkai\n"


class NotASiteError(Exception):
    """The place for the site is taken by something that no build made; the message says so in Chinese."""


class BusyError(Exception):
    """Another build is under way for the same place."""


class UnfinishedError(Exception):
    """Only some of the changed files could be moved to where the site is; the message says so in Chinese."""


class LateInterrupt(KeyboardInterrupt):
    """Ctrl-C was pressed when the new site was being put in its place; that was done first."""


@contextmanager
def exclusive(site: Path) -> Iterator[None]:
    """Hold the right to build a site; raises BusyError when another build holds it, OSError where none can be built."""
    place = _beside(site, "lock")
    lock = FileLock(place, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        # A folder that takes no files, as of /proc, looks to the lock as if somebody else were just deleting it.
        if not place.exists():
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(site.parent)) from None
        raise BusyError(f"另一个生成正在进行（{site}），请等它结束") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def building(site: Path) -> Iterator[None]:
    """Hold the right to build a site, after what a killed build left is put in order; nothing is left beside it at the end.

    Raises BusyError when another build is under way, UnpublishableError when a process was ended that took part in this one.
    """
    with exclusive(site):
        recover(site)
        try:
            yield
        except WorkerLostError as error:
            raise UnpublishableError("生成网页的一个进程中途被结束，可能是内存不够，请重新运行") from error
        finally:
            clear(site)


def in_the_middle(site: Path) -> bool:
    """Tell whether a build is under way, or was killed."""
    return any(_beside(site, purpose).exists() for purpose in ("old", "building", "changing"))


def recover(site: Path) -> None:
    """Put the old site back when a build was killed in the middle of a swap; finish changes that were complete; remove
    everything else that is left of it.
    """
    aside = _beside(site, "old")
    if aside.exists() and not site.exists():
        aside.rename(site)
    removed = _pending(site)
    if removed is not None:
        # What cannot be finished even now is made anew by the build that comes.
        with suppress(OSError):
            _finish(site, removed)
    else:
        # Changes of another site are none of this one.
        shutil.rmtree(_beside(site, "changing"), ignore_errors=True)
    if site.exists():
        shutil.rmtree(aside, ignore_errors=True)
    clear(site)


def refuse_other_folders(site: Path, root: Path) -> None:
    """Raise NotASiteError unless the site's place is free, empty, or holds a site that a build made."""
    if site.is_symlink() or (site.exists() and not site.is_dir()):
        raise NotASiteError(f"{site} 不是普通的文件夹，不能用来放网站")
    # Unlike Path.resolve, it gives links that go round in circles as they are.
    place, project = (Path(os.path.realpath(path)) for path in (site, root))
    if project.is_relative_to(place):
        raise NotASiteError(f"{site} 里有整个项目，不能用来放网站")
    sources = [root / name for name in (*FOLDERS, *SKIN, "generator", "tests")]
    if any(place.is_relative_to(os.path.realpath(source)) for source in sources):
        raise NotASiteError(f"{site} 在数据或程序的文件夹里，不能用来放网站")
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
    """Remove what a build has left beside the site, but for changes that ``recover`` will finish."""
    shutil.rmtree(_beside(site, "building"), ignore_errors=True)
    if not _complete(site).is_file():
        shutil.rmtree(_beside(site, "changing"), ignore_errors=True)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Ctrl-C until the ``with`` block is done; raises LateInterrupt then."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise LateInterrupt


def publish(staging: Path, site: Path) -> None:
    """Move the finished build to where the site is.

    The old site is set aside before and removed after. A kill between the two leaves the old site whole
    under its set-aside name, from where ``recover`` puts it back.
    """
    aside = _beside(site, "old")
    shutil.rmtree(aside, ignore_errors=True)
    # Changes that could not be finished are of the old site.
    shutil.rmtree(_beside(site, "changing"), ignore_errors=True)
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
"""Stands in a folder of changed files; says of which site they are, and lists what goes. Its name says when the folder is
complete.
"""


def changes_folder(site: Path) -> Path:
    """Return an empty folder beside the site, on the same disk, for the files that change."""
    folder = _beside(site, "changing")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def publish_changes(changes: Path, site: Path, removed: Iterable[str]) -> None:
    """Move changed files to where the site is, and remove some.

    Files that stay the same are left alone. New files come first: if there is no room for them they are taken away again,
    and OSError is raised with the site as it was. A kill leaves the rest to ``recover``; so does an error later on, which
    raises UnfinishedError.
    """
    note, going = changes / _REMOVED, list(removed)
    note.write_text(json.dumps([_mark_of(site), going]), encoding="utf-8")
    note.rename(_complete(site))
    _move_new(site)
    try:
        _finish(site, going)
    except OSError as error:
        raise UnfinishedError(f"网站只换了一部分（{told(error)}），请排除原因后再运行一次") from error


def _complete(site: Path) -> Path:
    return _beside(site, "changing") / f"{_REMOVED}.complete"


def _pending(site: Path) -> list[str] | None:
    """Return what goes where changes of this very site are complete, None where there are none.

    A folder of changes that came with the project's files is not of this site: nobody could know its mark.
    """
    try:
        mark, removed = json.loads(_complete(site).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return None
    return removed if mark and mark == _mark_of(site) else None


def _changed(site: Path) -> list[tuple[str, Path]]:
    """Return the changed files that were not moved yet, by address, in a fixed order."""
    changes = _beside(site, "changing")
    files = (path for path in changes.rglob("*") if path.is_file() and path != _complete(site))
    return sorted((path.relative_to(changes).as_posix(), path) for path in files)


def _move_new(site: Path) -> None:
    """Move those files for which the site has none; on OSError, take them away again and raise it."""
    moved: list[str] = []
    try:
        for address, path in _changed(site):
            if not (site / address).exists():
                moved.append(address)
                (site / address).parent.mkdir(parents=True, exist_ok=True)
                path.replace(site / address)
    except OSError:
        _complete(site).unlink()
        for address in moved:
            _take_away(site, address)
        raise


def _finish(site: Path, removed: Iterable[str]) -> None:
    """Move whatever was not moved before and is not like what the site has; then remove what goes."""
    for address, path in _changed(site):
        target = site / address
        if not (target.is_file() and target.read_bytes() == path.read_bytes()):
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    for address in removed:
        _take_away(site, address)
    shutil.rmtree(_beside(site, "changing"), ignore_errors=True)


def _take_away(site: Path, address: str) -> None:
    (site / address).unlink(missing_ok=True)
    _remove_empty(site, (site / address).parent)


def _remove_empty(site: Path, folder: Path) -> None:
    while folder != site and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def identity(site: Path) -> str:
    """Return a name for the folder of a site: another build's has another, and one that was emptied too."""
    mark = _mark_of(site)
    return f"{mark} {site.stat().st_mtime_ns}" if mark else ""


def _mark_of(site: Path) -> str:
    """Return a name for a site that stays the same while its files are changed, "" where there is none."""
    try:
        status = (site / MARKER).lstat()
    except OSError:
        return ""
    return f"{status.st_dev} {status.st_ino} {status.st_mtime_ns}"


def _beside(site: Path, purpose: str) -> Path:
    return site.parent / f".{site.name}-{purpose}"
