"""Words after a name that make it the name of something else: 取水许可 is an item, 取水许可证 a document."""

from __future__ import annotations

import re

_HANDLING = (
    "申请|受理|审查|审批|审核|登记|备案|决定|变更|注销|延续|核查|现场|告知|承诺|通知|意见|协议|电子|新办|补办|结果|及"
)
_DOCUMENTS = "证|书(?!面)|表(?![示明达])|单(?!位)|批复|批件|回执|凭证"
_BODIES = "委员会|办公室|岗|科(?![技学目])|股(?![东份权])|系统|平台"
_RULES = "管理办法|办法|条例|细则|规定|制度|目录|名录"
_CONTINUED = re.compile(rf"(?:{_HANDLING})*(?:{_DOCUMENTS})|(?:{_BODIES}|{_RULES})")


def continued(text: str, end: int) -> str:
    """Return what follows a name that ends at ``end`` and makes it another's, such as 证 or 申请表; else nothing.

    Documents, those who handle an item, and regulations are called after items; they keep their names when the
    item is renamed.
    """
    match = _CONTINUED.match(text, end)
    return match.group() if match else ""
