"""The names of feeds, and the names of those who publish."""

from __future__ import annotations

from gongkai.catalogue import Catalogue

CASES = "cases"
DECISIONS = "decisions"
ADJUSTMENTS = "adjustments"
EXPOSURES = "exposures"
POLICIES = "policies"


def item_feed(code: str) -> str:
    """Return the name of an item's feed."""
    return f"item-{code}"


def department_feed(identity: str) -> str:
    """Return the name of a department's feed."""
    return f"department-{identity}"


def town_feed(identity: str) -> str:
    """Return the name of a town's feed."""
    return f"town-{identity}"


def publisher_feeds(catalogue: Catalogue, identity: str) -> tuple[str, ...]:
    """Return the feeds about a department or town; a village's events are in its town's feed."""
    if identity in catalogue.departments:
        return (department_feed(identity),)
    if identity in catalogue.towns:
        return (town_feed(identity),)
    if identity in catalogue.villages:
        return (town_feed(catalogue.villages[identity][1].id),)
    return ()


def publisher_name(catalogue: Catalogue, identity: str) -> str:
    """Return the short name of a department, town or village."""
    organization = catalogue.organization(identity)
    if organization is not None:
        return organization.short_name
    if identity in catalogue.villages:
        village, town = catalogue.villages[identity]
        return town.short_name + village.name
    return identity


def is_secret(catalogue: Catalogue, code: str) -> bool:
    """Tell whether an item is one that is counted but not shown."""
    item = catalogue.cards.get(code)
    return item is not None and item.secrecy is not None
