"""N, in prose: what Markdown and the free text of records call items, organisations, laws and villages."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gongkai.model.adjustment import Adjustment
from gongkai.model.base import Record
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.law import Law
from gongkai.model.organization import AbolishedDivisions, Town
from gongkai.naming.difference import difference
from gongkai.naming.likeness import fewest_edits
from gongkai.naming.look_alikes import plain
from gongkai.naming.mentions import MentionFault, WrongMention
from gongkai.rules.engine import Context, Example, Loc, Problem, rule
from gongkai.rules.free_text import texts
from gongkai.rules.remarks import Remarks, remarks

_SOURCE = "达川府办〔2015〕69号：公布的名称统一、完整、准确；国发〔2022〕5号：同一事项的名称全国统一。"


def day_of(record: Record, latest: datetime.date) -> datetime.date:
    """Return the day on which a record's words were written, as far as it says so; else the day of the files."""
    if isinstance(record, Adjustment):
        return record.effective_on
    dated = record.front_matter if isinstance(record, HandWrittenPage) else record
    for attribute in ("published_on", "date", "updated_on"):
        day = getattr(dated, attribute, None)
        if isinstance(day, datetime.date):
            return day
    return latest


def _remarks(record: Record, context: Context) -> list[tuple[Loc, Remarks]]:
    """Return the remarks on a record; the registers of laws and of abolished towns are lists of names themselves."""
    return [] if isinstance(record, Law | AbolishedDivisions) else remarks(record, context)


def _of(record: Record, context: Context, *faults: MentionFault) -> Iterator[tuple[Loc, WrongMention]]:
    for loc, found in _remarks(record, context):
        yield from ((loc, mention) for mention in found.mentions if mention.fault in faults)


@rule(
    "N009",
    "文中提到的事项名称，字形要与目录一致",
    subject=Record,
    reason="半角括号、繁体字、夹在中间的空格看起来差不多，但是按名称搜索就找不到，复制出去又成了另一个名称。",
    source=_SOURCE + "GB/T 15834-2011 标点符号用法。",
    example=Example(
        "page",
        "---\ntitle: 开店指南\n---\n\n先办公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）。\n",
        "---\ntitle: 开店指南\n---\n\n先办公共场所卫生许可(除饭馆、咖啡馆、酒吧、茶座等)。\n",
    ),
)
def mentions_are_spelled_like_the_catalogue(record: Record, context: Context) -> Iterator[Problem]:
    """Report mentions in prose that differ from an item's name only in characters that look alike."""
    for loc, mention in _of(record, context, MentionFault.LOOK_ALIKE):
        message = f"“{mention.found}”与事项名称字形不同：{difference(mention.found, mention.term.text)}"
        yield Problem(loc, message, f"请改为“{mention.term.text}”。", offset=mention.start)


@rule(
    "N010",
    "文中提到的事项要用全称，一字不差",
    subject=Record,
    reason="指南里少一个字、多一个字或者只写前半截，群众拿着这个名称到窗口、到网上都对不上号。",
    source=_SOURCE,
    example=Example(
        "page",
        "---\ntitle: 高龄津贴\n---\n\n满八十岁的老人可以申请80周岁以上老年人高龄津贴发放。\n",
        "---\ntitle: 高龄津贴\n---\n\n满八十岁的老人可以申请80周岁以上老人高龄津贴发放。\n",
    ),
)
def mentions_are_exact(record: Record, context: Context) -> Iterator[Problem]:
    """Report mentions in prose that are nearly an item's name, a short form of it, or carry a note on the level."""
    for loc, mention in _of(record, context, MentionFault.NEAR, MentionFault.SHORT, MentionFault.LEVEL_NOTE):
        name = mention.term.canonical
        if mention.fault is MentionFault.SHORT and _introduced(record, name, context):
            continue
        if mention.fault is MentionFault.SHORT:
            message = f"“{mention.found}”只是事项名称的一部分"
        else:
            message = f"“{mention.found}”与事项名称不一致：{difference(mention.found, name)}"
        advice = f"全称是“{name}”，请改用全称；说的不是这个事项的，换一种说法。网页里举例说明错误写法的，放进反引号。"
        yield Problem(loc, message, advice, offset=mention.start)


def _introduced(record: Record, name: str, context: Context) -> bool:
    """Tell whether a text gives the full name as well: after that, it may use a short form."""
    if isinstance(record, HandWrittenPage) and set(context.catalogue.codes_by_name[name]) & set(record.references):
        return True
    return any(name in text for _, text in texts(record)) or (isinstance(record, Item) and record.name == name)


@rule(
    "N011",
    "停用的名称不能再用",
    subject=Record,
    reason="机构改革、乡镇撤并、事项改名以后还用老名称，群众会找错门；法律废止了还引用，办事就没有依据。",
    source=_SOURCE + "川府民政〔2019〕21号（乡镇行政区划调整）；区机构改革方案。",
    example=Example(
        "page",
        "---\ntitle: 到哪里办\n---\n\n原檀木镇的居民到亭子镇便民服务中心办理。\n",
        "---\ntitle: 到哪里办\n---\n\n请到檀木镇便民服务中心办理。\n",
    ),
)
def former_names_are_not_used(record: Record, context: Context) -> Iterator[Problem]:
    """Report former names of items, organisations, towns and laws in texts written after the name ended."""
    day = day_of(record, context.latest)
    for loc, mention in _of(record, context, MentionFault.FORMER):
        term = mention.term
        if datetime.date.fromisoformat(term.until) > day:
            continue
        today = f"现在的名称是“{term.canonical}”" if term.canonical else "现在属于哪个乡镇，请查撤销乡镇名录"
        message = f"“{mention.found}”从 {term.until} 起停用（依据：{term.note}）"
        yield Problem(loc, message, f"{today}，请改正；确实要讲历史的，写明“原”“改为”。", offset=mention.start)
    yield from _outdated_laws(record, context, day)


def _outdated_laws(record: Record, context: Context, day: datetime.date) -> Iterator[Problem]:
    """Report titles in 《》 that are former, repealed or misspelled ones of laws in the register."""
    names = context.once(_law_names)
    for loc, found in _remarks(record, context):
        for start, title in found.titles:
            problem = names.problem(title, day)
            if problem is not None:
                yield Problem(loc, *problem, offset=start)


class _LawNames:
    """Names of laws that are over, with the day and advice, and the plain forms of those in use."""

    def __init__(self, former: dict[str, tuple[datetime.date, str]], titles: dict[str, str]) -> None:
        self._former = former
        self._titles = titles
        self._known: dict[str, tuple[str, str] | None] = {}

    def problem(self, title: str, day: datetime.date) -> tuple[str, str] | None:
        """Return what is wrong with a title in a text of some day, and what to do; None when nothing is."""
        if title in self._former:
            until, advice = self._former[title]
            return (f"《{title}》从 {until} 起不再使用", advice) if until <= day else None
        if title not in self._known:
            self._known[title] = self._misspelling(title)
        return self._known[title]

    def _misspelling(self, title: str) -> tuple[str, str] | None:
        titles, form = self._titles, plain(title)
        if form in titles:
            right = titles[form]
            return (f"《{title}》与法律文件的名称字形不同", f"请改为《{right}》。") if title != right else None
        core = form.removeprefix("中华人民共和国")
        allowed = 0 if len(core) < 8 else 1 if len(core) < 16 else 2
        if not allowed:
            return None
        near = fewest_edits(form, titles, allowed)
        if near is None:
            return None
        right = titles[near]
        return (
            f"《{title}》与法律文件的名称不一致：{difference(title, right)}",
            f"请改为《{right}》；是另一部法律文件的，先登记到 data/laws/。",
        )


def _law_names(context: Context) -> _LawNames:
    former: dict[str, tuple[datetime.date, str]] = {}
    titles: dict[str, str] = {}
    laws = context.catalogue.law_names
    by_id = {law: title for law, title, *_ in laws}
    for _, title, _, ended, _, _ in laws:
        for name, until, basis in ended:
            advice = f"依据：{basis}；现在的名称是《{title}》，请改正。"
            former[name] = datetime.date.fromisoformat(until), advice
    for _, title, short_title, _, repealed_on, successors in laws:
        if repealed_on:
            into = "、".join(f"《{by_id[code]}》" for code in successors if code in by_id)
            advice = f"已经废止，由{into}替代，请改正。" if into else "已经废止，请改用现行有效的文件。"
            former |= dict.fromkeys((title, short_title), (datetime.date.fromisoformat(repealed_on), advice))
        else:
            for name in (title, short_title):
                former.pop(name, None)
                titles[plain(name)] = name
    return _LawNames(former, titles)


@rule(
    "N012",
    "重名的村要连同乡镇一起写",
    subject=Record,
    reason="区里有两个金银村，只写村名，谁也不知道说的是哪一个。",
    source="达川区行政区划（村、社区名录）；GB/T 10114-2003 县级以下行政区划代码编制规则。",
    example=Example(
        "page",
        "---\ntitle: 便民服务\n---\n\n亭子镇大风社区设有代办点。\n",
        "---\ntitle: 便民服务\n---\n\n大风社区设有代办点。\n",
    ),
)
def shared_village_names_are_qualified(record: Record, context: Context) -> Iterator[Problem]:
    """Report sentences that name a village whose name several towns have, and none of these towns."""
    if isinstance(record, Town | Law | AbolishedDivisions):
        return
    for loc, found in remarks(record, context):
        for start, name in found.villages:
            towns = context.catalogue.shared_village_names[name]
            message = f"叫“{name}”的有 {len(towns)} 个：{'、'.join(town + name for town in towns)}"
            yield Problem(loc, message, "请在村名前面写上乡镇。", offset=start)
