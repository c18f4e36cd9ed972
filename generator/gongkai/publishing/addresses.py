"""Where each page stands: addresses below the root of the site, with a slash at the end."""

from __future__ import annotations

from gongkai.catalogue import Catalogue
from gongkai.model.organization import Department, Town
from gongkai.pinyin import toneless


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
    return f"themes/{toneless(theme)}/"


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
