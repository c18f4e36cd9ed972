"""The files of a project become a catalogue."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from gongkai.catalogue import Catalogue
from gongkai.finding import Finding
from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalDay
from gongkai.model.base import Record
from gongkai.model.calendar import WorkingCalendar
from gongkai.model.hand_written import read_page
from gongkai.model.item import Item
from gongkai.model.item_parts import ALL_TOWNS, ALL_VILLAGES
from gongkai.model.kinds import DATA, kind_of
from gongkai.model.law import Law
from gongkai.model.listing import Listing
from gongkai.model.organization import AbolishedDivisions, Department, District, Town
from gongkai.model.supervision import Appraisal, Exposure, Inspection, Interview
from gongkai.model.validation import read_record
from gongkai.privacy import findings as privacy
from gongkai.privacy.personal_data import mask
from gongkai.reading.encoding import decode

R = TypeVar("R", bound=Record)

CONTENT = "content"
DISTRICT = "data/organizations/district.yml"


def data_files(root: Path) -> list[str]:
    """Return the paths of all files under data/, below ``root``, in a fixed order."""
    return [path for path in _files_below(root, DATA) if not path.rpartition("/")[2].startswith(".")]


def hand_written_files(root: Path) -> list[str]:
    """Return the paths of all files under content/, below ``root``, in a fixed order."""
    return [path for path in _files_below(root, CONTENT) if not path.rpartition("/")[2].startswith(".")]


def load(root: Path, overlay: Mapping[str, bytes] | None = None) -> tuple[Catalogue, list[Finding]]:
    """Read every data file of a project and link the records.

    ``overlay`` holds contents, by path below the root, that are taken instead of the files' own, or as if such
    files were there. Raises FileNotFoundError when there is no data folder. Whatever is wrong with a file
    becomes a finding; the records that could be read are in the catalogue.
    """
    changed = overlay or {}
    if not (root / DATA).is_dir():
        raise FileNotFoundError(root / DATA)
    catalogue = Catalogue()
    findings: list[Finding] = []
    for path in sorted({*data_files(root), *(path for path in changed if path.startswith(f"{DATA}/"))}):
        kind = kind_of(path)
        if path not in changed and not _is_own_file(root, path):
            findings.append(_linked(path))
            continue
        content = _content(root, path, changed)
        personal = list(_personal_data(content, path))
        findings.extend(personal)
        if kind is None:
            findings.append(_misplaced(path))
            continue
        record, found = read_record(content, path, kind)
        findings.extend(_masked(found) if personal else found)
        if record is not None:
            findings.extend(_register(catalogue, record))
        elif kind.key is not None:
            catalogue.unreadable.add((kind.name, Path(path).stem))
    if not (root / DISTRICT).exists():
        advice = "这个文件写明是哪个区、网站的标识和统一监督渠道，没有它不能生成网站。"
        findings.append(Finding(DISTRICT, 1, 1, "S011", "缺少必需的文件", advice))
    findings.extend(_repeated_divisions(catalogue))
    findings.extend(_shared_ids(catalogue))
    for path in hand_written_files(root):
        if not _is_own_file(root, path):
            findings.append(_linked(path))
            continue
        if not path.endswith(".md"):
            findings.extend(_content_file(path))
            findings.extend(privacy.in_name(path))
            findings.extend(privacy.in_attachment(root / path, path))
            continue
        content = _content(root, path, changed)
        personal = list(_personal_data(content, path))
        findings.extend(personal)
        page, found = read_page(content, path)
        findings.extend(_masked(found) if personal else found)
        if page is not None:
            catalogue.pages[path] = page
    return catalogue, findings


def _content(root: Path, path: str, changed: Mapping[str, bytes]) -> bytes:
    return changed[path] if path in changed else (root / path).read_bytes()


def _files_below(root: Path, folder: str) -> list[str]:
    """Return every file and link below a folder; raises OSError for a folder that cannot be read."""

    def refuse(error: OSError) -> None:
        raise error

    found = []
    for base, folders, names in os.walk(root / folder, onerror=refuse):
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        found += [(Path(base) / name).relative_to(root).as_posix() for name in (*names, *links)]
    return sorted(found)


def _personal_data(content: bytes, path: str) -> Iterator[Finding]:
    """Report personal data in a file's name and text; what is no text is refused by whoever reads it."""
    yield from privacy.in_name(path)
    text = decode(content, path, [])
    if text is not None:
        yield from privacy.in_text(text, path)


def _masked(findings: list[Finding]) -> Iterator[Finding]:
    """Yield findings whose messages do not repeat the personal data of the file they are about."""
    for finding in findings:
        yield replace(finding, message=mask(finding.message), help=mask(finding.help))


_ATTACHMENTS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf", ".docx", ".xlsx")


def _content_file(path: str) -> Iterator[Finding]:
    """Report files under content/ that would be published as they are and could carry scripts."""
    if path.startswith("content/assets/") or not path.lower().endswith(_ATTACHMENTS):
        advice = f"content/ 里除了 .md 网页，只能放图片和附件（{'、'.join(_ATTACHMENTS)}），不能放 content/assets/。"
        yield Finding(path, 1, 1, "S007", "这个位置不应当有这个文件", advice)


def _is_own_file(root: Path, path: str) -> bool:
    """Tell whether a path leads to a file of the project: a link could publish what is outside it."""
    return (root / path).is_file() and (root / path).resolve() == root.resolve() / path


def _linked(path: str) -> Finding:
    advice = "链接会把项目以外的文件带进网站，请删去链接，放真正的文件。"
    return Finding(path, 1, 1, "S007", "这是一个链接或者不能读的文件", advice)


def _misplaced(path: str) -> Finding:
    advice = "数据文件放在 data/ 下约定的文件夹里，以 .yml 结尾；不是数据的文件请移走。"
    return Finding(path, 1, 1, "S007", "这个位置不应当有这个文件", advice)


def _register(catalogue: Catalogue, record: Record) -> Iterator[Finding]:
    """Put a record into its register; a second one of the same identity is a finding."""
    if isinstance(record, District):
        catalogue.district = record
    elif isinstance(record, AbolishedDivisions):
        catalogue.abolished = record
    else:
        registers: dict[type[Record], tuple[dict[str, Any], str]] = {
            Department: (catalogue.departments, "id"),
            Town: (catalogue.towns, "id"),
            Law: (catalogue.laws, "id"),
            Item: (catalogue.items, "code"),
            Listing: (catalogue.listings, "organization"),
            WorkingCalendar: (catalogue.calendars, "year"),
            ApprovalDay: (catalogue.approvals, "date"),
            Adjustment: (catalogue.adjustments, "id"),
            Inspection: (catalogue.inspections, "id"),
            Exposure: (catalogue.exposures, "id"),
            Interview: (catalogue.interviews, "id"),
            Appraisal: (catalogue.appraisals, "id"),
        }
        register, key = registers[type(record)]
        yield from _add(register, record, key, str(getattr(record, key)))


def _add(register: dict[str, R], record: R, key: str, identity: str) -> Iterator[Finding]:
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
    for identity, town in catalogue.towns.items():
        if identity in catalogue.departments:
            yield repeated(town, ("id",), identity, catalogue.departments[identity].source.path)
    for register in (catalogue.departments, catalogue.towns):
        for reserved in (ALL_TOWNS, ALL_VILLAGES):
            if reserved in register:
                yield repeated(register[reserved], ("id",), reserved, "全部乡镇或者全部村的代称")


def _repeated_divisions(catalogue: Catalogue) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for town in catalogue.towns.values():
        codes: list[tuple[tuple[str | int, ...], str]] = [(("code",), town.code)]
        codes += [(("villages", n, "code"), village.code) for n, village in enumerate(town.villages)]
        for loc, code in codes:
            if code in seen:
                yield repeated(town, loc, code, seen[code])
            seen.setdefault(code, town.source.path)
