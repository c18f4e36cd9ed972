"""The programs that are compared, and their versions."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

_PACKAGES = ("hugo", "mkdocs", "mkdocs-material", "zensical", "pagefind")


@dataclass(frozen=True, slots=True)
class Tools:
    """The programs, called directly: Hugo and Pagefind without the Python that their packages start them with."""

    gongkai: Path
    hugo: Path
    mkdocs: Path
    zensical: Path
    pagefind: Path


RESULTS = "benchmarks/results"
"""Where the results lie, below the repository."""


def find(environment: Path) -> Tools:
    """Return the programs of a virtual environment, and the gongkai beside this Python; raises FileNotFoundError."""
    packages = next(environment.glob("lib/python*/site-packages"), environment)
    tools = Tools(
        gongkai=Path(sys.executable).parent / "gongkai",
        hugo=next(packages.glob("hugo/binaries/hugo*"), packages / "hugo"),
        mkdocs=environment / "bin/mkdocs",
        zensical=environment / "bin/zensical",
        pagefind=packages / "pagefind_bin_extended/pagefind_extended",
    )
    for path in asdict(tools).values():
        if not path.exists():
            raise FileNotFoundError(f"{path} is missing: run this with make bench, which installs it")
    return tools


def versions(environment: Path, repository: Path) -> dict[str, str]:
    """Return the versions of what is compared, gongkai's being that of ``commit_of``."""
    code = f"import importlib.metadata as m; print(*(m.version(n) for n in {_PACKAGES!r}))"
    done = subprocess.run([environment / "bin/python", "-c", code], capture_output=True, text=True, check=True)
    return {"gongkai": commit_of(repository), **dict(zip(_PACKAGES, done.stdout.split(), strict=True))}


def commit_of(repository: Path) -> str:
    """Return a repository's last commit, with ``-dirty`` where files are otherwise than in it; ``?`` where there is none.

    Earlier results do not count: what was measured before changes nothing that is measured now.
    """
    commit = _git(repository, "describe", "--always")
    changed = _git(repository, "status", "--porcelain", "--untracked-files=no", "--", ".", f":(exclude){RESULTS}")
    return f"{commit}-dirty" if commit and changed else commit or "?"


def _git(repository: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=repository, capture_output=True, text=True, check=False)
    return done.stdout.strip()
