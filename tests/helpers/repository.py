"""A project in a git repository of its own, for tests of what compares with earlier versions."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(root: Path, *arguments: str) -> str:
    """Run git in a folder; returns what it printed."""
    settings = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "protocol.file.allow=always"]
    ran = subprocess.run(
        ["git", *settings, *arguments], cwd=root, env=_ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


def commit(root: Path, message: str = "Change") -> str:
    """Commit everything; returns the commit."""
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", message)
    return git(root, "rev-parse", "HEAD")
