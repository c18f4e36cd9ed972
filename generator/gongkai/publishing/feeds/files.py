"""The files of a feed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from gongkai.publishing.feeds.channels import Channel
from gongkai.publishing.feeds.events import Event
from gongkai.publishing.feeds.window import documents
from gongkai.publishing.feeds.writer import File, Writer


def channel_files(channel: Channel, events: Sequence[Event], as_of: datetime.date, writer: Writer) -> Iterator[File]:
    """Yield every file of a feed, the document of now and its archives in every format; ``events`` are newest first."""
    for document in documents(channel, events, as_of):
        yield from writer.files(document)
