"""Closed lists of words in cases, adjustments and supervision records.

Sources: GB/T 39046-2020 annex A (results of cases), 行政许可法第四十五条 (what stops the clock),
发改办财金〔2018〕424号 (双公示), 达川府办〔2015〕69号 (adjustments, exposures).
"""

from __future__ import annotations

from gongkai.model.vocabulary import Term


class CaseEventKind(Term):
    """环节: what can happen to a case."""

    RECEIVED = "收件"
    CORRECTION_REQUESTED = "一次性告知补正"
    CORRECTED = "补正完成"
    ACCEPTED = "受理"
    REVIEW_ASKED = "征求前置审查意见"
    REVIEW_ANSWERED = "前置审查答复"
    DEEMED_APPROVED = "超时默认同意"
    SUSPENDED = "暂停计时"
    RESUMED = "恢复计时"
    REFERRED_OUTWARD = "转外"
    REFERRED_UPWARD = "上报"
    REFERRAL_ANSWERED = "转外或上报回复"
    EXTENDED = "延长期限"
    DECIDED = "办结"
    DELIVERED = "送达"
    WITHDRAWN = "申请人撤回"
    AMENDED = "更正公开内容"
    RETRACTED = "撤回公开"


CLOSING = (CaseEventKind.DECIDED, CaseEventKind.WITHDRAWN)
"""Events after which no limit runs any more."""


class SuspensionReason(Term):
    """暂停计时的事由: what the law excludes from the time limit (行政许可法第四十五条)."""

    HEARING = "听证"
    TENDER = "招标"
    AUCTION = "拍卖"
    INSPECTION = "检验"
    TESTING = "检测"
    QUARANTINE = "检疫"
    APPRAISAL = "鉴定"
    EXPERT_REVIEW = "专家评审"


class CaseResult(Term):
    """办件结果 (GB/T 39046-2020 附录 A)."""

    GRANTED = "出证办结"
    REFUSED = "不予许可"
    VOIDED = "作废办结"
    DELETED = "删除办结"
    REFERRED = "转报办结"
    RETURNED = "退件"
    NOT_ACCEPTED = "不予受理"

    @property
    def needs_reason(self) -> bool:
        """Tell whether the applicant must be told why: everything but success."""
        return self is not CaseResult.GRANTED


class PermitKind(Term):
    """许可类别 (发改办财金〔2018〕424号)."""

    ORDINARY = "普通"
    FRANCHISE = "特许"
    RECOGNITION = "认可"
    VERIFICATION = "核准"
    REGISTRATION = "登记"
    OTHER = "其他"


class PermitState(Term):
    """许可当前状态."""

    VALID = "有效"
    INVALID = "无效"


class SecrecyKind(Term):
    """不公开的种类: why something is counted but not shown (政府信息公开条例第十四条、第十五条)."""

    STATE = "国家秘密"
    COMMERCIAL = "商业秘密"
    PRIVATE = "个人隐私"


class AdjustmentKind(Term):
    """动态调整的种类."""

    ADDED = "新增"
    CANCELLED = "取消"
    RENAMED = "更名"
    DELEGATED = "下放"
    TAKEN_OVER = "承接"
    MERGED = "合并"
    SPLIT = "拆分"
    AMENDED = "要素变更"


class InspectionMethod(Term):
    """发现方式."""

    ROUTINE = "日常检查"
    SPECIAL = "专项检查"
    UNDERCOVER = "暗访"
    MONITORING = "电子监察"
    COMPLAINT = "投诉举报"
    AUDIT = "审计"


class ExposureState(Term):
    """整改状态; derived from the record, never authored."""

    OPEN = "整改中"
    OVERDUE = "逾期未整改"
    CLOSED = "已销号"


class InterviewKind(Term):
    """约谈和问责的种类."""

    INTERVIEW = "约谈"
    CRITICISM = "通报批评"
    ACCOUNTABILITY = "问责"


class AppraisalSubject(Term):
    """测评对象: what an appraisal is about."""

    ORGANIZATION = "单位"
    WINDOW = "窗口"
