"""What can be wrong with one row of a published list."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from gongkai.auditing.columns import Meaning


class FaultKind(enum.StrEnum):
    """Kinds of faults, by their Chinese name."""

    LOST_DIGITS = "位数丢失"
    CHARACTERS = "空格或全角字符"
    LOWER_CASE = "小写字母"
    SEGMENTS = "缺段或多段"
    STRUCTURE = "结构不对"
    CREDIT_LENGTH = "信用代码位数不对"
    CHECK_DIGIT = "校验位不对"
    PLACEHOLDER = "占位的假代码"
    INTERNAL_NUMBER = "平台内部编号"
    AREA = "区划不对"
    AREA_DIFFERS = "编码与区划列不一致"
    DEPARTMENT_DIFFERS = "编码与部门代码不一致"
    OTHER_DEPARTMENT = "不是本部门的代码"
    TYPE = "事项类型不一致"
    OTHER_ITEM = "编码与目录不一致"
    DUPLICATE_NAME = "名称重复"
    DUPLICATE_CODE = "编码重复"
    NAME_STYLE = "名称写法"
    LEVEL_NOTE = "名称带层级说明"
    FORMER_ORGANIZATION = "单位曾用名"
    UNKNOWN_ORGANIZATION = "单位不认识"
    NOT_DUE = "不归本单位公布"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its kind, the column it is in, and what is wrong, in Chinese."""

    kind: FaultKind
    meaning: Meaning
    message: str
