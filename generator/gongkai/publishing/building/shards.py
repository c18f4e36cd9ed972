"""Building a site in parts, each on a machine of its own, and joining them.

A part is a folder with the files of some units and a note of what became of them. What is made of the work of all units
is made when the parts are joined. Nothing in a part is trusted: its files must be as they were written, and are looked through
like all others.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gongkai.collector import waiting_collector
from gongkai.kept.project import Project
from gongkai.kept.units import Outcome, Stage, as_json
from gongkai.progress import Progress
from gongkai.publishing.building import ledger, swap
from gongkai.publishing.building.build import BuildReport
from gongkai.publishing.building.setting import BuildOptions, Setting, events_stage_of
from gongkai.publishing.building.units import SITEMAP, Unit, unit_names
from gongkai.publishing.building.whole import Gathered, finish
from gongkai.publishing.building.workshop import Portion, UnitRecord
from gongkai.publishing.digest import digest
from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.gates import links
from gongkai.publishing.search.full_text import RECORDS
from gongkai.publishing.search.names_index import NAMES
from gongkai.publishing.tree import is_file, write
from gongkai.workers import Crew

NOTE = ".gongkai-part"
"""Stands in every part: a line about the part, then one for each of its units."""

_SHARD = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})\Z")
_FORMAT = 1
_LISTS = (SITEMAP, NAMES, RECORDS)
"""The kinds of those shares that are lists, in JSON."""


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
        hashed = hashlib.blake2b(unit.encode(), digest_size=8).digest()
        return int.from_bytes(hashed, "big") % self.of == self.number - 1


@waiting_collector()
def build_part(
    project: Project, folder: Path, options: BuildOptions, shard: Shard, crew: Crew, progress: Progress
) -> BuildReport:
    """Build one part of a site and put it at ``folder``; raises what ``build`` raises, but looks into no links to other units."""
    with swap.building(folder):
        setting = Setting(project, folder, options, crew, progress)
        setting.renew_events()
        due = sorted(unit for unit in unit_names(setting.site) if shard.has(unit))
        staging = swap.staging_folder(folder)
        lines = [as_json([_FORMAT, shard.number, shard.of, setting.fingerprint])]
        pages = files = 0
        broken: list[tuple[str, str]] = []
        with closing(setting.made(staging, due)) as portions:
            for portion in portions:
                broken += portion.broken
                for outcome in portion.outcomes:
                    record = UnitRecord.of(outcome.made)
                    pages, files = pages + len(record.pages), files + len(record.files)
                    lines.append(_line(staging, outcome, record))
        if broken:
            raise links.BrokenLinksError(sorted(broken))
        write(staging, NOTE, "\n".join([*lines, digest("\n".join(lines).encode())]).encode())
        write(staging, swap.MARKER, swap.MARK)
        setting.refuse_changed()
        with swap.undisturbed():
            swap.publish(staging, folder)
        # Nobody asks for them again.
        Stage.forget(project.store, events_stage_of(folder))
    return BuildReport(pages, files, tuple(due), folder)


@waiting_collector()
def merge(
    project: Project, parts: Sequence[Path], output: Path, options: BuildOptions, crew: Crew, progress: Progress
) -> BuildReport:
    """Join parts into one site with one search index, and put it at ``output``.

    Raises PartError when parts are missing, do not fit, are damaged or were made from other files, and what ``build``
    raises. The parts stay as they are.
    """
    with swap.building(output):
        setting = Setting(project, output, options, crew, progress)
        try:
            ordered = _in_order(parts, setting.fingerprint)
            setting.stage.clear()
            ledger.forget(setting)
            folder = swap.staging_folder(output)
            gathered = Gathered()
            for number, part in enumerate(ordered):
                progress("合并", number, len(parts))
                outcomes = list(_taken_from(part, Shard(number + 1, len(parts)), folder))
                gathered.add(Portion(outcomes))
                setting.stage.keep(outcomes, fresh=False)
            units = setting.stage.known()
            if units != {*unit_names(setting.site)}:
                raise PartError("各部分合起来不是整个网站，请用同一份数据重新生成各部分")
            _, count = finish(setting, folder, gathered, set())
            setting.refuse_changed()
            with swap.undisturbed():
                swap.publish(folder, output)
        finally:
            # Which answers the parts depend on is not known here, so none of them is kept.
            setting.stage.clear()
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


def _line(folder: Path, outcome: Outcome, record: UnitRecord) -> str:
    """Return what the note says of a unit: what is kept of it, and what its files are like."""
    contents = ((address, (folder / address).read_bytes()) for address in record.files)
    return as_json([outcome.unit, outcome.made, dict(outcome.shares), _digest_of(contents)])


def _lines(part: Path) -> list[str]:
    """Return the lines of a part's note; raises PartError when it is not as it was written."""
    if not is_file(part / NOTE):
        raise PartError(f"{part} 不是 gongkai build --shard 生成的一部分")
    content = _content(part, NOTE)
    lines, _, name = content.rpartition(b"\n")
    if name.decode("ascii", "replace") != digest(lines):
        raise PartError(f"{part} 的记录已经损坏，请重新生成这一部分")
    return lines.decode("utf-8", "replace").split("\n")


def _header(part: Path) -> tuple[int, int, int, str]:
    try:
        form, number, of, made_from = json.loads(_lines(part)[0])
        return int(form), int(number), int(of), str(made_from)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise PartError(f"{part} 的记录已经损坏，请重新生成这一部分") from error


def _taken_from(part: Path, shard: Shard, folder: Path) -> Iterator[Outcome]:
    """Copy the files of a part's units into a folder and yield their outcomes; raises PartError where anything is amiss."""
    for line in _lines(part)[1:]:
        try:
            unit, made, shares, name = json.loads(line)
            record = UnitRecord.of(made)
            texts = [unit, *record.pages, *record.files, *record.targets, *(t for pair in record.anchors for t in pair)]
            if not all(isinstance(text, str) for text in texts) or not shard.has(unit):
                raise ValueError(unit)
            # What is no text cannot be kept.
            "".join(texts).encode()
            for kind, share in shares.items():
                _refuse_unreadable(kind, share)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise PartError(f"{part} 的记录已经损坏，请重新生成这一部分") from error
        files = [(address, _content(part, address)) for address in record.files]
        if _digest_of(files) != name:
            raise PartError(f"{part} 里的文件和生成时不一样（{'、'.join(record.files[:1])} 等），请重新生成这一部分")
        for address, content in files:
            write(folder, address, content)
        yield Outcome(unit, made, shares=shares)


def _refuse_unreadable(kind: str, share: str | None) -> None:
    """Raise ValueError, TypeError or AttributeError for a share that nothing can be made of."""
    kind.encode()
    if share is None:
        return
    share.encode()
    if kind in _LISTS:
        said = json.loads(share)
        # What is no text cannot be written.
        json.dumps(said, ensure_ascii=False).encode()
        if not isinstance(said, list) or (kind == SITEMAP and not all(isinstance(one, str) for one in said)):
            raise ValueError(kind)


def _content(part: Path, address: str) -> bytes:
    """Return a file of a part; raises PartError for what is no file, or not inside the part."""
    path = PurePosixPath(address)
    inside = str(path) == address and not path.is_absolute() and ".." not in path.parts
    if not inside or any((part / step).is_symlink() for step in (path, *path.parents)[:-1]):
        raise PartError(f"{part} 里的 {address} 是链接，或者不在这一部分里，请重新生成这一部分")
    try:
        if not is_file(part / path):
            raise FileNotFoundError(address)
        return (part / path).read_bytes()
    except (OSError, ValueError) as error:
        raise PartError(f"{part} 里没有 {address}，请重新生成这一部分") from error


def _digest_of(files: Iterable[tuple[str, bytes]]) -> str:
    """Return a name for what some files are like together."""
    return digest(b"".join(f"{address} {len(content)}\n".encode() + content for address, content in files))
