"""The feeds that hand-written pages announce; MkDocs renders those, so its templates get them as data."""

from __future__ import annotations

from gongkai.publishing.feeds.channels import FORMATS, MAIN, feed_address


def for_hand_written() -> list[dict[str, str]]:
    """Return the main feeds in each format: type, title, address, and the section whose pages announce it.

    The home page announces all of them.
    """
    return [
        {
            "type": kind.media_type,
            "title": f"{channel.title}（{kind.title}）",
            "address": feed_address(channel.name, kind.ending),
            "section": channel.page,
        }
        for channel in MAIN
        for kind in FORMATS
    ]
