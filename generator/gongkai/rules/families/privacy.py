"""X: no personal data. What stands in files is found when they are read; the masking of applicants is checked here.

The data in the bad examples is invented and can belong to nobody: area 000000, telephone 13800000000, a card without an
issuer. On the pages that explain these rules the gate before publication allows exactly them, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.model.approval_case import ApprovalDay
from gongkai.model.vocabulary import Audience
from gongkai.privacy.late_pattern import late_pattern
from gongkai.privacy.personal_data import find
from gongkai.privacy.surnames import COMPOUND, FULL_NAME, is_name, mask_name
from gongkai.rules.case_examples import case
from gongkai.rules.engine import Context, Example, Problem, Rule, declare, rule

_LAW = "个人信息保护法第五条、第六条、第九条"
_SENSITIVE = f"{_LAW}、第二十八条（敏感个人信息）"
_POINTS = "2018年政务公开工作要点：公开前对个人信息去标识化；政府信息公开条例第十五条（涉及个人隐私的不得公开）。"
_GOOD = 'code: "510123001000"\nname: 公共场所卫生许可\nsummary: 联系电话 0818-0000000，办理地点二楼 A12 号窗口\n'


def _text_rule(code: str, title: str, reason: str, source: str, bad: str, good: str = _GOOD) -> None:
    bad = f'code: "510123001000"\nname: 公共场所卫生许可\nsummary: {bad}\n'
    declare(Rule(code, title, reason, f"{source}；{_POINTS}", Example(None, good, bad)))


_text_rule(
    "X001",
    "不能有身份证号",
    "身份证号终身不变，公开一次就收不回来，可以被用来冒名贷款、诈骗。",
    _SENSITIVE,
    "申请人的身份证号是 000000199001010026",
)
_text_rule(
    "X002",
    "不能有手机号",
    "手机号是个人的；窗口换了人，群众还在打他的电话，骚扰和诈骗电话也会找上门。",
    _LAW,
    "有问题请打 13800000000",
)
_text_rule(
    "X003",
    "不能有银行卡号",
    "发放资金的公示只需要让人看到发给了谁、发了多少，不需要账号。",
    f"{_SENSITIVE}，金融账户",
    "发放到卡号 6200000000000005",
)
_text_rule(
    "X004",
    "不能有护照号和其他证件号",
    "证件号码足以冒用一个人的身份。",
    _SENSITIVE,
    "申请人的护照号是 E00000000",
)
_text_rule(
    "X005",
    "不能有个人邮箱",
    "私人邮箱不归单位管，人走了信就收不到；公务来往应当用政务邮箱。",
    _LAW,
    "材料发到 yanshi@qq.com",
    'code: "510123001000"\nname: 公共场所卫生许可\nsummary: 材料发到 yanshi@dachuan.gov.cn\n',
)
_text_rule(
    "X006",
    "住址只能写到村或者社区",
    "写到组、门牌、单元，就等于告诉所有人这家人住在哪里；单位的办公地址不受影响。",
    _LAW,
    "申请人家住演示村3组12号",
    'code: "510123001000"\nname: 公共场所卫生许可\nsummary: 到演示村便民服务站（演示路 18 号）办理\n',
)
_text_rule(
    "X007",
    "不能有未成年人个人的信息",
    "不满十四周岁未成年人的信息都是敏感个人信息，隐去姓名也可能被同学、邻居认出来。",
    f"{_SENSITIVE}，不满十四周岁未成年人的个人信息；未成年人保护法第四条、第七十二条",
    "学生姓名：李**，三年级2班",
    'code: "510123001000"\nname: 公共场所卫生许可\nsummary: 未满十八周岁的未成年人由监护人代办\n',
)
_text_rule(
    "X008",
    "自然人的姓名要隐去",
    "低保、救助、残疾、奖惩等公示的是办事结果，不是某个人；全名和事由放在一起就泄露了隐私。",
    _LAW,
    "申请人：张三，符合条件",
    'code: "510123001000"\nname: 公共场所卫生许可\nsummary: 申请人：张*，符合条件\n',
)

_MASKED = late_pattern(
    rf"(?:(?:{'|'.join(COMPOUND)}|[\u4e00-\u9fff])\*{{1,3}}|[\u4e00-\u9fff]\*{{1,2}}[\u4e00-\u9fff]"
    r"|[\u4e00-\u9fff]\*{0,7}(?:·\*{1,8})+|[A-Z]\*{2,20})\Z"
)


@rule(
    "X009",
    "办件里自然人的姓名要隐去",
    subject=ApprovalDay,
    reason="办件公开的是办得快不快、合不合规；是谁办的，只要本人能认出来就够了。",
    source=f"{_LAW}；{_POINTS}",
    example=Example(
        "approvals",
        case(applicant="{kind: 自然人, name: 张*}"),
        case(applicant="{kind: 自然人, name: 张三}"),
    ),
)
def applicants_are_masked(day: ApprovalDay, _context: Context) -> Iterator[Problem]:
    """Report applicants who are natural persons by kind, or by the look of their name, and not masked.

    A name that is personal data by itself (a number in place of a name) was found when the file was read.
    """
    for index, case_ in enumerate(day.cases):
        applicant = case_.applicant
        if applicant is None or any(find(applicant.name)):
            continue
        loc = ("cases", index, "applicant", "name")
        if applicant.kind is Audience.PERSON:
            if not _MASKED.match(applicant.name):
                yield Problem(
                    loc, f"自然人的姓名“{_shown(applicant.name)}”没有隐去", "只写姓和星号，例如：张*、欧阳**、李*明。"
                )
        elif re.fullmatch(FULL_NAME, applicant.name) and is_name(applicant.name):
            yield Problem(
                loc,
                f"申请人类别是{applicant.kind.value}，名称“{_shown(applicant.name)}”却像人名",
                "是自然人的，类别改为自然人，姓名只写姓和星号；是单位的，写全称。",
            )


def _shown(name: str) -> str:
    return mask_name(name) if re.fullmatch(FULL_NAME, name) else f"{name[0]}***"
