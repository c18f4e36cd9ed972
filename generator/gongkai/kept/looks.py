"""What the files look like that a site is made from: enough to tell, without reading them, whether one was changed."""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from gongkai.sources import FOLDERS, SKIN

Look = bytes
"""Of a file, packed as it is kept: size, times of the last change of its content and of anything about it, its number in the
file system, and whether it is the project's own and no link.
"""

_FORM = struct.Struct("<qqqQ?")
_pack = _FORM.pack

_TYPE = stat.S_IFMT(0o777777)
"""Those bits of a mode that say what kind of thing it is."""
_A_MOMENT = 2_000_000_000
"""Nanoseconds: a file that was changed so shortly before it was looked at could be changed again and look the same."""


def look(root: Path, folders: Iterable[str] = FOLDERS) -> dict[str, Look]:
    """Return the look of every source file in some folders and of everything in the skin, by path.

    Source files are those of ``sources.source_files``. Raises OSError for a folder that cannot be read.
    """
    looks: dict[str, Look] = {}
    for folder in folders:
        _look_below(root, folder, looks)
    return looks | _look_at_skin(root)


def look_again(root: Path, before: Mapping[str, Look], paths: Iterable[str]) -> dict[str, Look]:
    """Return what all looks like where besides the skin only some source files can look otherwise than before."""
    looks = {path: seen for path, seen in before.items() if not path.startswith(SKIN)}
    for path in paths:
        looks.pop(path, None)
        with suppress(FileNotFoundError, NotADirectoryError):
            looks[path] = _of(os.lstat(root / path), (root / path.partition("/")[0]).is_symlink())
    return looks | _look_at_skin(root)


def is_certain(seen: Look, at: int) -> bool:
    """Tell whether a look, taken ``at`` nanoseconds since the epoch, is surely another when the file is changed."""
    _, content_changed, changed, _, _ = _FORM.unpack(seen)
    return bool(max(content_changed, changed) < at - _A_MOMENT)


def is_own(seen: Look) -> bool:
    """Tell what ``sources.is_own_file`` tells of a file that was looked at."""
    return seen[-1] != 0


def source_paths(looks: Iterable[str]) -> list[str]:
    """Return the paths of the source files among some, in the order of ``sources.source_files``."""
    paths = sorted(looks)
    return [path for folder in FOLDERS for path in paths if path.startswith(f"{folder}/")]


def difference(before: Mapping[str, Look], after: Mapping[str, Look]) -> str | None:
    """Return the first path whose look is another, or None where nothing changed."""
    if before == after:
        return None
    return min(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _look_at_skin(root: Path) -> dict[str, Look]:
    looks: dict[str, Look] = {}
    for name in SKIN:
        with suppress(FileNotFoundError):
            if (root / name).is_file():
                looks[name] = _of(os.lstat(root / name), False)
            else:
                _look_below(root, name, looks)
    return looks


def _look_below(root: Path, folder: str, looks: dict[str, Look]) -> None:
    linked = (root / folder).is_symlink()
    folders = [folder]
    # Tens of thousands of files: no object is made that is not needed.
    while folders:
        inside = folders.pop()
        with _entries(f"{root}/{inside}") as entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{inside}/{name}")
                elif name[0] != ".":  # as ``sources.hidden`` tells
                    looks[f"{inside}/{name}"] = _of(entry.stat(follow_symlinks=False), linked)


@contextmanager
def _entries(folder: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """Yield what is in a folder; where the system can, it is opened once, and not found again from the root for each file."""
    if os.scandir not in os.supports_fd:
        with os.scandir(folder) as entries:
            yield entries
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with os.scandir(opened) as entries:
            yield entries
    finally:
        os.close(opened)


def _of(found: os.stat_result, linked: bool) -> Look:
    own = not linked and found.st_mode & _TYPE == stat.S_IFREG
    return _pack(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, own)
