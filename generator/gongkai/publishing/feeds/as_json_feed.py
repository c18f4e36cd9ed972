"""Documents of feeds as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from gongkai.publishing.feeds.channels import FORMATS
from gongkai.publishing.feeds.site_feeds import Entry, Head

VERSION = "https://jsonfeed.org/version/1.1"
_ENDING = FORMATS[2].ending
_text = json.JSONEncoder(ensure_ascii=False).encode
"""Texts one by one: an encoder that is given a mapping takes several times as long."""


def json_feed(head: Head, items: Iterable[str]) -> bytes:
    """Return a document as JSON Feed; ``next_url`` leads to the month before, ``items`` are what :func:`item` returns."""
    own, earlier = (f"{head.links.get(relation, '')}.{_ENDING}" for relation in ("self", "prev-archive"))
    following = f'"next_url": {_text(earlier)}, ' if "prev-archive" in head.links else ""
    lines = ",\n".join(items)
    return (
        f'{{"version": {_text(VERSION)}, "title": {_text(head.title)}, "home_page_url": {_text(head.page)}, '
        f'"feed_url": {_text(own)}, "description": {_text(head.description)}, '
        f'{following}"language": "zh-CN", "authors": [{{"name": {_text(head.author)}}}], "items": [\n{lines}\n]}}\n'
    ).encode()


def item(entry: Entry) -> str:
    """Return an entry as JSON, on one line; it is the same in every document."""
    return (
        f'{{"id": {_text(entry.identity)}, "url": {_text(entry.page)}, "title": {_text(entry.title)}, '
        f'"content_text": {_text(entry.text)}, "date_published": "{entry.published.isoformat()}", '
        f'"date_modified": "{entry.updated.isoformat()}", "tags": [{_text(entry.kind)}]}}'
    )
