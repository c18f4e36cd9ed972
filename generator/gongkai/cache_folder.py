"""The project's ``.cache/``: what may be deleted at any time, and is never committed."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

FOLDER = ".cache"


def cache_folder(root: Path) -> Path:
    """Return the folder, made and ignored by git; raises OSError when it cannot be made, or is a link."""
    folder = root / FOLDER
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "是链接，不是文件夹", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    # Somebody may have committed the folder all the same, with a link in the place of the note.
    with suppress(FileExistsError), (folder / ".gitignore").open("x", encoding="utf-8") as ignore:
        ignore.write("*\n")
    return folder
