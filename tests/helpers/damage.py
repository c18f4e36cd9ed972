"""Damages to a consistent district: each names its way, changes one file, and knows every finding it must cause."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from damage_base import LEVELS, Base, Damage, line_of
from gongkai.model.item import Item
from gongkai.model.vocabulary import AcceptanceLevel
from wrong_names import COMPATIBILITY, OFTEN_WRONG, add, compatible, drop, half_width, replace, spaced, traditional


def _entry(base: Base, level: str, chance: random.Random, fits: Callable[[str], bool] = bool) -> tuple[str, str, str]:
    """Choose an entry whose name fits: path, code, name."""
    while True:
        path = chance.choice(base.listings(level))
        entries = re.findall(r'  - code: "(\d{12})"\n    name: (\S+)\n(?!    )', base.text(path))
        fitting = [entry for entry in entries if fits(entry[1])]
        if fitting:
            return path, *chance.choice(fitting)


def _renamed(base: Base, path: str, code: str, name: str, wrong: str, rule: str = "N001") -> Damage:
    text = base.text(path)
    before = f'  - code: "{code}"\n    name: {name}\n'
    line = line_of(text, before) + 1
    return Damage({path: text.replace(before, before.replace(f"name: {name}", f"name: {wrong}"))}, {(rule, path, line)})


def _misspelled(way: str, level: str) -> Callable[[Base, random.Random], Damage]:
    spoil, fits, rule = OFTEN_WRONG[way]

    def damage(base: Base, chance: random.Random) -> Damage:
        path, code, name = _entry(base, level, chance, fits)
        return _renamed(base, path, code, name, spoil(name, chance), rule)

    return damage


def _former(level: str) -> Callable[[Base, random.Random], Damage]:
    def damage(base: Base, chance: random.Random) -> Damage:
        former = {item.name: item.former_names[0].name for item in base.items() if item.former_names}
        path, code, name = _entry(base, level, chance, lambda name: name in former)
        return _renamed(base, path, code, name, former[name])

    return damage


def _unknown_code(level: str) -> Callable[[Base, random.Random], Damage]:
    def damage(base: Base, chance: random.Random) -> Damage:
        path, code, _ = _entry(base, level, chance)
        text, wrong = base.text(path), code[:6] + "987000"
        line = line_of(text, f'"{code}"')
        return Damage({path: text.replace(f'"{code}"', f'"{wrong}"')}, {("R005", path, line)})

    return damage


def _twice(level: str) -> Callable[[Base, random.Random], Damage]:
    def damage(base: Base, chance: random.Random) -> Damage:
        path, code, name = _entry(base, level, chance)
        text = base.text(path) + f'  - code: "{code}"\n    name: {name}\n'
        return Damage({path: text}, {("R005", path, text.count("\n") - 1)})

    return damage


def _missing(level: str) -> Callable[[Base, random.Random], Damage]:
    def damage(base: Base, chance: random.Random) -> Damage:
        while True:
            path, code, name = _entry(base, level, chance)
            text = base.text(path)
            if text.count("  - code: ") > 1:
                shorter = text.replace(f'  - code: "{code}"\n    name: {name}\n', "")
                return Damage({path: shorter}, {("N003", path, line_of(text, "entries:"))})

    return damage


_WANTED = {"departments": AcceptanceLevel.DISTRICT, "towns": AcceptanceLevel.TOWN, "villages": AcceptanceLevel.VILLAGE}


def _uninvited(level: str) -> Callable[[Base, random.Random], Damage]:
    def damage(base: Base, chance: random.Random) -> Damage:
        path = chance.choice(base.listings(level))
        text = base.text(path)
        identity = Path(path).stem
        others = [
            item
            for item in base.items()
            if item.code not in text
            and item.hall.stationed
            and (all(a.level is not _WANTED[level] for a in item.acceptance) or item.department != identity)
        ]
        item = chance.choice(others)
        longer = text + f'  - code: "{item.code}"\n    name: {item.name}\n'
        return Damage({path: longer}, {("N004", path, longer.count("\n") - 1)})

    return damage


def _no_list(level: str) -> Callable[[Base, random.Random], Damage]:
    def damage(base: Base, chance: random.Random) -> Damage:
        path = chance.choice(base.listings(level))
        identity = Path(path).stem
        if level == "villages":
            town = base.catalogue.villages[identity][1]
            place = (town.source.path, line_of(base.text(town.source.path), f'"{identity}"'))
        else:
            organization = base.catalogue.organization(identity)
            assert organization is not None
            place = (organization.source.path, line_of(base.text(organization.source.path), "\nid: ") + 1)
        return Damage({path: None}, {("N005", *place)})

    return damage


def _listed_at(base: Base, item: Item) -> Iterable[tuple[str, int]]:
    for listing in base.catalogue.listings.values():
        if item.code in {entry.code for entry in listing.entries}:
            yield listing.source.path, line_of(base.text(listing.source.path), f'"{item.code}"') + 1


def _name_taken(base: Base, chance: random.Random) -> Damage:
    """Give an item the name of another: both lists and the catalogue must say so."""
    first, second = sorted(
        chance.sample([i for i in base.items() if not _mentioned(base, i)], 2), key=lambda i: i.source.path
    )
    path = second.source.path
    text = base.text(path)
    changed = text.replace(f"\nname: {second.name}\n", f"\nname: {first.name}\n", 1)
    expected = {("N002", path, line_of(text, "\nname: ") + 1)}
    return Damage({path: changed}, expected | {("N001", *place) for place in _listed_at(base, second)})


def _nearly_taken(base: Base, chance: random.Random) -> Damage:
    """Give an item nearly the name of another."""
    able = [i for i in base.items() if len(i.name) >= 10 and not _mentioned(base, i)]
    first, second = sorted(chance.sample(able, 2), key=lambda item: item.code)
    path = second.source.path
    text = base.text(path)
    changed = text.replace(f"\nname: {second.name}\n", f"\nname: {add(first.name, chance, '办理公布')}\n", 1)
    expected = {("N007", path, line_of(text, "\nname: ") + 1)}
    return Damage({path: changed}, expected | {("N001", *place) for place in _listed_at(base, second)})


def _mentioned(base: Base, item: Item) -> bool:
    return any(item.name in "\n".join(page.lines) for page in base.catalogue.pages.values()) or bool(item.former_names)


def _canonical_look_alike(base: Base, chance: random.Random) -> Damage:
    """Write the catalogue's own name with a half-width bracket."""
    item = chance.choice([i for i in base.items() if "（" in i.name and not _mentioned(base, i)])
    path, text = item.source.path, base.text(item.source.path)
    changed = text.replace(f"\nname: {item.name}\n", f"\nname: {half_width(item.name, chance)}\n", 1)
    expected = {("N008", path, line_of(text, "\nname: ") + 1)}
    return Damage({path: changed}, expected | {("N001", *place) for place in _listed_at(base, item)})


def _in_page(spoil: Callable[[Base, random.Random], tuple[str, str]]) -> Callable[[Base, random.Random], Damage]:
    """Append a sentence with a wrong name to a page."""

    def damage(base: Base, chance: random.Random) -> Damage:
        path = f"content/page{chance.randrange(6)}.md"
        sentence, rule = spoil(base, chance)
        text = base.text(path) + f"\n{sentence}\n"
        return Damage({path: text}, {(rule, path, text.count("\n"))})

    return damage


def _in_record(spoil: Callable[[Base, random.Random], tuple[str, str]]) -> Callable[[Base, random.Random], Damage]:
    """Put a sentence with a wrong name into the free text of a record: an item, a department, a list of any level."""

    def damage(base: Base, chance: random.Random) -> Damage:
        sentence, rule = spoil(base, chance)
        if chance.random() < 0.5:
            path = chance.choice(base.listings(chance.choice(LEVELS)))
            text = re.sub(r"(?m)^published_on: .*$", r"\g<0>\nnote: " + sentence, base.text(path), count=1)
            return Damage({path: text}, {(rule, path, line_of(text, "\nnote: ") + 1)})
        path = chance.choice([d.source.path for d in base.catalogue.departments.values()])
        text = re.sub(r"(?m)^duties: .*$", f"duties: {sentence}", base.text(path), count=1)
        return Damage({path: text}, {(rule, path, line_of(text, "\nduties: ") + 1)})

    return damage


def _long_name(base: Base, chance: random.Random, fits: Callable[[str], bool] = bool) -> str:
    return chance.choice([item.name for item in base.items() if len(item.name) >= 10 and fits(item.name)])


def _near(base: Base, chance: random.Random) -> tuple[str, str]:
    spoil = chance.choice([replace, drop, add])
    return f"请准备好办理{spoil(_long_name(base, chance), chance)}的材料。", "N010"


def _look_alike(base: Base, chance: random.Random) -> tuple[str, str]:
    ways = [
        (half_width, lambda name: "（" in name),
        (traditional, lambda name: bool(set(name) & set("办证许营认领业发农乡镇险"))),
        (compatible, lambda name: bool(set(name) & set(COMPATIBILITY))),
        (spaced, bool),
    ]
    spoil, fits = chance.choice(ways)
    return f"请准备好办理{spoil(_long_name(base, chance, fits), chance)}的材料。", "N009"


def _with_note(base: Base, chance: random.Random) -> tuple[str, str]:
    return f"请准备好办理{_long_name(base, chance, lambda n: not n.endswith('）'))}（县级）的材料。", "N010"


def _short(base: Base, chance: random.Random) -> tuple[str, str]:
    known = {
        n for i in base.items() for n in (i.name, i.result.name, *i.everyday_names, *(m.name for m in i.materials))
    }
    known |= {former.name for i in base.items() for former in i.former_names}
    names = [re.sub(r"（[^（）]*）\Z", "", item.name) for item in base.items() if item.name.endswith("）")]
    mentioned = "\n".join(line for page in base.catalogue.pages.values() for line in page.lines)
    names = [name for name in names if len(name) >= 8 and name not in known and f"{name}（" not in mentioned]
    return f"请准备好办理{chance.choice(names)}的材料。", "N010"


def _old_item(base: Base, chance: random.Random) -> tuple[str, str]:
    former = chance.choice([former.name for item in base.items() for former in item.former_names])
    return f"请到窗口申请{former}。", "N011"


def _old_organization(base: Base, chance: random.Random) -> tuple[str, str]:
    centre = base.catalogue.district.service_centre.name if base.catalogue.district else ""
    departments = base.catalogue.departments.values()
    names = [f.name for d in departments for f in d.former_names if not f.name.endswith(centre)]
    spoken = [form for name in names for form in (name, name.replace("达州市达川区", "区"))]
    in_use = {name for d in departments for name in (d.short_name, *d.aliases)}
    return f"由{chance.choice([form for form in spoken if form not in in_use])}负责审批。", "N011"


def _old_town(base: Base, chance: random.Random) -> tuple[str, str]:
    assert base.catalogue.abolished is not None
    return f"请到{chance.choice(base.catalogue.abolished.divisions).name}便民服务中心办理。", "N011"


def _old_law(base: Base, chance: random.Random) -> tuple[str, str]:
    law = chance.choice(
        [law for law in base.catalogue.laws.values() if law.repealed_on and law.repealed_on.year < 2026]
    )
    return f"依据《{law.title}》办理。", "N011"


def _misspelled_law(base: Base, chance: random.Random) -> tuple[str, str]:
    law = chance.choice([x for x in base.catalogue.laws.values() if x.status.value != "已废止" and len(x.title) >= 22])
    return f"依据《{replace(law.title, chance)}》办理。", "N011"


def _ambiguous_village(base: Base, chance: random.Random) -> tuple[str, str]:
    names = [village.name for village, _ in base.catalogue.villages.values()]
    shared = sorted({name for name in names if names.count(name) > 1})
    return f"{chance.choice(shared)}的居民可以找代办员。", "N012"


def _at_all_levels(
    ways: dict[str, Callable[[str], Callable[[Base, random.Random], Damage]]],
) -> dict[str, Callable[[Base, random.Random], Damage]]:
    return {f"{way}, in {level}": make(level) for way, make in ways.items() for level in LEVELS}


_IN_PROSE = {
    "a name nearly right": _near,
    "a name of look-alikes": _look_alike,
    "a name with a note on the level": _with_note,
    "a short name": _short,
    "a former name of an item": _old_item,
    "a former name of an organisation": _old_organization,
    "an abolished town": _old_town,
    "a repealed law": _old_law,
    "a misspelled law": _misspelled_law,
    "a village whose name is shared": _ambiguous_village,
}


DAMAGES: dict[str, Callable[[Base, random.Random], Damage]] = {
    **{f"{way}, in {level}": _misspelled(way, level) for way in OFTEN_WRONG for level in LEVELS},
    **_at_all_levels(
        {
            "an unknown code": _unknown_code,
            "an entry twice": _twice,
            "an entry missing": _missing,
            "an uninvited entry": _uninvited,
            "no list": _no_list,
        }
    ),
    **{f"a former name, in {level}": _former(level) for level in LEVELS},
    "the name of another item, in the catalogue": _name_taken,
    "nearly the name of another item, in the catalogue": _nearly_taken,
    "a look-alike, in the catalogue": _canonical_look_alike,
    **{f"{way}, in a page": _in_page(spoil) for way, spoil in _IN_PROSE.items()},
    **{f"{way}, in a record": _in_record(spoil) for way, spoil in _IN_PROSE.items()},
}
"""Every way of damaging a district, by its name."""
