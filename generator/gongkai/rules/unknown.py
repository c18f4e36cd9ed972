"""How rules report a reference to something that is not registered: with the candidate most like it."""

from __future__ import annotations

from gongkai.naming.nearest import nearest_candidate
from gongkai.rules.engine import Context, Loc, Problem

Names = dict[str, str]
"""What can be referred to: names by code or id."""


def unknown(loc: Loc, noun: str, given: str, names: Names) -> Problem:
    """Describe a reference to nothing, with the candidate most like it by id or by name."""
    nearest = nearest_candidate(given, names)
    if nearest is None:
        by_name = {name: identity for identity, name in names.items()}
        name = nearest_candidate(given, by_name, at_least=0.4)
        nearest = by_name[name] if name else None
    advice = f"是不是“{nearest}”（{names.get(nearest, '')}）？" if nearest else "请先登记它，再引用。"
    return Problem(loc, f"{noun}“{given}”没有登记", advice)


def unknown_department(loc: Loc, noun: str, given: str, context: Context) -> Problem:
    """Describe a reference to no department."""
    return unknown(loc, noun, given, context.once(department_names))


def unknown_town(loc: Loc, given: str, context: Context) -> Problem:
    """Describe a reference to no town or subdistrict."""
    return unknown(loc, "乡镇（街道）", given, context.once(town_names))


def unknown_organization(loc: Loc, noun: str, given: str, context: Context) -> Problem:
    """Describe a reference to no department or town."""
    return unknown(loc, noun, given, context.once(_organization_names))


def unknown_publisher(loc: Loc, noun: str, given: str, context: Context) -> Problem:
    """Describe a reference to no department, town or village."""
    return unknown(loc, noun, given, context.once(_publisher_names))


def unknown_law(loc: Loc, given: str, context: Context) -> Problem:
    """Describe a reference to no law."""
    return unknown(loc, "法律文件", given, context.once(law_names))


def unknown_item(loc: Loc, given: str, name: str, context: Context) -> Problem:
    """Describe a code that no item has; an item of that name, if there is one, is the candidate."""
    names = context.once(item_names)
    same_name = next((code for code, known in names.items() if known == name), None)
    if same_name is not None:
        return Problem(loc, f"事项“{given}”没有登记", f"区级目录里“{name}”的编码是 {same_name}。")
    return unknown(loc, "事项", given, names)


def department_names(context: Context) -> Names:
    """Return the short names of departments by id."""
    return {department.id: department.short_name for department in context.catalogue.departments.values()}


def town_names(context: Context) -> Names:
    """Return the short names of towns by id."""
    return {town.id: town.short_name for town in context.catalogue.towns.values()}


def law_names(context: Context) -> Names:
    """Return the short titles of laws by id."""
    return {law.id: law.short_title for law in context.catalogue.laws.values()}


def item_names(context: Context) -> Names:
    """Return the names of items by code."""
    return {card.code: card.name for card in context.catalogue.cards.values()}


def _organization_names(context: Context) -> Names:
    return department_names(context) | town_names(context)


def _publisher_names(context: Context) -> Names:
    villages = {village.code: town.short_name + village.name for village, town in context.catalogue.villages.values()}
    return _organization_names(context) | villages


def is_organization(identity: str, context: Context) -> bool:
    """Tell whether a department or town is registered, readable or not."""
    return context.catalogue.knows("department", identity) or context.catalogue.knows("town", identity)


def is_publisher(identity: str, context: Context) -> bool:
    """Tell whether a department, town or village is registered, readable or not."""
    return is_organization(identity, context) or context.catalogue.knows("village", identity)
