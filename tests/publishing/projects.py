"""Small projects that can be built."""

from __future__ import annotations

import shutil
from pathlib import Path

from support import ROOT


def add_theme(root: Path) -> None:
    """Add the shipped theme to a project, and the shipped hand-written pages, emptied: they speak of other items."""
    for name in ("theme", "content", "schema"):
        shutil.copytree(ROOT / name, root / name, dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    for page in (root / "content").rglob("*.md"):
        home = page == root / "content" / "index.md"
        front = "template: home.html" if home else "date: 2026-05-01"
        page.write_text(f"---\ntitle: {page.stem}{page.parent.name}\n{front}\n---\n\n一段文字。\n", encoding="utf-8")
