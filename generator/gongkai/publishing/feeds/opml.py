"""All feeds in one list that readers can import (OPML 2.0)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from gongkai.publishing.feeds.channels import (
    FORMATS,
    MAIN,
    Channel,
    department_channels,
    feed_address,
    item_channels,
    lists_item_feeds,
    town_channels,
)
from gongkai.publishing.feeds.events import readable
from gongkai.publishing.site import Site


def opml(site: Site) -> bytes:
    """Return the list of all feeds, in groups, without those of items where these are too many to list.

    Readers find the other formats on the site.
    """
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = readable(f"{site.district.site.name}：全部订阅源")
    etree.SubElement(head, "ownerName").text = readable(site.district.government)
    body = etree.SubElement(root, "body")
    groups: list[tuple[str, Iterable[Channel]]] = [
        ("全区", MAIN),
        ("部门", department_channels(site.catalogue)),
        ("乡镇街道", town_channels(site.catalogue)),
    ]
    if lists_item_feeds(site.catalogue):
        groups.append(("事项", item_channels(site.catalogue)))
    for title, members in groups:
        group = etree.SubElement(body, "outline", text=title, title=title)
        for channel in members:
            _outline(group, site, channel)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _outline(group: etree._Element, site: Site, channel: Channel) -> None:
    title = readable(channel.title)
    etree.SubElement(
        group,
        "outline",
        type="rss",
        text=title,
        title=title,
        description=readable(channel.carries),
        xmlUrl=site.absolute(feed_address(channel.name, FORMATS[0].ending)),
        htmlUrl=site.absolute(channel.page),
        language="zh-CN",
    )
