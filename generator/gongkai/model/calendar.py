"""Published working calendars of years that the library of holidays does not know yet."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from gongkai.model.base import Date, Name, Part, Record, Text, nothing


class Holiday(Part):
    """放假: days on which nobody works, first and last included."""

    name: Name = Field(title="名称", description="例如：国庆节")
    first: Date = Field(title="第一天")
    last: Date = Field(title="最后一天")


class WorkingCalendar(Record):
    """工作日历: which days of a year are worked, from the notice of 国务院办公厅."""

    year: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")] = Field(title="年份", description="与文件名相同")
    basis: Text = Field(title="依据", description="国务院办公厅通知的文号，例如：国办发明电〔2026〕7号")
    holidays: list[Holiday] = Field(min_length=1, title="放假")
    working_weekends: list[Date] = Field(default_factory=nothing, title="调休上班", description="要上班的周六、周日")
