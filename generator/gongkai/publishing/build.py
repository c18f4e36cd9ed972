"""The build, from a checked project to a site in its place: all of it, or what changed since the last time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from gongkai.collector import waiting_collector
from gongkai.kept.project import Project
from gongkai.kept.units import Outcome, Stage
from gongkai.kept.world import world_of
from gongkai.progress import Progress
from gongkai.publishing import full_text, links, privacy_gate, swap
from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.feeds.kept_events import renew_events
from gongkai.publishing.lists import LISTS
from gongkai.publishing.shell import SkinError
from gongkai.publishing.skin import settings_of, skin_of, sources_of
from gongkai.publishing.units import Unit, unit_names
from gongkai.publishing.withholding import SiteOptions, site_of
from gongkai.publishing.workshop import ANCHORS, Plan, Portion, UnitRecord, bench, links_in, make_units, write
from gongkai.workers import Crew, in_portions, spread

_PORTION = 20
_FEW = 60
"""So few units are made sooner than other processes start."""
_MANY = 3_000
"""So many units that are due, and more than half of all, are better made with all others into an empty folder."""
_SKIN, _SEARCH, _LIST = "skin\t", "search\t", "list"
_MADE_HERE = (_SKIN, _SEARCH, _LIST)
_STAGE = "页面"


@dataclass(frozen=True)
class BuildOptions:
    """What a build depends on besides the tree."""

    as_of: date
    site_url: str | None = None
    search: bool = True
    production: bool = False


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What was built: pages and files of the whole site, and the units that were made for it."""

    pages: int
    files: int
    made: tuple[Unit, ...]
    output: Path


@waiting_collector()
def build(project: Project, output: Path, options: BuildOptions, crew: Crew, progress: Progress) -> BuildReport:
    """Build the site of a project without errors and put it at ``output``; what would be the same as before is left alone.

    Raises UnpublishableError: SkinError when MkDocs cannot render, links.BrokenLinksError when a page links to
    nothing, privacy_gate.PersonalDataError when a file holds personal data, others when a page template is faulty or
    a process of the build was ended; swap.BusyError when another build is under way. The old site is untouched in
    all of these cases.
    """
    with swap.exclusive(output):
        swap.recover(output)
        try:
            return _Build(project, output, options, crew, progress).run()
        except BrokenExecutor as error:
            raise UnpublishableError("生成网页的一个进程中途被结束，可能是内存不够，请重新运行") from error


class _Build:
    """One build."""

    def __init__(self, project: Project, output: Path, options: BuildOptions, crew: Crew, progress: Progress) -> None:
        self.project = project
        self.output = output
        self.options = options
        self.crew = crew
        self.progress = progress
        progress("指引和政策", 0, 1)
        sources = sources_of(project.root)
        site_url, description = settings_of(project.root, project.store.folder, options.site_url, sources)
        if options.production and re.search(r"\.example(?:[:/]|$)|//localhost\b", site_url):
            raise SkinError(
                f"网站地址 {site_url} 是占位的，请在 mkdocs.yml 里写真实的 site_url，或者用 --site-url 指明"
            )
        self.site_options = SiteOptions(options.as_of, site_url, description)
        self.site = site_of(project.catalogue, self.site_options)
        self.skin = skin_of(project.root, project.store.folder, self.site, options.site_url, sources)
        self.events = Stage(project.store, "events", self._circumstances())
        made_from = self._circumstances(self.skin.likeness, sources, options.search)
        self.stage = Stage(project.store, f"site {output}", made_from)

    def _circumstances(self, *more: object) -> str:
        """Return a name for what every unit depends on besides the answers that it asked for."""
        if self.site.recorded is not None:
            # A site of a past day is made of records that were rebuilt for it: nothing of it is kept.
            return secrets.token_hex(8)
        catalogue = self.project.catalogue
        hidden = [sorted(catalogue.answers("items_not_public").get("", ())), self.site.counted is not None]
        everything = [repr(self.site_options), self.project.settings, hidden, *more]
        return hashlib.blake2b(json.dumps(everything).encode(), digest_size=16).hexdigest()

    def run(self) -> BuildReport:
        """Make what has to be made, verify it, and publish it."""
        renew_events(self.events, self.site)
        identity = swap.identity(self.output)
        if not identity or self.project.store.note(self._identity) != identity:
            self.stage.clear()
        units = {*unit_names(self.site)}
        known, fresh = self.stage.known(), self.stage.fresh()
        due = sorted(units - fresh)
        if len(due) > max(_MANY, len(units) // 2):
            self.stage.clear()
            known, due = set(), sorted(units)
        try:
            if known:
                return self._change(due, {unit for unit in known - units if not unit.startswith(_MADE_HERE)})
            return self._whole(due)
        finally:
            swap.clear(self.output)

    @property
    def _identity(self) -> str:
        return f"identity of {self.output}"

    def _whole(self, due: Sequence[Unit]) -> BuildReport:
        """Build the whole site beside the old one, and put it in its place."""
        folder = swap.staging_folder(self.output)
        self.stage.keep((), notes={self._identity: ""})
        examined: set[str] = set()
        targets, anchors, broken = set[str](), set[tuple[str, str]](), list[tuple[str, str]]()
        pages = 0
        for portion in self._made(folder, due):
            broken += portion.broken
            for outcome in portion.outcomes:
                record = UnitRecord.of(outcome.made)
                targets.update(record.targets)
                anchors.update(record.anchors)
                examined.update(record.files)
                pages += len(record.pages)
            # They count only when the site is in its place.
            self.stage.keep(portion.outcomes, fresh=False)
        self._refuse_taken(examined)
        skin = self._skin_files()
        for address, content in skin.items():
            write(folder, address, content)
        lists = [self._list(folder, name, self.stage.parts(LISTS[name].kind)) for name in LISTS]
        outcomes = [*lists, _outcome(_SKIN, skin)]
        if self.options.search:
            outcomes.append(self._search(folder, self.stage.parts(full_text.RECORDS)))
        self.progress("核对链接", 0, 1)
        files = frozenset(_files_below(folder))
        read = partial(links.read_page, folder)
        hand_written = links_in(read, [address for address in skin if address.endswith(".html")])
        if (
            broken
            or not all(links.leads_somewhere(target, files) for target in targets)
            or any(links.missing_anchors(read, anchors, files))
            or links.broken_links(read, hand_written, files)
        ):
            # Rarely so, and then all pages are read again to say where.
            links.verify(folder)
            raise links.BrokenLinksError(sorted(broken))
        self.progress("核对个人信息", 0, 1)
        privacy_gate.verify(folder, self.project.root, examined)
        swap.publish(folder, self.output)
        count = Count(pages + len(self.skin.pages) - 1, len(files))
        self._keep(outcomes, (), count, due)
        return BuildReport(count.pages, count.files, tuple(due), self.output)

    def _change(self, due: Sequence[Unit], gone: Collection[Unit]) -> BuildReport:
        """Make what is due beside the site, and move it there."""
        folder = swap.changes_folder(self.output)
        portions = list(self._made(folder, due))
        outcomes = [outcome for portion in portions for outcome in portion.outcomes]
        outcomes += self._made_here(folder, outcomes, gone)
        before = {
            unit: UnitRecord.of(made) for unit, made in self.stage.made({*gone, *(o.unit for o in outcomes)}).items()
        }
        now = {outcome.unit: UnitRecord.of(outcome.made) for outcome in outcomes}
        written = {address for record in now.values() for address in record.files}
        removed = {address for record in before.values() for address in record.files} - written
        self._refuse_taken(address for unit, record in now.items() if unit != _SKIN for address in record.files)
        self._verify_links(folder, now, removed, [one for portion in portions for one in portion.broken])
        self.progress("核对个人信息", 0, 1)
        privacy_gate.verify(folder, self.project.root, {a for unit in due for a in now[unit].files})
        count = Count.of(self.project.store.note(self._count) or "").changed(before.values(), now.values())
        with swap.undisturbed():
            if written or removed:
                swap.publish_changes(folder, self.output, sorted(removed))
            self._keep(outcomes, gone, count)
        return BuildReport(count.pages, count.files, tuple(due), self.output)

    @property
    def _count(self) -> str:
        return f"count of {self.output}"

    def _keep(
        self, outcomes: Iterable[Outcome], gone: Collection[Unit], count: Count, due: Collection[Unit] = ()
    ) -> None:
        """Keep that the site is as it was made now."""
        notes = {self._identity: swap.identity(self.output), self._count: count.text()}
        self.stage.keep(outcomes, gone, refreshed=due, notes=notes)

    def _made(self, folder: Path, due: Sequence[Unit]) -> Iterator[Portion]:
        """Yield what becomes of the units; raises PersonalDataError at the end when files hold personal data."""
        world = world_of(self.project)
        plan = Plan(world, self.site_options, self.skin.shell, self.skin.home, self.events.name, folder)
        if len(due) > _FEW:
            self.project.ready()
            bench(plan).warm()
        leaks: list[privacy_gate.Leak] = []
        self.progress(_STAGE, 0, len(due))
        work = partial(make_units, plan)
        done = partial(self.progress, _STAGE)
        for portion in spread(self.crew, work, in_portions(due, _PORTION), _FEW, lambda n: done(n, len(due))):
            leaks += portion.leaks
            yield portion
        if leaks:
            raise privacy_gate.PersonalDataError(leaks, self.project.root)

    def _made_here(self, folder: Path, outcomes: Sequence[Outcome], gone: Collection[Unit]) -> list[Outcome]:
        """Make again what is made of the shares of many units, where a share changed, and what changed of the skin."""
        made = []
        for name, one in LISTS.items():
            shares = self._changed_shares(one.kind, outcomes, gone)
            if shares is not None:
                made.append(self._list(folder, name, shares))
        if self.options.search:
            shares = self._changed_shares(full_text.RECORDS, outcomes, gone)
            others = any(outcome.unit.startswith("page:") for outcome in outcomes)
            if shares is not None or others:
                made.append(self._search(folder, shares or self.stage.parts(full_text.RECORDS)))
        skin = self._skin_files()
        for address, content in skin.items():
            if _read(self.output / address) != content:
                write(folder, address, content)
        return [*made, _outcome(_SKIN, skin)]

    def _changed_shares(self, kind: str, outcomes: Sequence[Outcome], gone: Collection[Unit]) -> list[str] | None:
        """Return the shares of one kind as they are now; None where they are what they were."""
        new = {outcome.unit: outcome.parts[kind] for outcome in outcomes if kind in outcome.parts}
        if all(self.stage.part(kind, unit) == share for unit, share in new.items()) and all(
            self.stage.part(kind, unit) is None for unit in gone
        ):
            return None
        shares = {**self.stage.parts_by_unit(kind), **new}
        return [share for unit, share in sorted(shares.items()) if share is not None and unit not in gone]

    def _list(self, folder: Path, name: str, shares: Sequence[str]) -> Outcome:
        address, content = LISTS[name].make(self.site, shares, self.skin.pages)
        write(folder, address, content)
        return _outcome(f"{_LIST}\t{name}", [address])

    def _search(self, folder: Path, shares: Iterable[str]) -> Outcome:
        self.progress("全文索引", 0, 1)
        records = [*map(full_text.record_of, shares), *full_text.other_records(self.site)]
        records += full_text.hand_written_records(self.skin.folder, [page for page in self.skin.pages if page])
        full_text.write_index(records, folder)
        return _outcome(_SEARCH, [f"{full_text.FOLDER}/{name}" for name in _files_below(folder / full_text.FOLDER)])

    def _skin_files(self) -> dict[str, bytes]:
        files = {address: (self.skin.folder / address).read_bytes() for address in self.skin.files}
        return {**files, swap.MARKER: swap.MARK}

    def _refuse_taken(self, addresses: Iterable[str]) -> None:
        taken = sorted(address.removesuffix("index.html") for address in {*addresses} & self.skin.files.keys())
        if taken:
            raise SkinError(f"content/ 里的网页占用了目录的地址：{'、'.join(taken)}，请改名")

    def _verify_links(
        self, folder: Path, now: Mapping[Unit, UnitRecord], removed: Collection[str], broken: list[tuple[str, str]]
    ) -> None:
        """Raise BrokenLinksError when a page of the site as it will be links to nothing."""
        self.progress("核对链接", 0, 1)
        after = _After(folder, self.output, removed)
        written = {
            address
            for record in now.values()
            for address in record.files
            if address.endswith(".html") and (folder / address).is_file()
        }
        if broken or not all(links.leads_somewhere(target, after) for one in now.values() for target in one.targets):
            broken += links.broken_links(after.read, links_in(after.read, written), after)
        hand_written = [address for address in written if address in self.skin.files]
        broken += links.broken_links(after.read, links_in(after.read, hand_written), after)
        for unit, record in self._linking(removed):
            if unit not in now:
                pages = [address for address in record.files if address.endswith(".html")]
                broken += links.broken_links(after.read, links_in(after.read, pages), after)
        stored = (json.loads(text) for text in self.stage.parts(ANCHORS))
        anchors = {(page, identity) for some in stored for page, identity in some if page in written}
        anchors |= {anchor for record in now.values() for anchor in record.anchors}
        broken += [(page, f"#{identity}") for page, identity in links.missing_anchors(after.read, anchors, after)]
        if broken:
            raise links.BrokenLinksError(sorted({*broken}))

    def _linking(self, removed: Collection[str]) -> Iterator[tuple[Unit, UnitRecord]]:
        """Yield the units with pages that link to something that goes."""
        gone = [address for address in removed if address.endswith(".html")]
        if gone:
            for unit, made in self.stage.made(None).items():
                if any(json.dumps(address, ensure_ascii=False) in made for address in gone):
                    yield unit, UnitRecord.of(made)


class _After(Collection[str]):
    """The files of the site as it will be."""

    def __init__(self, changes: Path, site: Path, removed: Collection[str]) -> None:
        self._changes = changes
        self._site = site
        self._removed = removed

    def __contains__(self, address: object) -> bool:
        return bool(address) and (
            (self._changes / str(address)).is_file()
            or (address not in self._removed and (self._site / str(address)).is_file())
        )

    def read(self, address: str) -> str:
        """Return the text of a page."""
        changed = self._changes / address
        return (changed if changed.is_file() else self._site / address).read_text(encoding="utf-8")

    def __iter__(self) -> Iterator[str]:
        return iter(_files_below(self._changes))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Count:
    """How many pages and files a site has."""

    pages: int
    files: int

    def text(self) -> str:
        """Return it as it is kept."""
        return json.dumps([self.pages, self.files])

    @classmethod
    def of(cls, text: str) -> Count:
        """Return what was kept."""
        pages, files = json.loads(text)
        return cls(pages, files)

    def changed(self, before: Iterable[UnitRecord], now: Iterable[UnitRecord]) -> Count:
        """Return the count after units became others."""
        old, new = list(before), list(now)
        pages = sum(len(one.pages) for one in new) - sum(len(one.pages) for one in old)
        files = sum(len(one.files) for one in new) - sum(len(one.files) for one in old)
        return Count(self.pages + pages, self.files + files)


def _outcome(unit: Unit, files: Iterable[str]) -> Outcome:
    """Return the outcome of what is made here."""
    addresses = list(files)
    pages = [a.removesuffix("index.html") for a in addresses if a.endswith("index.html")] if unit == _SKIN else []
    return Outcome(unit, UnitRecord(pages, addresses, [], []).text(), frozenset())


def _files_below(folder: Path) -> list[str]:
    found = []
    for where, _, names in os.walk(folder):
        inside = where[len(str(folder)) + 1 :]
        found += [f"{inside}/{name}" if inside else name for name in names]
    return sorted(found)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
