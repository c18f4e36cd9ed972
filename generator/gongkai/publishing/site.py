"""What every page of a site shares: the catalogue, the settings, the addresses."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Protocol, TypeVar

from gongkai.casework.register import CaseRegister
from gongkai.catalogue import Catalogue
from gongkai.model.item_card import ItemCard
from gongkai.model.organization import Department, District, Town
from gongkai.model.vocabulary import ItemStatus
from gongkai.publishing.markdown import Target

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

    @cached_property
    def cases(self) -> CaseRegister:
        """All cases, those that are not public too, with what is derived from them; derived once."""
        return CaseRegister(self.everything, self.as_of)

    @cached_property
    def withheld(self) -> Mapping[str, ItemCard]:
        """The items that are counted but not shown, by code."""
        cards = self.counted.cards if self.counted is not None else {}
        return {code: card for code, card in cards.items() if card.secrecy is not None}

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


def item_address(code: str) -> str:
    """Return the address of an item's guide."""
    return f"items/{code}/"


def history_address(code: str) -> str:
    """Return the address of an item's versions."""
    return f"items/{code}/history/"


def version_address(code: str, number: int) -> str:
    """Return the address of one version of an item, which never shows another."""
    return f"items/{code}/versions/{number}/"


def is_version_address(address: str) -> bool:
    """Tell whether an address is that of one version of an item."""
    return address.startswith("items/") and "/versions/" in address


ADJUSTMENTS = "adjustments/"


def adjustments_of_year_address(year: int) -> str:
    """Return the address of the adjustments that were published in a year."""
    return f"{ADJUSTMENTS}{year}/"


def adjustment_address(identity: str) -> str:
    """Return the address of an adjustment."""
    return f"{ADJUSTMENTS}{identity}/"


def department_address(identity: str) -> str:
    """Return the address of a department."""
    return f"departments/{identity}/"


def town_address(identity: str) -> str:
    """Return the address of a town or subdistrict."""
    return f"towns/{identity}/"


def village_address(code: str) -> str:
    """Return the address of a village or community."""
    return f"villages/{code}/"


def law_address(identity: str) -> str:
    """Return the address of a law."""
    return f"laws/{identity}/"


def exposure_address(identity: str) -> str:
    """Return the address of an exposure."""
    return f"supervision/exposures/{identity}/"


def inspection_address(identity: str) -> str:
    """Return the address of an inspection."""
    return f"supervision/inspections/{identity}/"


def interview_address(identity: str) -> str:
    """Return the address of an interview."""
    return f"supervision/interviews/{identity}/"


def appraisal_address(identity: str) -> str:
    """Return the address of an appraisal."""
    return f"supervision/appraisals/{identity}/"


def theme_address(theme: str) -> str:
    """Return the address of a theme: its pinyin, because addresses are ASCII."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - see pinyin_key

    return f"themes/{''.join(lazy_pinyin(theme))}/"


def organization_address(organization: Department | Town) -> str:
    """Return the address of a department or a town."""
    if isinstance(organization, Town):
        return town_address(organization.id)
    return department_address(organization.id)


def publisher_address(catalogue: Catalogue, identity: str) -> str:
    """Return the address of a department, a town or a village; the home page for one that is not known."""
    organization = catalogue.organization(identity)
    if organization is not None:
        return organization_address(organization)
    return village_address(identity) if identity in catalogue.villages else ""


def reference_targets(catalogue: Catalogue) -> dict[str, Target]:
    """Return what references in Markdown may point at: address and current name."""
    targets: dict[str, Target] = {
        card.code: (item_address(card.code), card.name if card.secrecy is None else NOT_PUBLIC)
        for card in catalogue.cards.values()
    }
    for department in catalogue.departments.values():
        targets[f"department:{department.id}"] = (department_address(department.id), department.short_name)
    for town in catalogue.towns.values():
        targets[f"town:{town.id}"] = (town_address(town.id), town.short_name)
    for law in catalogue.laws.values():
        targets[f"law:{law.id}"] = (law_address(law.id), f"《{law.short_title}》")
    return targets


class Named(Protocol):
    """What has a name and a code: an item, or its card."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def code(self) -> str:
        """The code."""


N = TypeVar("N", bound=Named)


@lru_cache(maxsize=200_000)
def pinyin_key(text: str) -> tuple[str, ...]:
    """Return the key that sorts Chinese text as a dictionary does: by pinyin with tones, then as written."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - a fifth of a second that most commands never need

    return (*lazy_pinyin(text, style=Style.TONE3), text)


def by_pinyin(items: Iterable[N]) -> list[N]:
    """Return items in the order of their names' pinyin."""
    return sorted(items, key=lambda item: (pinyin_key(item.name), item.code))
