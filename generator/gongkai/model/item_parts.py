"""The pieces that an item is made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from gongkai.model.base import (
    Citation,
    Contact,
    Count,
    Date,
    Flag,
    ItemCode,
    Name,
    OrganizationId,
    Part,
    Text,
    WebAddress,
    nothing,
)
from gongkai.model.disclosure_vocabulary import SecrecyKind
from gongkai.model.vocabulary import (
    AcceptanceLevel,
    AcceptanceRole,
    AuthorityNature,
    CorporateTheme,
    DeliveryMethod,
    MaterialForm,
    MaterialKind,
    MaterialNecessity,
    MaterialSource,
    OnlineDepth,
    PersonalTheme,
    ResultType,
    SpecialProcedureKind,
    StepKind,
    TimeUnit,
)

_WORKING_DAYS_PER = {
    TimeUnit.WORKING_DAY: 1.0,
    TimeUnit.DAY: 250 / 365,
    TimeUnit.MONTH: 250 / 12,
    TimeUnit.YEAR: 250.0,
    TimeUnit.IMMEDIATE: 0.0,
}

ALL_TOWNS = "towns"
ALL_VILLAGES = "villages"


class CompetentAuthority(Part):
    """实施主体 (CPSV-AP: competent authority)."""

    organization: OrganizationId = Field(
        title="实施主体",
        description="部门编号；各乡镇（街道）都实施的填 towns，各村（社区）都实施的填 villages",
    )
    nature: AuthorityNature = Field(title="实施主体性质")
    entrusted_by: Text | None = Field(None, title="委托部门", description="受委托组织、上级或同级委托的必填")


class Duration(Part):
    """时限: a number with its unit; 即时 stands alone."""

    value: Count = Field(0, title="数值", description="单位为“即时”时不填")
    unit: TimeUnit = Field(title="单位")
    note: Text | None = Field(None, title="说明")

    @property
    def working_days(self) -> float:
        """The duration in working days; other units are converted by a year of 250 working days."""
        return self.value * _WORKING_DAYS_PER[self.unit]

    @property
    def text(self) -> str:
        """The duration as the public reads it, such as 8 个工作日 or 即时办结."""
        if self.unit is TimeUnit.IMMEDIATE:
            return "即时办结"
        measure = "个" if self.unit in (TimeUnit.WORKING_DAY, TimeUnit.MONTH) else ""
        return f"{self.value} {measure}{self.unit}"


class TimeLimits(Part):
    """办结时限."""

    statutory: Duration | None = Field(None, title="法定办结时限", description="法律法规没有规定的公共服务可以不填")
    promised: Duration | None = Field(None, title="承诺办结时限", description="不得长于法定办结时限")


class Attachment(Part):
    """附件: a form or a filled-in specimen, kept under content/forms/."""

    title: Name = Field(title="标题")
    path: Annotated[str, StringConstraints(pattern=r"^forms/[0-9A-Za-z\u4e00-\u9fff（）_-]+\.(?:pdf|docx|xlsx)$")] = (
        Field(title="文件", description="例如：forms/公共场所卫生许可申请表.docx")
    )


class Material(Part):
    """申请材料."""

    name: Name = Field(title="材料名称", description="写具体，不写“相关材料”“其他材料”")
    kind: MaterialKind = Field(title="材料类型")
    form: MaterialForm = Field(title="材料形式")
    necessity: MaterialNecessity = Field(title="材料必要性")
    copies: Count | None = Field(None, title="纸质份数", description="形式为纸质时必填")
    specification: Text | None = Field(None, title="纸质规格", description="例如：A4")
    source: MaterialSource = Field(title="来源渠道")
    source_note: Text | None = Field(None, title="来源说明", description="到哪里取得，由哪个部门核发")
    shared: Flag = Field(False, title="可否免交", description="能通过数据共享核验、申请人不必提交的填 true")
    acceptance: Text | None = Field(None, title="受理标准")
    instructions: Text | None = Field(None, title="填报须知")
    basis: Citation | None = Field(None, title="要求提供材料的依据")
    blank_form: Attachment | None = Field(None, title="空白表格")
    specimen: Attachment | None = Field(None, title="示例样表")
    note: Text | None = Field(None, title="备注")


class Step(Part):
    """环节: one step of the procedure."""

    kind: StepKind = Field(title="环节")
    actor: Text = Field(title="由谁办", description="例如：区卫生健康局行政审批股")
    limit: Duration | None = Field(None, title="环节时限", description="不计入办结时限的写在说明里并设 counted: false")
    counted: Flag = Field(True, title="是否计入办结时限")
    action: Text = Field(title="做什么", description="这一步看什么、怎么做")
    result: Text | None = Field(None, title="产生什么", description="例如：受理通知书")
    basis: Citation | None = Field(None, title="法律依据", description="前置审查、专家评审、检验检测、听证必须有")


class PriorReview(Part):
    """前置审查: what another body must agree to first, in its own time."""

    name: Name = Field(title="名称")
    organization: Text = Field(title="审查单位", description="区内部门填编号，区外单位写全称")
    limit: Duration = Field(title="审查时限")
    deemed_approval: Flag = Field(title="超时默认", description="超过时限未答复即视为同意的填 true")
    basis: Citation | None = Field(None, title="法律依据", description="没有法律依据不得设置前置审查")


class Referral(Part):
    """转外、上报: a case that goes outside the district, or up to a superior."""

    to: Text = Field(title="送到哪里")
    when: Text = Field(title="什么情形")
    limit: Duration | None = Field(None, title="多久之内送出")


class Referrals(Part):
    """转外和上报."""

    outward: list[Referral] = Field(default_factory=nothing, title="转外")
    upward: list[Referral] = Field(default_factory=nothing, title="上报")


class SpecialProcedure(Part):
    """特别程序."""

    kind: SpecialProcedureKind = Field(title="种类")
    name: Name = Field(title="名称")
    basis: Citation = Field(title="依据")
    limit: Duration | None = Field(None, title="时限")
    counted: Flag = Field(title="是否计入法定时限")


class FeeReduction(Part):
    """减免."""

    condition: Text = Field(title="减免情形")
    basis: Text = Field(title="允许减免依据")


class Fee(Part):
    """收费项目."""

    name: Name = Field(title="收费项目名称")
    standard: Text = Field(title="收费标准", description="写明金额和计费单位")
    basis: Text = Field(title="收费依据", description="文件名称和文号")
    reduction: FeeReduction | None = Field(None, title="减免")


class Fees(Part):
    """收费."""

    charged: Flag = Field(title="是否收费")
    items: list[Fee] = Field(default_factory=nothing, title="收费项目", description="收费的逐项写明；不收费的不填")
    online_payment: Flag = Field(False, title="是否支持网上支付")


class Visits(Part):
    """到办事现场次数."""

    count: Annotated[Count, Field(le=9)] = Field(title="次数")
    reason: Text | None = Field(None, title="必须现场办理原因说明", description="次数大于 0 时必填")


class Hall(Part):
    """进驻政务大厅 (三集中三到位)."""

    stationed: Flag = Field(title="是否进驻政务大厅")
    exception: Text | None = Field(None, title="未进驻的原因", description="没有进驻的必填")


class OnlineService(Part):
    """网办."""

    available: Flag = Field(title="是否网办")
    depth: OnlineDepth | None = Field(None, title="网上办理深度")
    url: WebAddress | None = Field(None, title="网办地址", description="可以网办的必填")


class Result(Part):
    """审批结果."""

    type: ResultType = Field(title="结果类型")
    name: Name | None = Field(None, title="结果名称", description="类型不是“无”的必填")
    specimen: Text | None = Field(None, title="结果样本", description="样式说明；类型不是“无”的必填")
    validity: Text | None = Field(None, title="有效期")
    delivery: list[DeliveryMethod] = Field(default_factory=nothing, title="送达方式")


class Acceptance(Part):
    """受理层级: at which level something is done, and by whom if not by all."""

    level: AcceptanceLevel = Field(title="层级")
    role: AcceptanceRole = Field(title="职责")
    organizations: list[OrganizationId] = Field(
        default_factory=nothing, title="限于", description="只有部分乡镇（街道）办的填编号；都办的不填"
    )
    note: Text | None = Field(None, title="说明", description="例如：由村级代办员上门帮办")


class Themes(Part):
    """主题分类."""

    personal: list[PersonalTheme] = Field(default_factory=nothing, title="面向自然人")
    corporate: list[CorporateTheme] = Field(default_factory=nothing, title="面向法人")


class Remedy(Part):
    """救济渠道."""

    organization: Text = Field(title="部门")
    address: Text | None = Field(None, title="地址")
    phone: Text | None = Field(None, title="电话")
    online: WebAddress | None = Field(None, title="网址")


class Remedies(Part):
    """行政复议和行政诉讼."""

    reconsideration: Remedy | None = Field(None, title="行政复议")
    litigation: Remedy | None = Field(None, title="行政诉讼")


class Question(Part):
    """常见问题."""

    question: Text = Field(title="问题")
    answer: Text = Field(title="答案")


class IntermediaryService(Part):
    """中介服务."""

    name: Name = Field(title="名称")
    payer: Text = Field(title="费用由谁承担")
    basis: Citation | None = Field(None, title="依据")


class Secrecy(Part):
    """不公开的理由: the case or item is counted, and nothing else of it is shown."""

    kind: SecrecyKind = Field(title="种类")
    basis: Text = Field(title="法律依据", description="例如：《中华人民共和国政府信息公开条例》第十五条")


class Cancellation(Part):
    """取消: the item is no longer handled; its page stays and says where to go."""

    on: Date = Field(title="取消日期")
    basis: Text = Field(title="依据")
    note: Text = Field(title="说明", description="写给公众：为什么取消，以后怎么办")
    replaced_by: list[ItemCode] = Field(default_factory=nothing, title="转到", description="由哪些事项承接，填编码")


class SupervisionChannels(Part):
    """监管渠道: of one item, where it has its own."""

    complaint: Contact = Field(title="监督投诉")
    supervisor: Text | None = Field(None, title="监督部门")
