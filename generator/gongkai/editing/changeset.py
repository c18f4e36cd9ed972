"""Several files change together or not at all."""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


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

    All new contents, and copies of the old ones, are first written beside the files, which finds a full disk or
    a folder without permission; then one file after the other is exchanged. When that fails midway, the
    copies are put back. Raises OSError, or FileChangedError when a file is not as it was read; nothing has
    changed then.
    """
    with ExitStack() as folders, ExitStack() as tidy, ExitStack() as undo:
        for path in changes:
            _make_folders((root / path).parent, folders)
        for path, change in changes.items():
            _prepare(root / path, change, tidy)
        for path, change in changes.items():
            file = root / path
            _refuse_changed(file, path, change.before)
            undo.callback(_put_back, file)
            _new(file).replace(file)
        undo.pop_all()
        folders.pop_all()


def _make_folders(folder: Path, undo: ExitStack) -> None:
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir()
        undo.callback(parent.rmdir)


def _prepare(file: Path, change: Change, tidy: ExitStack) -> None:
    """Write the new content and a copy of the old one beside a file."""
    for beside in (_new(file), _old(file)):
        tidy.callback(beside.unlink, missing_ok=True)
    _new(file).write_bytes(change.after)
    if change.before is not None:
        shutil.copymode(file, _new(file))
        shutil.copy2(file, _old(file))


def _new(file: Path) -> Path:
    return file.with_name(f".{file.name}.new")


def _old(file: Path) -> Path:
    return file.with_name(f".{file.name}.old")


def _refuse_changed(file: Path, path: str, before: bytes | None) -> None:
    current = file.read_bytes() if file.exists() else None
    if current != before:
        raise FileChangedError(path)


def _put_back(file: Path) -> None:
    """Undo an exchange, whether it took place or not."""
    if _old(file).exists():
        _old(file).replace(file)
    else:
        file.unlink(missing_ok=True)
