"""Closed lists of values, in the field's own words.

Sources: GB/T 39046-2020 annex A (type, level, audience, forms, handling, results), C0109.2-2018
(material kinds, online depth), 国办函〔2016〕108号 (themes).
"""

from __future__ import annotations

from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING


class Term(StrEnum):
    """A word of a closed list."""

    # A type checker knows the value from StrEnum and would take this for another member.
    if not TYPE_CHECKING:
        # An item's page and its open data ask for it a hundred times; the standard library's takes three times as long.
        value = property(attrgetter("_value_"))


class ItemType(Term):
    """事项类型; the two digits that stand for it in an item code are in ``digits``."""

    PERMIT = "行政许可"
    PENALTY = "行政处罚"
    COERCION = "行政强制"
    LEVY = "行政征收"
    PAYMENT = "行政给付"
    INSPECTION = "行政检查"
    CONFIRMATION = "行政确认"
    REWARD = "行政奖励"
    ADJUDICATION = "行政裁决"
    OTHER_POWER = "其他行政权力"
    PUBLIC_SERVICE = "公共服务"

    @property
    def digits(self) -> str:
        """Return the segment of an item code: 01 to 10 for powers, 20 for public services."""
        return "20" if self is ItemType.PUBLIC_SERVICE else f"{list(ItemType).index(self) + 1:02}"

    @property
    def is_power(self) -> bool:
        """Tell whether this is an administrative power rather than a public service."""
        return self is not ItemType.PUBLIC_SERVICE


class ItemStatus(Term):
    """事项状态."""

    ACTIVE = "在用"
    SUSPENDED = "暂停"
    CANCELLED = "取消"


class ExerciseLevel(Term):
    """行使层级; the digit in an implementation code is the position, counted from 1."""

    NATIONAL = "国家级"
    PROVINCIAL = "省级"
    CITY = "市级"
    COUNTY = "县级"
    TOWN = "镇（乡、街道）级"
    VILLAGE = "村（社区）级"
    SHARED = "分级管理"

    @property
    def digit(self) -> str:
        """Return the digit that stands for the level in an implementation code."""
        return str(list(ExerciseLevel).index(self) + 1)


class PowerSource(Term):
    """权力来源."""

    STATUTORY = "法定本级行使"
    DELEGATED_DOWN = "上级下放"
    AUTHORIZED_BY_SUPERIOR = "上级授权"
    AUTHORIZED_BY_PEER = "同级授权"
    ENTRUSTED_BY_SUPERIOR = "上级委托"
    ENTRUSTED_BY_PEER = "同级委托"


class AuthorityNature(Term):
    """实施主体性质."""

    STATUTORY = "法定机关"
    AUTHORIZED = "授权组织"
    ENTRUSTED = "受委托组织"
    OTHER = "其他"


class Audience(Term):
    """服务对象."""

    PERSON = "自然人"
    ENTERPRISE = "企业法人"
    INSTITUTION = "事业法人"
    SOCIAL_ORGANIZATION = "社会组织法人"
    UNINCORPORATED_ENTERPRISE = "非法人企业"
    AUTHORITY = "行政机关"
    OTHER_ORGANIZATION = "其他组织"


class HandlingKind(Term):
    """办件类型."""

    IMMEDIATE = "即办件"
    PROMISED = "承诺件"
    OTHER = "其他"


class HandlingForm(Term):
    """办理形式."""

    WINDOW = "窗口办理"
    ONLINE = "网上办理"
    MOBILE = "移动端办理"
    EXPRESS = "快递申请"
    OTHER = "其他"


class TimeUnit(Term):
    """时限单位. A working day leaves out statutory holidays; 日 is a calendar day."""

    WORKING_DAY = "工作日"
    DAY = "日"
    MONTH = "月"
    YEAR = "年"
    IMMEDIATE = "即时"


class MaterialKind(Term):
    """材料类型."""

    ORIGINAL = "原件"
    COPY = "复印件"
    BOTH = "原件和复印件"


class MaterialForm(Term):
    """材料形式."""

    PAPER = "纸质"
    ELECTRONIC = "电子化"
    ANY = "不限"


class MaterialNecessity(Term):
    """材料必要性. 容缺后补 may be handed in after acceptance."""

    REQUIRED = "必要"
    OPTIONAL = "非必要"
    LATER = "容缺后补"


class MaterialSource(Term):
    """材料来源渠道."""

    APPLICANT = "申请人自备"
    GOVERNMENT = "政府部门核发"
    OTHER = "其他"


class StepKind(Term):
    """环节."""

    APPLICATION = "申请"
    ACCEPTANCE = "受理"
    REVIEW = "审查"
    PRIOR_REVIEW = "前置审查"
    SITE_INSPECTION = "现场核查"
    INVESTIGATION = "入户调查"
    DEMOCRATIC_REVIEW = "民主评议"
    EXPERT_REVIEW = "专家评审"
    TESTING = "检验检测"
    HEARING = "听证"
    NOTICE = "公示"
    REFERRAL = "转报"
    DECISION = "决定"
    CERTIFICATE = "制证"
    DELIVERY = "送达"
    PAYMENT = "发放"
    SERVICE = "办理"

    @property
    def needs_legal_basis(self) -> bool:
        """Tell whether an authority may ask for this step only where a law provides for it.

        行政许可法 art. 45 to 48 and 55 name expert review, testing and hearings; a prior review by
        another body adds a condition and so needs a law of its own (art. 14 to 18).
        """
        return self in {
            StepKind.PRIOR_REVIEW,
            StepKind.EXPERT_REVIEW,
            StepKind.TESTING,
            StepKind.HEARING,
        }


class SpecialProcedureKind(Term):
    """特别程序种类."""

    EXTENSION = "延长审批"
    OTHER = "除延长审批之外"


class ResultType(Term):
    """审批结果类型."""

    CERTIFICATE = "证照"
    APPROVAL = "批文"
    OTHER = "其他"
    NONE = "无"


class DeliveryMethod(Term):
    """结果送达方式."""

    WINDOW = "窗口领取"
    EXPRESS = "邮寄送达"
    ONLINE = "网上下载"
    ACCOUNT = "打入账户"
    ON_SITE = "上门送达"


class OnlineDepth(Term):
    """网上办理深度: Ⅰ information, Ⅱ download, Ⅲ application, Ⅳ the whole procedure."""

    INFORMATION = "Ⅰ级"
    DOWNLOAD = "Ⅱ级"
    APPLICATION = "Ⅲ级"
    COMPLETE = "Ⅳ级"


class CrossRegionScope(Term):
    """通办范围."""

    NATIONAL = "全国通办"
    PROVINCES = "跨省通办"
    CITIES = "跨市通办"
    COUNTIES = "跨县通办"
    NONE = "未实现"


class AcceptanceLevel(Term):
    """受理层级: where in the district an application can be handed in."""

    DISTRICT = "区"
    TOWN = "乡镇"
    VILLAGE = "村"


class AcceptanceRole(Term):
    """受理职责: what is done at that level."""

    FULL = "受理并办结"
    ACCEPTANCE = "受理"
    FIRST_REVIEW = "受理初审"
    COLLECTION = "收件"
    AGENCY = "代办"


class OrganizationKind(Term):
    """机构类别."""

    GOVERNMENT = "政府工作部门"
    BRANCH = "派出机构"
    VERTICAL = "垂直管理机构"
    PARTY = "党委工作机关"
    MASS = "群团组织"
    SUPERVISION = "监督机关"
    MILITARY = "军事机关"


class TownKind(Term):
    """乡级行政区类别."""

    SUBDISTRICT = "街道"
    TOWN = "镇"
    TOWNSHIP = "乡"


class VillageKind(Term):
    """村级类别."""

    COMMUNITY = "社区"
    VILLAGE = "村"


class LawKind(Term):
    """法律文件的效力位阶."""

    LAW = "法律"
    DECISION = "有关法律问题的决定"
    ADMINISTRATIVE_REGULATION = "行政法规"
    LOCAL_REGULATION = "地方性法规"
    DEPARTMENT_RULE = "部门规章"
    LOCAL_RULE = "地方政府规章"
    NORMATIVE_DOCUMENT = "规范性文件"


class LawStatus(Term):
    """时效性."""

    IN_FORCE = "现行有效"
    AMENDED = "已修改"
    REPEALED = "已废止"


class PersonalTheme(Term):
    """面向自然人的主题分类 (国办函〔2016〕108号)."""

    BIRTH = "生育收养"
    HOUSEHOLD = "户籍办理"
    ETHNIC_RELIGION = "民族宗教"
    EDUCATION = "教育科研"
    ENLISTMENT = "入伍服役"
    EMPLOYMENT = "就业创业"
    ESTABLISHMENT = "设立变更"
    MARKET_ACCESS = "准营准办"
    QUALIFICATION = "职业资格"
    MARRIAGE = "婚姻登记"
    VETERANS = "优待抚恤"
    PLANNING = "规划建设"
    HOUSING = "住房保障"
    SOCIAL_SECURITY = "社会保障"
    DOCUMENTS = "证件办理"
    TRANSPORT = "交通出行"
    TOURISM = "旅游观光"
    BORDER = "出境入境"
    CONSUMER = "消费维权"
    PUBLIC_SAFETY = "公共安全"
    JUSTICE = "司法公证"
    INTELLECTUAL_PROPERTY = "知识产权"
    ENVIRONMENT = "环保绿化"
    CULTURE = "文化体育"
    UTILITIES = "公用事业"
    HEALTH = "医疗卫生"
    RETIREMENT = "离职退休"
    FUNERAL = "死亡殡葬"
    OTHER = "其他"


class CorporateTheme(Term):
    """面向法人的主题分类 (国办函〔2016〕108号)."""

    ESTABLISHMENT = "设立变更"
    MARKET_ACCESS = "准营准办"
    CERTIFICATION = "资质认证"
    ANNUAL_REVIEW = "年检年审"
    TAX = "税收财务"
    HUMAN_RESOURCES = "人力资源"
    SOCIAL_SECURITY = "社会保障"
    INVESTMENT = "投资审批"
    FINANCE = "融资信贷"
    MORTGAGE = "抵押质押"
    COMMERCE = "商务贸易"
    TENDER = "招标拍卖"
    CUSTOMS = "海关口岸"
    FOREIGN = "涉外服务"
    AGRICULTURE = "农林牧渔"
    LAND = "国土和规划建设"
    TRANSPORT = "交通运输"
    ENVIRONMENT = "环保绿化"
    CLIMATE = "应对气候变化"
    WATER = "水务气象"
    HEALTH = "医疗卫生"
    TECHNOLOGY = "科技创新"
    CULTURE = "文体教育"
    INTELLECTUAL_PROPERTY = "知识产权"
    ETHNIC_RELIGION = "民族宗教"
    QUALITY = "质量技术"
    QUARANTINE = "检验检疫"
    SAFETY = "安全生产"
    POLICE = "公安消防"
    JUSTICE = "司法公证"
    UTILITIES = "公用事业"
    DEREGISTRATION = "法人注销"
    ARCHIVES = "档案文物"
    OTHER = "其他"
