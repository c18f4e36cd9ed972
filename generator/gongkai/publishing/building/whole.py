"""Building all of a site: in an empty folder beside the old one, whose place it takes."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from gongkai.kept.units import Outcome
from gongkai.publishing.building import ledger, swap
from gongkai.publishing.building.ledger import Count
from gongkai.publishing.building.lists import LISTS
from gongkai.publishing.building.searching import write_search
from gongkai.publishing.building.setting import Setting
from gongkai.publishing.building.units import Unit
from gongkai.publishing.building.workshop import Portion, UnitRecord, links_in, links_of_shell
from gongkai.publishing.gates import links
from gongkai.publishing.tree import files_below, write

_AT_ONCE = 10
"""So many portions are kept with one transaction."""


@dataclass
class Gathered:
    """What is to be known of all units together: their files, where their pages lead, and what is wrong already."""

    pages: int = 0
    files: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)
    anchors: set[tuple[str, str]] = field(default_factory=set)
    broken: list[tuple[str, str]] = field(default_factory=list)

    def add(self, portion: Portion) -> None:
        """Take in what became of some units."""
        self.broken += portion.broken
        for outcome in portion.outcomes:
            record = UnitRecord.of(outcome.made)
            self.pages += len(record.pages)
            self.files.update(record.files)
            self.targets.update(record.targets)
            self.anchors.update(record.anchors)


def build_whole(setting: Setting, due: Sequence[Unit]) -> Count:
    """Make all units of a site and put it in its place; returns its size."""
    folder = swap.staging_folder(setting.output)
    ledger.forget(setting)
    gathered = Gathered()
    with closing(setting.made(folder, due)) as portions:
        while some := [*islice(portions, _AT_ONCE)]:
            for portion in some:
                gathered.add(portion)
            # They count only when the site is in its place.
            setting.stage.keep((outcome for portion in some for outcome in portion.outcomes), fresh=False)
    outcomes, count = finish(setting, folder, gathered, gathered.files)
    setting.refuse_changed()
    with swap.undisturbed():
        swap.publish(folder, setting.output)
        ledger.keep(setting, outcomes, count, refreshed=due)
    return count


def finish(setting: Setting, folder: Path, gathered: Gathered, examined: set[str]) -> tuple[list[Outcome], Count]:
    """Add what is made of the work of all, and verify the site; ``examined`` files were looked through before.

    Raises what ``build`` raises for a site that cannot be published.
    """
    setting.refuse_taken(gathered.files)
    skin = setting.skin_files()
    for address, content in skin.items():
        write(folder, address, content)
    outcomes = [setting.list_of(folder, name, setting.stage.shares(one.kind)) for name, one in LISTS.items()]
    if setting.groups:
        outcomes += write_search(setting, folder, range(setting.groups), {})
    setting.refuse_taken(address for outcome in outcomes for address in UnitRecord.of(outcome.made).files)
    outcomes.append(setting.skin_outcome(skin))
    setting.progress("核对链接", 0, 1)
    files = frozenset(files_below(folder))
    read = partial(links.read_page, folder)
    hand_written = links_in(read, [address for address in skin if address.endswith(".html")])
    targets = gathered.targets | links_of_shell(setting.skin.shell).targets.keys()
    if (
        gathered.broken
        or not all(links.leads_somewhere(target, files) for target in targets)
        or any(links.missing_anchors(read, gathered.anchors, files))
        or links.broken_links(read, hand_written, files)
    ):
        # Rarely so, and then all pages are read again to say where.
        links.verify(folder)
        raise links.BrokenLinksError(sorted(gathered.broken))
    setting.refuse_personal_data(folder, sorted(files - examined - setting.skin.clean))
    return outcomes, Count(gathered.pages + len(setting.skin.pages) - 1, len(files))
