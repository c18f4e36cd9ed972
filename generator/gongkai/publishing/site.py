"""What every page of a site shares: the catalogue, the day, the settings; what a page is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from gongkai.casework.register import CaseRegister
from gongkai.catalogue import Catalogue
from gongkai.model.item_card import ItemCard
from gongkai.model.organization import Department, District, Town
from gongkai.model.vocabulary import ItemStatus
from gongkai.pinyin import pinyin_key
from gongkai.publishing.addresses import department_address, item_address, law_address, town_address
from gongkai.publishing.skin.markdown import Target

NOT_PUBLIC = "不公开的事项"
"""What stands in place of the name of an item that is not public."""


@dataclass(frozen=True)
class Site:
    """The catalogue on one day, and where it is published.

    ``site_url`` ends with a slash. A site cannot be made without the district's record. ``catalogue`` is what may be
    shown; ``counted`` has the items and cases that are not public too, where there are any (see ``withholding``). ``recorded``
    is all that the files say, of days after ``as_of`` too, where that is more: what is rebuilt from later records (the
    versions of an item) needs it; nothing of it that is after the day may be shown.
    """

    catalogue: Catalogue
    district: District
    as_of: datetime.date
    site_url: str
    description: str = ""
    counted: Catalogue | None = None
    recorded: Catalogue | None = None

    @property
    def cases(self) -> CaseRegister:
        """All cases, those that are not public too, with what is derived from them; derived once."""
        return self.everything.memo.once(CaseRegister, self.everything, self.as_of, key=self.as_of)

    @property
    def withheld(self) -> Mapping[str, ItemCard]:
        """The items that are counted but not shown, by code."""
        if self.counted is None:
            return {}
        return {code: self.counted.cards[code] for code in self.counted.answers("items_not_public").get("", ())}

    def withheld_number(self, department: str | None = None) -> int:
        """Return how many active items are counted but not shown, of the district or of one department."""
        active = (item for item in self.withheld.values() if item.status is ItemStatus.ACTIVE)
        return sum(department in (None, item.department) for item in active)

    @property
    def everything(self) -> Catalogue:
        """The catalogue of the day with what is not public too."""
        return self.counted or self.catalogue

    @property
    def records(self) -> Catalogue:
        """All that the files say, whatever its date."""
        return self.recorded or self.catalogue

    def absolute(self, address: str) -> str:
        """Return the full web address of something below the site's root."""
        return self.site_url + address

    def edit_url(self, path: str) -> str | None:
        """Return where a source file can be edited, or None when the repository is not public."""
        repository = self.district.site.repository
        return f"{repository.rstrip('/')}/edit/main/{path}" if repository else None


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the home page."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the catalogue, before it is rendered.

    ``address`` ends with a slash and is below the site's root. ``column`` is the kind of content that
    国办发〔2017〕47号 calls 栏目; an ``article_date`` makes it a content page instead. A page that is not
    ``indexed`` asks search engines to leave it out.
    """

    address: str
    template: str
    title: str
    description: str
    section: str = ""
    crumbs: tuple[Crumb, ...] = ()
    context: dict[str, Any] = field(default_factory=dict)
    column: str = "办事服务"
    keywords: Sequence[str] = ()
    article_date: datetime.date | None = None
    source: str = ""
    alternates: tuple[tuple[str, str, str], ...] = ()
    indexed: bool = True


def reference_target(site: Site, reference: str) -> Target | None:
    """Return what a reference in Markdown points at, its address and current name; None for what is not known.

    What is not there any more on the site's day, or not yet, has an address that the records know.
    """
    for catalogue in (site.everything, site.records):
        target = _target_in(catalogue, reference)
        if target is not None:
            return target
    return None


def _target_in(catalogue: Catalogue, reference: str) -> Target | None:
    kind, colon, identity = reference.partition(":")
    if not colon and (card := catalogue.cards.get(reference)) is not None:
        return item_address(card.code), card.name if card.secrecy is None else NOT_PUBLIC
    if kind == "department" and (department := catalogue.departments.get(identity)) is not None:
        return department_address(identity), department.short_name
    if kind == "town" and (town := catalogue.towns.get(identity)) is not None:
        return town_address(identity), town.short_name
    if kind == "law" and (law := catalogue.laws.get(identity)) is not None:
        return law_address(identity), f"《{law.short_title}》"
    return None


class Named(Protocol):
    """What has a name and a code: an item, or its card."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def code(self) -> str:
        """The code."""


N = TypeVar("N", bound=Named)


def by_pinyin(items: Iterable[N]) -> list[N]:
    """Return items in the order of their names' pinyin."""
    return sorted(items, key=lambda item: (pinyin_key(item.name), item.code))


def departments_by_name(catalogue: Catalogue) -> list[Department]:
    """Return the departments in the order of their short names' pinyin."""
    return sorted(catalogue.departments.values(), key=lambda department: pinyin_key(department.short_name))


def towns_by_code(catalogue: Catalogue) -> list[Town]:
    """Return the towns and subdistricts in the order of their codes."""
    return sorted(catalogue.towns.values(), key=lambda town: town.code)
