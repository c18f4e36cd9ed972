"""Particulars of one minor, masked or not: nothing about a child is published (个人信息保护法第二十八条).

Rules about minors in general name nobody (未满十八周岁的由监护人代办); what is looked for is a person, told by a name or a masked
name, together with an age under eighteen, a school class, or a date of birth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.privacy.hit import DataKind, Hit
from gongkai.privacy.late_pattern import late_pattern
from gongkai.privacy.surnames import FULL_NAME, MASK, MASKED_NAME, SHORTEST_NAME, SURNAME, is_name

CHILD = "学生|儿童|幼儿|婴儿|婴幼儿|新生儿|孤儿|患儿|女童|男童|留守儿童|困境儿童|未成年人|被收养人|被监护人|孩子|弃婴|女婴|男婴"
_QUOTES = r"[\s\"'”“_]{0,4}"
_AGE = r"(?:(?<![0-9])(?:1[0-7]|[1-9])|[一二三四五六七八九]|十[一二三四五六七]?)\s?个?(?:周?岁|月龄)(?!以[上下])"
_BORN = r"(?:20[12][0-9]\s?[年./-]\s?[01]?[0-9](?:\s?[月./-]\s?[0-3]?[0-9]\s?日?|\s?月)?\s?(?:出?生)|出生(?:日期|年月日?|时间)?[：:\s于]{0,3}20[12][0-9]\s?[年./-])"
_SCHOOL = r"(?:[一二三四五六七八九初高0-9]{1,2}年级|[初高][一二三]|[0-9一二三四五六七八九十]{1,2}班|[小中大]班|小学生|中学生|未成年|幼儿园|就读)"
_TELLING = rf"(?:{_AGE}|{_BORN}|{_SCHOOL}|未满\s?(?:14|18|十四|十八)\s?周?岁)"
_MASKED_SOMEBODY = rf"(?<![\u4e00-\u9fff*]){MASKED_NAME}"
_GAP = "[^。\n；;|]{0,24}?"
_LABELLED = late_pattern(
    rf"(?:{CHILD})(?:"
    rf"(?:姓名|名字){_QUOTES}[：:]{_QUOTES}(?P<name>{MASKED_NAME}|{FULL_NAME})(?![\u4e00-\u9fff])"
    rf"|{_QUOTES}[：:]{_QUOTES}(?P<name2>{MASKED_NAME}|{FULL_NAME})(?=$|[\s，、（(。；]))",
    words=CHILD,
)
_CHILD_MASKED = late_pattern(
    rf"(?:{CHILD}|小学生|中学生)(?:{SURNAME})(?:[*＊×某]{{1,3}})[\u4e00-\u9fff]?(?![\u4e00-\u9fff*])",
    words=f"{CHILD}|小学生|中学生",
)
_CHILD_TOLD = late_pattern(rf"(?:{CHILD})(?P<name>{SHORTEST_NAME})[，,（(\s]{{1,2}}{_GAP}{_TELLING}", words=CHILD)
_MASKED_TOLD = late_pattern(
    rf"{_MASKED_SOMEBODY}(?![\u4e00-\u9fff*]){_GAP}{_TELLING}", words="|".join(MASK.strip("[]"))
)
_NAMED_AGE = late_pattern(
    rf"(?<![\u4e00-\u9fff])(?P<name>{FULL_NAME})[，,、\s（(]{{1,2}}(?:[男女][，,、\s]{{1,2}})?(?:[\u4e00-\u9fff]族[，,、\s]{{1,2}})?(?:{_AGE}|{_BORN})",
    words="岁|月龄|生",
)
_TELLING_WORD = late_pattern("岁|月龄|年级|班|初[一二三]|高[一二三]|小学|中学|未成年|幼儿园|就读|出生|日生|月生")
"""Cheap to look for; the names before it are looked at only where it stands."""

_BIRTH = late_pattern(
    r"出生(?:日期|年月日|年月)[\s\"'”“]{0,3}[：:][\s\"'”“]{0,3}20[12][0-9]\s?[年./-]\s?[01]?[0-9]\s?(?:[月./-]\s?[0-3]?[0-9]\s?日?|月)",
    words="出生",
)


def minors(text: str) -> Iterator[Hit]:
    """Yield particulars about single minors."""
    yield from _hits(_LABELLED.finditer(text))
    yield from _hits(_CHILD_MASKED.finditer(text))
    yield from _hits(_CHILD_TOLD.finditer(text))
    yield from _hits(_BIRTH.finditer(text))
    for told in _TELLING_WORD.finditer(text):
        start, end = max(0, told.start() - 44), told.end() + 14
        yield from _hits(_MASKED_TOLD.finditer(text, start, end))
        yield from _hits(_NAMED_AGE.finditer(text, start, end))


def _hits(matches: Iterator[re.Match[str]]) -> Iterator[Hit]:
    """Yield the places of matches; a full name among them has to be one."""
    for match in matches:
        groups = match.groupdict()
        name = groups.get("name") or groups.get("name2")
        if name is None or re.search(MASK, name) or is_name(name, doubtful="name2" in groups):
            yield Hit(match.start(), match.end(), DataKind.MINOR, "***")
