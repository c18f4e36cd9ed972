"""U: supervision records refer to what exists, in an order that is possible, and faults are followed up."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator

from gongkai.casework.exposures import rectification
from gongkai.casework.working_days import WorkingCalendars
from gongkai.finding import Severity
from gongkai.model.disclosure_vocabulary import AppraisalSubject
from gongkai.model.supervision import Appraisal, Exposure, Inspection, Interview, SupervisionRecord
from gongkai.rules.engine import Context, Example, Loc, Problem, rule
from gongkai.rules.unknown import is_publisher, unknown, unknown_item, unknown_publisher

_SOURCE = "达川府办〔2015〕69号：检查、曝光、整改、约谈、测评全程公开；"
_HONESTY = _SOURCE + "国办秘函〔2019〕19号：伪造日期属于弄虚作假，单项否决。"
_REFERENCES = _SOURCE + "本项目规定引用一律用编号。"

_EXPOSED = """\
inspection: null
published_on: 2026-04-20
found_on: 2026-04-10
deadline: 2026-05-20
"""
_CLOSED = _EXPOSED + "progress: []\nclosure: {on: 2026-05-15, confirmed_by: weijian, result: 已经改正}\n"
_RATED = "{organization: weijian, window: 卫健窗口, score: 96.5, ratings: 200, dissatisfied: %s}"


def _organizations(record: SupervisionRecord) -> Iterator[tuple[Loc, str, str]]:
    """Yield the place, the title and the id of every organisation that a record names."""
    if isinstance(record, Inspection):
        for index, identity in enumerate(record.inspectors):
            yield ("inspectors", index), "检查单位", identity
        for index, identity in enumerate(record.organizations):
            yield ("organizations", index), "被检查单位", identity
    elif isinstance(record, Exposure):
        yield ("organization",), "被曝光单位", record.organization
        yield ("found_by",), "发现单位", record.found_by
        if record.closure is not None:
            yield ("closure", "confirmed_by"), "核实单位", record.closure.confirmed_by
    elif isinstance(record, Interview):
        yield ("by",), "作出单位", record.by
        yield ("organization",), "对象单位", record.organization
    elif isinstance(record, Appraisal):
        yield ("by",), "测评单位", record.by
        for index, result in enumerate(record.results):
            yield ("results", index, "organization"), "被测评单位", result.organization


@rule(
    "U001",
    "监督记录里的单位必须登记",
    subject=SupervisionRecord,
    reason="查的是谁、谁来核实，要能点开看到。",
    source=_REFERENCES,
    example=Example("exposure", _EXPOSED + "organization: weijian\n", _EXPOSED + "organization: weijain\n"),
)
def organizations_exist(record: SupervisionRecord, context: Context) -> Iterator[Problem]:
    """Report organisations that are not registered."""
    for loc, noun, identity in _organizations(record):
        if not is_publisher(identity, context):
            yield unknown_publisher(loc, noun, identity, context)


@rule(
    "U002",
    "曝光引用的检查和事项必须存在",
    subject=Exposure,
    reason="问题是哪次检查发现的、出在哪件事上，要能点开核对。",
    source=_REFERENCES,
    example=Example("exposure", _EXPOSED, _EXPOSED.replace("null", "2026-999")),
)
def exposures_refer_to_what_exists(exposure: Exposure, context: Context) -> Iterator[Problem]:
    """Report inspections and items that are not registered."""
    inspections = context.catalogue.inspections
    identity = exposure.inspection
    if identity is not None and not _has(identity, inspections, "inspection", context):
        names = {known.id: known.title for known in inspections.values()}
        yield unknown(("inspection",), "检查", identity, names)
    for index, item in enumerate(exposure.items):
        if not context.catalogue.knows("item", item.code):
            yield unknown_item(("items", index, "code"), item.code, item.name, context)


def _has(identity: str, register: Container[str], kind: str, context: Context) -> bool:
    return identity in register or context.catalogue.is_unreadable(kind, identity)


@rule(
    "U003",
    "约谈和问责引用的曝光必须存在，并且在约谈以前发现",
    subject=Interview,
    reason="因为什么约谈，要能点开核对；问题还没有发现就约谈，日期必有一个是假的。",
    source=_REFERENCES,
    example=Example("interview", "exposures: []\n", "exposures: [2026-999]\n"),
)
def interviews_follow_their_exposures(interview: Interview, context: Context) -> Iterator[Problem]:
    """Report exposures that are not registered, or were found after the interview."""
    exposures = context.catalogue.exposures
    for index, identity in enumerate(interview.exposures):
        exposure = exposures.get(identity)
        if exposure is None:
            if not _has(identity, exposures, "exposure", context):
                names = {known.id: known.problem for known in exposures.values()}
                yield unknown(("exposures", index), "曝光", identity, names)
        elif interview.on < exposure.found_on:
            yield Problem(
                ("on",),
                f"{interview.kind}的日期 {interview.on} 早于曝光 {identity} 发现问题的 {exposure.found_on}",
                "请核对日期和曝光的编号。",
            )


@rule(
    "U013",
    "约谈和问责先作出、后公布",
    subject=Interview,
    reason="还没有约谈就公布了结果，日期必有一个是假的。",
    source=_HONESTY,
    example=Example(
        "interview",
        "exposures: []\non: 2026-05-20\npublished_on: 2026-05-22\n",
        "exposures: []\non: 2026-05-20\npublished_on: 2026-05-18\n",
    ),
)
def interviews_are_published_afterwards(interview: Interview, _context: Context) -> Iterator[Problem]:
    """Report interviews that were published before they took place."""
    if interview.published_on < interview.on:
        message = f"公布日期 {interview.published_on} 早于{interview.kind}的日期 {interview.on}"
        yield Problem(("published_on",), message, "请核对两个日期。")


_PERIOD = "published_on: 2026-07-10\nstarted_on: 2026-04-01\nended_on: 2026-06-30\n"


def _period(record: Inspection | Appraisal) -> Iterator[Problem]:
    if record.ended_on < record.started_on:
        message = f"结束日期 {record.ended_on} 早于开始日期 {record.started_on}"
        yield Problem(("ended_on",), message, "请核对两个日期。")
    elif record.published_on < record.ended_on:
        message = f"公布日期 {record.published_on} 早于结束日期 {record.ended_on}"
        yield Problem(("published_on",), message, "结束以后才有结果可以公布，请核对两个日期。")


@rule(
    "U004",
    "检查的起止和公布日期要有先后",
    subject=Inspection,
    reason="没有查完就公布的检查，结果靠不住。",
    source=_HONESTY,
    example=Example("inspection", _PERIOD, _PERIOD.replace("2026-06-30", "2026-03-30")),
)
def inspections_end_after_they_start(inspection: Inspection, _context: Context) -> Iterator[Problem]:
    """Report inspections that end before they start, or were published before they ended."""
    yield from _period(inspection)


@rule(
    "U005",
    "测评的起止和公布日期要有先后",
    subject=Appraisal,
    reason="没有评完就公布的测评，分数靠不住。",
    source=_HONESTY,
    example=Example("appraisal", _PERIOD, _PERIOD.replace("2026-06-30", "2026-03-30")),
)
def appraisals_end_after_they_start(appraisal: Appraisal, _context: Context) -> Iterator[Problem]:
    """Report appraisals whose period ends before it starts, or that were published before it ended."""
    yield from _period(appraisal)


@rule(
    "U006",
    "监督记录的日期不能在将来",
    subject=SupervisionRecord,
    reason="还没有发生的检查、整改、约谈不能写成已经发生。",
    source=_HONESTY,
    example=Example("exposure", _CLOSED, _CLOSED.replace("on: 2026-05-15", "on: 2999-05-15")),
)
def nothing_happens_in_the_future(record: SupervisionRecord, context: Context) -> Iterator[Problem]:
    """Report every date of what has happened that is after the day of the check; deadlines may be later."""
    for loc, title, day in _past_days(record):
        if day > context.latest:
            yield Problem(loc, f"{title} {day} 还没有到", "请填实际发生的日期；还没有发生的先不写。")


def _past_days(record: SupervisionRecord) -> Iterator[tuple[Loc, str, datetime.date]]:
    yield ("published_on",), "公布日期", record.published_on
    if isinstance(record, Inspection | Appraisal):
        yield ("ended_on",), "结束日期", record.ended_on
    elif isinstance(record, Interview):
        yield ("on",), f"{record.kind}的日期", record.on
    elif isinstance(record, Exposure):
        yield ("found_on",), "发现日期", record.found_on
        for index, progress in enumerate(record.progress):
            yield ("progress", index, "on"), "整改进展的日期", progress.on
        if record.closure is not None:
            yield ("closure", "on"), "销号日期", record.closure.on


@rule(
    "U007",
    "曝光先发现、再公布、后到期",
    subject=Exposure,
    reason="公布时期限已经过了，等于没有给整改的时间；还没有发现就公布，日期必有一个是假的。",
    source=_HONESTY,
    example=Example("exposure", _EXPOSED, _EXPOSED.replace("2026-05-20", "2026-04-15")),
)
def exposures_run_forwards(exposure: Exposure, context: Context) -> Iterator[Problem]:
    """Report faults found after their publication or before their inspection, and deadlines before publication."""
    published, found = exposure.published_on, exposure.found_on
    if found > published:
        message = f"发现日期 {found} 晚于公布日期 {published}"
        yield Problem(("found_on",), message, "请核对两个日期。")
    if exposure.deadline < published:
        message = f"整改期限 {exposure.deadline} 早于公布日期 {published}"
        yield Problem(("deadline",), message, "请核对两个日期，整改期限要在公布以后。")
    inspection = context.catalogue.inspections.get(exposure.inspection or "")
    if inspection is not None and found < inspection.started_on:
        message = f"发现日期 {found} 早于检查 {inspection.id} 的开始日期 {inspection.started_on}"
        yield Problem(("found_on",), message, "请核对日期和检查的编号。")


@rule(
    "U008",
    "整改进展按先后写，到销号为止",
    subject=Exposure,
    reason="群众顺着日期看整改到哪一步；销号以后还有进展，说明没有改完。",
    source=_HONESTY,
    example=Example(
        "exposure",
        _CLOSED.replace("[]", "[{on: 2026-05-10, note: 换了公示牌}]"),
        _CLOSED.replace("[]", "[{on: 2026-05-18, note: 换了公示牌}]"),
    ),
)
def rectification_runs_forwards(exposure: Exposure, _context: Context) -> Iterator[Problem]:
    """Report progress before the fault was found, out of order or after its closure, and closures too early."""
    latest, what = exposure.found_on, "发现日期"
    closure = exposure.closure
    for index, progress in enumerate(exposure.progress):
        loc = ("progress", index, "on")
        if progress.on < latest:
            yield Problem(loc, f"整改进展的日期 {progress.on} 早于{what} {latest}", "请核对，进展按发生的先后写。")
        else:
            latest, what = progress.on, "前一条进展的"
        if closure is not None and progress.on > closure.on:
            message = f"整改进展的日期 {progress.on} 晚于销号日期 {closure.on}"
            yield Problem(loc, message, "没有改完的先不销号；改完了的核对日期。")
    if closure is not None and closure.on < exposure.found_on:
        message = f"销号日期 {closure.on} 早于发现日期 {exposure.found_on}"
        yield Problem(("closure", "on"), message, "请核对两个日期。")


@rule(
    "U009",
    "过了整改期限要有交代",
    subject=Exposure,
    severity=Severity.WARNING,
    reason="到期没有销号，也没有说改到哪一步，群众只会认为没有人管；页面会标“逾期未整改”。",
    source=_SOURCE + "整改到期要核实销号。",
    example=Example("exposure", _CLOSED, _EXPOSED + "progress: []\nclosure: null\n"),
)
def overdue_faults_are_followed_up(exposure: Exposure, context: Context) -> Iterator[Problem]:
    """Report faults past their deadline that are not closed and have no progress after the deadline."""
    found = rectification(exposure, WorkingCalendars(context.catalogue.calendars), context.as_of)
    if exposure.closure is not None or not found.silent:
        return
    yield Problem(
        ("deadline",),
        f"整改期限 {exposure.deadline} 已过 {found.overdue_by} 个工作日，没有销号，期限过后也没有整改进展",
        "改完了的写销号（closure）；没有改完的写整改进展（progress）：改到哪一步，还差什么。",
    )


@rule(
    "U010",
    "不满意件数不能多于评价件数",
    subject=Appraisal,
    reason="两个数抄反了，满意率就成了假的。",
    source="国办发〔2019〕51号：政务服务“好差评”数据应当真实；" + _SOURCE,
    example=Example(
        "appraisal",
        f"subject: 窗口\nresults:\n  - {_RATED % 3}\n",
        f"subject: 窗口\nresults:\n  - {_RATED % 300}\n",
    ),
)
def ratings_add_up(appraisal: Appraisal, _context: Context) -> Iterator[Problem]:
    """Report results with more dissatisfied ratings than ratings."""
    for index, result in enumerate(appraisal.results):
        if result.dissatisfied > result.ratings:
            yield Problem(
                ("results", index, "dissatisfied"),
                f"不满意 {result.dissatisfied} 件，多于评价的 {result.ratings} 件",
                "请核对是不是抄反了。",
            )


@rule(
    "U011",
    "测评窗口的要写窗口，测评单位的不写",
    subject=Appraisal,
    reason="一个单位有几个窗口，不写是哪个，分数就不知道是谁的。",
    source=_SOURCE,
    example=Example(
        "appraisal",
        f"subject: 窗口\nresults:\n  - {_RATED % 3}\n",
        f"subject: 窗口\nresults:\n  - {(_RATED % 3).replace('window: 卫健窗口, ', '')}\n",
    ),
)
def windows_are_named(appraisal: Appraisal, _context: Context) -> Iterator[Problem]:
    """Report results of windows without a window, and results of organisations with one."""
    windows = appraisal.subject is AppraisalSubject.WINDOW
    for index, result in enumerate(appraisal.results):
        if windows and result.window is None:
            yield Problem(("results", index), "测评对象是窗口，没有写窗口（window）", "请写明是哪个窗口。")
        elif result.window is not None and not windows:
            yield Problem(
                ("results", index, "window"),
                "测评对象是单位，却写了窗口",
                "请删去窗口，或者把测评对象改为“窗口”。",
                at_key=True,
            )


@rule(
    "U012",
    "同一个单位、窗口、事项、曝光只写一次",
    subject=SupervisionRecord,
    reason="写了两次，件数和排名就算重了。",
    source=_REFERENCES,
    example=Example("inspection", "organizations: [weijian, minzheng]\n", "organizations: [weijian, weijian]\n"),
)
def nothing_stands_twice(record: SupervisionRecord, _context: Context) -> Iterator[Problem]:
    """Report what a list of a record names a second time."""
    seen: set[tuple[str | int | None, ...]] = set()
    for loc, identity in _listed(record):
        key = (loc[0], *identity)
        if key in seen:
            name = "，".join(part for part in identity if part is not None)
            yield Problem(loc, f"“{name}”在前面已经写过", "请删去一处。")
        seen.add(key)


def _listed(record: SupervisionRecord) -> Iterator[tuple[Loc, tuple[str | None, ...]]]:
    if isinstance(record, Inspection):
        yield from ((("inspectors", index), (identity,)) for index, identity in enumerate(record.inspectors))
        yield from ((("organizations", index), (identity,)) for index, identity in enumerate(record.organizations))
    elif isinstance(record, Exposure):
        yield from ((("items", index, "code"), (item.code,)) for index, item in enumerate(record.items))
    elif isinstance(record, Interview):
        yield from ((("exposures", index), (identity,)) for index, identity in enumerate(record.exposures))
    elif isinstance(record, Appraisal):
        for index, result in enumerate(record.results):
            yield ("results", index, "organization"), (result.organization, result.window)
