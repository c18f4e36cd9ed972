"""gongkai audit: a list that somebody else published, compared with the catalogue."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path

import click

from gongkai.auditing import as_json, as_text, as_xlsx
from gongkai.auditing.columns import Headed, headed_tables
from gongkai.auditing.compare import Auditor, Scope
from gongkai.auditing.report import AuditReport
from gongkai.catalogue import Catalogue
from gongkai.cli.command import Command
from gongkai.cli.common import AS_OF, FINDINGS, OK, ROOT, UNUSABLE, project_root, say, stop
from gongkai.editing.atomic_write import write_at_once
from gongkai.invisible import visible
from gongkai.loading import load
from gongkai.naming.nearest import Nearest
from gongkai.os_errors import reason, told
from gongkai.reading.tables.files import read_tables
from gongkai.reading.tables.table import UnreadableTableError
from gongkai.sources import FOLDERS
from gongkai.today import today

_RENDERERS = {"text": as_text.render, "json": as_json.render}


@click.command(
    cls=Command,
    help="把别处公布的事项清单（CSV、XLSX、JSON、存下来的网页）与目录逐行核对：名称、编码、重复、缺少。",
    epilog="例如：\n  gongkai audit 民政局清单.xlsx\n  gongkai audit 清单.xlsx --organization minzheng --output 核对结果.xlsx\n"
    "  gongkai audit 邻区清单.csv --area 511602 --format json\n"
    "\n退出码：0 与目录一致，1 有不同，2 用法不对或读不了（什么也不写）。",
)
@click.argument("files", nargs=-1, required=True, metavar="文件...", type=click.Path(path_type=Path))
@click.option(
    "--organization", metavar="编号", help="清单是哪个单位公布的：部门或乡镇的编号，村（社区）用 12 位区划代码。"
)
@click.option("--area", metavar="区划代码", help="清单的编码应当用哪个区划，6 位或 12 位；默认本区。")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(list(_RENDERERS)),
    default="text",
    metavar="text|json",
    help="输出给人看的文字（text）或者给程序用的 JSON。",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件.xlsx",
    help="另存一份标出要改之处的工作簿，可以退给单位；只会盖掉没有人改过的核对结果。",
)
@AS_OF
@ROOT
def audit(
    files: tuple[Path, ...],
    organization: str | None,
    area: str | None,
    output_format: str,
    output: Path | None,
    as_of: datetime.date | None,
    root: Path | None,
) -> None:
    """Read all files, compare them, then write: nothing is written unless all could be read."""
    folder = project_root(root)
    if output is not None:
        _refuse_output(output, files, folder)
    lists = _read_all(files)
    catalogue = _catalogue(folder)
    day = as_of or today()
    scope = Scope(_area(area, catalogue), _organization(organization, catalogue))
    auditor = Auditor(catalogue, scope, day)
    report = AuditReport(day, scope.area, [auditor.audit(str(path), tables) for path, tables in lists])
    if output is not None:
        try:
            write_at_once(output, as_xlsx.render(report))
        except OSError as error:
            stop(f"写不了 {output}：{reason(error)}。请核对磁盘空间和权限。")
    click.echo(_RENDERERS[output_format](report), nl=False)
    if output is not None:
        say(f"核对结果已存到 {output}", err=True)
    sys.exit(OK if report.is_clean else FINDINGS)


def _read_all(files: tuple[Path, ...]) -> list[tuple[Path, list[Headed]]]:
    """Return the tables of all files, or end the program with a message for each that cannot be read."""
    lists, unreadable = [], False
    for path in dict.fromkeys(files):
        try:
            lists.append((path, headed_tables(read_tables(path))))
        except UnreadableTableError as error:
            say(visible(f"{path}：{error}"), err=True)
            unreadable = True
    if unreadable:
        say("有文件读不了，没有核对，什么也没有写。", err=True)
        sys.exit(UNUSABLE)
    return lists


def _catalogue(root: Path) -> Catalogue:
    """Return the catalogue; one with unreadable records would call their items unknown, so it is refused."""
    try:
        catalogue, _ = load(root)
    except OSError as error:
        stop(f"读不了 {told(error)}。")
    if catalogue.unreadable or catalogue.district is None:
        stop("目录里有读不了的记录，核对的结果会不对。请先运行 gongkai check，改好错误再核对。")
    return catalogue


def _area(area: str | None, catalogue: Catalogue) -> str:
    """Return the digits that area codes have to begin with."""
    if area is None:
        return catalogue.district.code if catalogue.district else ""
    if not re.fullmatch(r"[0-9]{6}(?:[0-9]{6})?", area):
        stop(f"区划代码“{area}”不对：写 6 位（例如 511703）或者 12 位（例如 511703100000）。")
    return area[:6] + re.sub(r"(?:000)+\Z", "", area[6:])


def _organization(identity: str | None, catalogue: Catalogue) -> str | None:
    if identity is not None and catalogue.duties(identity) is None:
        near = Nearest([*catalogue.departments, *catalogue.towns]).find(identity, limit=1, at_least=0.6)
        guess = f"是不是“{near[0].name}”？" if near else ""
        stop(
            f"没有编号为“{identity}”的单位。{guess}编号是 data/organizations/ 里的文件名，村（社区）用 12 位区划代码。"
        )
    return identity


def _refuse_output(output: Path, files: tuple[Path, ...], root: Path) -> None:
    """End the program with status 2 when the result cannot or must not be written there."""
    if output.suffix.lower() != ".xlsx":
        stop(f"--output 要以 .xlsx 结尾，“{output}”不是。")
    if not output.parent.is_dir():
        stop(f"没有文件夹 {output.parent}，写不了 {output.name}。请先建立这个文件夹。")
    if output.exists() and not output.is_file():
        stop(f"{output} 不是普通文件，不能写。请换一个文件名。")
    if output.exists() and any(path.exists() and path.samefile(output) for path in files):
        stop(f"--output {output} 就是要核对的文件，会把它盖掉。请换一个文件名。")
    if any(output.resolve().is_relative_to(root / name) for name in FOLDERS):
        stop(f"{output} 在 {'、'.join(FOLDERS)} 里，核对结果不能放在那里。请换一个文件夹。")
    if output.exists() and not as_xlsx.is_untouched(output):
        stop(f"{output} 已经有了，而且不是核对结果，或者后来有人改过，不能盖掉。请换一个文件名，或者先把它移走。")
