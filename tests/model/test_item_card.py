"""What an item's card says."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from gongkai.model.base import Citation, walk
from gongkai.model.item import Item
from gongkai.model.item_card import card_of
from gongkai.reading.yaml_text import read_yaml
from support import BASE, DISTRICT


def item_with_citations() -> Item:
    """Return an item that cites something in every place where it can, a different law in each."""
    data = read_yaml((DISTRICT / BASE["item"]).read_bytes(), BASE["item"]).data
    data["legal_basis"] = [{"law": "first"}, {"law": "again"}]
    data["materials"] = [{**material, "basis": {"law": "material"}} for material in data["materials"]]
    data["procedure"] = [{**step, "basis": {"law": "again"}} for step in data["procedure"]]
    limit = {"value": 1, "unit": "工作日"}
    review = {"name": "审查", "organization": "某局", "limit": limit, "deemed_approval": True}
    data["prior_reviews"] = [review, {**review, "basis": {"law": "review"}}]
    data["special_procedures"] = [{"kind": "延长审批", "name": "听证", "basis": {"law": "special"}, "counted": True}]
    data["intermediary_services"] = [{"name": "评估", "payer": "申请人", "basis": {"law": "intermediary"}}]
    return Item.model_validate(data)


def places_of_citations(model: type[BaseModel], place: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, field in model.model_fields.items():
        for part in parts_in(field.annotation):
            yield from [(*place, name)] if part is Citation else places_of_citations(part, (*place, name))


def parts_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from parts_in(argument)


def test_laws_are_those_of_all_citations_in_order_and_each_once() -> None:
    item = item_with_citations()
    found = [(loc, part) for loc, part in walk(item) if isinstance(part, Citation)]
    names = {tuple(step for step in loc if isinstance(step, str)) for loc, _ in found}
    assert names == set(places_of_citations(Item))
    assert card_of(item).laws == list(dict.fromkeys(part.law for _, part in found))
    assert card_of(item).laws == ["first", "again", "material", "review", "special", "intermediary"]
