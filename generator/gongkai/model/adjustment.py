"""Adjustments (动态调整): how the catalogue changed, on which day, on what basis.

Earlier versions of items are rebuilt from these records alone, by undoing them; so every changed element
stands here with its old and its new value.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from gongkai.model.base import Count, Date, Flag, ItemCode, Name, OrganizationId, Part, Record, Text, nothing
from gongkai.model.disclosure_vocabulary import AdjustmentKind

AdjustmentId = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{3}$")]
"""年份加顺序号: 2026-001."""


class ChangedElement(Part):
    """变动的要素: ``old`` is missing for an element that was new, ``new`` for one that went."""

    path: Annotated[str, StringConstraints(pattern=r"^[a-z_]+(?:\.[a-z_]+)*$")] = Field(
        title="要素", description="例如：time_limits.promised；清单写到整个清单为止"
    )
    old: Any = Field(None, title="原来的内容")
    new: Any = Field(None, title="现在的内容")


class AdjustmentChange(Part):
    """一处调整: one item or one organisation."""

    kind: AdjustmentKind = Field(title="种类")
    item: ItemCode | None = Field(None, title="事项编码")
    organization: OrganizationId | None = Field(None, title="机构编号", description="机构更名时填写，与事项编码二选一")
    name: Name = Field(title="名称", description="调整以后的名称；取消的写取消时的名称")
    version: Annotated[Count, Field(ge=1)] | None = Field(None, title="调整后的版本", description="事项必填")
    previous_effective_on: Date | None = Field(
        None, title="上一版本的生效日期", description="新增的不填；用来重建上一版本"
    )
    counterparts: list[ItemCode] = Field(
        default_factory=nothing, title="相关事项", description="合并到、拆分成、由谁承接：对方事项的编码"
    )
    counterpart_organization: OrganizationId | None = Field(
        None, title="相关机构", description="下放到、从哪里承接：对方机构的编号"
    )
    elements: list[ChangedElement] = Field(default_factory=nothing, title="变动的要素")

    @model_validator(mode="after")
    def _about_one_thing(self) -> AdjustmentChange:
        if (self.item is None) == (self.organization is None):
            raise PydanticCustomError("one_subject", "neither or both of item and organization")
        return self


class Adjustment(Record):
    """动态调整."""

    id: AdjustmentId = Field(title="编号", description="年份加顺序号，与文件名相同，例如 2026-001")
    demonstration: Flag = Field(False, title="是否演示数据")
    effective_on: Date = Field(title="生效日期", description="调整从哪一天起施行")
    published_on: Date = Field(title="公布日期")
    basis: Text = Field(title="依据", description="文件名称或文号，例如：川办发〔2026〕9号")
    note: Text = Field(title="说明", description="写给公众：调整了什么、办事有什么不同")
    changes: list[AdjustmentChange] = Field(min_length=1, title="调整内容")

    @property
    def year(self) -> str:
        """The folder in which the file stands."""
        return self.id[:4]
