"""RSS and Atom in the form that feedgen gives them, at the price of filling in a text.

feedgen makes one document of each form, with marks where documents differ; it is cut there, and the pieces are filled
as often as wanted. A document is its head, its entries one after the other, and its tail.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from gongkai.publishing.feeds import by_feedgen
from gongkai.publishing.feeds.site_feeds import Entry, Head

_UPDATED = datetime.datetime(2001, 2, 3, 4, 5, 6, 7, datetime.UTC)
_PUBLISHED = datetime.datetime(2002, 3, 4, 5, 6, 7, 8, datetime.UTC)
_ENTRY = re.compile(r"<(item|entry)>.*</\1>", re.DOTALL)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _Mould(NamedTuple):
    """The pieces of a document, with named places for texts that are escaped already."""

    head: str
    entry: str
    tail: str


def rss_and_atom(head: Head, rss_entries: Iterable[str], atom_entries: Iterable[str]) -> tuple[bytes, bytes]:
    """Return a document as RSS 2.0 and as Atom; the entries are what :func:`rss_and_atom_entry` returns."""
    rss, atom = _moulds(tuple(head.links), is_archive=head.is_archive)
    texts = {
        "identity": _text(head.identity),
        "title": _text(head.title),
        "description": _text(head.description),
        "author": _text(head.author),
        "page": _text(head.page),
        "page attribute": _attribute(head.page),
        "updated": head.updated.isoformat(),
        "updated in words": _in_words(head.updated),
    }
    for relation, address in head.links.items():
        texts[relation] = _attribute(address)
    return (
        "".join([rss.head % texts, *rss_entries, rss.tail]).encode(),
        "".join([atom.head % texts, *atom_entries, atom.tail]).encode(),
    )


def rss_and_atom_entry(entry: Entry) -> tuple[str, str]:
    """Return an entry as RSS and as Atom; it is the same in every document."""
    rss, atom = _moulds(("self",), is_archive=False)
    texts = {
        "identity": _text(entry.identity),
        "title": _text(entry.title),
        "page": _text(entry.page),
        "page attribute": _attribute(entry.page),
        "kind": _text(entry.kind),
        "kind attribute": _attribute(entry.kind),
        "html": _text(entry.html),
        "updated": entry.updated.isoformat(),
        "published": entry.published.isoformat(),
        "published in words": _in_words(entry.published),
    }
    return rss.entry % texts, atom.entry % texts


@lru_cache(maxsize=64)
def _moulds(relations: tuple[str, ...], *, is_archive: bool) -> tuple[_Mould, _Mould]:
    """Return the moulds of documents in RSS and in Atom that have links of these relations."""
    head = Head(
        identity=_mark("identity"),
        title=_mark("title"),
        description=_mark("description"),
        author=_mark("author"),
        page=_mark("page"),
        updated=_UPDATED,
        is_archive=is_archive,
        links={relation: _mark(relation) for relation in relations},
    )
    entry = Entry(
        identity=_mark("identity"),
        title=_mark("title"),
        page=_mark("page"),
        kind=_mark("kind"),
        text="",
        html=_mark("html"),
        published=_PUBLISHED,
        updated=_UPDATED,
    )
    rss, atom = by_feedgen.rss_and_atom(head, [entry])
    return _mould(rss, _in_words, " in words"), _mould(atom, datetime.datetime.isoformat, "")


def _mark(name: str) -> str:
    return f"@@{name}@@"


def _mould(document: bytes, shown: Callable[[datetime.datetime], str], how: str) -> _Mould:
    """Cut a document that has marks, and times where ``shown`` shows them; ``how`` ends the names of their places.

    Raises ValueError for one without entry.
    """
    marked = document.decode().replace("%", "%%")
    for name, moment in (("updated", _UPDATED), ("published", _PUBLISHED)):
        marked = marked.replace(shown(moment), _mark(name + how))
    marked = re.sub('"@@(page|kind)@@"', r'"@@\1 attribute@@"', marked)
    places = re.sub("@@(.*?)@@", r"%(\1)s", marked)
    entry = _ENTRY.search(places)
    if entry is None:
        raise ValueError("a document to be cut has no entry")
    return _Mould(places[: entry.start()], entry[0], places[entry.end() :])


def _text(value: str) -> str:
    """Return a text as it stands between tags, escaped as libxml2 does."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _attribute(value: str) -> str:
    """Return a text as it stands in an attribute, escaped as libxml2 does."""
    return _text(value).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")


def _in_words(moment: datetime.datetime) -> str:
    """Return a moment as RSS has it (RFC 2822)."""
    iso = moment.isoformat()
    day = f"{_DAYS[moment.weekday()]}, {iso[8:10]} {_MONTHS[moment.month - 1]} {iso[:4]}"
    return f"{day} {iso[11:19]} {iso[-6:-3]}{iso[-2:]}"
