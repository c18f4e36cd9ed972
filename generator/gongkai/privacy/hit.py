"""What a search for personal data finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class DataKind(StrEnum):
    """Kinds of personal data that are never published."""

    IDENTITY = "身份证号"
    MOBILE = "手机号"
    BANK_CARD = "银行卡号"
    PASSPORT = "护照或者其他证件号"
    MAILBOX = "个人邮箱"
    ADDRESS = "家庭住址"
    MINOR = "未成年人信息"
    PERSON = "个人姓名"


@dataclass(frozen=True, slots=True)
class Hit:
    """One piece of personal data: its place in the text, its kind, and the form in which messages may show it."""

    start: int
    end: int
    kind: DataKind
    shown: str


Finder = Callable[[str], Iterator[Hit]]
"""Finds one kind of personal data in a text."""


def keep_ends(text: str, first: int, last: int) -> str:
    """Return a number with only its first and last characters left; blanks and hyphens are dropped."""
    digits = "".join(character for character in text if character.isalnum())
    hidden = max(len(digits) - first - last, 3)
    return digits[:first] + "*" * hidden + (digits[-last:] if last else "")
