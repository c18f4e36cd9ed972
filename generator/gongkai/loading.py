"""The files of a project become a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from gongkai.catalogue import Catalogue
from gongkai.catalogue_registers import REGISTERS
from gongkai.collector import waiting_collector
from gongkai.finding import Finding
from gongkai.model.base import Record
from gongkai.model.item_parts import ALL_TOWNS, ALL_VILLAGES
from gongkai.model.kinds import DATA, KINDS
from gongkai.model.organization import AbolishedDivisions, District
from gongkai.sources import PAGE, Reading, data_files, hand_written_files, read_source

DISTRICT = "data/organizations/district.yml"

KEYS = {kind.name: kind.key for kind in KINDS} | {PAGE: "path"}
"""The attribute that is the identity of a record of each kind."""


@waiting_collector()
def load(root: Path, overlay: Mapping[str, bytes] | None = None) -> tuple[Catalogue, list[Finding]]:
    """Read every data file of a project and link the records.

    ``overlay`` holds contents, by path below the root, that are taken instead of the files' own, or as if such
    files were there. Raises FileNotFoundError when there is no data folder. Whatever is wrong with a file
    becomes a finding; the records that could be read are in the catalogue.
    """
    changed = overlay or {}
    if not (root / DATA).is_dir():
        raise FileNotFoundError(root / DATA)
    paths = sorted({*data_files(root), *(path for path in changed if path.startswith(f"{DATA}/"))})
    readings = [read_source(root, path, changed.get(path)) for path in (*paths, *hand_written_files(root))]
    findings = [finding for reading in readings for finding in reading.findings]
    catalogue, linked = link(readings)
    return catalogue, [*findings, *linked]


def link(readings: Iterable[Reading]) -> tuple[Catalogue, list[Finding]]:
    """Make a catalogue of what the files say; returns it and what is wrong with the files together."""
    registers: dict[str, dict[str, Record]] = {name: {} for name in REGISTERS.values()}
    single: dict[str, Any] = {}
    unreadable: set[tuple[str, str]] = set()
    findings: list[Finding] = []
    for reading in readings:
        record, kind = reading.record, reading.kind
        if kind is None:
            continue
        if record is None:
            if KEYS[kind] is not None and kind != PAGE:
                unreadable.add((kind, Path(reading.path).stem))
        elif isinstance(record, District):
            single["district"] = record
        elif isinstance(record, AbolishedDivisions):
            single["abolished"] = record
        else:
            findings.extend(_add(registers[REGISTERS[kind]], record, KEYS[kind] or ""))
    catalogue = Catalogue(**single, **registers, unreadable=unreadable)  # type: ignore[arg-type]
    if not any(reading.path == DISTRICT for reading in readings):
        findings.append(no_district())
    findings.extend(across_files(catalogue))
    return catalogue, findings


def no_district() -> Finding:
    """Return the finding for a project without its first file."""
    advice = "这个文件写明是哪个区、网站的标识和统一监督渠道，没有它不能生成网站。"
    return Finding(DISTRICT, 1, 1, "S011", "缺少必需的文件", advice)


def across_files(catalogue: Catalogue) -> Iterator[Finding]:
    """Yield what is wrong with the identities of organisations and divisions taken together."""
    yield from _repeated_divisions(catalogue)
    yield from _shared_ids(catalogue)


def _add(register: dict[str, Record], record: Record, key: str) -> Iterator[Finding]:
    """Put a record into its register; a second one of the same identity is a finding."""
    identity = str(getattr(record, key))
    if identity in register:
        yield repeated(record, (key,), identity, register[identity].source.path)
    else:
        register[identity] = record


def repeated(record: Record, loc: tuple[str | int, ...], identity: str, first: str) -> Finding:
    """Return the finding for an identity that is already taken by the file ``first``."""
    line, column = record.source.at(*loc)
    return Finding(
        record.source.path,
        line,
        column,
        "R006",
        f"编号“{identity}”已经用在 {first}",
        "每个编号只能用一次；编号是身份，公布后不再改变，请给这一条另编一个。",
    )


def _shared_ids(catalogue: Catalogue) -> Iterator[Finding]:
    """Report towns whose id is a department's, and ids that stand for all towns or all villages."""
    for identity in catalogue.towns:
        if identity in catalogue.departments:
            first = catalogue.departments[identity].source.path
            yield repeated(catalogue.towns[identity], ("id",), identity, first)
    for register in (catalogue.departments, catalogue.towns):
        for reserved in (ALL_TOWNS, ALL_VILLAGES):
            if reserved in register:
                yield repeated(register[reserved], ("id",), reserved, "全部乡镇或者全部村的代称")


def _repeated_divisions(catalogue: Catalogue) -> Iterator[Finding]:
    # An index tells it without reading the towns, which nothing else in a run may need.
    answers = catalogue.answers("towns_by_division")
    for code, number in catalogue.sizes("towns_by_division").items():
        if number > 1:
            towns = [catalogue.towns[identity] for identity in dict.fromkeys(answers[code])]
            places = [(town, loc) for town in towns for loc, found in town.division_codes() if found == code]
            yield from (repeated(town, loc, code, towns[0].source.path) for town, loc in places[1:])
