"""Full names of private persons in prose: only where the words around leave no doubt.

Names of legal representatives, of those in charge and of officials are published by law (政府信息公开条例第二十条), so they
are not looked for. Names that already have an asterisk are masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.privacy.hit import DataKind, Hit
from gongkai.privacy.late_pattern import late_pattern
from gongkai.privacy.surnames import FULL_NAME, MASK, SHORTEST_NAME, SPACED_NAME, is_name, mask_name

ROLES = (
    "共同申请人|申请人|联系人|户主|受助人|受助对象|救助对象|被救助人|低保对象|低保户|特困人员|五保户|贫困户|脱贫户|监测户|残疾人|受益人|当事人|"
    "委托人|被委托人|受委托人|代办人|领取人|领款人|持卡人|收款人|收件人|监护人|家庭成员|配偶|孕妇|产妇|患者|死者|逝者|失业人员|承租人|购房人|"
    "投诉人|举报人|信访人|来访人|反映人"
)
_LAWFUL = "(?<!代表人)(?<!法人)(?<!负责人)(?<!领导)(?<!主任)(?<!书记)(?<!局长)(?<!民警)(?<!干部)(?<!人员)"
_QUOTES = r"[\s\"'”“*_]{0,4}"
_NOT_HAN = r"(?![\u4e00-\u9fff])"
_AFTER = rf"(?={_NOT_HAN}|同志|先生|女士|电话|身份|等[0-9一二三四五六七八九十]|[男女]{_NOT_HAN})"
_SIGN = "[：:=（(]"
_COLON = late_pattern(rf"{_SIGN}{_QUOTES}(?P<name>{FULL_NAME}|{SPACED_NAME}){_AFTER}")
_LABEL_TEXT = rf"(?:{_LAWFUL}姓[ \u3000]{{0,4}}名|(?:{ROLES})(?:姓名|名字)?|我叫)(?:（[^（）\n]{{1,8}}）)?{_QUOTES}"
_LABEL = late_pattern(rf"{_LABEL_TEXT}\Z")
_LABEL_AND_SIGN = late_pattern(_LABEL_TEXT + _SIGN)
"""Made ready far sooner than the names behind a sign, which are looked for only where it is found."""
_BESIDE = late_pattern(
    rf"(?:{ROLES}|村民|居民|群众)(?P<name>{SHORTEST_NAME})(?={_NOT_HAN}|同志|先生|女士|的|因|于|向|提出|系|等[0-9一二三四五六七八九十])"
)
_LIST = late_pattern(
    rf"(?:名单|花名册|人员名册)(?:（[^（）\n]{{1,20}}）|如下|为)?{_QUOTES}[：:]\s*(?P<names>{FULL_NAME}(?:[、，,; \t\n]+{FULL_NAME})+){_NOT_HAN}",
    words="名单|花名册|人员名册",
)
_EACH = late_pattern(r"[^、，,; \t\n]+")


def people(text: str) -> Iterator[Hit]:
    """Yield full names behind a word that says whose they are."""
    for match in _COLON.finditer(text) if _LABEL_AND_SIGN.search(text) else ():
        if _is_full(match) and _LABEL.search(text, max(0, match.start() - 24), match.start()):
            yield Hit(*match.span("name"), DataKind.PERSON, mask_name(match["name"]))
    for match in _BESIDE.finditer(text):
        if _is_full(match, doubtful=False):
            yield Hit(*match.span("name"), DataKind.PERSON, mask_name(match["name"]))
    for match in _LIST.finditer(text):
        words = list(_EACH.finditer(match["names"]))
        if all(is_name(word[0]) for word in words):
            for word in words:
                start = match.start("names") + word.start()
                yield Hit(start, start + len(word[0]), DataKind.PERSON, mask_name(word[0]))


def _is_full(match: re.Match[str], *, doubtful: bool = True) -> bool:
    """Tell whether a match holds a full name, and not the beginning of a masked one (**bold** is no mask)."""
    before, after = match.string[match.start("name") - 1], match.string[match.end("name") : match.end("name") + 1]
    masked = after != "" and after in MASK and before not in "*_"
    return not masked and is_name(re.sub("[ \u3000]", "", match["name"]), doubtful=doubtful)
