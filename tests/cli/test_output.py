"""A command that cannot say what it has to say ends neither with a traceback nor as if it had found errors."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support import BASE, DISTRICT, change_record

GONGKAI = [sys.executable, "-c", "from gongkai.cli import main; main()"]
SAYINGS = ["check", "check --format json", "rule", "rule T001", "--help", "check --help", "--version"]
FULL = Path("/dev/full")


def ended(line: str, cwd: Path = DISTRICT, **streams: int) -> tuple[int, str, str]:
    """Run a command; returns its status and what it said where nobody took it."""
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    result = subprocess.run([*GONGKAI, *line.split()], cwd=cwd, text=True, check=False, **given)
    return result.returncode, result.stdout or "", result.stderr or ""


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a file on a full disk")
@pytest.mark.parametrize("line", SAYINGS)
def test_a_full_disk_is_said(line: str) -> None:
    with FULL.open("w") as full:
        assert ended(line, stdout=full.fileno()) == (2, "", "结果写不出去：磁盘已满。\n")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a file on a full disk")
def test_where_nothing_can_be_said_the_status_says_it(district: Path) -> None:
    change_record(district, BASE["item"], questions=[])
    with FULL.open("w") as full:
        assert ended("build", cwd=district, stderr=full.fileno()) == (2, "", "")
        assert ended("check", cwd=district, stdout=full.fileno(), stderr=full.fileno()) == (2, "", "")


@pytest.mark.parametrize("line", SAYINGS)
def test_a_reader_who_has_read_enough_is_no_fault(line: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert ended(line, stdout=writing) == (141, "", "")
    finally:
        os.close(writing)
