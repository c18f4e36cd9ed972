"""Processes that share the work of one build, and end with it."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

W = TypeVar("W")
R = TypeVar("R")


class WorkerLostError(Exception):
    """A process that took part in the work was ended in the middle of it."""


class Crew(Protocol):
    """Whoever does work that is given out in portions."""

    @contextmanager
    def executor(self) -> Iterator[Executor | None]:
        """Yield an executor that knows what this process knows now, or None to do the work here."""


class LocalCrew:
    """Processes of this machine."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    @contextmanager
    def executor(self) -> Iterator[Executor | None]:
        """Yield an executor whose processes are copies of this one."""
        if self._jobs <= 1:
            yield None
            return
        with process_pool(self._jobs) as pool:
            try:
                yield pool
            except BrokenExecutor as error:
                raise WorkerLostError(str(error)) from error
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


def spread(
    crew: Crew,
    work: Callable[[Sequence[W]], R],
    portions: Sequence[Sequence[W]],
    few: int,
    progress: Callable[[int], None],
) -> Iterator[R]:
    """Yield what ``work`` makes of each portion, in their order; ``few`` things are worked on here, sooner than others start.

    ``progress`` is told how many things are done. Raises WorkerLostError, and whatever ``work`` raises.
    """
    if sum(map(len, portions)) <= few:
        yield from _counted(map(work, portions), portions, progress)
        return
    with crew.executor() as executor:
        made = map(work, portions) if executor is None else executor.map(work, portions)
        yield from _counted(made, portions, progress)


def _counted(made: Iterator[R], portions: Sequence[Sequence[W]], progress: Callable[[int], None]) -> Iterator[R]:
    done = 0
    for portion, result in zip(portions, made, strict=True):
        yield result
        done += len(portion)
        progress(done)


def in_portions(work: Sequence[W], size: int) -> list[Sequence[W]]:
    """Return work cut into portions."""
    return [work[start : start + size] for start in range(0, len(work), size)]


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
