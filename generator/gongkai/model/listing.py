"""What one organisation publishes: the items it handles, under which name, at which window."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from gongkai.model.base import Date, ItemCode, Name, Part, Record, Text, Window


class ListingEntry(Part):
    """清单条目: one published item; ``window`` where it differs from the listing's."""

    code: ItemCode = Field(title="事项编码")
    name: Name = Field(title="公布名称", description="必须与区级目录的事项名称完全一致")
    window: Window | None = Field(None, title="办理窗口", description="与本单位默认窗口不同时填写")


class Listing(Record):
    """实施清单: what a department, a town or a village publishes."""

    organization: Annotated[str, StringConstraints(pattern=r"^(?:[a-z][a-z0-9]{1,30}|[0-9]{12})$")] = Field(
        title="公布单位", description="部门或乡镇的编号；村（社区）填 12 位区划代码"
    )
    published_on: Date = Field(title="公布日期")
    window: Window = Field(title="默认办理窗口")
    note: Text | None = Field(None, title="说明")
    entries: list[ListingEntry] = Field(title="公布的事项")
