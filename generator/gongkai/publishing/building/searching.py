"""The full text indexes of a site, from the shares of its units: each index is the work of one process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gongkai.kept.store import reading
from gongkai.kept.units import Outcome, Stage
from gongkai.publishing.building.setting import Setting, outcome_of
from gongkai.publishing.building.units import Unit
from gongkai.publishing.search.full_text import (
    RECORDS,
    SearchRecord,
    folder_of,
    group_of,
    hand_written_records,
    write_index,
)
from gongkai.publishing.tree import files_below
from gongkai.workers import in_portions, spread

SEARCH = "search"
_STAGE = "全文索引"
_AT_ONCE = 500
"""So many shares are read with one query."""


@dataclass(frozen=True, slots=True)
class FullTextIndex:
    """An index to write into a folder: that of a group, of how many.

    ``changed`` are shares that are not kept yet, None where a unit has none any more; ``more`` are shares of no unit.
    """

    folder: Path
    group: int
    of: int
    changed: dict[Unit, str | None]
    more: list[str]


def search_unit(group: int, of: int) -> Unit:
    """Return the name of the unit of a full text index."""
    return f"{SEARCH}\t{group}/{of}"


def write_search(
    setting: Setting, folder: Path, groups: Sequence[int], changed: Mapping[Unit, str | None]
) -> list[Outcome]:
    """Write the indexes of some groups below a folder, from the shares that are kept, except for what ``changed``.

    Raises FullTextError, DamagedError, and WorkerLostError.
    """
    setting.progress(_STAGE, 0, len(groups))
    of = setting.groups
    indexes = {group: FullTextIndex(folder / folder_of(group), group, of, {}, []) for group in groups}
    for unit, share in changed.items():
        index = indexes.get(group_of(unit, of))
        if index is not None:
            index.changed[unit] = share
    if 0 in indexes:
        indexes[0].more.extend(_hand_written(setting))
    portions = [[index] for index in indexes.values()]
    work = partial(_write, setting.project.store.file, setting.stage.name)
    # What each holds is read by the process that writes it: all texts together are larger than anything else in memory.
    for _ in spread(setting.crew, work, portions, 1, lambda n: setting.progress(_STAGE, n, len(groups))):
        pass
    return [outcome_of(search_unit(group, of), _files_of(folder, group, of)) for group in groups]


def _write(store: Path, stage: str, indexes: Sequence[FullTextIndex]) -> None:
    with reading(store) as kept:
        for index in indexes:
            write_index(map(SearchRecord.of, _shares(Stage.reader(kept, stage), index)), index.folder)


def _shares(kept: Stage, index: FullTextIndex) -> Iterator[str]:
    """Yield what an index is made of, in the order of the units."""
    units = {unit for unit in kept.units_with(RECORDS) if group_of(unit, index.of) == index.group}
    for some in in_portions(sorted(units | index.changed.keys()), _AT_ONCE):
        shares = kept.shares_of(RECORDS, some) | index.changed
        yield from filter(None, map(shares.get, some))
    yield from index.more


def _files_of(folder: Path, group: int, of: int) -> list[str]:
    """Return the files of one index; those of the others may lie below the first one's."""
    place = folder_of(group)
    further = () if group else tuple(f"{folder_of(other)}/" for other in range(1, of))
    return [file for name in files_below(folder / place) if not (file := f"{place}/{name}").startswith(further)]


def _hand_written(setting: Setting) -> list[str]:
    pages = [page for page in setting.skin.pages if page]
    return [record.text() for record in hand_written_records(setting.skin.folder, pages)]
