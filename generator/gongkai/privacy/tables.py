"""Lists of people: tables in Markdown, CSV, or cells set apart by tabs, whose heading says what stands in a column.

Rosters are how personal data gets published by mistake (低保花名册, 孕检名单, 贫困户名单, 公租房名单): the name stands in a cell of
its own, with no word before it. Lists of officials, told by a column for their post, are lawful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.privacy.hit import DataKind, Hit, keep_ends
from gongkai.privacy.late_pattern import late_pattern
from gongkai.privacy.people import ROLES
from gongkai.privacy.surnames import FULL_NAME, MASKED_NAME, is_name, mask_name

CHILDREN = "学生|儿童|幼儿|婴儿|孤儿|新生儿|患儿|被收养人|未成年人|孩子|子女"
_TRIGGER = late_pattern(f"姓名|身份证|证件号|住址|家庭地址|户主|花名|{ROLES}")
_PERSON_HEADING = late_pattern(rf"(?:(?:{ROLES}|本人|人员|职工|学员|对象)?(?:的)?姓名|{ROLES}|姓\s*名)(?:（.*）)?\Z")
_MINOR_HEADING = late_pattern(rf"(?:{CHILDREN})(?:姓名)?\Z")
_CHILD_COLUMN = late_pattern(r"班级|年级|学校|就读|所在班|出生|监护人(?:姓名)?\Z|月龄")
_OFFICIAL_COLUMN = late_pattern(r"职务|职位|岗位|执法证|职称|任职")
_IDENTITY_HEADING = late_pattern(r"身份证|证件号|身份号码")
_ADDRESS_HEADING = late_pattern(r"住址|家庭地址|家庭住所")
_NAME = late_pattern(FULL_NAME)
_MASKED = late_pattern(MASKED_NAME)
_IDENTITY = late_pattern(r"(?:[0-9]{15}|[0-9]{17}[0-9Xx]|[A-Za-z]{1,2}[0-9]{6,10})")
_BELOW_VILLAGE = late_pattern(r"[0-9〇零一二三四五六七八九十]\s?(?:号|组|社|栋|幢|单元|室|户)")
_MAX_LINE = 4000
_RULE = late_pattern(r"[\s|:+-]+\Z")


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    text: str


def tables(text: str) -> Iterator[Hit]:
    """Yield what columns of people hold; quotes around a cell and blanks do not count."""
    done = -1
    for trigger in _TRIGGER.finditer(text):
        if trigger.start() < done:
            continue
        start, end = _line(text, trigger.start())
        done = end
        separator = _separator(text[start:end]) if end - start <= _MAX_LINE else None
        if separator is None:
            continue
        headings = [cell.text for cell in _cells(text, start, end, separator)]
        kinds = {index: kind for index in range(len(headings)) if (kind := _kind(headings, index)) is not None}
        if kinds:
            yield from _below(text, end + 1, separator, kinds)


def _line(text: str, index: int) -> tuple[int, int]:
    end = text.find("\n", index)
    return text.rfind("\n", 0, index) + 1, len(text) if end < 0 else end


def _separator(line: str) -> str | None:
    return next((character for character in "|\t,，" if character in line), None)


def _cells(text: str, start: int, end: int, separator: str) -> list[_Cell]:
    cells, place = [], start
    line = text[start:end]
    if separator == "|":
        lead = len(line) - len(line.lstrip().removeprefix("|"))
        line, place = line[lead:], start + lead
    for raw in line.split(separator):
        bare = raw.strip(" \t\r\x1c\"'“”[]_`")
        bare = bare.strip("*") if bare.startswith("*") else bare
        cells.append(_Cell(place + (raw.find(bare) if bare else 0), bare))
        place += len(raw) + 1
    return cells


def _kind(headings: Sequence[str], index: int) -> DataKind | None:
    heading = re.sub(r"\s", "", headings[index])
    if _IDENTITY_HEADING.search(heading):
        return DataKind.IDENTITY
    if _ADDRESS_HEADING.search(heading):
        return DataKind.ADDRESS
    if _MINOR_HEADING.match(heading):
        return DataKind.MINOR
    if not _PERSON_HEADING.match(heading):
        return None
    if any(_CHILD_COLUMN.search(other) for other in headings):
        return DataKind.MINOR
    return None if any(_OFFICIAL_COLUMN.search(other) for other in headings) else DataKind.PERSON


def _below(text: str, place: int, separator: str, kinds: dict[int, DataKind]) -> Iterator[Hit]:
    """Yield the hits in the rows below a heading, until a line that is no row."""
    while place < len(text):
        _, end = _line(text, place)
        if separator not in text[place:end] or end - place > _MAX_LINE:
            return
        if not _RULE.match(text[place:end]):
            cells = _cells(text, place, end, separator)
            for index, kind in kinds.items():
                if index < len(cells) and (hit := _hit(cells[index], kind)) is not None:
                    yield hit
        place = end + 1


def _hit(cell: _Cell, kind: DataKind) -> Hit | None:
    text, end = cell.text, cell.start + len(cell.text)
    if kind is DataKind.IDENTITY:
        return Hit(cell.start, end, kind, keep_ends(text, 3, 2)) if _IDENTITY.fullmatch(text) else None
    if kind is DataKind.ADDRESS:
        return Hit(cell.start, end, kind, "***") if _BELOW_VILLAGE.search(text) else None
    named = _NAME.fullmatch(text) is not None and is_name(text)
    if kind is DataKind.MINOR:
        return Hit(cell.start, end, kind, "***") if named or _MASKED.fullmatch(text) else None
    return Hit(cell.start, end, kind, mask_name(text)) if named else None
