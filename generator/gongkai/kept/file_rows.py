"""What one source file says, as it is kept: plain data that also cross to other processes."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from gongkai.catalogue_registers import CARD
from gongkai.finding import Finding, Severity
from gongkai.indexes import INDEXES, Index, names_found_by, names_of_law, names_of_organization
from gongkai.loading import KEYS
from gongkai.model.base import Record, Source
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard, card_of
from gongkai.model.kinds import KINDS
from gongkai.model.law import Law
from gongkai.model.organization import Department, District, Town
from gongkai.model.vocabulary import CorporateTheme, PersonalTheme
from gongkai.pinyin import Fact, facts, is_chinese
from gongkai.privacy import findings as privacy
from gongkai.reading.marks import Mark
from gongkai.sources import PAGE, Reading, is_own_file, read_content, read_source
from gongkai.versions.whole_catalogue import latest_day

_MODELS: dict[str, type[Record]] = {kind.name: kind.model for kind in KINDS} | {PAGE: HandWrittenPage}

Pair = tuple[str, str, str]
"""An index, a key of it and a value, the latter two as JSON."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """What a file says: the hash of its bytes (empty where it may not be kept), its record and its share in the indexes.

    ``record`` and ``card`` are JSON, None where there is none; ``latest`` is the last day that the record tells of;
    ``facts`` say how names are read by which it is sorted or, but for items, found; ``characters`` are the Chinese ones
    of names that are found by pinyin.
    """

    path: str
    hash: bytes
    kind: str | None
    identity: str | None
    latest: str
    findings: str
    record: bytes | None
    card: bytes | None
    pairs: tuple[Pair, ...]
    facts: tuple[Fact, ...] = ()
    characters: str = ""


def hash_of(content: bytes) -> bytes:
    """Return the hash under which what a file says is kept."""
    return hashlib.blake2b(content, digest_size=20).digest()


def read_rows(root: Path, paths: Sequence[str]) -> list[FileRow]:
    """Read some files; raises OSError when that is not possible.

    One look for personal data at all of them is cheaper than one at each.
    """
    contents = {path: (root / path).read_bytes() for path in paths if is_own_file(root, path)}
    clean = privacy.all_clean({path: content for path, content in contents.items() if _is_text(path)})
    return [_row(root, path, contents.get(path), clean) for path in paths]


def _row(root: Path, path: str, content: bytes | None, clean: bool) -> FileRow:
    """Return the row of a file, None for the content of one that is not the project's own.

    ``clean`` tells that its name and text are known to hold no personal data.
    """
    if content is None:
        return row_of(read_source(root, path), b"")
    if _is_text(path):
        return row_of(read_content(content, path, clean), hash_of(content))
    return row_of(read_source(root, path), hash_of(content))


def _is_text(path: str) -> bool:
    return path.endswith((".yml", ".md"))


def row_of(reading: Reading, content_hash: bytes) -> FileRow:
    """Return what is kept of a reading."""
    record, kind = reading.record, reading.kind
    findings = findings_text(reading.findings)
    if record is None or kind is None:
        return FileRow(reading.path, content_hash, kind, None, "", findings, None, None, ())
    key = KEYS[kind]
    card = card_of(record) if isinstance(record, Item) else None
    return FileRow(
        reading.path,
        content_hash,
        kind,
        str(getattr(record, key)) if key else "",
        latest_day(record).isoformat(),
        findings,
        record.model_dump_json(exclude_unset=True).encode(),
        card.model_dump_json().encode() if card is not None else None,
        tuple(_pairs(kind, record, card)),
        tuple(facts(_names_read(record))),
        "".join(sorted({*_characters(record)})),
    )


def _names_read(record: Record) -> Iterator[str]:
    """Yield the names whose reading is asked for later; what is unusual in those of items is in an index."""
    if isinstance(record, Item):
        yield record.name
    elif isinstance(record, District):
        yield from (theme.value for themes in (PersonalTheme, CorporateTheme) for theme in themes)
    else:
        yield from _names_besides_items(record)


def _names_besides_items(record: Record) -> Iterator[str]:
    if isinstance(record, Department | Town):
        yield from names_of_organization(record)
    if isinstance(record, Town):
        yield from (name for village in record.villages for name in names_of_organization(village))
    if isinstance(record, Law):
        yield from names_of_law(record)


def _characters(record: Record) -> Iterator[str]:
    names = names_found_by(record) if isinstance(record, Item) else _names_besides_items(record)
    yield from filter(is_chinese, "".join(names))


def _pairs(kind: str, record: Record, card: ItemCard | None) -> Iterator[Pair]:
    for index in _indexes_of(kind):
        subject = card if index.subject == CARD else record
        if subject is not None:
            for key, value in index.pairs(subject):
                yield index.name, as_key(key), _json(value)


@cache
def _indexes_of(kind: str) -> tuple[Index, ...]:
    """Return the indexes that a record of a kind or its card has a share in."""
    return tuple(index for index in INDEXES.values() if index.subject in (kind, CARD))


def as_key(key: Any) -> str:
    """Return a key of an index or a register as text; different keys give different texts."""
    return key if type(key) is str else _TUPLE + _json(list(key)) if isinstance(key, tuple) else str(key)


def key_of(text: str) -> Any:
    """Return the key that ``as_key`` made a text of."""
    return tuple(json.loads(text[1:])) if text.startswith(_TUPLE) else text


_TUPLE = "\1"
"""No text of a record begins with it: control characters are refused in reading."""


def _json(value: Any) -> str:
    return to_json(value).decode()


def findings_of(text: str) -> list[Finding]:
    """Return the findings that a row keeps."""
    return [_finding(*row) for row in json.loads(text)]


def findings_text(findings: list[Finding]) -> str:
    """Return findings as text, from which ``findings_of`` makes them again."""
    return json.dumps([astuple(finding) for finding in findings], ensure_ascii=False)


def _finding(
    path: str, line: int, column: int, code: str, message: str, advice: str, severity: str, fixable: bool
) -> Finding:
    return Finding(path, line, column, code, message, advice, Severity(severity), fixable)


def record_of(kind: str, data: bytes, content_hash: bytes, root: Path, path: str) -> Record:
    """Return a record again; its places are looked up in the file when they are asked for.

    Raises pydantic.ValidationError when the data are not those of a record of its kind. Asking for a place raises OSError when
    the file is no longer the one with this hash.
    """
    record = _MODELS[kind].model_validate_json(data)
    record.attach(Source(path, partial(_marks_of, content_hash, root, path)))
    return record


def _marks_of(content_hash: bytes, root: Path, path: str) -> Mark:
    content = (root / path).read_bytes()
    if hash_of(content) != content_hash:
        raise OSError(errno.ESTALE, "读了以后又改动了，请重新运行", path)
    record = read_content(content, path).record
    return record.source.mark if record is not None else Mark((1, 1))
