"""N, of what is not public: the name of an item that is only counted stands in no text that is published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from gongkai.model.adjustment import Adjustment, AdjustmentChange
from gongkai.model.approval_case import ApprovalCase, ApprovalDay
from gongkai.model.base import NamedItem, Record
from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard
from gongkai.model.listing import Listing
from gongkai.model.supervision import Exposure
from gongkai.rules.contents import contents
from gongkai.rules.engine import Context, Example, Loc, Problem, rule, walked
from gongkai.rules.sifting import Sieve

_SECRECY = "secrecy: {kind: 国家秘密, basis: 《中华人民共和国政府信息公开条例》第十四条}\n"
_LISTS: Mapping[type[Record], str] = {
    Listing: "entries",
    Exposure: "items",
    ApprovalDay: "cases",
    Adjustment: "changes",
}
"""Where records have what is not published when it is about an item that is not public."""


def _secret_codes(context: Context) -> frozenset[str]:
    return frozenset(context.catalogue.answers("items_not_public").get("", ()))


def _secret_names(context: Context) -> Mapping[str, str]:
    """Return the present and former names of the items that are not public, with their codes."""
    codes = sorted(context.once(_secret_codes))
    return {name: code for code in codes for name in _names(context.catalogue.cards[code])}


def _names(card: ItemCard) -> Iterator[str]:
    yield card.name
    yield from (former.name for former in card.former_names)


@rule(
    "N013",
    "公开的文字里不能出现不公开事项的名称",
    subject=Record,
    reason="不公开的事项只计数、不显示；名称写在指引、标题、依据或者别的事项的日常用语里，等于公开了。",
    source="《政府信息公开条例》第十四条、第十五条。",
    example=Example("item", _SECRECY, f"name: 高龄津贴办事指南\n{_SECRECY}"),
)
def secret_names_stay_secret(record: Record, context: Context) -> Iterator[Problem]:
    """Report the names of items that are not public in everything that is published of records and pages."""
    names = context.once(_secret_names)
    if not names:
        return
    found = contents(record, context)
    if not context.once(_sieve).catches_any((*found.prose, *found.names)):
        return
    withheld = _withheld(record, context.once(_secret_codes))
    if () in withheld:
        return
    for loc, text in walked(record, context):
        # The front matter of a page is among its lines.
        if not isinstance(text, str) or loc[0] == "front_matter" or loc[:2] in withheld:
            continue
        for name, code in names.items():
            if (offset := text.find(name)) >= 0:
                yield Problem(
                    loc,
                    f"“{name}”是不公开的事项（{code}）的名称",
                    "请改写，不写这个名称；非指明不可的，只写编码。事项可以公开的，删去它不公开的理由（secrecy）。",
                    offset=offset,
                )


def _sieve(context: Context) -> Sieve:
    pattern = re.compile("|".join(map(re.escape, context.once(_secret_names))))
    return Sieve(lambda text: pattern.search(text) is not None)


def _withheld(record: Record, secret: Set[str]) -> Set[Loc]:
    """Return where in a record stands what is not published (see ``publishing/withholding.py``); ``()`` is all of it."""
    if isinstance(record, Item):
        return {()} if record.secrecy is not None else set()
    field = _LISTS.get(type(record))
    if field is None:
        return set()
    parts = getattr(record, field)
    withheld: set[Loc] = {(field, index) for index, part in enumerate(parts) if _is_withheld(part, secret)}
    if isinstance(record, Adjustment) and len(withheld) == len(parts):
        return {()}
    return withheld


def _is_withheld(part: NamedItem | AdjustmentChange, secret: Set[str]) -> bool:
    if isinstance(part, AdjustmentChange):
        return part.item in secret
    return part.code in secret or (isinstance(part, ApprovalCase) and part.secrecy is not None)
