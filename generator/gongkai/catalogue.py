"""Records linked to each other, and the questions one can ask of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from gongkai.finding import Finding
from gongkai.model.base import Citation, Contact, Record, Window, walk
from gongkai.model.hand_written import HandWrittenPage, read_page
from gongkai.model.item import Item
from gongkai.model.item_parts import ALL_TOWNS, ALL_VILLAGES, Acceptance
from gongkai.model.kinds import DATA, Kind, kind_of
from gongkai.model.law import Law
from gongkai.model.listing import Listing, ListingEntry
from gongkai.model.organization import AbolishedDivisions, Department, District, Organization, Town, Village
from gongkai.model.validation import read_record
from gongkai.model.vocabulary import AcceptanceLevel, Audience, ItemStatus, ItemType

R = TypeVar("R", bound=Record)
K = TypeVar("K")
V = TypeVar("V")

CONTENT = "content"
Place = Department | Town | Village


@dataclass(frozen=True, slots=True)
class HandlingPlace:
    """Where an item can be handled: an organisation, its window, and what is done there."""

    organization: Department | Town
    window: Window
    acceptance: Acceptance | None


@dataclass
class Catalogue:
    """Everything that was read, by kind and identity.

    ``district`` is None only when its file could not be read. Registers keep the order of the files,
    which is the order of their paths. ``unreadable`` holds (kind, identity) of files that are there but
    could not become records: a reference to one of them is no second fault.
    """

    district: District | None = None
    abolished: AbolishedDivisions = field(default_factory=lambda: AbolishedDivisions(divisions=[]))
    departments: dict[str, Department] = field(default_factory=dict)
    towns: dict[str, Town] = field(default_factory=dict)
    laws: dict[str, Law] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)
    pages: dict[str, HandWrittenPage] = field(default_factory=dict)
    unreadable: set[tuple[str, str]] = field(default_factory=set)

    def records(self) -> Iterator[Record]:
        """Yield every record that stands in a file of its own, and every village."""
        if self.district is not None:
            yield self.district
        for register in (self.departments, self.towns, self.laws, self.items, self.listings, self.pages):
            yield from register.values()

    def of_type(self, model: type[R]) -> Iterator[R]:
        """Yield the records of one type."""
        return (record for record in self.records() if isinstance(record, model))

    @cached_property
    def villages(self) -> dict[str, tuple[Village, Town]]:
        """Villages and communities by division code, each with its town."""
        return {village.code: (village, town) for town in self.towns.values() for village in town.villages}

    def knows(self, kind: str, identity: str) -> bool:
        """Tell whether a department, town, law, item or village exists, readable or not."""
        registers: dict[str, Container[str]] = {
            "department": self.departments,
            "town": self.towns,
            "law": self.laws,
            "item": self.items,
            "village": self.villages,
        }
        if identity in registers[kind] or (kind, identity) in self.unreadable:
            return True
        # A village's code says which town it is in; that town's file may be the one that is broken.
        return kind == "village" and any(unread == "town" for unread, _ in self.unreadable)

    def organization(self, identity: str) -> Department | Town | None:
        """Return a department or a town by its id."""
        return self.departments.get(identity) or self.towns.get(identity)

    def authority_name(self, item: Item) -> str:
        """Return the name of the competent authority as the public knows it."""
        identity = item.authority.organization
        if identity == ALL_TOWNS:
            return "各乡镇人民政府、街道办事处"
        if identity == ALL_VILLAGES:
            return "各村（居）民委员会"
        organization = self.organization(identity)
        return organization.name if organization else identity

    def active_items(self) -> Iterator[Item]:
        """Yield the items that the public can apply for today."""
        return (item for item in self.items.values() if item.status is ItemStatus.ACTIVE)

    @cached_property
    def items_by_department(self) -> Mapping[str, list[Item]]:
        """Active items by the department in charge."""
        return _group((item.department, item) for item in self.active_items())

    @cached_property
    def items_by_level(self) -> Mapping[AcceptanceLevel, list[Item]]:
        """Active items by the levels at which an application can be handed in."""
        return _group(
            (level, item)
            for item in self.active_items()
            for level in {acceptance.level for acceptance in item.acceptance}
        )

    @cached_property
    def items_by_audience(self) -> Mapping[Audience, list[Item]]:
        """Active items by whom they serve."""
        return _group((audience, item) for item in self.active_items() for audience in item.audiences)

    @cached_property
    def items_by_theme(self) -> Mapping[str, list[Item]]:
        """Active items by theme, personal and corporate themes under one name together."""
        return _group(
            (theme.value, item)
            for item in self.active_items()
            for theme in {t.value: t for t in (*item.themes.personal, *item.themes.corporate)}.values()
        )

    @cached_property
    def items_by_type(self) -> Mapping[ItemType, list[Item]]:
        """Active items by type."""
        return _group((item.type, item) for item in self.active_items())

    @cached_property
    def _entries_by_item(self) -> Mapping[str, list[tuple[Listing, ListingEntry]]]:
        return _group((entry.code, (listing, entry)) for listing in self.listings.values() for entry in listing.entries)

    def entries_of(self, code: str) -> list[tuple[Listing, ListingEntry]]:
        """Return every listing entry that publishes an item."""
        return self._entries_by_item.get(code, [])

    def places(self, item: Item) -> list[HandlingPlace]:
        """Return where an item can be handled: departments first, then towns, in register order."""
        places = []
        for listing, entry in self.entries_of(item.code):
            organization = self.organization(listing.organization)
            if organization is None:
                continue
            level = AcceptanceLevel.TOWN if isinstance(organization, Town) else AcceptanceLevel.DISTRICT
            acceptance = next((a for a in item.acceptance if a.level is level), None)
            places.append(HandlingPlace(organization, entry.window or listing.window, acceptance))
        return places

    def offered_by(self, organization: Organization) -> list[Item]:
        """Return the active items that an organisation's listing publishes, in its order."""
        listing = self.listings.get(organization.id)
        if listing is None:
            return []
        items = (self.items.get(entry.code) for entry in listing.entries)
        return [item for item in items if item is not None and item.status is ItemStatus.ACTIVE]

    def offered_in_villages(self, town: Town) -> list[Item]:
        """Return the active items that the town's villages accept or help with."""
        return [
            item
            for item in self.items_by_level.get(AcceptanceLevel.VILLAGE, [])
            if all(
                not acceptance.organizations or town.id in acceptance.organizations
                for acceptance in item.acceptance
                if acceptance.level is AcceptanceLevel.VILLAGE
            )
        ]

    def consultation(self, item: Item) -> Contact | None:
        """Return whom to ask about an item: its own contact, or its department's."""
        department = self.departments.get(item.department)
        return item.consultation or (department.consultation if department else None)

    def complaint(self, item: Item) -> Contact | None:
        """Return where to complain about an item: its own channel, or its department's."""
        if item.supervision:
            return item.supervision.complaint
        department = self.departments.get(item.department)
        return department.complaint if department else None

    def implementation_code(self, item: Item) -> str | None:
        """Return the 31-character 实施编码: credit code 18, level 1, item code 12 (GB/T 39554.1-2020).

        None where every town has one of its own.
        """
        organization = self.organization(item.authority.organization)
        if organization is None:
            return None
        return organization.uscc + item.exercise_levels[0].digit + item.code

    def citing(self, law: Law) -> list[Item]:
        """Return the active items that cite a law anywhere."""
        return self._items_by_law.get(law.id, [])

    @cached_property
    def _items_by_law(self) -> Mapping[str, list[Item]]:
        return _group(
            (law, item)
            for item in self.active_items()
            for law in dict.fromkeys(citation.law for _, citation in citations(item))
        )


def citations(record: Record) -> Iterator[tuple[tuple[str | int, ...], Citation]]:
    """Yield every citation of a record with its location."""
    for loc, part in walk(record):
        if isinstance(part, Citation):
            yield loc, part


def _group(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def data_files(root: Path) -> list[str]:
    """Return the paths of all files under data/, below ``root``, in a fixed order."""
    return sorted(
        path.relative_to(root).as_posix()
        for path in (root / DATA).rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )


def hand_written_files(root: Path) -> list[str]:
    """Return the paths of the Markdown pages under content/, below ``root``, in a fixed order."""
    return sorted(path.relative_to(root).as_posix() for path in (root / CONTENT).rglob("*.md"))


def load(root: Path) -> tuple[Catalogue, list[Finding]]:
    """Read every data file of a project and link the records.

    Raises FileNotFoundError when there is no data folder. Whatever is wrong with a file becomes a
    finding; the records that could be read are in the catalogue.
    """
    if not (root / DATA).is_dir():
        raise FileNotFoundError(root / DATA)
    catalogue = Catalogue()
    findings: list[Finding] = []
    for path in data_files(root):
        kind = kind_of(path)
        if kind is None:
            findings.append(_misplaced(path))
            continue
        record, found = read_record((root / path).read_bytes(), path, kind)
        findings.extend(found)
        if record is not None:
            findings.extend(_register(catalogue, record, kind))
        elif kind.key is not None:
            catalogue.unreadable.add((kind.name, Path(path).stem))
    findings.extend(_repeated_divisions(catalogue))
    for path in hand_written_files(root):
        page, found = read_page((root / path).read_bytes(), path)
        findings.extend(found)
        if page is not None:
            catalogue.pages[path] = page
    return catalogue, findings


def _misplaced(path: str) -> Finding:
    advice = "数据文件放在 data/ 下约定的文件夹里，以 .yml 结尾；不是数据的文件请移走。"
    return Finding(path, 1, 1, "S007", "这个位置不应当有这个文件", advice)


def _register(catalogue: Catalogue, record: Record, kind: Kind) -> Iterator[Finding]:
    """Put a record into its register; a second one of the same identity is a finding."""
    if isinstance(record, District):
        catalogue.district = record
    elif isinstance(record, AbolishedDivisions):
        catalogue.abolished = record
    else:
        assert kind.key is not None  # noqa: S101 - every other kind is a register
        register: dict[str, Record] = {
            "department": catalogue.departments,
            "town": catalogue.towns,
            "law": catalogue.laws,
            "item": catalogue.items,
            "listing": catalogue.listings,
        }[kind.name]  # type: ignore[assignment]
        identity = getattr(record, kind.key)
        if identity in register:
            yield repeated(record, (kind.key,), identity, register[identity].source.path)
        else:
            register[identity] = record


def repeated(record: Record, loc: tuple[str | int, ...], identity: str, first: str) -> Finding:
    """Return the finding for an identity that is already taken by the file ``first``."""
    line, column = record.source.at(*loc)
    return Finding(
        record.source.path,
        line,
        column,
        "R006",
        f"编号“{identity}”已经用在 {first}",
        "每个编号只能用一次；编号是身份，公布后不再改变，请给这一条另编一个。",
    )


def _repeated_divisions(catalogue: Catalogue) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for town in catalogue.towns.values():
        codes = [(("code",), town.code)]
        codes += [(("villages", n, "code"), village.code) for n, village in enumerate(town.villages)]  # type: ignore[misc]
        for loc, code in codes:
            if code in seen:
                yield repeated(town, loc, code, seen[code])
            seen.setdefault(code, town.source.path)
