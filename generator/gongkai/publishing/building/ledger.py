"""What is known of a site that was put in its place: that it is the one in the store, and how large it is."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gongkai.kept.units import Outcome, Stage
from gongkai.publishing.building import swap
from gongkai.publishing.building.setting import Setting, events_stage_of, stage_of
from gongkai.publishing.building.units import Unit
from gongkai.publishing.building.workshop import UnitRecord


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


def is_as_kept(setting: Setting) -> bool:
    """Tell whether the site in its place is the one whose units are in the store."""
    identity = swap.identity(setting.output)
    return bool(identity) and setting.project.store.note(_identity(setting)) == identity


def forget(setting: Setting) -> None:
    """Note that the units in the store are not those of the site in its place."""
    setting.stage.keep((), notes={_identity(setting): ""})


def keep(
    setting: Setting,
    outcomes: Iterable[Outcome],
    count: Count,
    gone: Collection[Unit] = (),
    refreshed: Collection[Unit] = (),
) -> None:
    """Keep that the site in its place, about which everything was forgotten, is as it was made now.

    Where that cannot be written, the site is there all the same, and the next build makes all of it again.
    """
    notes = {_identity(setting): swap.identity(setting.output), _count(setting): count.text()}
    with suppress(OSError):
        setting.stage.keep(outcomes, gone, refreshed=refreshed, notes=notes)


def forget_vanished(setting: Setting) -> None:
    """Forget the sites that were removed from their places: nothing of them can be used again."""
    store = setting.project.store
    for name in store.notes(_IDENTITY):
        folder = Path(name.removeprefix(_IDENTITY))
        if folder != setting.output and not folder.exists():
            for stage in (stage_of(folder), events_stage_of(folder)):
                Stage.forget(store, stage)
            store.forget_notes((name, f"{_COUNT}{folder}"))


def count_of(setting: Setting) -> Count:
    """Return how large the site in its place is."""
    return Count.of(setting.project.store.note(_count(setting)) or "[0, 0]")


_IDENTITY, _COUNT = "identity of ", "count of "


def _identity(setting: Setting) -> str:
    return f"{_IDENTITY}{setting.output}"


def _count(setting: Setting) -> str:
    return f"{_COUNT}{setting.output}"
