"""How a text is written as a YAML scalar that every reader takes for that text."""

from __future__ import annotations

import json
import re

from gongkai.invisible import INVISIBLE

WORDS_OF_YAML = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
"""Words that one version of YAML or another takes for something else than text."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NOT_PLAIN = re.compile(
    r"""
    \A[\s\-?:,\[\]{}#&*!|>'"%@`~=<.+0-9]  # an indicator, or the look of a number
    | (?:\A|\s)[a-z][a-z0-9_]*：          # the look of a key with a full-width colon
    | :(?:\s|\Z) | \s\# | \s\Z | [\n\r\t]
    """,
    re.VERBOSE,
)
_FLOW_SIGNS = re.compile(r"[,\[\]{}]")


def is_plain(text: str, *, in_flow: bool = False) -> bool:
    """Tell whether a text can stand without quotation marks; ``in_flow`` says between brackets or braces."""
    if not text or INVISIBLE.search(text) or (in_flow and _FLOW_SIGNS.search(text)):
        return False
    if _DATE.match(text):
        return True
    if text[0] in "0123456789+." and not text.isascii():
        return not _NOT_PLAIN.search("中" + text)
    return text.lower() not in WORDS_OF_YAML and not _NOT_PLAIN.search(text)


def quoted(text: str) -> str:
    """Return a text in double quotation marks, on one line."""
    return INVISIBLE.sub(lambda match: f"\\U{ord(match.group()):08x}", json.dumps(str(text), ensure_ascii=False))


def scalar(text: str, *, in_flow: bool = False) -> str:
    """Return a text as a scalar on one line, with quotation marks where it needs them."""
    return str(text) if is_plain(text, in_flow=in_flow) else quoted(text)
