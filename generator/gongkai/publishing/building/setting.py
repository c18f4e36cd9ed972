"""One build's setting: the project, the circumstances, and what every way of building needs of them."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from gongkai.kept.program import portable_program
from gongkai.kept.project import Project
from gongkai.kept.units import Outcome, Stage
from gongkai.kept.world import world_of
from gongkai.progress import Progress
from gongkai.publishing.building import swap
from gongkai.publishing.building.lists import LISTS
from gongkai.publishing.building.units import PAGE, Unit, kind_of
from gongkai.publishing.building.workshop import Plan, Portion, UnitRecord, bench, make_units
from gongkai.publishing.digest import digest
from gongkai.publishing.errors import ChangedError
from gongkai.publishing.feeds.kept_events import renew_events
from gongkai.publishing.gates import privacy_gate
from gongkai.publishing.search import full_text
from gongkai.publishing.skin.shell import SkinError
from gongkai.publishing.skin.skin import settings_of, skin_of, sources_of
from gongkai.publishing.tree import is_page, write
from gongkai.publishing.withholding import SiteOptions, site_of
from gongkai.workers import Crew, spread_in_turns

_PORTION = 20
_OF_MANY_ITEMS = (f"{PAGE}department", f"{PAGE}theme")
_PORTION_OF_MANY_ITEMS = 5
"""Each of these pages lists hundreds of items; in large portions, one process would wait for the other at the end."""
_FEW = 60
"""So few units are made sooner than other processes start."""
_ASKED_OF_EVERY_ITEM = (
    "listings_by_item",
    "villages_by_item",
    "adjustments_by_subject",
    "exposures_by_item",
    "case_numbers_by_item",
    "towns_by_village",
    "unusual_readings",
)
_STAGE = "页面"

SKIN, LIST = "skin\t", "list"
MADE_HERE = (SKIN, LIST)
"""The beginnings of units that are always there and not made by the workers: they are made of the work of all."""
HAND_WRITTEN = "hand-written"
"""The kind of the skin's share: the hashes of hand-written pages."""


@dataclass(frozen=True)
class BuildOptions:
    """What a build depends on besides the tree."""

    as_of: date
    site_url: str | None = None
    search: bool = True
    production: bool = False
    followed: bool = False
    """Whether every change of a file leads to another build."""


class Setting:
    """Everything that a build begins with; raises SkinError when MkDocs cannot render.

    ``stage`` holds the units of the site, ``events`` those of its feeds.
    """

    def __init__(self, project: Project, output: Path, options: BuildOptions, crew: Crew, progress: Progress) -> None:
        self.project = project
        self.output = output
        self.options = options
        self.crew = crew
        self.progress = progress
        progress("指引和政策", 0, 1)
        self._sources = sources_of(project.root)
        site_url, description = settings_of(project.root, project.store.folder, options.site_url, self._sources)
        if options.production and re.search(r"\.example(?:[:/]|$)|//localhost\b", site_url):
            raise SkinError(
                f"网站地址 {site_url} 是占位的，请在 mkdocs.yml 里写真实的 site_url，或者用 --site-url 指明"
            )
        self._site_options = SiteOptions(options.as_of, site_url, description)
        self.site = site_of(project.catalogue, self._site_options)
        self.skin = skin_of(project.root, project.store.folder, self.site, options.site_url, self._sources)
        self.events = Stage(project.store, events_stage_of(output), self._circumstances())
        # Hand-written pages are files of the skin's own unit, which is made with every build.
        self._made_from = [self.skin.fingerprint, self._sources.theme, options.search]
        self.stage = Stage(project.store, stage_of(output), self._circumstances(*self._made_from))

    @property
    def fingerprint(self) -> str:
        """A name for all that the site is made from and by, the same on every machine."""
        return digest(
            json.dumps(
                [
                    repr(self._site_options),
                    self.project.fingerprint,
                    portable_program(),
                    self._sources,
                    *self._made_from,
                ]
            ).encode()
        )

    def _circumstances(self, *more: object) -> str:
        """Return a name for what every unit depends on besides the answers that it asked for."""
        if self.site.recorded is not None:
            # A site of a past day is made of records that were rebuilt for it: nothing of it is kept.
            return secrets.token_hex(8)
        catalogue = self.project.catalogue
        hidden = [sorted(catalogue.answers("items_not_public").get("", ())), self.site.counted is not None]
        everything = [repr(self._site_options), self.project.settings, hidden, *more]
        return digest(json.dumps(everything).encode())

    def renew_events(self) -> None:
        """Bring the events of the feeds up to date."""
        renew_events(self.events, self.site)

    def made(self, folder: Path, due: Sequence[Unit]) -> Generator[Portion]:
        """Yield what becomes of the units; raises PersonalDataError at the end when files hold personal data."""
        world = world_of(self.project)
        shell, home = self.skin.shell, self.skin.home
        plan = Plan(world, self._site_options, self.options.search, shell, home, self.events.name, folder)
        if len(due) > _FEW:
            self.project.ready(_ASKED_OF_EVERY_ITEM)
            self.project.ready_readings()
            bench(plan).warm()
        leaks: list[privacy_gate.Leak] = []
        self.progress(_STAGE, 0, len(due))
        work = partial(make_units, plan)
        done = partial(self._say_done, len(due))
        for portion in spread_in_turns(self.crew, work, due, kind_of, _portion_of, _FEW, done):
            leaks += portion.leaks
            yield portion
        if leaks:
            raise privacy_gate.PersonalDataError(leaks, self.project.root)

    def _say_done(self, of: int, done: int) -> None:
        self.progress(_STAGE, done, of)

    def list_of(self, folder: Path, name: str, shares: Sequence[str]) -> Outcome:
        """Write what is made of the shares of many units."""
        address, content = LISTS[name].make(self.site, shares, self.skin.pages)
        write(folder, address, content)
        return outcome_of(f"{LIST}\t{name}", [address])

    @property
    def groups(self) -> int:
        """How many full text indexes there are to make."""
        return full_text.groups_of(self.site) if self.options.search else 0

    def refuse_personal_data(self, folder: Path, addresses: Sequence[str]) -> None:
        """Raise PersonalDataError when any of some files below a folder hold personal data."""

        def examined(number: int) -> None:
            self.progress("核对个人信息", number, len(addresses))

        examined(0)
        privacy_gate.verify(folder, self.project.root, addresses, self.crew, examined)

    def skin_outcome(self, files: Iterable[str]) -> Outcome:
        """Return the outcome of the skin."""
        pages = json.dumps([self.skin.files.get(f"{page}index.html") for page in self.skin.pages])
        return replace(outcome_of(SKIN, files), shares={HAND_WRITTEN: pages})

    def skin_files(self) -> dict[str, bytes]:
        """Return what comes from the skin, by address."""
        files = {address: (self.skin.folder / address).read_bytes() for address in self.skin.files}
        return {**files, swap.MARKER: swap.MARK}

    def refuse_changed(self) -> None:
        """Raise ChangedError when a file that the site is made from was changed since it was looked at.

        A build that is followed by another after every change need not look.
        """
        if self.options.followed:
            return
        try:
            changed = self.project.changed_since()
        except OSError as error:
            changed = str(error.filename)
        if changed is not None:
            raise ChangedError(f"{changed} 在生成过程中改动了，请重新运行")

    def refuse_taken(self, addresses: Iterable[str]) -> None:
        """Raise SkinError when a hand-written page stands at one of the addresses."""
        taken = sorted(address.removesuffix("index.html") for address in {*addresses} & self.skin.files.keys())
        if taken:
            raise SkinError(f"content/ 里的网页占用了目录的地址：{'、'.join(taken)}，请改名")


def _portion_of(kind: str) -> int:
    return _PORTION_OF_MANY_ITEMS if kind in _OF_MANY_ITEMS else _PORTION


def stage_of(output: Path) -> str:
    """Return the name of the stage that holds the units of the site at a place."""
    return f"site {output}"


def events_stage_of(output: Path) -> str:
    """Return the name of the stage that holds the units of its feeds.

    Every site has one of its own: what another day or address makes of the events is none of the site's business.
    """
    return f"events {output}"


def outcome_of(unit: Unit, files: Iterable[str]) -> Outcome:
    """Return the outcome of what is made here."""
    addresses = list(files)
    pages = [a.removesuffix("index.html") for a in addresses if is_page(a)] if unit == SKIN else []
    return Outcome(unit, UnitRecord(pages, addresses, [], []).text())
