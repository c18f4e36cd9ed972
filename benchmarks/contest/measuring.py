"""One run of a program: how long it takes, and how much memory it and its children need."""

from __future__ import annotations

import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_INTERVAL = 0.02
"""Seconds between two looks at the memory."""

Command = Sequence[str | Path]


class RunError(Exception):
    """A program ended with another status than 0; the message holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Peaks in bytes: of all processes together (PSS: what they share counts once), and of the largest (RSS)."""

    together: int
    largest: int


def seconds(commands: Sequence[Command], folder: Path) -> float:
    """Run commands one after the other and return the wall time of all, their start included; raises RunError."""
    total = 0.0
    for command in commands:
        words = [str(word) for word in command]
        started = time.perf_counter()
        done = subprocess.run(words, cwd=folder, capture_output=True, check=False, stdin=subprocess.DEVNULL)
        total += time.perf_counter() - started
        if done.returncode:
            raise _failed(words, done.returncode, done.stdout + done.stderr)
    return total


def _failed(words: Sequence[str], status: int, said: bytes) -> RunError:
    return RunError(f"{' '.join(words)} ended with status {status}:\n{said.decode('utf-8', 'replace')[-2000:]}")


def memory(commands: Sequence[Command], folder: Path) -> Memory:
    """Run commands one after the other and return their peaks; raises RunError.

    Looking costs time, so a run is either measured for its time or for its memory. Linux only.
    """
    together = largest = 0
    for command in commands:
        words = [str(word) for word in command]
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
            watch = _Watch(process.pid)
            watch.start()
            process.wait()
            peak = watch.finish()
            if process.returncode:
                said.seek(0)
                raise _failed(words, process.returncode, said.read())
        together, largest = max(together, peak.together), max(largest, peak.largest)
    return Memory(together, largest)


class _Watch(threading.Thread):
    """Adds up the memory of a process and its descendants, again and again."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._together, self._largest, self._stop_now = pid, 0, 0, threading.Event()

    def run(self) -> None:
        while not self._stop_now.is_set():
            pids = _with_descendants(self._pid)
            self._together = max(self._together, sum(_field(pid, "smaps_rollup", "Pss:") for pid in pids))
            # The peak that the kernel keeps: what resource usage tells begins with the size of this very process.
            self._largest = max(self._largest, *(_field(pid, "status", "VmHWM:") for pid in pids))
            self._stop_now.wait(_INTERVAL)

    def finish(self) -> Memory:
        self._stop_now.set()
        self.join()
        return Memory(self._together, self._largest)


def _with_descendants(pid: int) -> list[int]:
    found, index = [pid], 0
    while index < len(found):
        for task in _children_files(found[index]):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
        index += 1
    return found


def _children_files(pid: int) -> list[Path]:
    try:
        return [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []


def _field(pid: int, file: str, name: str) -> int:
    try:
        for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    except OSError:
        # The process ended while it was looked at.
        return 0
    return 0
