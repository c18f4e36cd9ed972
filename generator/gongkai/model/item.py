"""A government service item (政务服务事项): the district's canonical record of what the public can apply for."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from gongkai.model.base import (
    Citation,
    Contact,
    Count,
    Date,
    Flag,
    FormerName,
    ItemCode,
    Name,
    OrganizationId,
    Record,
    Text,
    nothing,
)
from gongkai.model.item_parts import (
    Acceptance,
    Cancellation,
    CompetentAuthority,
    Fees,
    Hall,
    IntermediaryService,
    Material,
    OnlineService,
    PriorReview,
    Question,
    Referrals,
    Remedies,
    Result,
    Secrecy,
    SpecialProcedure,
    Step,
    SupervisionChannels,
    Themes,
    TimeLimits,
    Visits,
)
from gongkai.model.vocabulary import (
    Audience,
    CrossRegionScope,
    ExerciseLevel,
    HandlingForm,
    HandlingKind,
    ItemStatus,
    ItemType,
    PowerSource,
)

POWER_ITEM_ELEMENTS = ("power_source",)
"""Elements that an administrative power must have and a public service must not (C0109.2 column 必填)."""

POWER_ONLY_ELEMENTS = (*POWER_ITEM_ELEMENTS, "quantity_limit", "penalty_range")
"""Elements that have no meaning for a public service."""


def _requirements_by_type(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema what :func:`required_elements` and the rules say in code."""
    powers = [item_type.value for item_type in ItemType if item_type.is_power]
    schema["allOf"] = [
        {
            "if": {"properties": {"type": {"enum": powers}}, "required": ["type"]},
            "then": {"required": list(POWER_ITEM_ELEMENTS)},
            "else": {"properties": dict.fromkeys(POWER_ONLY_ELEMENTS, False)},
        },
        {
            "if": {"properties": {"type": {"const": ItemType.PENALTY.value}}, "required": ["type"]},
            "then": {"required": ["penalty_range"]},
        },
    ]


class Item(Record):
    """政务服务事项."""

    model_config = ConfigDict(json_schema_extra=_requirements_by_type)

    code: ItemCode = Field(
        title="基本编码", description="12 位：区划 2、类型 2、部门 2、主项 3、子项 3；公布后不再改变"
    )
    name: Name = Field(title="事项名称", description="全区统一名称；改名请用 gongkai rename")
    former_names: list[FormerName] = Field(default_factory=nothing, title="曾用名")
    everyday_names: list[Name] = Field(
        default_factory=nothing, title="日常用语", description="群众口头怎么说，搜索时也要能找到，例如：办健康证"
    )
    summary: Text = Field(title="一句话说明", description="这件事办了有什么用、谁该来办，四十字左右")
    type: ItemType = Field(title="事项类型")
    status: ItemStatus = Field(ItemStatus.ACTIVE, title="事项状态")
    cancellation: Cancellation | None = Field(None, title="取消信息", description="状态为“取消”时必填")
    version: Annotated[Count, Field(ge=1)] = Field(title="事项版本", description="内容有实质变化时加 1")
    effective_on: Date = Field(title="生效日期", description="本版本从哪一天起施行")
    updated_on: Date = Field(title="更新日期", description="最近一次修改的日期")
    planned_cancellation_on: Date | None = Field(None, title="计划取消日期")

    local_code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{12,14}$")] | None = Field(
        None, title="地方基本编码", description="四川省一体化平台的 12 或 14 位目录码"
    )
    local_implementation_code: Text | None = Field(
        None, title="地方实施编码", description="四川省一体化平台的 55（或 53）位编码，含连字符"
    )

    handling_code: Annotated[str, StringConstraints(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}[1-7][0-9]{14}$")] | None = Field(
        None, title="业务办理项编码", description="33 位：实施编码 31 位加顺序号 2 位；一个事项只有一个办理项的可以不填"
    )

    secrecy: Secrecy | None = Field(None, title="不公开的理由", description="只计数、不展示的事项填写")

    department: OrganizationId = Field(title="业务主管部门", description="部门编号，与所在文件夹同名")
    authority: CompetentAuthority = Field(title="实施主体")
    joint_organizations: list[OrganizationId] = Field(default_factory=nothing, title="联办机构")
    power_source: PowerSource | None = Field(None, title="权力来源", description="行政权力事项必填，公共服务不填")
    exercise_levels: list[ExerciseLevel] = Field(min_length=1, title="行使层级")
    legal_basis: list[Citation] = Field(default_factory=nothing, title="设定依据")

    audiences: list[Audience] = Field(min_length=1, title="服务对象")
    themes: Themes = Field(title="主题分类")
    acceptance: list[Acceptance] = Field(min_length=1, title="受理层级")

    conditions: list[Text] = Field(default_factory=nothing, title="受理条件", description="逐条写，符合什么才能办")
    prohibitions: list[Text] = Field(default_factory=nothing, title="禁止性要求", description="有哪些情形不予办理")
    quantity_limit: Text | None = Field(None, title="数量限制")
    materials: list[Material] = Field(default_factory=nothing, title="申请材料")
    procedure: list[Step] = Field(default_factory=nothing, title="办理流程")
    prior_reviews: list[PriorReview] = Field(default_factory=nothing, title="前置审查")
    referrals: Referrals | None = Field(None, title="转外和上报")
    special_procedures: list[SpecialProcedure] = Field(default_factory=nothing, title="特别程序")
    intermediary_services: list[IntermediaryService] = Field(default_factory=nothing, title="中介服务")

    handling: HandlingKind = Field(title="办件类型")
    time_limits: TimeLimits = Field(title="办结时限")
    fees: Fees | None = Field(None, title="收费")
    forms: list[HandlingForm] = Field(min_length=1, title="办理形式")
    visits: Visits = Field(title="到办事现场次数")
    hall: Hall = Field(title="进驻政务大厅")
    online: OnlineService = Field(title="网上办理")
    express_delivery: Flag = Field(title="是否支持物流快递")
    appointment: Flag = Field(False, title="是否支持预约办理")
    self_service: Flag = Field(False, title="是否支持自助终端办理")
    cross_region: CrossRegionScope = Field(CrossRegionScope.NONE, title="通办范围")
    result: Result = Field(title="审批结果")

    consultation: Contact | None = Field(None, title="咨询方式", description="不填则用业务主管部门的咨询方式")
    supervision: SupervisionChannels | None = Field(
        None, title="监管渠道", description="不填则用业务主管部门的监督投诉方式"
    )
    remedies: Remedies | None = Field(None, title="救济渠道")
    rights: list[Text] = Field(default_factory=nothing, title="依法享有的权利")
    obligations: list[Text] = Field(default_factory=nothing, title="依法履行的义务")
    questions: list[Question] = Field(default_factory=nothing, title="常见问题")
    penalty_range: Text | None = Field(None, title="处罚的行为、种类、幅度", description="只有行政处罚填写")

    @property
    def is_immediate(self) -> bool:
        """Tell whether the item is handled while the applicant waits."""
        return self.handling is HandlingKind.IMMEDIATE


def required_elements(item_type: ItemType) -> tuple[str, ...]:
    """Return the elements that this type of item must have beyond what every item must have."""
    if item_type is ItemType.PENALTY:
        return (*POWER_ITEM_ELEMENTS, "penalty_range")
    return POWER_ITEM_ELEMENTS if item_type.is_power else ()


def foreign_elements(item_type: ItemType) -> tuple[str, ...]:
    """Return the elements that this type of item must not have."""
    return () if item_type.is_power else POWER_ONLY_ELEMENTS
