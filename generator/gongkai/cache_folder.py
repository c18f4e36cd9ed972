"""The project's ``.cache/``: what may be deleted at any time, and is never committed."""

from __future__ import annotations

from pathlib import Path

FOLDER = ".cache"


def cache_folder(root: Path) -> Path:
    """Return the folder, made and ignored by git; raises OSError when it cannot be made."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return folder
