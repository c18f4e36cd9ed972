"""How data are put into words for the public."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from enum import StrEnum

from gongkai.model.base import Contact
from gongkai.model.item import Item
from gongkai.model.item_card import ItemCard
from gongkai.model.item_parts import Duration
from gongkai.model.vocabulary import AcceptanceLevel, Audience, HandlingKind, ItemType, MaterialNecessity, TimeUnit


def filter_choices(items: Iterable[ItemCard]) -> list[tuple[str, str, list[StrEnum]]]:
    """Return what a list of items can be filtered by: name, title, and the values that some item has, in their order."""
    cards = list(items)
    rows: list[tuple[str, str, type[StrEnum], set[StrEnum]]] = [
        ("type", "事项类型", ItemType, {card.type for card in cards}),
        ("audience", "服务对象", Audience, {audience for card in cards for audience in card.audiences}),
        ("level", "受理层级", AcceptanceLevel, {a.level for card in cards for a in card.acceptance}),
        ("handling", "办件类型", HandlingKind, {card.handling for card in cards}),
    ]
    return [(name, title, [value for value in values if value in present]) for name, title, values, present in rows]


def chinese_date(date: datetime.date) -> str:
    """Return a date as 2026年1月31日."""
    return f"{date.year}年{date.month}月{date.day}日"


def spaced(*words: str) -> str:
    """Join words with a blank wherever Chinese meets a number or a letter."""
    joined = words[0]
    for word in words[1:]:
        meets = joined[-1].isascii() != word[:1].isascii()
        joined += f" {word}" if meets else word
    return joined


def fee_text(item: Item) -> str:
    """Return what an item costs, in a few words."""
    if item.fees is None:
        return "没有写明"
    if not item.fees.charged:
        return "不收费"
    return "；".join(f"{fee.name}：{fee.standard}" for fee in item.fees.items)


def contact_lines(contact: Contact) -> list[tuple[str, str]]:
    """Return the ways to reach a contact as (title, value), in the order of the model."""
    return [
        (info.title or name, value)
        for name, info in type(contact).model_fields.items()
        if (value := getattr(contact, name)) is not None
    ]


def within(duration: Duration | None) -> str:
    """Return when something is sent on, as the end of a sentence."""
    if duration is None:
        return ""
    if duration.unit is TimeUnit.IMMEDIATE:
        return "，当场送出"
    return f"，{duration.text}内送出"


def materials_to_bring(item: Item) -> tuple[list[str], str]:
    """Return the names of the materials to bring, and what to say about the others."""
    needed = [m.name for m in item.materials if m.necessity is MaterialNecessity.REQUIRED and not m.shared]
    later = [m.name for m in item.materials if m.necessity is MaterialNecessity.LATER]
    depends = [m.name for m in item.materials if m.necessity is MaterialNecessity.OPTIONAL]
    remarks = []
    if not needed:
        remarks.append("不用带必交的材料" if not item.materials else "必交的材料由窗口在线核验，不用带")
    if later:
        remarks.append(f"可以后补：{'、'.join(later)}")
    if depends:
        remarks.append(f"视情况：{'、'.join(depends)}")
    return needed, "；".join(remarks)
