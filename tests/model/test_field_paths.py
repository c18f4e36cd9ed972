"""Where a path of keys leads in a model."""

from __future__ import annotations

import datetime
from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from gongkai.model.field_paths import fields_along, named_model, named_type
from gongkai.model.item import Item
from gongkai.model.item_parts import Cancellation, Duration, Material


@pytest.mark.parametrize("entries", [False, True])
def test_through_what_may_be_left_out(entries: bool) -> None:
    fields = fields_along(Item, ("time_limits", "promised", "value"), entries=entries)
    assert [field.title for field in fields] == ["办结时限", "承诺办结时限", "数值"]
    assert named_model(Item.model_fields["cancellation"].annotation, entries=entries) is Cancellation
    assert named_model(Duration | None, entries=entries) is Duration
    assert named_type(Annotated[datetime.date, Field()] | None, entries=entries) is datetime.date


def test_into_lists_only_where_that_is_asked_for() -> None:
    assert [f.title for f in fields_along(Item, ("materials", "name"), entries=True)] == ["申请材料", "材料名称"]
    assert fields_along(Item, ("materials", "name"), entries=False) == []
    assert named_model(list[Material], entries=True) is Material and named_model(list[Material], entries=False) is None


@pytest.mark.parametrize("keys", [("nothing",), ("name", "nothing"), ("time_limits", "nothing", "value")])
def test_nowhere(keys: tuple[str, ...]) -> None:
    assert fields_along(Item, keys, entries=True) == []


def test_no_keys_lead_to_no_field() -> None:
    assert fields_along(BaseModel, (), entries=True) == []
