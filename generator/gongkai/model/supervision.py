"""Supervision: inspections, exposures and how they were mended, interviews, appraisals."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictFloat, StrictInt, StringConstraints

from gongkai.model.base import Date, Flag, NamedItem, Part, PublisherId, Record, Text, nothing
from gongkai.model.disclosure_vocabulary import AppraisalSubject, InspectionMethod, InterviewKind

SupervisionId = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{3}$")]
"""年份加顺序号: 2026-001; each kind counts for itself."""


class SupervisionRecord(Record):
    """What all supervision records have."""

    id: SupervisionId = Field(title="编号", description="年份加顺序号，与文件名相同，例如 2026-001")
    demonstration: Flag = Field(False, title="是否演示数据")
    published_on: Date = Field(title="公布日期")


class Inspection(SupervisionRecord):
    """检查: who looked at what, and what came of it."""

    title: Text = Field(title="标题", description="例如：2026年第二季度窗口服务专项检查")
    method: InspectionMethod = Field(title="检查方式")
    inspectors: list[PublisherId] = Field(min_length=1, title="检查单位")
    started_on: Date = Field(title="开始日期")
    ended_on: Date = Field(title="结束日期")
    organizations: list[PublisherId] = Field(min_length=1, title="被检查单位")
    summary: Text = Field(title="情况", description="查了什么、总体情况怎样")


class Progress(Part):
    """整改进展: what was done by a day."""

    on: Date = Field(title="日期")
    note: Text = Field(title="进展")


class Closure(Part):
    """销号: the fault is mended, and somebody confirmed it."""

    on: Date = Field(title="销号日期")
    confirmed_by: PublisherId = Field(title="核实单位")
    result: Text = Field(title="整改结果")


class Exposure(SupervisionRecord):
    """曝光和整改: a fault, made public, with a deadline for mending it."""

    organization: PublisherId = Field(title="被曝光单位")
    items: list[NamedItem] = Field(default_factory=nothing, title="涉及的事项")
    inspection: SupervisionId | None = Field(None, title="由哪次检查发现", description="检查的编号")
    method: InspectionMethod = Field(title="发现方式")
    found_by: PublisherId = Field(title="发现单位")
    found_on: Date = Field(title="发现日期")
    problem: Text = Field(title="问题", description="写清楚哪里不对，不写个人姓名")
    demand: Text = Field(title="整改要求")
    deadline: Date = Field(title="整改期限")
    progress: list[Progress] = Field(default_factory=nothing, title="整改进展")
    closure: Closure | None = Field(None, title="销号")


class Interview(SupervisionRecord):
    """约谈和问责, as far as they are public."""

    kind: InterviewKind = Field(title="种类")
    on: Date = Field(title="日期")
    by: PublisherId = Field(title="由谁作出")
    organization: PublisherId = Field(title="对象单位")
    exposures: list[SupervisionId] = Field(default_factory=nothing, title="因哪些曝光", description="曝光的编号")
    matter: Text = Field(title="事由")
    outcome: Text = Field(title="结果", description="提出的要求、作出的处理；不写个人姓名")


class Appraised(Part):
    """测评结果: one organisation or window."""

    organization: PublisherId = Field(title="单位")
    window: Text | None = Field(None, title="窗口", description="测评对象是窗口时必填")
    score: Annotated[StrictFloat | StrictInt, Field(ge=0, le=100)] = Field(title="得分", description="百分制")
    ratings: Annotated[StrictInt, Field(ge=0, le=10_000_000)] = Field(title="评价件数")
    dissatisfied: Annotated[StrictInt, Field(ge=0, le=10_000_000)] = Field(
        title="不满意件数", description="“不满意”“非常不满意”的件数"
    )


class Appraisal(SupervisionRecord):
    """测评: how organisations or windows were rated over a period (好差评)."""

    title: Text = Field(title="标题")
    subject: AppraisalSubject = Field(title="测评对象")
    by: PublisherId = Field(title="由谁测评")
    started_on: Date = Field(title="开始日期")
    ended_on: Date = Field(title="结束日期")
    results: list[Appraised] = Field(min_length=1, title="结果")
