"""Where an entry leads: the page that shows what it is about."""

from __future__ import annotations

from gongkai.catalogue import Catalogue
from gongkai.publishing.addresses import item_address, publisher_address


def subject_address(catalogue: Catalogue, *, item: str | None = None, organization: str | None = None) -> str:
    """Return the page of an item, or else of an organisation, or else the home page."""
    if item is not None and item in catalogue.cards:
        return item_address(item)
    return publisher_address(catalogue, organization) if organization is not None else ""
