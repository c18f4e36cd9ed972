"""The bytes of a file become text, or findings that say why not."""

from __future__ import annotations

import re

from gongkai.finding import Finding
from gongkai.invisible import INVISIBLE
from gongkai.reading.marks import Place

MAX_BYTES = 1024 * 1024


class Visible:
    """Tells texts of common characters that are all visible: several times sooner than invisible ones are found.

    To make its pattern ready takes as long as to look for invisible characters in ten files, so that waits until ``few``
    characters were looked at.
    """

    def __init__(self, few: int) -> None:
        self._few = few
        self._pattern: re.Pattern[str] | None = None

    def is_all_of(self, text: str) -> bool:
        """Tell whether a text is surely of such characters."""
        if self._pattern is None:
            self._few -= len(text)
            if self._few >= 0:
                return False
            common = "\t\n\r -~\xa0-\xac\xae-\xff\u2010-\u2027\u2030-\u205f\u2070-\u3163\u3165-\ud7ff\uff00-\uff9f"
            self._pattern = re.compile(f"[{common}]*")
        return self._pattern.fullmatch(text) is not None


_VISIBLE = Visible(few=100_000)


def decode(content: bytes, path: str, findings: list[Finding]) -> str | None:
    """Return the text of a file, or None when it is too large, not UTF-8, or holds what nobody can see.

    What is wrong is added to ``findings``; a byte-order mark is reported and left out of the text.
    """
    if len(content) > MAX_BYTES:
        size = len(content) / 1024 / 1024
        findings.append(
            Finding(
                path,
                1,
                1,
                "Y008",
                f"文件有 {size:.1f} MiB，超过 1 MiB 的上限",
                "请把内容拆成几个文件，例如一个事项一个文件。",
            )
        )
        return None
    if content.startswith(b"\xef\xbb\xbf"):
        findings.append(
            Finding(
                path,
                1,
                1,
                "Y002",
                "文件开头有字节顺序标记（BOM）",
                "请用“UTF-8（无 BOM）”格式重新保存；Windows 记事本另存为时选“UTF-8”而不是“带有 BOM 的 UTF-8”。",
            )
        )
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        findings.append(_not_utf8(content, error, path))
        return None
    control = None if _VISIBLE.is_all_of(text) else INVISIBLE.search(text)
    if control:
        findings.append(invisible_finding(path, place_of(text, control.start()), control.group()))
        return None
    return text


def invisible_finding(path: str, place: Place, character: str) -> Finding:
    """Return the finding for a character that nobody can see."""
    return Finding(
        path,
        place[0],
        place[1],
        "Y015",
        f"有一个看不见的控制字符（U+{ord(character):04X}）",
        "这类字符多半是从其他软件粘贴带进来的，请删去。",
    )


def _not_utf8(content: bytes, error: UnicodeDecodeError, path: str) -> Finding:
    before = content[: error.start].decode("utf-8")
    line, column = place_of(before, len(before))
    guess = ""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        guess = "看起来是 UTF-16 编码（记事本称为“Unicode”）。"
    else:
        try:
            content.decode("gb18030")
            guess = "看起来是 GBK 或 GB18030 编码（记事本称为“ANSI”）。"
        except UnicodeDecodeError:
            guess = "文件可能已经损坏。"
    return Finding(path, line, column, "Y001", "文件不是 UTF-8 编码", guess + "请在编辑器里另存为 UTF-8（无 BOM）。")


def place_of(text: str, index: int) -> Place:
    """Return the line and column of a character, given its index."""
    line = text.count("\n", 0, index) + 1
    return line, index - (text.rfind("\n", 0, index) + 1) + 1
