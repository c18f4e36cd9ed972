"""Personal data in source files becomes findings: in their text, comments included, in their names, in attachments.

Pull requests are public, so the whole text of a file counts, not only what a record takes from it. Messages show
what they found only in masked form.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gongkai.finding import Finding
from gongkai.privacy.hit import DataKind, Finder, Hit
from gongkai.privacy.late_pattern import late_pattern
from gongkai.privacy.personal_data import FINDERS, NUMBERS, find
from gongkai.privacy.surnames import SHORTEST_NAME, is_name, mask_name
from gongkai.reading.lines import Lines
from gongkai.reading.markup_text import SOURCE_LINE, visible_text

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
_PAPERS = "身份证|户口|残疾证|病历|诊断|简历|银行卡|存折|社保卡|结婚证|照片|低保|申请书|申请表"
_PAPER = late_pattern(rf"(?<![\u4e00-\u9fff])(?P<name>{SHORTEST_NAME})的?(?:{_PAPERS})", words=_PAPERS)


def _suspects(content: bytes) -> Sequence[Finder]:
    from gongkai.privacy.suspicion import suspects  # noqa: PLC0415 - large patterns, and a few files do without

    return suspects(content)


class QuickLook:
    """Tells which finders could find something in a text, without looking closely.

    To make it ready takes as long as looking closely at some hundred files, so the first texts get all finders, unless
    ``make_ready`` was called.
    """

    def __init__(self) -> None:
        self._read = 0
        self._ready = False

    def make_ready(self) -> None:
        """Make it ready for many texts to come."""
        _suspects(b"")
        self._ready = True

    def finders(self, text: str) -> Sequence[Finder]:
        """Return the finders to look with; what others would find in this text is nothing."""
        if not self._pays_off(0):
            self._read += len(text)
            return FINDERS
        return _suspects(text.encode("utf-8", "surrogateescape"))

    def all_clean(self, texts: Iterable[bytes]) -> bool:
        """Tell whether nothing would be found in any of many texts (UTF-8); one that is suspected speaks for all."""
        together = b"\n".join(texts)
        return self._pays_off(len(together)) and not _suspects(together)

    def _pays_off(self, more: int) -> bool:
        return self._ready or self._read + more >= PAYS_OFF


PAYS_OFF = 250_000
"""After so many characters, making the quick look ready would have been cheaper."""

_quick_look = QuickLook()


def make_ready() -> None:
    """Make ready what looks at many files, before other processes take over this one's memory."""
    _quick_look.make_ready()


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
    lines = Lines(text)
    for hit in find(text, _quick_look.finders(text) if finders is None else finders):
        line, column = lines.place_of(hit.start)
        told.add((line, hit.shown))
        yield finding_of(path, line, column, hit, f"有{hit.kind.value}“{hit.shown}”")
    read, sought, end = _as_read(text, path)
    if read != text:
        lines = Lines(read, end)
        for hit in find(read, sought):
            line = lines.line_of(hit.start)
            if (line, hit.shown) not in told:
                yield finding_of(path, line, 1, hit, f"有{hit.kind.value}“{hit.shown}”")


def _as_read(text: str, path: str) -> tuple[str, Sequence[Finder], str]:
    """Return a text as it comes out of Markdown or YAML, what to look for in it, and what stands for its source's line ends."""
    if path.endswith(".md"):
        # Numbers only: across the ends of lines, which are gone here, words make people that nobody wrote about.
        plain = _EMPHASIS.sub("", _BACKSLASH.sub("", text))
        return visible_text(plain), NUMBERS, SOURCE_LINE
    return _ESCAPE.sub(_character, text), FINDERS, "\n"


def _character(escape: re.Match[str]) -> str:
    point = int(escape[1] or escape[2] or escape[3], 16)
    return chr(point) if point <= sys.maxunicode and chr(point).isprintable() else escape[0]


def names_suspected(paths: Sequence[str]) -> bool:
    """Tell whether any name among many could give something away; ``in_name`` tells which."""
    names = "\n".join(paths)
    return bool(_suspects(names.encode("utf-8", "surrogateescape"))) or any(_PAPER.finditer(names))


def in_name(path: str, finders: Sequence[Finder] | None = None) -> Iterator[Finding]:
    """Yield what the name of a file or of its folders gives away; also a person's name before that of a paper.

    ``finders`` are those that could find something in it, where that is known.
    """
    hits = [*find(path, _quick_look.finders(path) if finders is None else finders), *_papers(path)]
    for hit in hits[:1]:
        advice = "文件名也是公开的，请给文件改名。"
        yield finding_of(path, 1, 1, hit, f"文件名里有{hit.kind.value}“{hit.shown}”", advice)


def _papers(path: str) -> Iterator[Hit]:
    for match in _PAPER.finditer(path):
        if is_name(match["name"]):
            yield Hit(*match.span("name"), DataKind.PERSON, mask_name(match["name"]))


def finding_of(path: str, line: int, column: int, hit: Hit, message: str, advice: str = "") -> Finding:
    """Return what was found as a finding; its kind says which rule it breaks, and what to do where ``advice`` does not."""
    return Finding(path, line, column, CODES[hit.kind], message, advice or ADVICE[hit.kind])
