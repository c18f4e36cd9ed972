"""Every rule there is."""

from __future__ import annotations

from gongkai.rules.engine import Rule, registered
from gongkai.rules.families import (  # noqa: F401 - importing a family registers its rules
    adjustments,
    calendars,
    canonical_names,
    case_decisions,
    case_events,
    case_reviews,
    cases,
    codes,
    contacts,
    disclosed_names,
    exceptions,
    fees,
    guide,
    handling,
    legal_basis,
    names,
    privacy,
    production,
    prose,
    references,
    secret_names,
    shape,
    since,
    supervision,
    text,
    time_limits,
)

RULES: dict[str, Rule] = registered()

FAMILIES = {
    "Y": "文件写法",
    "S": "数据格式",
    "R": "引用",
    "C": "编码",
    "N": "名称一致",
    "G": "指南完整",
    "T": "办理时限",
    "F": "收费",
    "L": "法律依据",
    "P": "联系方式",
    "V": "办理方式",
    "K": "办件",
    "U": "监督",
    "A": "动态调整",
    "X": "个人信息",
    "D": "正式发布",
    "E": "例外",
}
"""The letter that begins a rule's code, and what the family is about."""
