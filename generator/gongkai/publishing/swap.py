"""A finished build takes the place of the old site in one step."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

MARKER = ".gongkai-site"
"""Stands in every built site, so that a build never replaces a folder that is something else."""


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
    """Put the old site back when a build was killed in the middle of a swap."""
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
    (folder / MARKER).write_text("gongkai\n", encoding="utf-8")
    return folder


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


def _beside(site: Path, purpose: str) -> Path:
    return site.parent / f".{site.name}-{purpose}"
