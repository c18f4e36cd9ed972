"""Building a site in parts, each on a machine of its own, and joining them.

A part is a folder with the files of some units and a note of what became of them. What is made of the work of all units
is made when the parts are joined. Nothing in a part is trusted: its files are looked through like all others.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from gongkai.collector import waiting_collector
from gongkai.kept.project import Project
from gongkai.kept.units import Outcome, as_json
from gongkai.progress import Progress
from gongkai.publishing import ledger, swap
from gongkai.publishing.build import BuildReport
from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.setting import BuildOptions, Setting
from gongkai.publishing.units import Unit, unit_names
from gongkai.publishing.whole import Gathered, finish
from gongkai.publishing.workshop import Portion, UnitRecord, write
from gongkai.workers import Crew, WorkerLostError

NOTE = ".gongkai-part"
"""Stands in every part: a line about the part, then one for each of its units."""

_SHARD = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})\Z")
_FORMAT = 1


class PartError(UnpublishableError):
    """Parts cannot be joined; the message says why."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Which part of how many; counted from 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Read ``2/4``; raises ValueError for anything else."""
        match = _SHARD.match(text)
        if match is None or int(match[1]) > int(match[2]):
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    def has(self, unit: Unit) -> bool:
        """Tell whether a unit falls to this part: the same way on every machine."""
        digest = hashlib.blake2b(unit.encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % self.of == self.number - 1


@waiting_collector()
def build_part(
    project: Project, folder: Path, options: BuildOptions, shard: Shard, crew: Crew, progress: Progress
) -> BuildReport:
    """Build one part of a site and put it at ``folder``; raises what ``build`` raises, but looks into no links."""
    with swap.exclusive(folder):
        swap.recover(folder)
        try:
            setting = Setting(project, folder, options, crew, progress)
            setting.renew_events()
            due = sorted(unit for unit in unit_names(setting.site) if shard.has(unit))
            staging = swap.staging_folder(folder)
            lines = [as_json([_FORMAT, shard.number, shard.of, setting.fingerprint])]
            pages = files = 0
            for portion in setting.made(staging, due):
                for outcome in portion.outcomes:
                    record = UnitRecord.of(outcome.made)
                    pages, files = pages + len(record.pages), files + len(record.files)
                    lines.append(as_json([outcome.unit, outcome.made, dict(outcome.parts)]))
            write(staging, NOTE, "\n".join(lines).encode())
            write(staging, swap.MARKER, swap.MARK)
            swap.publish(staging, folder)
        except WorkerLostError as error:
            raise UnpublishableError("生成网页的一个进程中途被结束，可能是内存不够，请重新运行") from error
        finally:
            swap.clear(folder)
    return BuildReport(pages, files, tuple(due), folder)


@waiting_collector()
def merge(
    project: Project, parts: Sequence[Path], output: Path, options: BuildOptions, crew: Crew, progress: Progress
) -> BuildReport:
    """Join parts into one site with one search index, and put it at ``output``.

    Raises PartError when parts are missing, do not fit or were made from other files, and what ``build`` raises. The
    parts stay as they are.
    """
    with swap.exclusive(output):
        swap.recover(output)
        setting = Setting(project, output, options, crew, progress)
        try:
            setting.stage.clear()
            ledger.forget(setting)
            folder = swap.staging_folder(output)
            gathered = Gathered()
            for number, part in enumerate(_in_order(parts, setting.fingerprint)):
                progress("合并", number, len(parts))
                outcomes = list(_outcomes(part))
                for outcome in outcomes:
                    _copy(part, folder, UnitRecord.of(outcome.made).files)
                gathered.add(Portion(outcomes))
                setting.stage.keep(outcomes, fresh=False)
            units = setting.stage.known()
            if units != {*unit_names(setting.site)}:
                raise PartError("各部分合起来不是整个网站，请用同一份数据重新生成各部分")
            _, count = finish(setting, folder, gathered, set())
            swap.publish(folder, output)
        finally:
            # Which answers the parts depend on is not known here, so none of them is kept.
            setting.stage.clear()
            swap.clear(output)
    return BuildReport(count.pages, count.files, tuple(sorted(units)), output)


def _in_order(parts: Sequence[Path], fingerprint: str) -> list[Path]:
    """Return the parts in the order of their numbers; raises PartError unless each is there once."""
    numbered: dict[int, Path] = {}
    of = len(parts)
    for part in parts:
        form, number, total, made_from = _header(part)
        if form != _FORMAT or made_from != fingerprint:
            raise PartError(f"{part} 是用别的数据、别的设置或者别的版本的程序生成的，请重新生成这一部分")
        if total != of:
            raise PartError(f"{part} 是 {total} 个部分里的一个，这里给了 {of} 个")
        if number in numbered:
            raise PartError(f"{part} 和 {numbered[number]} 都是第 {number} 部分")
        numbered[number] = part
    return [part for _, part in sorted(numbered.items())]


def _lines(part: Path) -> Iterator[Any]:
    try:
        with (part / NOTE).open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)
    except (OSError, ValueError) as error:
        raise PartError(f"{part} 不是 gongkai build --shard 生成的一部分，或者已经损坏") from error


def _header(part: Path) -> tuple[int, int, int, str]:
    header = next(_lines(part), None)
    if isinstance(header, list) and [type(value) for value in header] == [int, int, int, str]:
        form, number, of, made_from = header
        return form, number, of, made_from
    raise PartError(f"{part} 不是 gongkai build --shard 生成的一部分，或者已经损坏")


def _outcomes(part: Path) -> Iterator[Outcome]:
    lines = _lines(part)
    next(lines)
    for line in lines:
        try:
            unit, made, shares = line
            record = UnitRecord.of(made)
            texts = [unit, *record.pages, *record.files, *record.targets, *(t for pair in record.anchors for t in pair)]
            shown = all(isinstance(share, str | None) for share in shares.values())
            if not shown or not all(isinstance(text, str) for text in texts):
                raise ValueError(unit)
        except (ValueError, TypeError, AttributeError) as error:
            raise PartError(f"{part} 的记录已经损坏，请重新生成这一部分") from error
        yield Outcome(unit, made, frozenset(), shares)


def _copy(part: Path, folder: Path, addresses: Sequence[str]) -> None:
    for address in addresses:
        path = PurePosixPath(address)
        source = part / path
        if path.is_absolute() or ".." in path.parts or source.is_symlink() or not source.is_file():
            raise PartError(f"{part} 里没有 {address}，请重新生成这一部分")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
