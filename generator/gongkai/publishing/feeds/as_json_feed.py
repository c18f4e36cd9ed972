"""Documents of feeds as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from gongkai.publishing.feeds.channels import FORMATS
from gongkai.publishing.feeds.events import Event
from gongkai.publishing.feeds.publication import Publication
from gongkai.publishing.feeds.window import Document

VERSION = "https://jsonfeed.org/version/1.1"
_ENDING = FORMATS[2].ending


def json_feed(publication: Publication, document: Document) -> bytes:
    """Return a document as JSON Feed; ``next_url`` leads to the month before."""
    links = publication.links(document, _ENDING)
    feed: dict[str, Any] = {
        "version": VERSION,
        "title": publication.title(document),
        "home_page_url": publication.site.absolute(document.channel.page),
        "feed_url": links["self"],
        "description": publication.description(document),
    }
    if "prev-archive" in links:
        feed["next_url"] = links["prev-archive"]
    feed |= {"language": "zh-CN", "authors": [{"name": publication.author}]}
    head = json.dumps(feed, ensure_ascii=False).removesuffix("}")
    # One item a line: json's own indenting is several times as slow as the rest of this module.
    items = ",\n".join(json.dumps(_item(publication, event), ensure_ascii=False) for event in document.events)
    return f'{head}, "items": [\n{items}\n]}}\n'.encode()


def _item(publication: Publication, event: Event) -> dict[str, Any]:
    return {
        "id": publication.event_id(event),
        "url": publication.site.absolute(event.address),
        "title": event.title,
        "content_text": "\n".join(event.lines),
        "date_published": event.published.isoformat(),
        "date_modified": event.updated.isoformat(),
        "tags": [event.kind],
    }
