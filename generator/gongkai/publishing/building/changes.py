"""Building what changed of a site: beside it, and then moved into it file by file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from gongkai.kept.units import Outcome
from gongkai.publishing.building import ledger, swap
from gongkai.publishing.building.ledger import Count
from gongkai.publishing.building.lists import LISTS
from gongkai.publishing.building.searching import search_unit, write_search
from gongkai.publishing.building.setting import HAND_WRITTEN, SKIN, Setting
from gongkai.publishing.building.units import Unit
from gongkai.publishing.building.workshop import ANCHORS, UnitRecord, links_in, links_of_shell
from gongkai.publishing.gates import links
from gongkai.publishing.search import full_text
from gongkai.publishing.tree import files_below, is_file, write


def build_changes(setting: Setting, due: Sequence[Unit], gone: Collection[Unit]) -> Count:
    """Make the units that are due beside the site and move their files there; returns the site's size."""
    folder = swap.changes_folder(setting.output)
    portions = list(setting.made(folder, due))
    outcomes = [outcome for portion in portions for outcome in portion.outcomes]
    outcomes += _made_here(setting, folder, outcomes, gone)
    before = {
        unit: UnitRecord.of(made) for unit, made in setting.stage.made({*gone, *(o.unit for o in outcomes)}).items()
    }
    now = {outcome.unit: UnitRecord.of(outcome.made) for outcome in outcomes}
    written = {address for record in now.values() for address in record.files}
    removed = {address for record in before.values() for address in record.files} - written
    setting.refuse_taken(address for unit, record in now.items() if unit != SKIN for address in record.files)
    new = {address for address in now[SKIN].files if address not in before[SKIN].files}
    for unit, record in _mentioning(setting, new):
        if unit not in now and unit not in gone:
            setting.refuse_taken(record.files)
    _verify_links(setting, folder, before, now, removed, [one for portion in portions for one in portion.broken])
    examined = {address for unit in due for address in now[unit].files} | setting.skin.clean
    setting.refuse_personal_data(folder, [address for address in files_below(folder) if address not in examined])
    count = ledger.count_of(setting).changed(before.values(), now.values())
    setting.refuse_changed()
    with swap.undisturbed():
        # While files move, the site is neither what it was nor what it will be.
        ledger.forget(setting)
        if written or removed:
            swap.publish_changes(folder, setting.output, sorted(removed))
        ledger.keep(setting, outcomes, count, gone)
    return count


def in_each_others_way(setting: Setting) -> bool:
    """Tell whether what goes of the skin's files and folders stands where others come: one of the other kind, or, on systems
    that ignore case, one whose name differs by nothing else. Then files cannot be moved one by one.
    """
    kept = setting.stage.made([SKIN])
    if SKIN not in kept:
        return False
    changed = {*UnitRecord.of(kept[SKIN]).files} ^ {*setting.skin.files}
    folders = {str(folder) for address in changed for folder in PurePosixPath(address).parents}
    return len({name.casefold() for name in changed | folders}) < len(changed) + len(folders)


def _made_here(setting: Setting, folder: Path, outcomes: Sequence[Outcome], gone: Collection[Unit]) -> list[Outcome]:
    """Make again what is made of the shares of many units, where a share changed, and what changed of the skin."""
    skin = setting.skin_files()
    for address, content in skin.items():
        if _read(setting.output / address) != content:
            write(folder, address, content)
    of_skin = setting.skin_outcome(skin)
    pages_before = UnitRecord.of(setting.stage.made([SKIN])[SKIN]).pages
    other_pages = {*UnitRecord.of(of_skin.made).pages} != {*pages_before}
    made = [
        setting.list_of(
            folder, name, [share for _, share in sorted(_shares(setting, one.kind, outcomes, gone).items())]
        )
        for name, one in LISTS.items()
        if _changed(setting, one.kind, outcomes, gone) or (one.of_hand_written and other_pages)
    ]
    return [*made, *_searched(setting, folder, [*outcomes, of_skin], gone), of_skin]


def _searched(setting: Setting, folder: Path, outcomes: Sequence[Outcome], gone: Collection[Unit]) -> list[Outcome]:
    """Make those full text indexes again in which a share changed."""
    of = setting.groups
    if not of:
        return []
    due = {full_text.group_of(unit, of) for unit in _changed(setting, full_text.RECORDS, outcomes, gone)}
    if _changed(setting, HAND_WRITTEN, outcomes, ()):
        due.add(0)
    known = setting.stage.known()
    due |= {group for group in range(of) if search_unit(group, of) not in known}
    if not due:
        return []
    return write_search(setting, folder, sorted(due), _changes(full_text.RECORDS, outcomes, gone))


def _changed(setting: Setting, kind: str, outcomes: Sequence[Outcome], gone: Collection[Unit]) -> set[Unit]:
    """Return the units whose share of one kind is not what it was."""
    new = ((outcome.unit, outcome.shares[kind]) for outcome in outcomes if kind in outcome.shares)
    changed = {unit for unit, share in new if setting.stage.share(kind, unit) != share}
    return changed | {unit for unit in gone if setting.stage.share(kind, unit) is not None}


def _changes(kind: str, outcomes: Sequence[Outcome], gone: Collection[Unit]) -> dict[Unit, str | None]:
    """Return the shares of one kind that were made now, None for units that have none or are gone."""
    made = {outcome.unit: outcome.shares[kind] for outcome in outcomes if kind in outcome.shares}
    return {**made, **dict.fromkeys(gone)}


def _shares(setting: Setting, kind: str, outcomes: Sequence[Outcome], gone: Collection[Unit]) -> dict[Unit, str]:
    """Return the shares of one kind as they are now, by unit."""
    shares = {**setting.stage.shares_by_unit(kind), **_changes(kind, outcomes, gone)}
    return {unit: share for unit, share in shares.items() if share is not None}


def _verify_links(
    setting: Setting,
    folder: Path,
    before: Mapping[Unit, UnitRecord],
    now: Mapping[Unit, UnitRecord],
    removed: Collection[str],
    broken: list[tuple[str, str]],
) -> None:
    """Raise BrokenLinksError when a page of the site as it will be links to nothing."""
    setting.progress("核对链接", 0, 1)
    after = _After(folder, setting.output, removed)
    written = {
        address
        for record in now.values()
        for address in record.files
        if address.endswith(".html") and (folder / address).is_file()
    }
    lost = {*removed, *(address.removesuffix("/index.html") for address in removed)}
    # What a page linked to before is still there, unless it goes now.
    stayed = {target for record in before.values() for target in record.targets if target not in lost}
    targets = {target for record in now.values() for target in record.targets} - stayed
    if broken or not all(links.leads_somewhere(target, after) for target in targets):
        broken += links.broken_links(after.read, links_in(after.read, written), after)
    if written or removed:
        # Where these few link to is not kept.
        hand_written = [address for address in setting.skin.files if address.endswith(".html")]
        broken += links.broken_links(after.read, links_in(after.read, hand_written), after)
        broken += links.broken_links(after.read, [("index.html", links_of_shell(setting.skin.shell))], after)
    for unit, record in _mentioning(setting, removed):
        if unit not in before:
            pages = [address for address in record.files if address.endswith(".html")]
            broken += links.broken_links(after.read, links_in(after.read, pages), after)
    named = [json.dumps(page, ensure_ascii=False) for page in written]
    shares = setting.stage.shares_by_unit(ANCHORS).items() if named else ()
    stored = (json.loads(text) for unit, text in shares if unit not in before and any(page in text for page in named))
    anchors = {(page, identity) for some in stored for page, identity in some if page in written}
    anchors |= {anchor for record in now.values() for anchor in record.anchors}
    broken += [(page, f"#{identity}") for page, identity in links.missing_anchors(after.read, anchors, after)]
    if broken:
        raise links.BrokenLinksError(sorted({*broken}))


def _mentioning(setting: Setting, addresses: Collection[str]) -> Iterator[tuple[Unit, UnitRecord]]:
    """Yield the units that write something at one of some addresses, or have pages that link to it."""
    if addresses:
        named = [json.dumps(address, ensure_ascii=False) for address in addresses]
        for unit, made in setting.stage.made(None).items():
            if any(name in made for name in named):
                yield unit, UnitRecord.of(made)


class _After(Collection[str]):
    """The files of the site as it will be."""

    def __init__(self, changes: Path, site: Path, removed: Collection[str]) -> None:
        self._changes = changes
        self._site = site
        self._removed = removed

    def __contains__(self, address: object) -> bool:
        return bool(address) and (
            is_file(self._changes / str(address))
            or (address not in self._removed and is_file(self._site / str(address)))
        )

    def read(self, address: str) -> str:
        """Return the text of a page."""
        changed = self._changes / address
        return (changed if changed.is_file() else self._site / address).read_text(encoding="utf-8")

    def __iter__(self) -> Iterator[str]:
        return iter(files_below(self._changes))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
