"""What one organisation publishes: the items it handles, under which name, at which window."""

from __future__ import annotations

from pydantic import Field

from gongkai.model.base import Date, NamedItem, PublisherId, Record, Text, Window


class ListingEntry(NamedItem):
    """清单条目: one published item; ``window`` where it differs from the listing's."""

    window: Window | None = Field(None, title="办理窗口", description="与本单位默认窗口不同时填写")


class Listing(Record):
    """实施清单: what a department, a town or a village publishes."""

    organization: PublisherId = Field(title="公布单位", description="部门或乡镇的编号；村（社区）填 12 位区划代码")
    published_on: Date = Field(title="公布日期")
    window: Window = Field(title="默认办理窗口")
    note: Text | None = Field(None, title="说明")
    entries: list[ListingEntry] = Field(title="公布的事项")

    @property
    def of_village(self) -> bool:
        """Whether a village or community publishes it: those have codes for ids."""
        return self.organization.isdigit()
