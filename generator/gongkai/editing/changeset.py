"""Several files change together or not at all."""

from __future__ import annotations

import difflib
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.cache_folder import FOLDER, cache_folder

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_STAGE = "changes-"
_ABANDONED = 3600
"""Seconds after which nobody is at work on a set of changes any more."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file: its content before (None for a new file) and after."""

    before: bytes | None
    after: bytes


ChangeSet = Mapping[str, Change]
"""Changes by path below the project root, in the order in which they are made."""


def unified_diff(changes: ChangeSet) -> str:
    """Return the changes as a patch that ``git apply`` takes; carriage returns stay what they are."""
    return "".join(line for path in sorted(changes) for line in _diff_of(path, changes[path]))


def _diff_of(path: str, change: Change) -> Iterator[str]:
    before = _LINE.findall((change.before or b"").decode("utf-8"))
    after = _LINE.findall(change.after.decode("utf-8"))
    origin = f"a/{path}" if change.before is not None else "/dev/null"
    for line in difflib.unified_diff(before, after, origin, f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


class FileChangedError(Exception):
    """A file is no longer as it was when the change was worked out; its path is the message."""


def write(root: Path, changes: ChangeSet) -> None:
    """Write all changes, or none.

    All new contents, and copies of the old ones, are first written into a folder in ``.cache/``, which finds a full
    disk; then one file after the other is exchanged. When that fails midway, the copies are put back. Raises OSError,
    or FileChangedError when a file is not as it was read; nothing has changed then. A process that is killed midway
    leaves files of both kinds, none of them half written, and nothing beside them.
    """
    with ExitStack() as folders, _stage(root) as stage, ExitStack() as undo:
        for path in changes:
            _make_folders((root / path).parent, folders)
        staged = [
            _Staged(root / path, stage / str(number), change) for number, (path, change) in enumerate(changes.items())
        ]
        for one in staged:
            one.prepare()
        for path, one in zip(changes, staged, strict=True):
            _refuse_changed(one.file, path, one.change.before)
            undo.callback(one.put_back)
            one.new.replace(one.file)
        undo.pop_all()
        folders.pop_all()


@contextmanager
def _stage(root: Path) -> Iterator[Path]:
    """Make a folder for one set of changes, and remove what killed processes have left."""
    there_before = (root / FOLDER).exists()
    cache = cache_folder(root)
    for left in cache.glob(f"{_STAGE}*"):
        if time.time() - left.stat().st_mtime > _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)
    try:
        with TemporaryDirectory(prefix=_STAGE, dir=cache) as folder:
            yield Path(folder)
    finally:
        if not there_before:
            shutil.rmtree(cache, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Staged:
    """One file with its new content and a copy of the old one, both in the stage under a number."""

    file: Path
    beside: Path
    change: Change

    @property
    def new(self) -> Path:
        return self.beside.with_suffix(".new")

    @property
    def old(self) -> Path:
        return self.beside.with_suffix(".old")

    def prepare(self) -> None:
        """Write the new content, and a copy of the old one."""
        self.new.write_bytes(self.change.after)
        if self.change.before is not None:
            shutil.copymode(self.file, self.new)
            shutil.copy2(self.file, self.old)

    def put_back(self) -> None:
        """Undo an exchange, whether it took place or not."""
        if self.old.exists():
            self.old.replace(self.file)
        else:
            self.file.unlink(missing_ok=True)


def _make_folders(folder: Path, undo: ExitStack) -> None:
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir()
        undo.callback(parent.rmdir)


def _refuse_changed(file: Path, path: str, before: bytes | None) -> None:
    current = file.read_bytes() if file.exists() else None
    if current != before:
        raise FileChangedError(path)
