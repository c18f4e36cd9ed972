"""The text that a published file carries, whatever its format, for the gate that looks for personal data.

Looked into: HTML, XML and SVG (markup and visible text), all other text, gzip files (the index of names, Pagefind's
fragments), Office documents. Not looked into: pictures, fonts, WebAssembly, PDF; Pagefind's program, which is not ours; and
Pagefind's word lists (.pf_index, .pf_meta, .pf_filter), which hold the words of its fragments once more.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from gongkai.reading.lines import Lines
from gongkai.reading.markup_text import SOURCE_LINE, visible_text
from gongkai.reading.office_text import UnreadableOfficeError, office_text

MAX_UNPACKED = 64 * 1024 * 1024
"""Most bytes that a packed file may hold."""

_PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico")
_BINARIES = (".woff", ".woff2", ".ttf", ".wasm", ".pdf", ".pagefind", ".pf_index", ".pf_meta", ".pf_filter")
_OPAQUE = frozenset((*_PICTURES, *_BINARIES))
_PROGRAM = re.compile(r"pagefind/(?:[0-9]+/)?[^/]+\.(?:js|css)\Z")
_MARKUP = frozenset((".html", ".htm", ".xml", ".svg", ".rss", ".atom", ".opml"))
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_MAGIC = b"pagefind_dcd"
_BETWEEN_WORDS = "\u200b".encode()
"""What Pagefind writes between the words of a Chinese text."""
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class UnknownFileError(Exception):
    """A file whose text cannot be read; the message is Chinese and says why."""


@dataclass(frozen=True, slots=True)
class PublishedText:
    """A text, and which lines of the file it is made of."""

    text: str
    lines: Lines


def is_opaque(address: str) -> bool:
    """Tell whether a file is of a kind that carries no text that could be looked into."""
    return PurePosixPath(address).suffix.lower() in _OPAQUE or _PROGRAM.match(address) is not None


def plain_text(content: bytes) -> bytes | None:
    """Return what a published file holds as UTF-8, unpacked and with its tags; None for an Office document.

    Raises UnknownFileError for a file that cannot be read.
    """
    if content.startswith(_ZIP):
        return None
    unpacked = _unpack(content) if content.startswith(_GZIP) else content
    text = _decode(unpacked)
    return unpacked if unpacked[:1].isascii() and unpacked[1:2] != b"\0" else text.encode()


def texts_of(address: str, content: bytes) -> Iterator[PublishedText]:
    """Yield the texts of a published file; raises UnknownFileError for one that cannot be read."""
    if content.startswith(_ZIP):
        yield from _office(content)
        return
    text = _decode(_unpack(content) if content.startswith(_GZIP) else content)
    yield PublishedText(text, Lines(text))
    if PurePosixPath(address).suffix.lower() in _MARKUP:
        yield _visible(text)
        if "&lt;" in text:
            yield _visible(text.replace("&lt;", "<").replace("&gt;", ">"))
    elif "\\u" in text:
        unescaped = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
        yield PublishedText(unescaped, Lines(unescaped))


def _visible(markup: str) -> PublishedText:
    text = visible_text(markup)
    return PublishedText(text, Lines(text, SOURCE_LINE))


def _office(content: bytes) -> Iterator[PublishedText]:
    try:
        parts = office_text(content)
    except UnreadableOfficeError as error:
        raise UnknownFileError(str(error)) from error
    for part in parts:
        yield PublishedText(part.text, Lines(part.text))


def _unpack(content: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(content, MAX_UNPACKED)
    except zlib.error as error:
        raise UnknownFileError("压缩文件损坏") from error
    if not unpacker.eof:
        raise UnknownFileError("压缩文件不完整，或者解压以后太大")
    if unpacked.startswith(_MAGIC):
        return unpacked[len(_MAGIC) :].replace(_BETWEEN_WORDS, b"")
    return unpacked


def _decode(content: bytes) -> str:
    """Return text in UTF-8, or in UTF-16 as the index of names has it."""
    encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownFileError("不是文字，也不是认识的格式") from error
