"""A build on a cluster: two processes of two threads each, as on machines that see the same folder."""

from __future__ import annotations

import operator
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from building import build_site, lend
from commands import DAY, SEVERAL_PROCESSES, beside, ended, files, start
from gongkai import dask_crew
from gongkai.dask_crew import NoClusterError
from gongkai.publishing.search import full_text
from gongkai.workers import WorkerLostError
from support import BASE, change_record, copy_district, make_buildable

UNCHANGED = "没有发布，原来的网站保持不变"

IMPATIENT = "import gongkai.dask_crew as dask\ndask._PATIENCE, dask._TO_CONNECT = 0.5, 2\n"

CLUSTER = """
import os, signal, sys, time
from gongkai.publishing.building import workshop

FOLDER, PAGE = {folder!r}, "items/510123001000/index.html"

def write(folder, address, content, real=workshop.write):
    open(f"{{FOLDER}}/worker-{{os.getpid()}}", "w").close()
    if address == PAGE:
        if os.path.exists(f"{{FOLDER}}/kill-always"):
            os.kill(os.getpid(), signal.SIGKILL)
        if os.path.exists(f"{{FOLDER}}/kill-once"):
            os.unlink(f"{{FOLDER}}/kill-once")
            os.kill(os.getpid(), signal.SIGKILL)
        while os.path.exists(f"{{FOLDER}}/wait"):
            open(f"{{FOLDER}}/waiting", "w").close()
            time.sleep(0.01)
    real(folder, address, content)

workshop.write = write

if __name__ == "__main__":
    import dask
    from distributed import LocalCluster
    dask.config.set({{"distributed.scheduler.allowed-failures": 1}})
    with LocalCluster(
        n_workers=2, threads_per_worker=2, host="127.0.0.1", dashboard_address=None, silence_logs=100
    ) as cluster:
        print(cluster.scheduler_address.removeprefix("tcp://"), flush=True)
        for line in sys.stdin:
            cluster.scale(0)
"""


class Cluster:
    """A cluster in a process of its own; files in ``folder`` tell its workers what to do at a certain page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        script = folder / "cluster.py"
        script.write_text(CLUSTER.format(folder=str(folder)), encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None and self.process.stdin is not None
        self.address = self.process.stdout.readline().strip()
        self.commands = self.process.stdin

    def workers(self) -> set[int]:
        """Return the processes that wrote files."""
        return {int(path.name.partition("-")[2]) for path in self.folder.glob("worker-*")}

    def close(self) -> None:
        self.process.communicate()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.close()


@pytest.fixture
def doomed(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster that a test may ruin."""
    (tmp_path / "cluster").mkdir()
    cluster = Cluster(tmp_path / "cluster")
    yield cluster
    cluster.close()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its site, built here; nobody changes it."""
    root = make_buildable(copy_district(tmp_path_factory.mktemp("dask")))
    build_site(root, root / "site")
    return root


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    return lend(Path(shutil.copytree(built, tmp_path / "district")))


def started(project: Path, address: str, code: str = "", *, search: bool = False) -> subprocess.Popen[str]:
    """Start a build on a cluster."""
    arguments = ["build", *DAY, *([] if search else ["--no-search"]), "--executor", f"dask://{address}"]
    return start(project, *arguments, code=SEVERAL_PROCESSES + code)


def build(project: Path, address: str) -> subprocess.CompletedProcess[str]:
    """Build on a cluster."""
    return ended(started(project, address, IMPATIENT))


def refused(result: subprocess.CompletedProcess[str], project: Path, built: Path, message: str) -> None:
    assert result.returncode == 1 and f"{UNCHANGED}。{message}" in result.stderr, result.stderr
    assert "Traceback" not in result.stderr
    assert files(project / "site") == files(built / "site")


def test_the_site_is_that_of_a_build_here(cluster: Cluster, project: Path, built: Path) -> None:
    result = build(project, cluster.address)
    assert result.returncode == 0, result.stderr
    assert len(cluster.workers()) == 2 and os.getpid() not in cluster.workers()
    assert files(project / "site") == files(built / "site")
    change_record(project, BASE["item"], summary="另一句概要，说的是同一件事。")
    assert build(project, cluster.address).returncode == 0
    build_site(project, project / "clean")
    assert files(project / "site") == files(project / "clean") != files(built / "site")


def test_full_texts_are_written_by_the_cluster(
    cluster: Cluster, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = "import gongkai.publishing.search.full_text as full_text\nfull_text.GROUP = 1\n"
    result = ended(started(project, cluster.address, IMPATIENT + small, search=True))
    assert result.returncode == 0, result.stderr
    monkeypatch.setattr(full_text, "GROUP", 1)
    build_site(project, project / "clean", search=True)
    assert (project / "site/pagefind/2/pagefind-entry.json").is_file()
    # The cluster's own processes know nothing of the small indexes, and the search page says how many there are.
    assert files(project / "site/pagefind") == files(project / "clean/pagefind")


def test_a_worker_that_is_lost_once_is_done_without(cluster: Cluster, project: Path, built: Path) -> None:
    (cluster.folder / "kill-once").touch()
    result = build(project, cluster.address)
    assert result.returncode == 0, result.stderr
    assert not (cluster.folder / "kill-once").exists()
    assert files(project / "site") == files(built / "site")
    assert beside(project / "site") == set()


def test_work_that_kills_every_worker_is_given_up(cluster: Cluster, project: Path, built: Path) -> None:
    (cluster.folder / "kill-always").touch()
    refused(build(project, cluster.address), project, built, "生成网页的一个进程中途被结束")
    (cluster.folder / "kill-always").unlink()
    build_site(project, project / "site")
    assert files(project / "site") == files(built / "site")
    assert beside(project / "site") == set()


@pytest.mark.slow
@pytest.mark.parametrize("ruin", [lambda cluster: cluster.commands.write("\n"), lambda cluster: cluster.process.kill()])
def test_a_cluster_that_is_gone(ruin, doomed: Cluster, project: Path, built: Path) -> None:
    """Its workers, and all of it."""
    (doomed.folder / "wait").touch()
    process = started(project, doomed.address, IMPATIENT)
    while not (doomed.folder / "waiting").exists():
        assert process.poll() is None, process.communicate()
    ruin(doomed)
    doomed.commands.flush()
    refused(ended(process), project, built, "生成网页的一个进程中途被结束")
    # Processes of the cluster may outlive it for a moment and go on writing; what they leave is removed by the next build.
    for worker in doomed.workers():
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGKILL)
    build_site(project, project / "site")
    assert beside(project / "site") == set()


@pytest.mark.slow
@pytest.mark.parametrize("status", ["connecting", "closed"])
def test_work_for_a_cluster_that_is_gone(
    status: str, doomed: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks for the cluster again for a while, and then no longer."""
    monkeypatch.setattr(dask_crew, "_PATIENCE", 0.1)
    monkeypatch.setattr(dask_crew, "_TO_CONNECT", 2)
    crew = dask_crew.DaskCrew(doomed.address, tmp_path)
    with pytest.raises(WorkerLostError), crew.executor() as executor:
        assert executor is not None
        assert list(executor.map(operator.neg, [1, 2])) == [-1, -2]
        doomed.process.kill()
        while crew._client.status != status:
            time.sleep(0.01)
        list(executor.map(operator.neg, [1, 2]))
    crew.close()


def test_no_cluster(built: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
    for address, message in (
        (f"127.0.0.1:{port}", f"连不上 Dask 集群 127.0.0.1:{port}"),
        ("", "--executor dask:// 不对：写成 dask://10.0.0.5:8786 的样子。"),
        ("127.0.0.1", "--executor dask://127.0.0.1 不对"),
    ):
        result = build(built, address)
        assert result.returncode == 2 and message in result.stderr and "Traceback" not in result.stderr


def test_a_cluster_that_would_not_do_the_same(cluster: Cluster, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its workers run other code, or see other folders, or cannot run the program at all."""
    with monkeypatch.context() as patched:
        patched.setattr(dask_crew, "portable_program", lambda: "another version")
        with pytest.raises(NoClusterError, match="gongkai 或者它用的程序库是另一个版本"):
            dask_crew.DaskCrew(cluster.address, project)
    with monkeypatch.context() as patched:
        patched.setattr(dask_crew, "_introduction", operator.neg)
        with pytest.raises(NoClusterError, match="上运行不了 gongkai"):
            dask_crew.DaskCrew(cluster.address, project)
    with monkeypatch.context() as patched:
        patched.setattr(dask_crew, "cache_folder", lambda _root: project / "none")
        with pytest.raises(NoClusterError, match=r"用不了 Dask 集群：读写不了 .*没有这个文件或文件夹"):
            dask_crew.DaskCrew(cluster.address, project)


def test_a_folder_that_a_worker_does_not_see(cluster: Cluster, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def elsewhere(**_named: object) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(name="/on/another/machine")

    monkeypatch.setattr(dask_crew, "NamedTemporaryFile", elsewhere)
    with pytest.raises(NoClusterError, match=f"看不到 {project}，项目文件夹要放在每台机器都用同一个路径看得到的地方"):
        dask_crew.DaskCrew(cluster.address, project)
