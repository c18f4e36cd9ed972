"""One file is replaced at once; for several files that change together or not at all see ``changeset``."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path


def write_at_once(path: Path, content: bytes) -> None:
    """Replace a file, or a link, so that a kill leaves either the old or the new content; raises OSError, and nothing changes."""
    # A name that somebody could foresee may be a link to a file elsewhere.
    temporary = path.with_name(f".gongkai-{secrets.token_hex(8)}.new")
    try:
        with temporary.open("xb") as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
