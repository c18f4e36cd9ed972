"""Processes that share the work of one build, and end with it."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any


def process_pool(jobs: int, start: Callable[..., None] | None = None, *arguments: Any) -> ProcessPoolExecutor:
    """Return an executor whose processes each call ``start(*arguments)`` once, before their first work.

    The processes end when the one that started them is gone, so that a killed build leaves none behind.
    """
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else None)
    return ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_start_child, initargs=(os.getpid(), start, arguments)
    )


def _start_child(parent: int, start: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    _end_with_parent(parent)
    if start is not None:
        start(*arguments)


def _end_with_parent(parent: int) -> None:
    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
