"""The free text of records: what people read as sentences, not names, codes or the documents of their time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gongkai.model.base import Part, Record
from gongkai.model.hand_written import HandWrittenPage
from gongkai.rules.engine import Loc

NAME_FIELDS = frozenset(
    [
        "name",
        "former_names",
        "everyday_names",
        "aliases",
        "title",
        "short_title",
        "full_name",
        "short_name",
        "document_name",
        "certificate_name",
        "basis",
        "cancellation",
        "exceptions",
        "references",
        "successors",
        "path",
        "elements",
        "code",
        "id",
        "number",
        "credit_code",
        "url",
        "online",
        "email",
    ]
)
"""Fields that are names themselves, identities, or the documents of their time: other rules compare those."""

_CODE_SPAN = re.compile(r"`[^`]*`|\]\((?:[^\])]|\](?!\())*+\)|\[\[[^\]|]*\|?|<[^<>]*>")
GAP = "\ue000"
"""Stands where code stood: no name runs across it."""

Texts = list[tuple[Loc, str]]


def gap(match: re.Match[str]) -> str:
    """Return a gap as long as what was matched."""
    return GAP * len(match.group())


def texts(record: Record) -> Texts:
    """Return the free texts of a record with their locations; a page line by line, without what is code."""
    if isinstance(record, HandWrittenPage):
        return list(_lines(record))
    found: Texts = []
    _add_part(record, (), found)
    return found


def _lines(page: HandWrittenPage) -> Iterator[tuple[Loc, str]]:
    fenced = False
    for index, line in enumerate(page.lines):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif line and not fenced:
            yield ("lines", index), _CODE_SPAN.sub(gap, line)


def _add_part(part: Part, loc: Loc, found: Texts) -> None:
    # One list and no generators: this runs over every record of every check.
    for name, value in part.__dict__.items():
        kind = type(value)
        # An enumeration's values are no prose: their type is not str itself.
        if kind is str:
            if name not in NAME_FIELDS:
                found.append(((*loc, name), value))
        elif kind is list:
            if value and name not in NAME_FIELDS:
                _add_list(value, (*loc, name), found)
        elif isinstance(value, Part) and name not in NAME_FIELDS:
            _add_part(value, (*loc, name), found)


def _add_list(values: list[Any], loc: Loc, found: Texts) -> None:
    for index, value in enumerate(values):
        if type(value) is str:
            found.append(((*loc, index), value))
        elif isinstance(value, Part):
            _add_part(value, (*loc, index), found)
