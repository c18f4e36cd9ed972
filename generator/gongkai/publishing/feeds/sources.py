"""The records that feeds tell of: each says by itself, without the others, what was published about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from gongkai.publishing.case_places import case_address
from gongkai.publishing.feeds.adjustment_events import adjustment_drafts
from gongkai.publishing.feeds.case_events import case_drafts
from gongkai.publishing.feeds.events import Draft
from gongkai.publishing.feeds.exposure_events import exposure_drafts
from gongkai.publishing.feeds.policy_events import policy_drafts
from gongkai.publishing.site import Site

Source = tuple[str, str]
"""A register of the catalogue, and the key of a record in it."""


def sources(site: Site) -> Iterator[Source]:
    """Yield every record that feeds may tell of, in a fixed order."""
    for register in _DRAFTS:
        yield from ((register, key) for key in getattr(site.catalogue, register))


def drafts_of(site: Site, source: Source) -> list[Draft]:
    """Return what was published about a record up to the site's day; raises KeyError for one that is not there."""
    register, key = source
    return list(_DRAFTS[register](site, key))


def _of_cases(site: Site, key: str) -> Iterator[Draft]:
    address_of = partial(case_address, site.cases)
    return case_drafts(site.catalogue, site.catalogue.approvals[key], site.as_of, address_of)


def _of_adjustment(site: Site, key: str) -> Iterator[Draft]:
    return adjustment_drafts(site.catalogue, site.catalogue.adjustments[key], site.as_of)


def _of_exposure(site: Site, key: str) -> Iterator[Draft]:
    return exposure_drafts(site.catalogue, site.catalogue.exposures[key], site.as_of)


def _of_page(site: Site, key: str) -> Iterator[Draft]:
    return policy_drafts(key, site.catalogue.pages[key], site.as_of)


_DRAFTS: dict[str, Callable[[Site, str], Iterator[Draft]]] = {
    "approvals": _of_cases,
    "adjustments": _of_adjustment,
    "exposures": _of_exposure,
    "pages": _of_page,
}
"""What was published about a record of each register."""
