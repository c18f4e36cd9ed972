"""YAML becomes plain data with positions: where a text can only say one thing, without the parser.

A file in canonical form, as nearly all are, is read in a fifth of the time; every other from the parser's events.
"""

from __future__ import annotations

import re
from functools import partial

from gongkai.reading.canonical_yaml import NotCanonicalError, read_canonical
from gongkai.reading.encoding import decode
from gongkai.reading.marks import Mark
from gongkai.reading.yaml_document import Document

_FULL_WIDTH_ALNUM = re.compile(b"\xef(?:\xbc[\x90-\x99\xa1-\xba]|\xbd[\x81-\x9a])")
"""Full-width digits and letters in UTF-8, found several times faster than in text."""


def read_yaml(content: bytes, path: str, text: str | None = None) -> Document:
    """Read the bytes of one YAML file.

    ``path`` is used in findings only; ``text`` is what ``decode`` returns for these bytes, where that is known and
    nothing was found in it. Never raises for bad content: whatever is wrong with it is in
    the document's findings, with codes Y001 to Y016.
    """
    document = Document()
    text = decode(content, path, document.findings) if text is None else text
    if text is not None and not _read_canonical(content, text, document):
        _parse(text, path, document)
    return document


def parse_yaml(content: bytes, path: str) -> Document:
    """Return what :func:`read_yaml` returns, from the parser's events whatever the file is like."""
    document = Document()
    text = decode(content, path, document.findings)
    if text is not None:
        _parse(text, path, document)
    return document


def _parse(text: str, path: str, document: Document) -> None:
    from gongkai.reading import yaml_events  # noqa: PLC0415 - the parser takes long to import, and most files do without

    yaml_events.parse(text, path, document)


def _read_canonical(content: bytes, text: str, document: Document) -> bool:
    """Fill a document without the parser; returns whether its text is such that this can be done."""
    if _FULL_WIDTH_ALNUM.search(content):
        return False
    try:
        document.data = read_canonical(text)
    except NotCanonicalError:
        return False
    document.places = partial(_marks_of, content)
    return True


def _marks_of(content: bytes) -> Mark:
    return parse_yaml(content, "").marks
