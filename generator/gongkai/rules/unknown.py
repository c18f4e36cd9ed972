"""How rules report a reference to something that is not registered: with the candidate most like it."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.model.validation import nearest_candidate
from gongkai.rules.engine import Context, Loc, Problem


def unknown(loc: Loc, noun: str, given: str, known: Iterable[str], names: dict[str, str]) -> Problem:
    """Describe a reference to nothing, with the candidate most like it by id or by name."""
    nearest = nearest_candidate(given, known)
    if nearest is None:
        by_name = {name: identity for identity, name in names.items()}
        name = nearest_candidate(given, by_name, cutoff=40)
        nearest = by_name[name] if name else None
    advice = f"是不是“{nearest}”（{names.get(nearest, '')}）？" if nearest else "请先登记它，再引用。"
    return Problem(loc, f"{noun}“{given}”没有登记", advice)


def unknown_publisher(loc: Loc, noun: str, given: str, context: Context) -> Problem:
    """Describe a reference to no department, town or village."""
    catalogue = context.catalogue
    names = {d.id: d.short_name for d in catalogue.departments.values()}
    names |= {t.id: t.short_name for t in catalogue.towns.values()}
    names |= {v.code: t.short_name + v.name for v, t in catalogue.villages.values()}
    return unknown(loc, noun, given, names, names)


def unknown_item(loc: Loc, given: str, name: str, context: Context) -> Problem:
    """Describe a code that no item has; an item of that name, if there is one, is the candidate."""
    names = {item.code: item.name for item in context.catalogue.cards.values()}
    same_name = next((code for code, known in names.items() if known == name), None)
    if same_name is not None:
        return Problem(loc, f"事项“{given}”没有登记", f"区级目录里“{name}”的编码是 {same_name}。")
    return unknown(loc, "事项", given, names, names)


def is_organization(identity: str, context: Context) -> bool:
    """Tell whether a department or town is registered, readable or not."""
    return context.catalogue.knows("department", identity) or context.catalogue.knows("town", identity)


def is_publisher(identity: str, context: Context) -> bool:
    """Tell whether a department, town or village is registered, readable or not."""
    return is_organization(identity, context) or context.catalogue.knows("village", identity)
