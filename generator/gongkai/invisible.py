"""Characters that nobody sees, and texts that show them: some would steer a terminal, or hide what it said before."""

from __future__ import annotations

import json
import re
from typing import Any

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e0fff]"
)
"""Controls, zero-width characters, fillers, selectors, line separators, direction marks: none is ever meant."""

_NO_TEXT = "[\ud800-\udfff]"
"""What stands for the bytes of a file's name that is not UTF-8: it cannot be written anywhere."""
_STEERING = re.compile(rf"{INVISIBLE.pattern}|\r(?!\n)|{_NO_TEXT}")
_ESCAPED = re.compile(f"{INVISIBLE.pattern}|{_NO_TEXT}")
_BREAKS = re.compile(r"[\t\r\n]+")


def visible(text: str) -> str:
    """Return a text on one line in which characters that nobody sees are written as 〈U+200B〉."""
    return visible_lines(_BREAKS.sub(" ", text))


def visible_lines(text: str) -> str:
    """Return a text of any number of lines in which characters that nobody sees are written as 〈U+200B〉.

    Tabs and the ends of lines stay, but not a carriage return within a line, which would hide what stands before it.
    """
    return _STEERING.sub(lambda match: f"〈U+{ord(match.group()):04X}〉", text)


def visible_json(value: Any) -> str:
    """Return a value as JSON, indented, with a final line break; characters that nobody sees are escaped in it."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _ESCAPED.sub(lambda match: json.dumps(match.group())[1:-1], text) + "\n"
