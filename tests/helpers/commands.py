"""Commands, called here or in processes of their own, in which something goes wrong at a place that is known beforehand."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import chdir
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from gongkai.cli import main

DAY = ["--as-of", "2026-11-23"]
IN_A_WORKER = "multiprocessing.parent_process() is not None"

SEVERAL_PROCESSES = """
for module in (gongkai.rules.checking, gongkai.publishing.building.setting, gongkai.kept.project):
    module._FEW = 0
gongkai.rules.tables._MANY = 0
"""
"""So little work as tests have is given to other processes too."""

_PLAIN = {"NO_COLOR": "1", "COLUMNS": "200"}

_BEFORE = """
import multiprocessing, os, pathlib, signal, time
import gongkai.kept.project, gongkai.kept.store, gongkai.publishing.building.setting, gongkai.publishing.building.workshop, gongkai.rules.checking
import gongkai.rules.tables

def once(place):
    try:
        os.mkdir(place)
    except FileExistsError:
        return False
    return True

def wait_for(place):
    while not os.path.exists(place):
        time.sleep(0.01)
"""


def call(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Call a command in a project, in this process, which has imported everything; what it does not tell is raised."""
    with chdir(project):
        result = CliRunner().invoke(main, arguments, env=_PLAIN, catch_exceptions=False, prog_name="gongkai")
    return subprocess.CompletedProcess(arguments, result.exit_code, result.stdout, result.stderr)


def before(owner: str, name: str, action: str, when: str = "True") -> str:
    """Return code that does something before each call of a function for which a condition holds; it knows ``arguments``."""
    return f"""
def changed(*arguments, real={owner}.{name}, **named):
    if {when}:
        {action}
    return real(*arguments, **named)
changed.__module__, changed.__qualname__ = {owner}.{name}.__module__, {owner}.{name}.__qualname__
{owner}.{name} = changed
"""


def while_writing(address: str, action: str, when: str = "True") -> str:
    """Return code that does something when a file of the site is about to be written."""
    return before("gongkai.publishing.building.workshop", "write", action, f"arguments[1] == {address!r} and {when}")


def start(project: Path, *arguments: str, code: str = "") -> subprocess.Popen[str]:
    """Start a command in a project, after some code, in a process group of its own, as a shell does."""
    program = f"{_BEFORE}{code}\nfrom gongkai.cli import main\nmain()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=project,
        env={**os.environ, **_PLAIN},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[Any]:
    """Wait for a command; returns how it ended and what it said."""
    stdout, stderr = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def run(project: Path, *arguments: str, code: str = "") -> subprocess.CompletedProcess[Any]:
    """Run a command in a project, after some code."""
    return ended(start(project, *arguments, code=code))


def build(project: Path, *arguments: str, code: str = "") -> subprocess.CompletedProcess[Any]:
    """Build a project on two processes, without the index of full texts."""
    return run(project, "build", *DAY, "--no-search", "--jobs", "2", *arguments, code=SEVERAL_PROCESSES + code)


def files(folder: Path) -> dict[str, bytes]:
    """Return everything that lies in a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def beside(site: Path) -> set[str]:
    """Return what a build left beside a site, but for the lock."""
    return {path.name for path in site.parent.glob(f".{site.name}-*")} - {f".{site.name}-lock"}
