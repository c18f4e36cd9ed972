"""Files in a folder: which there are, and how one gets there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def files_below(folder: Path) -> list[str]:
    """Return the addresses of all files in a folder, in a fixed order; links to files count, links to folders do not."""
    found: list[str] = []
    _add_files(str(folder), "", found)
    return sorted(found)


def _add_files(folder: str, inside: str, found: list[str]) -> None:
    # A site has tens of thousands of folders, and os.walk takes half as long again.
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    _add_files(entry.path, f"{inside}{entry.name}/", found)
                elif not entry.is_dir():
                    found.append(inside + entry.name)
    except FileNotFoundError:
        return


def is_file(path: Path) -> bool:
    """Tell whether there is such a file; of a name that no file can have, as one too long, there is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_page(address: str) -> bool:
    """Tell whether a file is what a browser shows for its folder."""
    return f"/{address}".endswith("/index.html")


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def write(folder: Path, address: str, content: bytes) -> None:
    """Write a file below a folder; its own folders are made where they are missing. Raises OSError."""
    # Tens of thousands of files: every layer between here and the system counts.
    path = f"{folder}/{address}"
    try:
        if is_page(address):
            # Most pages are the first file of their folder.
            _make_folder(path.rpartition("/")[0])
        descriptor = os.open(path, _FLAGS, 0o666)
    except FileNotFoundError:
        _make_folder(path.rpartition("/")[0])
        descriptor = os.open(path, _FLAGS, 0o666)
    try:
        written = os.write(descriptor, content)
        while written < len(content):
            written += os.write(descriptor, content[written:])
    finally:
        os.close(descriptor)


def _make_folder(path: str) -> None:
    try:
        # Nearly always its parent is there.
        os.mkdir(path)  # noqa: PTH102 - see write
    except FileExistsError:
        return
    except FileNotFoundError:
        parent = path.rpartition("/")[0]
        if not parent:
            raise
        _make_folder(parent)
        # Another process may be making it, too.
        with suppress(FileExistsError):
            os.mkdir(path)  # noqa: PTH102 - see write
