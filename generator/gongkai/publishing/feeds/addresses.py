"""Where an entry leads: the page that shows what it is about."""

from __future__ import annotations

from gongkai.catalogue import Catalogue
from gongkai.publishing.site import item_address, organization_address, village_address


def subject_address(catalogue: Catalogue, *, item: str | None = None, organization: str | None = None) -> str:
    """Return the page of an item, or else of an organisation, or else the home page."""
    if item is not None and item in catalogue.cards:
        return item_address(item)
    if organization is not None:
        found = catalogue.organization(organization)
        if found is not None:
            return organization_address(found)
        if organization in catalogue.villages:
            return village_address(organization)
    return ""
