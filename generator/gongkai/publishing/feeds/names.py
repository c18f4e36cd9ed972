"""The names of feeds, and the names of those who publish."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from gongkai.catalogue import Catalogue
from gongkai.model.base import FormerName

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


def publisher_name_on(catalogue: Catalogue, identity: str, day: datetime.date) -> str:
    """Return the name that a department, town or village had on a day, or its short name if that is still its name."""
    organization = catalogue.organization(identity)
    if organization is not None:
        return _name_on(organization.former_names, day) or organization.short_name
    if identity in catalogue.villages:
        village, town = catalogue.villages[identity]
        return publisher_name_on(catalogue, town.id, day) + (_name_on(village.former_names, day) or village.name)
    return identity


def _name_on(former_names: Sequence[FormerName], day: datetime.date) -> str | None:
    """Return the former name of a day; None when there was none, or several (an organisation merged from others)."""
    first = min((former.until for former in former_names if former.until > day), default=None)
    names = [former.name for former in former_names if former.until == first]
    return names[0] if len(names) == 1 else None
