"""The page that lists all feeds and says what each carries."""

from __future__ import annotations

from gongkai.publishing.feeds.channels import (
    FOLDER,
    FORMATS,
    MAIN,
    OPML,
    department_channels,
    feed_address,
    item_channels,
    lists_item_feeds,
    town_channels,
)
from gongkai.publishing.feeds.window import DAYS, NEWEST
from gongkai.publishing.site import Page, Site


def feeds_page(site: Site, _key: str) -> Page:
    """Return the list of all feeds."""
    catalogue = site.catalogue
    names_items = lists_item_feeds(catalogue)
    return Page(
        address=FOLDER,
        template="feeds.html",
        title="信息订阅",
        description="用阅读器订阅办件、办理结果、目录调整、曝光整改和政策文件，也可以只订一个部门、一个乡镇街道、一个事项。",
        context={
            "main": MAIN,
            "groups": (
                ("departments", "按部门", department_channels(catalogue)),
                ("towns", "按乡镇街道", town_channels(catalogue)),
                ("items", "按事项", item_channels(catalogue) if names_items else []),
            ),
            "items": len(catalogue.items),
            "names_items": names_items,
            "formats": FORMATS,
            "feed_address": feed_address,
            "opml": OPML,
            "newest": NEWEST,
            "days": DAYS,
            "authority": site.district.tag_authority,
        },
        column="信息订阅",
        keywords=["信息订阅", "RSS", "Atom", "JSON Feed", "OPML"],
    )
