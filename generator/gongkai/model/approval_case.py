"""Approval cases (办件): what was applied for, what happened when, and what was decided.

Nothing that can be derived is written here: due dates, states and delays are computed (see ``casework``).
"""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from gongkai.model.base import (
    Count,
    CreditCode,
    Date,
    Flag,
    Name,
    NamedItem,
    Part,
    PublisherId,
    Record,
    Text,
)
from gongkai.model.disclosure_vocabulary import (
    CaseEventKind,
    CaseResult,
    PermitKind,
    PermitState,
    SuspensionReason,
)
from gongkai.model.item_parts import Secrecy
from gongkai.model.vocabulary import Audience

CaseNumber = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-[0-9]{8}-[0-9]{4,6}$")]
"""办件编号: 区划 6, 收件日期 8, 当日顺序号 4 至 6."""

Month = tuple[int, int]
"""Year and month."""


def received_on(number: str) -> datetime.date:
    """Return the day of a case's receipt as its number says it (rule K001); raises ValueError for what is no day."""
    return datetime.date(int(number[7:11]), int(number[11:13]), int(number[13:15]))


def month_of(number: str) -> Month:
    """Return the month of a case's receipt as its number says it (rule K001)."""
    return int(number[7:11]), int(number[11:13])


class Applicant(Part):
    """申请人: organisations by their full name, natural persons masked."""

    kind: Audience = Field(title="申请人类别")
    name: Text = Field(title="名称或姓名", description="自然人只写姓和星号，例如：张*；单位写全称")
    credit_code: CreditCode | None = Field(None, title="统一社会信用代码", description="自然人不填")


class CaseEvent(Part):
    """办件环节: one thing that happened, on a day."""

    on: Date = Field(title="日期")
    kind: CaseEventKind = Field(title="环节")
    review: Name | None = Field(None, title="前置审查名称", description="征求、答复和超时默认时必填")
    organization: Text | None = Field(None, title="对方单位", description="征求谁的意见、转到或者报到哪里")
    reply_by: Date | None = Field(None, title="应答复日期", description="征求前置审查意见时必填")
    reason: SuspensionReason | None = Field(None, title="暂停计时的事由", description="暂停计时时必填")
    working_days: Annotated[Count, Field(ge=1, le=60)] | None = Field(
        None, title="延长几个工作日", description="延长期限时必填"
    )
    document: Text | None = Field(None, title="文书编号")
    note: Text | None = Field(None, title="说明", description="补正什么、为什么延长、更正了什么；写给公众")


class Permit(Part):
    """双公示内容: what has to be published about a permit within seven working days."""

    kind: PermitKind = Field(title="许可类别")
    document_name: Name = Field(title="决定文书名称", description="例如：准予行政许可决定书")
    certificate_name: Name | None = Field(None, title="许可证书名称")
    certificate_number: Text | None = Field(None, title="许可编号")
    content: Text = Field(title="许可内容")
    legal_representative: Name | None = Field(
        None, title="法定代表人", description="单位取得许可的填写，依法公开；自然人不填"
    )
    valid_from: Date = Field(title="有效期自")
    valid_until: Date | None = Field(None, title="有效期至", description="长期有效的不填")
    state: PermitState = Field(PermitState.VALID, title="当前状态")


class Decision(Part):
    """办理结果."""

    result: CaseResult = Field(title="结果")
    reason: Text | None = Field(None, title="理由", description="除出证办结外必填")
    document_number: Text | None = Field(None, title="决定文书号", description="例如：达川卫许〔2026〕12号")
    published_on: Date | None = Field(None, title="公开日期", description="结果在网上公开的日期")
    permit: Permit | None = Field(None, title="双公示内容", description="行政许可必填")


class ApprovalCase(NamedItem):
    """办件."""

    number: CaseNumber = Field(
        title="办件编号",
        description="区划代码 6 位、收件日期 8 位、当日顺序号 4 至 6 位，中间用“-”，例如 511703-20260105-0001",
    )
    organization: PublisherId = Field(title="受理单位", description="部门或乡镇的编号；村（社区）填 12 位区划代码")
    applicant: Applicant | None = Field(None, title="申请人", description="不公开的办件不填，其他办件必填")
    summary: Text | None = Field(None, title="办理摘要")
    secrecy: Secrecy | None = Field(None, title="不公开的理由", description="只计数、不展示的办件填写")
    events: list[CaseEvent] = Field(min_length=1, title="环节", description="按发生的先后写，第一个是收件")
    decision: Decision | None = Field(None, title="办理结果", description="办结后必填")


class ApprovalDay(Record):
    """办件日报: the cases received on one day."""

    date: Date = Field(title="收件日期", description="与文件名相同")
    demonstration: Flag = Field(False, title="是否演示数据")
    cases: list[ApprovalCase] = Field(min_length=1, title="办件")

    @property
    def year(self) -> str:
        """The folder in which the file stands."""
        return f"{self.date.year:04}"
