"""N, of what is not public: the name of an item that is only counted stands in no text that is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.model.adjustment import Adjustment
from gongkai.model.approval_case import ApprovalDay
from gongkai.model.base import Record
from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard
from gongkai.rules.engine import Context, Example, Loc, Problem, rule
from gongkai.rules.free_text import texts

_SECRECY = "secrecy: {kind: 国家秘密, basis: 《中华人民共和国政府信息公开条例》第十四条}\n"


def _secret_names(context: Context) -> Mapping[str, str]:
    """Return the present and former names of the items that are not public, with their codes."""
    return {
        name: code
        for code in context.catalogue.answers("items_not_public").get("", [])
        for name in _names(context.catalogue.cards[code])
    }


def _names(card: ItemCard) -> Iterator[str]:
    yield card.name
    yield from (former.name for former in card.former_names)


@rule(
    "N013",
    "公开的文字里不能出现不公开事项的名称",
    subject=Record,
    reason="不公开的事项只计数、不显示；名称写在指引、说明或者问题里，等于公开了。",
    source="《政府信息公开条例》第十四条、第十五条。",
    example=Example("item", _SECRECY, f"name: 高龄津贴办事指南\n{_SECRECY}"),
)
def secret_names_stay_secret(record: Record, context: Context) -> Iterator[Problem]:
    """Report the names of items that are not public in the texts of pages and of records that are."""
    names = context.once(_secret_names)
    if not names or _is_secret(record, context):
        return
    for loc, text in texts(record):
        if _in_secret_case(record, loc, context):
            continue
        for name, code in names.items():
            if (offset := text.find(name)) >= 0:
                yield Problem(
                    loc,
                    f"“{name}”是不公开的事项（{code}）的名称",
                    "请改写这句话，不写名称；非指明不可的，只写编码。事项可以公开的，删去它不公开的理由（secrecy）。",
                    offset=offset,
                )


def _is_secret(record: Record, context: Context) -> bool:
    """Tell whether nothing of a record is published."""
    if isinstance(record, Item):
        return record.secrecy is not None
    return isinstance(record, Adjustment) and all(_is_secret_code(change.item, context) for change in record.changes)


def _in_secret_case(record: Record, loc: Loc, context: Context) -> bool:
    if not isinstance(record, ApprovalDay) or loc[0] != "cases":
        return False
    case = record.cases[int(loc[1])]
    return case.secrecy is not None or _is_secret_code(case.code, context)


def _is_secret_code(code: str | None, context: Context) -> bool:
    card = context.catalogue.cards.get(code or "")
    return card is not None and card.secrecy is not None
