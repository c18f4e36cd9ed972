"""What the commands share that publish a site: options, who does the work, and how it ends when nothing is published."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from gongkai.cli.common import FINDINGS, UNUSABLE, say, stop
from gongkai.os_errors import told
from gongkai.publishing.building import swap
from gongkai.publishing.errors import UnpublishableError
from gongkai.workers import Crew, LocalCrew

_INTERRUPTED = 130
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~/-]*)?")


def _site_url(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _ADDRESS.fullmatch(value):
        stop(f"网址“{value}”不对：写成 https://example.gov.cn/fuwu/ 的样子，不带 ? 和 #。")
    return value


OUTPUT = click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), metavar="文件夹", help="网站放在哪里；默认 site/。"
)
SITE_URL = click.option(
    "--site-url", metavar="网址", callback=_site_url, help="网站的网址；默认用 mkdocs.yml 里的 site_url。"
)
NO_SEARCH = click.option("--no-search", is_flag=True, help="不生成全文索引（更快，用于试看）。")


def free_place(target: Path, root: Path) -> Path:
    """Return where a site goes, made absolute, or end the program when something else is there."""
    place = target.absolute()
    try:
        if swap.in_the_middle(place):
            with swap.exclusive(place):
                swap.recover(place)
        swap.refuse_other_folders(place, root)
    except (swap.NotASiteError, swap.BusyError) as error:
        stop(f"没有发布：{error}。")
    except OSError as error:
        stop(f"没有发布：读写不了 {told(error)}。")
    return place


@contextmanager
def crew_of(root: Path, executor: str | None, jobs: int | None) -> Iterator[Crew]:
    """Yield who does the work on a project: a Dask cluster, or processes of this machine.

    Ends the program where there is no cluster.
    """
    if executor is None:
        yield LocalCrew(jobs or os.cpu_count() or 1)
        return
    from gongkai.dask_crew import DaskCrew, NoClusterError  # noqa: PLC0415 - only few builds need it

    match = re.fullmatch(r"dask://([A-Za-z0-9.-]+:[0-9]{1,5})/?", executor)
    if match is None:
        stop(f"--executor {executor} 不对：写成 dask://10.0.0.5:8786 的样子。")
    try:
        crew = DaskCrew(match[1], root)
    except NoClusterError as error:
        stop(f"{error}。")
    try:
        yield crew
    finally:
        crew.close()


@contextmanager
def refusals() -> Iterator[None]:
    """End the program with a message and a status when what is done inside cannot be published."""
    try:
        yield
    except UnpublishableError as error:
        say(f"没有发布，原来的网站保持不变。{error}", err=True)
        sys.exit(FINDINGS)
    except swap.BusyError as error:
        stop(f"没有发布：{error}。")
    except swap.UnfinishedError as error:
        stop(f"没有发布完：{error}。")
    except OSError as error:
        say(f"没有发布，原来的网站保持不变：读写文件出错，{told(error)}。", err=True)
        sys.exit(UNUSABLE)
    except swap.LateInterrupt:
        say("已中止；这时新的网站已经换好。", err=True)
        sys.exit(_INTERRUPTED)
    except KeyboardInterrupt:
        say("已中止，没有发布；原来的网站保持不变。", err=True)
        sys.exit(_INTERRUPTED)
