"""Which program this is: another version can make other things of the same file, so nothing that it kept is used."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9._-]+")


@lru_cache(maxsize=1)
def program() -> str:
    """Return a name for this version of the program and of its libraries: other code can make other things of the same file."""
    package = Path(__file__).parent.parent
    hashed = hashlib.blake2b(" ".join((sys.version, *_libraries())).encode(), digest_size=12)
    for line in sorted(_modules(str(package))):
        hashed.update(line.encode())
    return hashed.hexdigest()


def _modules(folder: str) -> Iterator[str]:
    """Yield a line for every module below a folder: its path, size, and time of its last change."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                status = entry.stat()
                yield f"{entry.path} {status.st_size} {status.st_mtime_ns}\n"
            elif "." not in entry.name and entry.name != "__pycache__" and entry.is_dir():
                yield from _modules(entry.path)


def _libraries() -> list[str]:
    """Return names and versions of what is installed: calendars, templates and pinyin come from libraries."""
    found: list[str] = []
    for folder in sys.path:
        with suppress(OSError):
            found += (path.name for path in Path(folder).iterdir() if path.name.endswith(".dist-info"))
    return sorted(found)


def _required() -> list[str]:
    """Return names and versions of the libraries that the program cannot do without."""
    from importlib.metadata import requires, version  # noqa: PLC0415 - only what works on several machines asks

    names = [_NAME.match(line) for line in requires("gongkai") or () if "extra ==" not in line]
    return sorted(f"{name[0]} {version(name[0])}" for name in names if name is not None)


@lru_cache(maxsize=1)
def portable_program() -> str:
    """Return a name for this version of the program and of the libraries that it asks for, the same on every machine.

    ``program`` is found sooner. Both are found once: what is installed while a process runs is not what it runs.
    """
    package = Path(__file__).parent.parent
    hashed = hashlib.blake2b(" ".join(_required()).encode(), digest_size=12)
    for path in sorted(package.rglob("*.py")):
        content = path.read_bytes()
        hashed.update(f"{path.relative_to(package).as_posix()} {len(content)}\n".encode() + content)
    return hashed.hexdigest()
