"""Which organisation of the district a list means by a name."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from gongkai.catalogue import Catalogue
from gongkai.model.base import FormerName
from gongkai.model.organization import Department, Town, Village
from gongkai.naming.look_alikes import plain
from gongkai.naming.nearest import Nearest


@dataclass(frozen=True, slots=True)
class Recognised:
    """An organisation that was recognised; ``former`` when the name is one it no longer has."""

    identity: str
    short_name: str
    uscc: str
    former: FormerName | None = None


class Organizations:
    """Recognises departments, towns and villages by any of their names, on a given day."""

    def __init__(self, catalogue: Catalogue, as_of: datetime.date) -> None:
        self._abolished = {
            plain(division.name): division
            for division in (catalogue.abolished.divisions if catalogue.abolished else [])
            if division.until <= as_of
        }
        self._found: defaultdict[str, dict[str, Recognised]] = defaultdict(dict)
        district = catalogue.district
        self._prefixes = (district.name, district.short_name) if district else ()
        for department in catalogue.departments.values():
            self._add_organization(department, as_of)
        for town in catalogue.towns.values():
            self._add_organization(town, as_of)
            for village in town.villages:
                self._add_village(village, town, as_of)
        self._nearest = Nearest([name for name, found in self._found.items() if len(found) == 1])

    def recognise(self, name: str) -> Recognised | None:
        """Return the one organisation that a name means; None for a name of none, or of several."""
        found = self._found.get(plain(name), {})
        return next(iter(found.values())) if len(found) == 1 else None

    def why_not(self, name: str) -> str:
        """Say why a name is not recognised, and which was probably meant."""
        text = plain(name)
        if text in self._abolished:
            division = self._abolished[text]
            return f"“{name}”已于 {division.until} 撤销（依据：{division.basis}）"
        if len(self._found.get(text, {})) > 1:
            return f"叫“{name}”的单位有 {len(self._found[text])} 个，请写明是哪一个"
        near = self._nearest.find(name, limit=1)
        return f"目录里没有单位“{name}”" + (f"，是不是“{near[0].name}”" if near else "")

    def _add(self, name: str, recognised: Recognised) -> None:
        known = self._found[plain(name)]
        if recognised.identity not in known or known[recognised.identity].former is not None:
            known[recognised.identity] = recognised

    def _add_organization(self, organization: Department | Town, as_of: datetime.date) -> None:
        current = Recognised(organization.id, organization.short_name, organization.uscc)
        for name in (organization.name, organization.short_name, *organization.aliases):
            for spelling in self._spellings(name):
                self._add(spelling, current)
        for former in organization.former_names:
            old = former if former.until <= as_of else None
            for spelling in self._spellings(former.name):
                self._add(spelling, Recognised(organization.id, organization.short_name, organization.uscc, old))

    def _add_village(self, village: Village, town: Town, as_of: datetime.date) -> None:
        current = Recognised(village.code, town.short_name + village.name, "")
        for name in (village.name, village.full_name):
            self._add(name, current)
            self._add(town.short_name + name, current)
        for former in village.former_names:
            old = former if former.until <= as_of else None
            self._add(town.short_name + former.name, Recognised(village.code, current.short_name, "", old))

    def _spellings(self, name: str) -> set[str]:
        """Return a name with and without the district in front: 达州市达川区民政局, 达川区民政局, 区民政局."""
        stems = [name.removeprefix(prefix) for prefix in self._prefixes if name.startswith(prefix)]
        if name.startswith("区"):
            stems.append(name[1:])
        fronts = (*self._prefixes, "区")
        return {name, *(front + stem for stem in stems if stem for front in fronts)}
