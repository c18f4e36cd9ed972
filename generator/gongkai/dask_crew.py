"""Workers of a Dask cluster, which reach the project's folder under the same path as this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from typing import Any

from gongkai.workers import WorkerLostError

_alone = threading.Lock()
"""A worker of a cluster may have several threads; what one process knows of a project is for one at a time."""


class NoClusterError(Exception):
    """The cluster cannot be used; the message says why, in Chinese."""


class DaskCrew:
    """The workers of a cluster."""

    def __init__(self, address: str, timeout: float = 10) -> None:
        """Take the cluster whose scheduler listens at ``HOST:PORT``; raises NoClusterError."""
        try:
            from distributed import Client  # noqa: PLC0415 - an optional dependency
        except ImportError:
            raise NoClusterError("没有安装 Dask。请运行：python -m pip install 'gongkai[dask]'") from None
        try:
            self._client: Any = Client(f"tcp://{address}", timeout=timeout)  # type: ignore[no-untyped-call]
            workers = self._client.scheduler_info(n_workers=-1)["workers"]
        except (OSError, ValueError) as error:
            raise NoClusterError(f"连不上 Dask 集群 {address}：{error}") from error
        if not workers:
            self.close()
            raise NoClusterError(f"Dask 集群 {address} 没有工作进程，请先启动 dask worker")

    @contextmanager
    def executor(self) -> Iterator[Executor | None]:
        """Yield the cluster as an executor; raises WorkerLostError when workers are lost in the middle."""
        from distributed import KilledWorker  # noqa: PLC0415
        from distributed.comm.core import CommClosedError  # noqa: PLC0415

        executor = self._client.get_executor(pure=False)
        try:
            yield _OneAtATime(executor)
        except (KilledWorker, CommClosedError) as error:
            raise WorkerLostError(str(error)) from error
        finally:
            executor.shutdown(wait=False)

    def close(self) -> None:
        """Let go of the cluster."""
        self._client.close()


class _OneAtATime(Executor):
    """An executor whose processes each do one thing at a time."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Submit a call."""
        return self._executor.submit(_call_alone, partial(fn, *args, **kwargs))

    def map(self, fn: Callable[..., Any], *iterables: Any, timeout: float | None = None, chunksize: int = 1) -> Any:
        """Map a function over iterables, in their order."""
        return self._executor.map(partial(_call_alone, fn), *iterables, timeout=timeout)


def _call_alone(function: Callable[..., Any], *arguments: Any) -> Any:
    with _alone:
        return function(*arguments)
