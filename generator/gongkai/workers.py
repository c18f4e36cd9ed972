"""Processes that share the work of one build, and end with it."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from contextlib import contextmanager, suppress
from itertools import groupby
from typing import Protocol, TypeVar

from gongkai.invisible import visible_lines

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
        with _process_pool(self._jobs) as pool:
            try:
                with _deaf():
                    # They all start with the first work.
                    pool.submit(os.getpid)
                yield pool
            except BrokenExecutor as error:
                raise WorkerLostError(str(error)) from error
            except BaseException:
                # Whoever clears up afterwards must find nobody at work.
                pool.shutdown(cancel_futures=True)
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


def spread_in_turns(
    crew: Crew,
    work: Callable[[Sequence[W]], R],
    things: Sequence[W],
    kind: Callable[[W], str],
    size: Callable[[str], int],
    few: int,
    progress: Callable[[int], None],
) -> Iterator[R]:
    """Yield what ``work`` makes of portions of some things, in their order, as ``spread`` does, some kinds after others.

    Things of one kind stand together; ``size`` tells how many of a kind are a portion. Processes begin anew for other
    kinds, where there are many: those need other things in memory, and what is no longer needed is gone.
    """
    done = 0
    for portions in _turns(things, kind, size):
        before = done
        yield from spread(crew, work, portions, few, lambda now, before=before: progress(before + now))  # type: ignore[misc]
        done += sum(map(len, portions))


def _turns(things: Sequence[W], kind: Callable[[W], str], size: Callable[[str], int]) -> Iterator[list[Sequence[W]]]:
    turn: list[Sequence[W]] = []
    for name, of_one_kind in groupby(things, kind):
        turn += in_portions([*of_one_kind], size(name))
        if sum(map(len, turn)) >= _A_TURN:
            yield turn
            turn = []
    if turn:
        yield turn


_A_TURN = 1_000
"""So many things are worth other processes."""


def _counted(made: Iterator[R], portions: Sequence[Sequence[W]], progress: Callable[[int], None]) -> Iterator[R]:
    done = 0
    for portion, result in zip(portions, made, strict=True):
        yield result
        done += len(portion)
        progress(done)


def in_portions(work: Sequence[W], size: int) -> list[Sequence[W]]:
    """Return work cut into portions."""
    return [work[start : start + size] for start in range(0, len(work), size)]


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Let a copy of this process do some work while the ``with`` block runs; its end waits for it.

    What the work returns is lost, and whether it succeeds makes no difference: it can only make ready what would be made
    later. What it says is said at the end if it succeeds, and otherwise by whoever does the same later. Where processes
    cannot be copied nothing is done.
    """
    import multiprocessing  # noqa: PLC0415 - takes long to import, and a check of few files does without

    if "fork" not in multiprocessing.get_all_start_methods():
        yield
        return
    with tempfile.TemporaryFile() as said:
        helper = multiprocessing.get_context("fork").Process(target=_in_child, args=(work, said.fileno()), daemon=True)
        try:
            # Where there can be no further process, there is none.
            with suppress(OSError), _deaf():
                helper.start()
            yield
            if helper.pid is not None:
                helper.join()
        except BaseException:
            if helper.pid is not None:
                helper.terminate()
                helper.join()
            raise
        if helper.exitcode == 0 and sys.stderr is not None:
            said.seek(0)
            sys.stderr.write(visible_lines(said.read().decode(errors="replace")))


def _in_child(work: Callable[[], object], said: int) -> None:
    _start_child()
    for stream in (1, 2):
        os.dup2(said, stream)
    sys.stdout = sys.stderr = os.fdopen(said, "w", encoding="utf-8", closefd=False)
    work()


def _process_pool(jobs: int) -> Executor:
    """Return an executor whose processes end when the one that started them is gone: a killed build leaves none behind."""
    import multiprocessing  # noqa: PLC0415 - see beside
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - likewise

    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else None)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start_child)


@contextmanager
def _deaf() -> Iterator[None]:
    """Let Ctrl-C wait; processes that start meanwhile never hear it.

    On a terminal it reaches every process, but it is for the one that gives out the work to end the others.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_child() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing  # noqa: PLC0415 - see beside

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
