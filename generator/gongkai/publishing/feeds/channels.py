"""Which feeds there are, what each carries, and on which pages each is announced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.catalogue import Catalogue
from gongkai.model.organization import Department, Town
from gongkai.publishing.addresses import department_address, item_address, town_address
from gongkai.publishing.case_places import APPROVALS
from gongkai.publishing.feeds.names import (
    ADJUSTMENTS,
    CASES,
    DECISIONS,
    EXPOSURES,
    POLICIES,
    department_feed,
    item_feed,
    town_feed,
)
from gongkai.publishing.site import Site, departments_by_name, towns_by_code

FOLDER = "feeds/"
OPML = "feeds/gongkai.opml"


MOST_ITEM_FEEDS = 200
"""With more items than these, lists of feeds leave out those of the items; every item's page names its own."""


@dataclass(frozen=True, slots=True)
class Format:
    """One notation of a feed: the end of its address, its media type, its name."""

    ending: str
    media_type: str
    title: str


FORMATS = (
    Format("rss", "application/rss+xml", "RSS"),
    Format("atom", "application/atom+xml", "Atom"),
    Format("json", "application/feed+json", "JSON Feed"),
)


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed: ``name`` is its address, ``carries`` says what is in it, ``page`` is the page it belongs to.

    Only feeds that are ``archived`` keep what is no longer new, by month.
    """

    name: str
    title: str
    carries: str
    page: str
    archived: bool = False


def feed_address(name: str, ending: str) -> str:
    """Return the address of a feed, or of a month of its archive, in one format."""
    return f"{FOLDER}{name}.{ending}"


MAIN = (
    Channel(
        CASES,
        "全部办件",
        "办件的受理、要求补正、暂停计时、前置审查超时默认同意、办理结果、申请人撤回，以及公开内容的更正和撤回。不公开的办件不在内。",
        APPROVALS,
        archived=True,
    ),
    Channel(
        DECISIONS,
        "办理结果",
        "只有已经公开的办理结果，以及对这些结果的更正和撤回公开。",
        APPROVALS,
        archived=True,
    ),
    Channel(
        ADJUSTMENTS,
        "目录动态调整",
        "事项的新增、取消、更名、下放、承接、合并、拆分和要素变更，机构更名；每一处调整一条。",
        "adjustments/",
        archived=True,
    ),
    Channel(
        EXPOSURES,
        "曝光和整改",
        "公开曝光的问题、整改进展和整改完成。",
        "supervision/exposures/",
        archived=True,
    ),
    Channel(POLICIES, "政策文件", "新发布的政策文件。", "policies/", archived=True),
)


def department_channels(catalogue: Catalogue) -> list[Channel]:
    """Return a feed for each department, in the order of their names."""
    return [_department_channel(department) for department in departments_by_name(catalogue)]


def town_channels(catalogue: Catalogue) -> list[Channel]:
    """Return a feed for each town or subdistrict, in the order of their codes."""
    return [_town_channel(town) for town in towns_by_code(catalogue)]


def lists_item_feeds(catalogue: Catalogue) -> bool:
    """Tell whether the feeds of items are so few that lists of feeds name them."""
    return len(catalogue.items) <= MOST_ITEM_FEEDS


def item_channels(catalogue: Catalogue) -> list[Channel]:
    """Return a feed for each item, in the order of their codes."""
    return [_item_channel(card.code, card.name) for card in sorted(catalogue.cards.values(), key=lambda c: c.code)]


def other_channels(catalogue: Catalogue) -> Iterator[Channel]:
    """Yield every feed but those of items, in a fixed order."""
    yield from MAIN
    yield from department_channels(catalogue)
    yield from town_channels(catalogue)


def channel_named(catalogue: Catalogue, name: str) -> Channel | None:
    """Return a feed by its name, asking about nothing but what it belongs to; None for one that does not exist."""
    kind, _, identity = name.partition("-")
    if kind == "department" and identity in catalogue.departments:
        return _department_channel(catalogue.departments[identity])
    if kind == "town" and identity in catalogue.towns:
        return _town_channel(catalogue.towns[identity])
    if kind == "item" and identity in catalogue.items:
        return _item_channel(identity, catalogue.items[identity].name)
    return next((channel for channel in MAIN if channel.name == name), None)


def _department_channel(department: Department) -> Channel:
    carries = f"{department.short_name}受理的办件、主管事项的动态调整、受到的曝光和整改。"
    return Channel(department_feed(department.id), department.short_name, carries, department_address(department.id))


def _town_channel(town: Town) -> Channel:
    carries = f"{town.short_name}和所辖村（社区）受理的办件、下放到这里的事项、受到的曝光和整改。"
    return Channel(town_feed(town.id), town.short_name, carries, town_address(town.id))


def _item_channel(code: str, name: str) -> Channel:
    carries = f"“{name}”的办件、动态调整、涉及它的曝光和整改。"
    return Channel(item_feed(code), name, carries, item_address(code))


_EVERY = tuple((channel.name, channel.title) for channel in MAIN)
_OF_SECTION = {
    "": _EVERY,
    "feeds": _EVERY,
    "approvals": _EVERY[:2],
    "adjustments": _EVERY[2:3],
    "supervision": _EVERY[3:4],
    "policies": _EVERY[4:],
}
"""What is announced on every page below a section of the site."""


def announced_on(site: Site, address: str) -> tuple[tuple[str, str], ...]:
    """Return name and title of the feeds that the page at an address announces (``<link rel="alternate">``)."""
    section, _, rest = address.partition("/")
    identity = rest.partition("/")[0]
    catalogue = site.catalogue
    if section in _OF_SECTION:
        return _OF_SECTION[section]
    if section == "items" and identity in catalogue.items:
        return ((item_feed(identity), catalogue.items[identity].name),)
    if section == "departments" and identity in catalogue.departments:
        return ((department_feed(identity), catalogue.departments[identity].short_name),)
    if section == "villages" and identity in catalogue.villages:
        identity, section = catalogue.villages[identity][1].id, "towns"
    if section == "towns" and identity in catalogue.towns:
        return ((town_feed(identity), catalogue.towns[identity].short_name),)
    return ()
