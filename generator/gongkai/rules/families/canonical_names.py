"""N, for the district's own names: written with the right characters, and told apart from each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from gongkai.catalogue import Catalogue
from gongkai.finding import Severity
from gongkai.model.base import Record
from gongkai.model.item import Item
from gongkai.model.law import Law
from gongkai.model.organization import Organization, Town
from gongkai.model.vocabulary import ItemStatus
from gongkai.naming.difference import difference
from gongkai.naming.likeness import replaced
from gongkai.naming.look_alikes import look_alikes, written_correctly
from gongkai.naming.normal import normal
from gongkai.rules.engine import Context, Example, Loc, Problem, rule

_ENDING = re.compile(r"(?:证?核发|审批|办理|受理|申请|申领)\Z")
_TELLING = frozenset("0123456789一二三四五六七八九十两甲乙丙丁省市县区镇乡村街上下大中小男女内外前后新旧高低初再无非不")
"""Characters that make two things out of one when they are all that differs: 第一类 and 第二类 are not misspelled."""


_Named = tuple[str, str]
_LONG = 8
"""From so many characters on, two names that differ in one are nearly equal."""


def _names_of(record: Record) -> Iterator[tuple[Loc, str]]:
    if isinstance(record, Item):
        yield ("name",), record.name
    elif isinstance(record, Law):
        yield from ((("title",), record.title), (("short_title",), record.short_title))
    elif isinstance(record, Organization):
        yield from ((("name",), record.name), (("short_name",), record.short_name))
        if isinstance(record, Town):
            for index, village in enumerate(record.villages):
                yield ("villages", index, "name"), village.name
                yield ("villages", index, "full_name"), village.full_name


@rule(
    "N008",
    "区级名称里不能有形似字",
    subject=Record,
    reason="目录是全区的样本，样本里有半角括号、繁体字、兼容汉字，别处照抄就错，不照抄又不一致。",
    source="GB/T 15834-2011 标点符号用法；通用规范汉字表（国发〔2013〕23号）；Unicode 标准附件 15。",
    example=Example(
        "town", "short_name: 亭子镇\naliases: []\n", "name: 達州市达川区亭子镇人民政府\nshort_name: 亭子镇\n"
    ),
)
def names_have_no_look_alikes(record: Record, _context: Context) -> Iterator[Problem]:
    """Report half-width brackets, traditional and compatibility characters in the names that others copy."""
    for loc, name in _names_of(record):
        found = look_alikes(name)
        if found:
            said = "，".join(f"“{fault.character}”是{fault.kind}" for fault in found)
            yield Problem(loc, f"“{name}”里{said}", f"应当写成“{written_correctly(name)}”。", offset=found[0].index)


@rule(
    "N007",
    "名称几乎相同的事项，要核对是不是同一个",
    subject=Item,
    reason="一个事项登记两遍，名称差一个字，两份指南就会越走越远。",
    source="国发〔2022〕5号：同一事项在不同层级、不同区域名称统一。",
    example=Example("item", "name: 公共场所卫生许可\n", "name: 80周岁以上老年人高龄津贴的发放\n"),
    severity=Severity.WARNING,
)
def names_are_told_apart(item: Item, context: Context) -> Iterator[Problem]:
    """Report items whose name is nearly that of an item whose code comes earlier."""
    for code, name in context.table(nearly_equal).get(item.code, []):
        message = f"名称与事项 {code}“{name}”几乎相同：{difference(item.name, name)}"
        yield Problem(
            ("name",), message, "请核对是不是同一个事项；是的合并，不是的在名称里写清区别，或者写明例外的理由。"
        )


def nearly_equal(catalogue: Catalogue) -> dict[str, list[_Named]]:
    """Return, for each code, code and name of the items with a nearly equal name and an earlier code.

    Two names that differ in one character share a form with one character left out; so the names are
    grouped by these forms, and no pair is looked at that shares none.
    """
    first: dict[str, _Named] = {}
    groups: dict[str, list[_Named]] = {}
    for code, status, name, *_ in sorted(catalogue.item_names):
        if status != ItemStatus.CANCELLED:
            item = code, name
            for key in _shared_forms(_ENDING.sub("", normal(name))):
                other = first.setdefault(key, item)
                if other is not item:
                    groups.setdefault(key, [other]).append(item)
    found: defaultdict[str, dict[str, _Named]] = defaultdict(dict)
    for group in groups.values():
        for index, (code, name) in enumerate(group):
            for earlier in group[:index]:
                if earlier[1] != name and _are_one(earlier[1], name):
                    found[code][earlier[0]] = earlier
    return {code: list(others.values()) for code, others in found.items()}


def _shared_forms(form: str) -> set[str]:
    """Return a form and, where it is long enough, what it is without each one of its characters."""
    if len(form) < _LONG:
        return {form}
    return {form, *(form[:index] + form[index + 1 :] for index in range(len(form)))}


def _are_one(a: str, b: str) -> bool:
    """Tell whether two names are probably one: what differs says nothing."""
    a, b = _ENDING.sub("", normal(a)), _ENDING.sub("", normal(b))
    if a == b:
        return True
    changed = replaced(a, b)
    return len(changed) == 1 and not _TELLING.intersection("".join(changed[0]))
