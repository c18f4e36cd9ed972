"""The one kind of message that every check produces."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters: an error stops publication, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault at one place.

    ``path`` is relative to the project root, with forward slashes; ``line`` and ``column`` count
    from 1. ``message`` says in Chinese what is wrong, ``help`` what to do about it. Findings sort by
    place, so that a report reads like the file it is about.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    severity: Severity = Severity.ERROR
    fixable: bool = False
