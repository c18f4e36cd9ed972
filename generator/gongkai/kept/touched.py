"""Which questions a file answers otherwise than before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from gongkai.catalogue_registers import CARD, UNREADABLE
from gongkai.kept.file_rows import FileRow, Pair, key_of
from gongkai.model.base import SOURCE
from gongkai.tracing import ALL, KEYS, Question


def touched_by(path: str, old: FileRow | None, new: FileRow | None) -> set[Question]:
    """Return the questions whose answers may be others when a file says ``new`` and no longer ``old``; None where it is not there."""
    touched: set[Question] = {(SOURCE, path)}
    for row in (old, new):
        if row is not None and row.kind is not None and row.identity is None:
            touched |= {(row.kind, Path(path).stem), (UNREADABLE, KEYS)}
    for register, data in (("kind", "record"), (CARD, "card")):
        before, after = (getattr(row, data) if row is not None else None for row in (old, new))
        if before == after and (old is None) == (new is None):
            continue
        named = {
            (row.kind or "" if register == "kind" else register, row.identity or "")
            for row, content in ((old, before), (new, after))
            if row is not None and content is not None
        }
        for name, identity in named:
            touched |= {(name, identity), (name, ALL)}
        if len(named) != 1 or before is None or after is None:
            touched |= {(name, KEYS) for name, _ in named}
    return touched | set(_answers(old.pairs if old else (), new.pairs if new else ()))


def _answers(old: Sequence[Pair], new: Sequence[Pair]) -> Iterator[Question]:
    before, after = _by_key(old), _by_key(new)
    for name, key in before.keys() | after.keys():
        if before.get((name, key)) != after.get((name, key)):
            yield name, key_of(key)
            yield name, ALL
            if (name, key) not in before or (name, key) not in after:
                yield name, KEYS


def _by_key(pairs: Sequence[Pair]) -> dict[tuple[str, str], list[str]]:
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, key, value in pairs:
        groups[name, key].append(value)
    return groups
