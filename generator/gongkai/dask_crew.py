"""Workers of a Dask cluster, which reach the project's folder under the same path as this machine."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from gongkai.cache_folder import cache_folder
from gongkai.kept.program import portable_program
from gongkai.os_errors import told
from gongkai.workers import WorkerLostError

_alone = threading.Lock()
"""A worker of a cluster may have several threads; what one process knows of a project is for one at a time."""


_TO_CONNECT = 10
"""Seconds in which a cluster must answer."""
_PATIENCE = 5
"""Seconds until we look whether somebody is still at work."""


class NoClusterError(Exception):
    """The cluster cannot be used; the message says why, in Chinese."""


class DaskCrew:
    """The workers of a cluster."""

    def __init__(self, address: str, root: Path) -> None:
        """Take the cluster whose scheduler listens at ``HOST:PORT`` for the work on the project in a folder.

        Raises NoClusterError, also where a worker does not see the folder, or has another version of the program.
        """
        try:
            from distributed import Client  # noqa: PLC0415 - an optional dependency
        except ImportError:
            raise NoClusterError("没有安装 Dask。请运行：python -m pip install 'gongkai[dask]'") from None
        for name in ("distributed", "distributed.client", "asyncio"):
            # What it would tell is told by whoever gives out the work.
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client: Any = Client(f"tcp://{address}", timeout=_TO_CONNECT)  # type: ignore[no-untyped-call]
            workers = _workers(self._client)
        except (OSError, ValueError) as error:
            raise NoClusterError(f"连不上 Dask 集群 {address}：{error}") from error
        if not workers:
            self.close()
            raise NoClusterError(f"Dask 集群 {address} 没有工作进程，请先启动 dask worker")
        try:
            _refuse_strangers(self._client, root)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def executor(self) -> Iterator[Executor | None]:
        """Yield the cluster as an executor; raises WorkerLostError when workers are lost in the middle.

        A worker that is lost once is done without.
        """
        from distributed import KilledWorker  # noqa: PLC0415 - an optional dependency
        from distributed.client import ClosedClientError  # noqa: PLC0415 - an optional dependency
        from distributed.comm.core import CommClosedError  # noqa: PLC0415 - an optional dependency

        executor = _OneAtATime(self._client)
        try:
            with executor:
                yield executor
        except (KilledWorker, ClosedClientError, CommClosedError, CancelledError) as error:
            raise WorkerLostError(str(error)) from error

    def close(self) -> None:
        """Let go of the cluster."""
        self._client.close()


class _OneAtATime(Executor):
    """An executor whose processes each do one thing at a time."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._token = secrets.token_hex(8)
        self._left: list[Any] = []

    def map(self, fn: Callable[..., Any], *iterables: Any, timeout: float | None = None, chunksize: int = 1) -> Any:
        """Map a function over iterables, in their order; raises WorkerLostError where nobody is left to do the work."""
        self._left = self._client.map(partial(_call_alone, self._token, fn), *iterables, pure=False)[::-1]
        while self._left:
            yield self._result(self._left[-1])
            self._left.pop()

    def _result(self, future: Any) -> Any:
        alone = False
        while True:
            try:
                return future.result(timeout=_PATIENCE)
            except TimeoutError:
                # A worker may be about to start again.
                before, alone = alone, not _workers(self._client)
                if before and alone:
                    raise WorkerLostError("no worker is left") from None

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """See that nothing more is done, and that nobody is at work."""
        if self._left and self._client.status == "running":
            # A scheduler may be gone and nobody know it yet; then whoever is still at work cannot be told.
            with suppress(OSError):
                self._client.cancel(self._left)
                self._client.run(_stop, self._token, on_error="ignore")


def _refuse_strangers(client: Any, root: Path) -> None:
    """Raise NoClusterError for a worker that would not do the same as this process would."""
    try:
        with NamedTemporaryFile(dir=cache_folder(root), prefix="seen-by-all-") as probe:
            answers = client.run(_introduction, probe.name, on_error="return")
    except OSError as error:
        raise NoClusterError(f"用不了 Dask 集群：读写不了 {told(error)}") from error
    for worker, answer in answers.items():
        if not isinstance(answer, tuple):
            raise NoClusterError(f"集群的 {worker} 上运行不了 gongkai（{answer}），请在那台机器上安装同一个版本")
        program, sees = answer
        if not sees:
            raise NoClusterError(f"集群的 {worker} 看不到 {root}，项目文件夹要放在每台机器都用同一个路径看得到的地方")
        if program != portable_program():
            raise NoClusterError(
                f"集群的 {worker} 上 gongkai 或者它用的程序库是另一个版本，请在那台机器上安装同样的版本，再重新启动 dask worker"
            )


def _introduction(probe: str) -> tuple[str, bool]:
    """Return which program a worker runs, and whether it sees a file of the project."""
    return portable_program(), Path(probe).exists()


def _workers(client: Any) -> Any:
    """Return the workers that the scheduler knows of, by address: none where it cannot be reached."""
    return client.scheduler_info(n_workers=-1).get("workers", {}) if client.status == "running" else {}


_stopped: set[str] = set()
"""The executors for which this worker does nothing more."""


def _stop(token: str) -> None:
    _stopped.add(token)
    with _alone:
        """Whatever was begun is done now."""


def _call_alone(token: str, function: Callable[..., Any], *arguments: Any) -> Any:
    with _alone:
        if token in _stopped:
            raise CancelledError
        return function(*arguments)
