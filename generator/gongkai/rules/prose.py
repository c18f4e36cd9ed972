"""N, in prose: what Markdown and the free text of records call items, organisations, laws and villages."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from gongkai.catalogue import Catalogue
from gongkai.model.base import Part, Record
from gongkai.model.hand_written import HandWrittenPage
from gongkai.model.item import Item
from gongkai.model.law import Law
from gongkai.model.organization import AbolishedDivisions, Organization, Town
from gongkai.model.vocabulary import ItemStatus, LawStatus
from gongkai.naming.difference import difference
from gongkai.naming.lexicon import Lexicon, Role, Term
from gongkai.naming.look_alikes import plain
from gongkai.naming.mentions import Fault, Mention, Mentions, told_as_history
from gongkai.rules.engine import Context, Example, Loc, Problem, rule

_SOURCE = "达川府办〔2015〕69号：公布的名称统一、完整、准确；国发〔2022〕5号：同一事项的名称全国统一。"
_NAME_FIELDS = frozenset(
    [
        "name",
        "former_names",
        "everyday_names",
        "aliases",
        "title",
        "short_title",
        "full_name",
        "short_name",
        "document_name",
        "certificate_name",
        "basis",
        "cancellation",
        "exceptions",
        "references",
        "successors",
        "path",
        "elements",
        "code",
        "id",
        "number",
        "credit_code",
        "url",
        "online",
        "email",
    ]
)
"""Fields that are names themselves, identities, or the documents of their time: other rules compare those."""

_CODE_SPAN = re.compile(r"`[^`]*`|\]\([^)]*\)|\[\[[^\]|]*\|?|<[^>]*>")
_GAP = "\ue000"
"""Stands where code stood: no name runs across it."""

_BRACKET = re.compile(r"（[^（）]*）\Z")
_QUOTED_LAW = re.compile(r"《([^《》]{3,80})》")
_SENTENCE = re.compile(r"[^。；！？\n]+")


def _gap(match: re.Match[str]) -> str:
    return _GAP * len(match.group())


def texts(record: Record) -> Iterator[tuple[Loc, str]]:
    """Yield the free texts of a record with their locations; a page line by line, without what is code."""
    if isinstance(record, HandWrittenPage):
        fenced = False
        for index, line in enumerate(record.lines):
            if line.lstrip().startswith(("```", "~~~")):
                fenced = not fenced
            elif not fenced:
                yield ("lines", index), _CODE_SPAN.sub(_gap, line)
        return
    yield from _texts_of(record, ())


def _texts_of(part: Part, loc: Loc) -> Iterator[tuple[Loc, str]]:
    for name, value in part.__dict__.items():
        # An enumeration's values are no prose: their type is not str itself.
        if name not in _NAME_FIELDS and value is not None:
            if type(value) is str:
                yield (*loc, name), value
            elif isinstance(value, Part):
                yield from _texts_of(value, (*loc, name))
            elif type(value) is list:
                yield from _texts_in(value, (*loc, name))


def _texts_in(values: list[Any], loc: Loc) -> Iterator[tuple[Loc, str]]:
    for index, value in enumerate(values):
        if type(value) is str:
            yield (*loc, index), value
        elif isinstance(value, Part):
            yield from _texts_of(value, (*loc, index))


def _lexicon(context: Context) -> Mentions:
    return Mentions(Lexicon(_terms(context.catalogue)))


def _terms(catalogue: Catalogue) -> Iterator[Term]:
    for names in catalogue.item_names:
        yield from _item_terms(*names)
    for organization in (*catalogue.departments.values(), *catalogue.towns.values()):
        yield from _organization_terms(organization, catalogue)
    if catalogue.district:
        yield Term(catalogue.district.service_centre.name, Role.OTHER)
        yield Term(catalogue.district.service_centre.name.removeprefix(catalogue.district.short_name[:-1]), Role.OTHER)
    if catalogue.abolished:
        for division in catalogue.abolished.divisions:
            into = [catalogue.towns[code].short_name for code in division.successors if code in catalogue.towns]
            today = "、".join(into)
            yield Term(division.name, Role.FORMER, today, division.until.isoformat(), division.basis)
    for law in catalogue.laws.values():
        yield Term(law.title, Role.OTHER)
        yield Term(law.short_title, Role.OTHER)


def _item_terms(
    _code: str,
    status: ItemStatus,
    name: str,
    former: Sequence[tuple[str, datetime.date, str]],
    everyday: Sequence[str],
    things: Sequence[str],
) -> Iterator[Term]:
    if status is ItemStatus.CANCELLED:
        yield Term(name, Role.OTHER)
        return
    yield Term(name, Role.CANONICAL, name)
    for old, until, basis in former:
        yield Term(old, Role.FORMER, name, until.isoformat(), basis)
    for other in (*everyday, *things):
        yield Term(other, Role.OTHER)
    short = _BRACKET.sub("", plain(name))
    if short != plain(name) and len(short) >= 6:
        yield Term(short, Role.SHORT, name)


def _organization_terms(organization: Organization, catalogue: Catalogue) -> Iterator[Term]:
    for name in (organization.name, organization.short_name, *organization.aliases):
        yield Term(name, Role.OTHER)
    for former in organization.former_names:
        for name in _spoken(former.name, catalogue):
            yield Term(name, Role.FORMER, organization.short_name, former.until.isoformat(), former.basis)


def _spoken(full_name: str, catalogue: Catalogue) -> Iterator[str]:
    """Yield the forms in which an organisation's full name is used: with and without the district's name."""
    yield full_name
    district = catalogue.district
    if district and full_name.startswith(district.name):
        rest = full_name.removeprefix(district.name)
        yield district.short_name + rest
        yield "区" + rest


def day_of(record: Record, latest: datetime.date) -> datetime.date:
    """Return the day on which a record's words were written, as far as it says so; else the day of the files."""
    for attribute in ("published_on", "date", "updated_on"):
        day = getattr(record, attribute, None)
        if isinstance(day, datetime.date):
            return day
    return latest


def _all_mentions(context: Context) -> dict[int, list[tuple[Loc, Mention]]]:
    """Return the wrong mentions of every record by its ``id()``: several rules share one pass."""
    finder = context.once(_lexicon)
    found = {}
    for record in context.catalogue.records():
        # The registers of laws and of abolished towns are lists of names themselves.
        if not isinstance(record, Law | AbolishedDivisions):
            mentions = list(_mentions(record, finder))
            if mentions:
                found[id(record)] = mentions
    return found


def _mentions(record: Record, finder: Mentions) -> Iterator[tuple[Loc, Mention]]:
    """Yield the wrong mentions in a record: all texts are searched as one, and taken apart where something is found."""
    # A title in 《》 is that of a document; what it is called is compared with the register of laws.
    pieces = [(loc, _QUOTED_LAW.sub(_gap, text)) for loc, text in texts(record)]
    if any(True for _ in finder.wrong(_GAP.join(text for _, text in pieces))):
        for loc, text in pieces:
            for mention in finder.wrong(text):
                yield loc, mention


def _of(record: Record, context: Context, *faults: Fault) -> Iterator[tuple[Loc, Mention]]:
    found = context.once(_all_mentions).get(id(record), [])
    return ((loc, mention) for loc, mention in found if mention.fault in faults)


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
    for loc, mention in _of(record, context, Fault.LOOK_ALIKE):
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
    for loc, mention in _of(record, context, Fault.NEAR, Fault.SHORT, Fault.LEVEL_NOTE):
        name = mention.term.canonical
        if mention.fault is Fault.SHORT and _introduced(record, name, context):
            continue
        if mention.fault is Fault.SHORT:
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
    for loc, mention in _of(record, context, Fault.FORMER):
        term = mention.term
        if datetime.date.fromisoformat(term.until) > day:
            continue
        today = f"现在的名称是“{term.canonical}”" if term.canonical else "现在属于哪个乡镇，请查撤销乡镇名录"
        message = f"“{mention.found}”从 {term.until} 起停用（依据：{term.note}）"
        yield Problem(loc, message, f"{today}，请改正；确实要讲历史的，写明“原”“改为”。", offset=mention.start)
    yield from _outdated_laws(record, context, day)


def _outdated_laws(record: Record, context: Context, day: datetime.date) -> Iterator[Problem]:
    """Report titles in 《》 that are former, repealed or misspelled ones of laws in the register."""
    if isinstance(record, Law | AbolishedDivisions):
        return
    former, titles = context.once(_law_names)
    for loc, text in texts(record):
        for match in _QUOTED_LAW.finditer(text):
            if told_as_history(text, match.start(), match.end()):
                continue
            problem = _law_problem(match[1], former, titles, day)
            if problem is not None:
                yield Problem(loc, *problem, offset=match.start())


def _law_problem(
    title: str, former: dict[str, tuple[datetime.date, str]], titles: dict[str, str], day: datetime.date
) -> tuple[str, str] | None:
    if title in former:
        until, advice = former[title]
        return (f"《{title}》从 {until} 起不再使用", advice) if until <= day else None
    form = plain(title)
    if form in titles:
        return (
            (f"《{title}》与法律文件的名称字形不同", f"请改为《{titles[form]}》。") if title != titles[form] else None
        )
    core = form.removeprefix("中华人民共和国")
    allowed = 0 if len(core) < 8 else 1 if len(core) < 16 else 2
    near = (
        process.extractOne(form, titles.keys(), scorer=Levenshtein.distance, score_cutoff=allowed) if allowed else None
    )
    if near is None:
        return None
    right = titles[near[0]]
    return (
        f"《{title}》与法律文件的名称不一致：{difference(title, right)}",
        f"请改为《{right}》；是另一部法律文件的，先登记到 data/laws/。",
    )


def _law_names(context: Context) -> tuple[dict[str, tuple[datetime.date, str]], dict[str, str]]:
    """Return names that are over (with the day and advice), and the plain forms of those in use."""
    former: dict[str, tuple[datetime.date, str]] = {}
    titles: dict[str, str] = {}
    laws = context.catalogue.laws
    for law in laws.values():
        for old in law.former_names:
            former[old.name] = old.until, f"依据：{old.basis}；现在的名称是《{law.title}》，请改正。"
    for law in laws.values():
        names = (law.title, law.short_title)
        if law.status is LawStatus.REPEALED and law.repealed_on:
            into = "、".join(f"《{laws[code].title}》" for code in law.successors if code in laws)
            advice = f"已经废止，由{into}替代，请改正。" if into else "已经废止，请改用现行有效的文件。"
            former |= dict.fromkeys(names, (law.repealed_on, advice))
        else:
            for name in names:
                former.pop(name, None)
                titles[plain(name)] = name
    return former, titles


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
    shared = context.once(_shared_village_names)
    if not shared or isinstance(record, Town | AbolishedDivisions):
        return
    for loc, text in texts(record):
        if not any(name in text for name in shared):
            continue
        for sentence in _SENTENCE.finditer(text):
            for name, towns in shared.items():
                index = sentence.group().find(name)
                if index >= 0 and not any(town in sentence.group() for town in towns):
                    message = f"叫“{name}”的有 {len(towns)} 个：{'、'.join(town + name for town in towns)}"
                    yield Problem(loc, message, "请在村名前面写上乡镇。", offset=sentence.start() + index)


def _shared_village_names(context: Context) -> dict[str, list[str]]:
    towns: defaultdict[str, list[str]] = defaultdict(list)
    for village, town in context.catalogue.villages.values():
        towns[village.name].append(town.short_name)
    return {name: where for name, where in towns.items() if len(where) > 1}
