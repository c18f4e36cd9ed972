"""Where units become files: each is made, written and examined in one go, in whichever process it falls to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from jinja2 import TemplateNotFound, TemplateSyntaxError

from gongkai.collector import waiting_collector
from gongkai.kept.units import Outcome, Stage, as_json, hashes_of
from gongkai.kept.world import World, project_in
from gongkai.publishing.building.units import HOME, ITEM, Made, Unit, feed_of, key_of, kind_of, make, search_record
from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.feeds.events import Event
from gongkai.publishing.feeds.kept_events import events_by_feed
from gongkai.publishing.feeds.site_feeds import SiteFeeds
from gongkai.publishing.feeds.writer import File, Writer
from gongkai.publishing.gates import links, privacy_gate
from gongkai.publishing.search.full_text import RECORDS
from gongkai.publishing.site import Page, Site
from gongkai.publishing.skin.shell import Shell
from gongkai.publishing.templates.render import TEMPLATES, Renderer, compile_templates, environment, template_cache
from gongkai.publishing.tree import write
from gongkai.publishing.withholding import SiteOptions, site_of
from gongkai.tracing import ask, asking, fetch

ANCHORS = "anchors"
"""The kind of the shares that list links to elements of other units' pages."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What every process needs to make units: the project, the circumstances, and where the files go.

    ``home`` is the hand-written home page with its slots; ``events_stage`` names the events in the store; ``search``
    tells whether there will be a full text index.
    """

    world: World
    options: SiteOptions
    search: bool
    shell: Shell
    home: Shell
    events_stage: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Portion:
    """What became of some units: their outcomes, links that lead nowhere inside a page, and personal data."""

    outcomes: list[Outcome]
    broken: list[tuple[str, str]] = field(default_factory=list)
    leaks: list[privacy_gate.Leak] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """What is kept of a unit that was made: addresses of its files and pages, and where its pages link to."""

    pages: list[str]
    files: list[str]
    targets: list[str]
    anchors: list[tuple[str, str]]

    def text(self) -> str:
        """Return it as it is kept."""
        return as_json([self.pages, self.files, self.targets, self.anchors])

    @classmethod
    def of(cls, text: str) -> UnitRecord:
        """Return what was kept."""
        pages, files, targets, anchors = json.loads(text)
        return cls(pages, files, targets, [(page, identity) for page, identity in anchors])


class _Bench:
    """What one process works with."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        project = project_in(plan.world)
        self.site: Site = site_of(project.catalogue, plan.options)
        env = environment(plan.world.root, template_cache(project.store.folder))
        self.renderer = Renderer(self.site, plan.shell, env)
        self.writer = Writer(SiteFeeds(self.site))
        self._events_stage = Stage.reader(project.store, plan.events_stage)
        self._events: dict[str, list[Event]] = {}

    def fetch(self, units: Sequence[Unit]) -> None:
        """Read at once what some units, and no others, will ask for: one by one takes longer."""
        fetch(self.site.catalogue.items, [key_of(unit) for unit in units if kind_of(unit) == ITEM])
        self._events = events_by_feed(self._events_stage, filter(None, map(feed_of, units)))

    def events_of(self, feed: str) -> list[Event]:
        """Return the events of a feed of the units; only they are asked for, not what they were made of."""
        ask(self.plan.events_stage, feed)
        return self._events.get(feed, [])

    def warm(self) -> None:
        """Make ready what every unit needs, before other processes take over this one's memory.

        Raises UnpublishableError for a faulty template.
        """
        with _no_faulty_template():
            compile_templates(self.renderer.env)

    def content(self, unit: Unit, slots: Mapping[str, bytes]) -> bytes:
        """Return a page whose slots are known."""
        shell = self.plan.home if unit.startswith(HOME) else self.plan.shell
        return shell.fill_encoded(slots)

    def essence(self, page: Page, slots: Mapping[str, bytes], content: bytes) -> bytes:
        """Return what of a page may hold personal data: what is in the slots, as the shell itself holds none."""
        return content if not page.address or not self._clean_shell else b"\n".join(slots.values())

    @cached_property
    def _clean_shell(self) -> bool:
        """Whether the shell holds no personal data, and has tags on both sides of the content: no text goes over its edge."""
        shell = self.plan.shell
        place = shell.pieces.index("content")
        around = shell.pieces[place - 1].rstrip()[-1:] + shell.pieces[place + 1].lstrip()[:1]
        return around == "><" and not privacy_gate.examine([("index.html", shell.fill({"base": "."}).encode())])

    def links_on(self, page: Page, slots: Mapping[str, str], content: bytes) -> links.Links:
        """Return the links of a page; those of the shell, which are the same on all pages, are left out of the targets
        (see ``links_of_shell``).
        """
        address = f"{page.address}index.html"
        own = slots["content"] + slots["breadcrumb"]
        if not page.address or not links.is_self_contained(own):
            return links.links_of(address, content.decode())
        found = links.links_of(address, own, self_contained=True)
        return links.Links(found.targets, found.anchors, found.ids | self._ids_of_shell)

    @cached_property
    def _ids_of_shell(self) -> frozenset[str]:
        return links_of_shell(self.plan.shell).ids


def links_of_shell(shell: Shell) -> links.Links:
    """Return where the shell around every page links to."""
    return links.links_of("index.html", shell.fill({"base": ".", "title": "x"}))


@contextmanager
def _no_faulty_template() -> Iterator[None]:
    try:
        yield
    except TemplateNotFound as error:
        raise UnpublishableError(f"网页模板有错：没有 {TEMPLATES}/{error.name}") from error
    except TemplateSyntaxError as error:
        where = f"{TEMPLATES}/{error.name} 第 {error.lineno} 行"
        raise UnpublishableError(f"网页模板有错：{where}：{error.message}") from error


_bench: list[_Bench] = []
"""The one workshop of this process."""


def bench(plan: Plan) -> _Bench:
    """Return what this process works with, set up for a plan."""
    if not _bench or _bench[0].plan != plan:
        _bench[:] = [_Bench(plan)]
    return _bench[0]


@waiting_collector()
def make_units(plan: Plan, units: Sequence[Unit]) -> Portion:
    """Make some units and write their files; raises UnpublishableError for a faulty template, OSError when files cannot be
    written.
    """
    here = bench(plan)
    portion = Portion([])
    written: list[tuple[list[File], bytes]] = []
    here.fetch(units)
    for unit in units:
        with _no_faulty_template(), asking() as asked:
            made = make(here.renderer, here, unit)
            if plan.search:
                made = replace(made, shares={**made.shares, RECORDS: search_record(here.site, unit)})
        written.append(_finish(here, unit, made, hashes_of(asked), portion))
    portion.leaks.extend(privacy_gate.examine_all(written))
    return portion


def _finish(here: _Bench, unit: Unit, made: Made, asked: bytes, portion: Portion) -> tuple[list[File], bytes]:
    """Write the files of a unit, and note where they lead; returns them with their essence (see ``privacy_gate.examine``)."""
    files: list[File] = []
    found: dict[str, links.Links] = {}
    essence = [content for _, content in made.files]
    for page, slots in made.pages:
        address = f"{page.address}index.html"
        encoded = {name: text.encode() for name, text in slots.items()}
        content = here.content(unit, encoded)
        found[address] = here.links_on(page, slots, content)
        files.append((address, content))
        essence.append(here.essence(page, encoded, content))
    files += made.files
    for address, content in files:
        write(here.plan.folder, address, content)
    targets, anchors = set[str](), set[tuple[str, str]]()
    for address, one in found.items():
        targets.update(one.targets)
        for (target, identity), link in one.anchors.items():
            if target not in found:
                anchors.add((target, identity))
            elif identity not in found[target].ids:
                portion.broken.append((address, link))
    record = UnitRecord(
        [page.address for page, _ in made.pages], [address for address, _ in files], sorted(targets), sorted(anchors)
    )
    shares = {**made.shares, ANCHORS: as_json(record.anchors) if record.anchors else None}
    portion.outcomes.append(Outcome(unit, record.text(), asked, shares))
    return files, b"\n".join(essence)


def links_in(read: Callable[[str], str], pages: Iterable[str]) -> Iterator[tuple[str, links.Links]]:
    """Yield the links of pages that were written, read again: to say where a link stands that leads nowhere."""
    for page in pages:
        yield page, links.links_of(page, read(page))
