"""Personal data in source files becomes findings: in their text, comments included, in their names, in attachments.

Pull requests are public, so the whole text of a file counts, not only what a record takes from it. Messages show
what they found only in masked form.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from gongkai.finding import Finding
from gongkai.privacy.hit import DataKind, Finder, Hit
from gongkai.privacy.personal_data import FINDERS, NUMBERS, find
from gongkai.privacy.surnames import SHORTEST_NAME, is_name, mask_name
from gongkai.privacy.suspicion import suspects
from gongkai.reading.encoding import place_of
from gongkai.reading.markup_text import source_line, visible_text
from gongkai.reading.office_text import PartText, UnreadableOfficeError, office_text
from gongkai.reading.tables.xlsx_package import MAX_UNPACKED

CODES = {
    DataKind.IDENTITY: "X001",
    DataKind.MOBILE: "X002",
    DataKind.BANK_CARD: "X003",
    DataKind.PASSPORT: "X004",
    DataKind.MAILBOX: "X005",
    DataKind.ADDRESS: "X006",
    DataKind.MINOR: "X007",
    DataKind.PERSON: "X008",
}
"""The rule that each kind of personal data breaks."""

ADVICE = {
    DataKind.IDENTITY: "请删去身份证号；必须区分同名的人，也只能写成前 3 位、星号、后 4 位。",
    DataKind.MOBILE: "请删去手机号，改写单位的座机（例如 0818-0000000）或者热线。",
    DataKind.BANK_CARD: "请删去银行卡号；公开发放情况不需要账号。",
    DataKind.PASSPORT: "请删去证件号码。",
    DataKind.MAILBOX: "请删去个人邮箱，改写单位的政务邮箱或者座机。",
    DataKind.ADDRESS: "住址只写到村或者社区；确实是办公地点的，在同一句里写明单位，例如“3组12号（村便民服务站）”。",
    DataKind.MINOR: "有关未成年人个人的内容不公开，请整项删去，隐去姓名也不行。",
    DataKind.PERSON: "自然人的姓名要隐去，只写姓和星号，例如“张*”“欧阳**”。",
}
"""What to do about each kind."""

_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"\*\*|__|(?<=[0-9])[*_](?=[0-9])")
_ESCAPE = re.compile(r"\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_OFFICE = (".docx", ".xlsx", ".pptx")
_MOST_OF_ATTACHMENT = 200
_PAPER = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<name>{SHORTEST_NAME})的?(?:身份证|户口[本簿]?|残疾证|病历|诊断|简历|银行卡|存折|社保卡|结婚证|照片|低保|申请[书表])"
)


class QuickLook:
    """Tells which finders could find something in a text, without looking closely.

    To make it ready takes as long as looking closely at some hundred files, so the first texts get all finders.
    """

    def __init__(self) -> None:
        self._read = 0

    def finders(self, text: str) -> Sequence[Finder]:
        """Return the finders to look with; what others would find in this text is nothing."""
        if self._read < PAYS_OFF:
            self._read += len(text)
            return FINDERS
        return suspects(text.encode("utf-8", "surrogateescape"))

    def all_clean(self, texts: Iterable[bytes]) -> bool:
        """Tell whether nothing would be found in any of many texts (UTF-8); one that is suspected speaks for all."""
        together = b"\n".join(texts)
        return self._read + len(together) >= PAYS_OFF and not suspects(together)


PAYS_OFF = 250_000
"""After so many characters, making the quick look ready would have been cheaper."""

_quick_look = QuickLook()


def all_clean(files: Mapping[str, bytes]) -> bool:
    """Tell whether a quick look finds nothing in any of some source files, given by path and content, nor in their names.

    The automaton of a quick look is large: it is far faster over many texts in one go than between other work.
    """
    return _quick_look.all_clean((*(path.encode("utf-8", "surrogateescape") for path in files), *files.values()))


def in_file(text: str, path: str, clean: bool = False) -> Iterator[Finding]:
    """Yield what a source file's name and text give away; ``clean`` tells that a quick look at both found nothing."""
    finders = () if clean else _quick_look.finders(f"{path}\n{text}")
    yield from in_name(path, finders)
    yield from in_text(text, path, finders)


def in_text(text: str, path: str, finders: Sequence[Finder] | None = None) -> Iterator[Finding]:
    """Yield what a source file's text gives away, with line and column; also what is written in another notation.

    ``finders`` are those that could find something in it, where that is known.
    """
    told: set[tuple[int, str]] = set()
    for hit in find(text, _quick_look.finders(text) if finders is None else finders):
        line, column = place_of(text, hit.start)
        told.add((line, hit.shown))
        yield _finding(path, line, column, hit, f"有{hit.kind.value}“{hit.shown}”")
    read, sought, line_of = _as_read(text, path)
    if read != text:
        for hit in find(read, sought):
            line = line_of(read, hit.start)
            if (line, hit.shown) not in told:
                yield _finding(path, line, 1, hit, f"有{hit.kind.value}“{hit.shown}”")


def _as_read(text: str, path: str) -> tuple[str, Sequence[Finder], Callable[[str, int], int]]:
    """Return a text as it comes out of Markdown or YAML, what to look for in it, and what tells the line of a place."""
    if path.endswith(".md"):
        # Numbers only: across the ends of lines, which are gone here, words make people that nobody wrote about.
        plain = _EMPHASIS.sub("", _BACKSLASH.sub("", text))
        return visible_text(plain), NUMBERS, source_line
    return _ESCAPE.sub(_character, text), FINDERS, lambda read, index: place_of(read, index)[0]


def _character(escape: re.Match[str]) -> str:
    point = int(escape[1] or escape[2] or escape[3], 16)
    return chr(point) if point <= sys.maxunicode and chr(point).isprintable() else escape[0]


def names_suspected(paths: Sequence[str]) -> bool:
    """Tell whether any name among many could give something away; ``in_name`` tells which."""
    names = "\n".join(paths)
    return bool(suspects(names.encode("utf-8", "surrogateescape"))) or _PAPER.search(names) is not None


def in_name(path: str, finders: Sequence[Finder] | None = None) -> Iterator[Finding]:
    """Yield what the name of a file or of its folders gives away; also a person's name before that of a paper.

    ``finders`` are those that could find something in it, where that is known.
    """
    hits = [*find(path, _quick_look.finders(path) if finders is None else finders), *_papers(path)]
    for hit in hits[:1]:
        advice = "文件名也是公开的，请给文件改名。"
        yield _finding(path, 1, 1, hit, f"文件名里有{hit.kind.value}“{hit.shown}”", advice)


def _papers(path: str) -> Iterator[Hit]:
    for match in _PAPER.finditer(path):
        if is_name(match["name"]):
            yield Hit(*match.span("name"), DataKind.PERSON, mask_name(match["name"]))


def in_attachment(file: Path, path: str) -> Iterator[Finding]:
    """Yield what an Office document gives away: the line is that of the row or paragraph.

    Of a roster, the first two hundred are reported. PDF and pictures are not looked into. A document that cannot be
    opened cannot be checked, and is refused (S007). Raises OSError when the file cannot be read.
    """
    if not path.lower().endswith(_OFFICE):
        return
    try:
        if file.stat().st_size > MAX_UNPACKED:
            raise UnreadableOfficeError("文件太大")
        parts = office_text(file.read_bytes())
    except UnreadableOfficeError as error:
        advice = "打不开的附件核对不了有没有个人信息，请在 Word、Excel 或 WPS 里打开，去掉密码后另存再放进来。"
        yield Finding(path, 1, 1, "S007", f"附件读不了：{str(error).rstrip('。')}", advice)
        return
    yield from islice(_in_parts(parts, path), _MOST_OF_ATTACHMENT)


def _in_parts(parts: list[PartText], path: str) -> Iterator[Finding]:
    for part in parts:
        for hit in find(part.text):
            line = part.text.count("\n", 0, hit.start) + 1
            yield _finding(path, line, 1, hit, f"附件的{part.part}里有{hit.kind.value}“{hit.shown}”")


def _finding(path: str, line: int, column: int, hit: Hit, message: str, advice: str = "") -> Finding:
    return Finding(path, line, column, CODES[hit.kind], message, advice or ADVICE[hit.kind])
