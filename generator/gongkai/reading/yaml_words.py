"""What an unquoted YAML scalar means: the 1.2 core schema, except that a number with a leading zero is a code."""

from __future__ import annotations

import re
from typing import Any

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)\Z")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

FULL_WIDTH_COLON_KEY = re.compile(r"(?:^|(?<=\n)|(?<= ))([a-z][a-z0-9_]*)：")
"""Keys are lower-case; “QQ：” and “APP：” inside a sentence are not keys."""


def meaning(word: str) -> Any:
    """Return what an unquoted scalar means: None, a truth value, a number, or the text itself."""
    if word in NULLS:
        return None
    first = word[0]
    if first in "tTfF" and word in _BOOLEANS:
        return _BOOLEANS[word]
    if first in "0123456789+-":
        if _INTEGER.match(word):
            return int(word)
        if _FLOAT.match(word) and len(word) < 40:
            return float(word)
    return word
