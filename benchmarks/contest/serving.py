"""From save to reload: how long ``gongkai serve`` takes to show an edit."""

from __future__ import annotations

import http.client
import queue
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contest.edits import Edits
from contest.measuring import RunError

_PATIENCE = 600.0
"""Seconds after which an edit that does not show is given up."""


def save_to_reload(gongkai: Path, district: Path, edits: Edits, rounds: int, as_of: str) -> list[float]:
    """Return for each of some edits the seconds from saving until the browser is told and the page is new.

    The first edit is a warm-up and is not among them. Raises RunError when the server ends or nothing shows.
    """
    with _server(gongkai, district, as_of) as port:
        told = _listen(port)
        found = [_one(port, told, edits) for _ in range(rounds + 1)]
    return found[1:]


@contextmanager
def _server(gongkai: Path, district: Path, as_of: str) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(gongkai), "serve", "--root", str(district), "--port", str(port), "--as-of", as_of]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for_home(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for_home(port: int, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + _PATIENCE
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise RunError(f"gongkai serve ended with status {process.returncode}")
        try:
            if "<article" in _get(port, "/") or "site-header" in _get(port, "/"):
                # The watcher starts after the first build; give it a moment to look.
                time.sleep(1)
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RunError("gongkai serve shows nothing")


def _get(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", address)
        return connection.getresponse().read().decode("utf-8", "replace")
    finally:
        connection.close()


def _listen(port: int) -> queue.Queue[float]:
    """Return a queue of the moments at which the browser would have been told to reload."""
    told: queue.Queue[float] = queue.Queue()

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/__events")
        response = connection.getresponse()
        try:
            while line := response.readline():
                if b'"reload"' in line:
                    told.put(time.perf_counter())
        except OSError:
            return

    threading.Thread(target=read, daemon=True).start()
    time.sleep(0.2)
    return told


def _one(port: int, told: queue.Queue[float], edits: Edits) -> float:
    while not told.empty():
        told.get_nowait()
    saved = time.perf_counter()
    path, words = edits.make()
    try:
        moment = told.get(timeout=_PATIENCE)
    except queue.Empty:
        raise RunError("gongkai serve did not reload the browser") from None
    if words not in _get(port, f"/items/{path.stem}/"):
        raise RunError(f"the browser was told to reload, but {path.stem} is as it was")
    # A pause, so that one edit's reload is never taken for the next one's.
    time.sleep(0.5)
    return moment - saved
