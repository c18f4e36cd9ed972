"""G: a guide says everything an applicant must know, and says it concretely."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from gongkai.finding import Severity
from gongkai.model.item import Item
from gongkai.model.vocabulary import ItemType, MaterialForm, ResultType, StepKind
from gongkai.rules.contents import contents
from gongkai.rules.engine import Context, Example, Loc, Problem, rule, walked
from gongkai.rules.sifting import Sieve

_INSPECTION = (
    "国办秘函〔2019〕19号附件《政府网站与政务新媒体检查指标》：办事指南重点要素缺失 4 类及以上的事项"
    "达到 5 个，单项否决。"
)


def _has_supervision(item: Item, context: Context) -> bool:
    """Tell whether the public can complain; a department that cannot be read is not held against the item."""
    catalogue = context.catalogue
    return catalogue.complaint(item) is not None or catalogue.is_unreadable("department", item.department)


ELEMENTS: dict[str, tuple[Loc, Callable[[Item, Context], bool]]] = {
    "办理主体": (("authority",), lambda item, _: bool(item.authority.organization)),
    "办理依据": (("legal_basis",), lambda item, _: bool(item.legal_basis)),
    "办理条件": (("conditions",), lambda item, _: bool(item.conditions)),
    "办理程序": (("procedure",), lambda item, _: bool(item.procedure)),
    "承诺时限": (("time_limits", "promised"), lambda item, _: item.time_limits.promised is not None),
    "收费依据": (("fees",), lambda item, _: item.fees is not None),
    "收费标准": (("fees",), lambda item, _: item.fees is not None),
    "监管渠道": (("supervision",), _has_supervision),
}
"""The eight elements that every published item must have: where each stands, and whether it is there.

Source: 达川府办〔2015〕69号, which obliges every department and town to publish them.
"""


def missing_elements(item: Item, context: Context) -> list[str]:
    """Return the names of the eight elements that an item lacks."""
    return [name for name, (_, present) in ELEMENTS.items() if not present(item, context)]


@rule(
    "G001",
    "八项要素要齐全",
    subject=Item,
    reason="办理主体、依据、条件、程序、时限、收费依据、收费标准、监管渠道，缺一项群众就办不明白。",
    source="达川府办〔2015〕69号；" + _INSPECTION,
    example=Example("item", "conditions:\n  - 经营场所在达川区\n", "conditions: []\n"),
)
def eight_elements(item: Item, context: Context) -> Iterator[Problem]:
    """Report each of the eight elements that is missing; two that share a place are one problem."""
    missing = missing_elements(item, context)
    if not missing:
        return
    by_place: dict[Loc, list[str]] = {}
    for name in missing:
        by_place.setdefault(ELEMENTS[name][0], []).append(name)
    for loc, names in by_place.items():
        count = f"；这个事项一共缺 {len(missing)} 项" if len(missing) > 1 else ""
        key = ".".join(map(str, loc))
        yield Problem(
            loc, f"缺少{'、'.join(f'“{name}”' for name in names)}（{key}）{count}", "请补充完整。", at_key=True
        )


@rule(
    "G002",
    "申请材料要列出来",
    subject=Item,
    reason="不知道带什么，群众就要跑第二趟。",
    source="《行政许可法》第三十条；" + _INSPECTION,
    example=Example(
        "item",
        "materials:\n  - {name: 申请表, kind: 原件, form: 不限, necessity: 必要, source: 申请人自备}\n",
        "materials: []\n",
    ),
)
def materials_are_listed(item: Item, _context: Context) -> Iterator[Problem]:
    """Report items that applicants start, and that list no materials."""
    started_by_authority = item.type in (ItemType.PENALTY, ItemType.COERCION, ItemType.INSPECTION)
    if not item.materials and not started_by_authority:
        yield Problem(
            ("materials",), "没有列出申请材料", "请逐份列出；确实不用带材料的，列出需要出示的证件。", at_key=True
        )


HOLLOW = (
    "符合条件",
    "按规定执行",
    "按规定办理",
    "按规定收取",
    "按有关规定",
    "按相关规定",
    "依据有关规定",
    "根据有关规定",
    "根据相关规定",
    "符合有关规定",
    "符合相关规定",
    "符合规定条件",
    "法律法规规定的其他",
    "详见附件",
    "详见",
    "附后",
    "待定",
    "另行通知",
    "相关材料",
    "有关材料",
    "有关证明",
    "相关证明",
    "其他材料",
    "其它材料",
    "等材料",
    "相关手续",
    "有关部门规定",
)
"""Phrases that look like content and tell an applicant nothing (国办秘函〔2019〕19号: 表述含糊)."""

_HOLLOW = re.compile("|".join(map(re.escape, HOLLOW)))
_NOTHING = re.compile(r"(?:无|暂无|没有|同上|略|见上|空|\W+|x{2,}|null|none|n/a|todo|test)\Z", re.IGNORECASE)
_GUIDE_TEXT = (
    "summary",
    "conditions",
    "prohibitions",
    "materials",
    "procedure",
    "fees",
    "visits",
    "hall",
    "result",
    "questions",
    "referrals",
    "prior_reviews",
    "time_limits",
    "quantity_limit",
    "special_procedures",
    "intermediary_services",
    "acceptance",
    "rights",
    "obligations",
    "penalty_range",
)


@rule(
    "G003",
    "不能写空话",
    subject=Item,
    reason="“按规定执行”“相关材料”看起来写了，群众还是不知道要什么。",
    source="国办秘函〔2019〕19号附件：办事指南不得出现“有关证明”“其他材料”等含糊表述。",
    example=Example(
        "item",
        "conditions:\n  - 直接为顾客服务的人员持有健康合格证明\n",
        "conditions:\n  - 提交相关材料，按规定执行\n",
    ),
)
def no_hollow_text(item: Item, context: Context) -> Iterator[Problem]:
    """Report phrases that say nothing, and texts that are only a placeholder."""
    found = contents(item, context)
    if not context.once(_sieve).catches_any((*found.prose, *found.names)):
        return
    for loc, text in walked(item, context):
        if not isinstance(text, str) or loc[0] not in _GUIDE_TEXT:
            continue
        if match := _HOLLOW.search(text):
            yield Problem(loc, f"“{match.group()}”是空话，没有告诉群众要什么", "请写出具体的条件、材料名称或者时间。")
        elif len(text) < 2 or _NOTHING.match(text):
            yield Problem(loc, f"只写了“{text}”", "有内容的写具体内容，没有的整项删去。")


def _sieve(_context: Context) -> Sieve:
    return Sieve(lambda text: len(text) < 2 or _HOLLOW.search(text) is not None or _NOTHING.match(text) is not None)


@rule(
    "G004",
    "行政许可要有常见问题",
    subject=Item,
    reason="窗口每天被问的问题，写出来就能少跑一趟。",
    source="GB/T 39554.2-2020 常见问题；浙江、温州等地事项规范要求行政许可不少于 1 条。",
    example=Example(
        "item",
        "questions:\n  - {question: 换了老板要重新办吗？, answer: 要，经营者变更重新申请。}\n",
        "questions: []\n",
    ),
)
def permits_have_questions(item: Item, _context: Context) -> Iterator[Problem]:
    """Report permits without a single question and answer."""
    if item.type is ItemType.PERMIT and not item.questions:
        yield Problem(("questions",), "行政许可没有常见问题", "请把窗口最常被问到的问题写一条。", at_key=True)


_PERMIT_STEPS = (StepKind.ACCEPTANCE, StepKind.REVIEW, StepKind.DECISION, StepKind.DELIVERY)
_FULL = "".join(f"  - {{kind: {step}, actor: 窗口, action: 核对并告知结果}}\n" for step in _PERMIT_STEPS)


@rule(
    "G005",
    "行政许可的流程要有受理、审查、决定和送达",
    subject=Item,
    reason="这几步是法律规定的，每一步都产生一份文书，缺了哪一步群众都无从主张权利。",
    source="《行政许可法》第三十二条、第三十四条、第三十七条、第四十四条。",
    example=Example(
        "item",
        "procedure:\n" + _FULL,
        "procedure:\n" + _FULL.replace(f"  - {{kind: {StepKind.DECISION}, actor: 窗口, action: 核对并告知结果}}\n", ""),
    ),
)
def permits_have_the_steps(item: Item, _context: Context) -> Iterator[Problem]:
    """Report permits, other than immediate ones, that lack a step the law demands."""
    if item.type is not ItemType.PERMIT or item.is_immediate or not item.procedure:
        return
    present = {step.kind for step in item.procedure}
    missing = [step for step in _PERMIT_STEPS if step not in present]
    if missing:
        yield Problem(
            ("procedure",),
            f"办理流程缺少{'、'.join(f'“{step}”' for step in missing)}",
            "请补上这一步由谁办、办多久。",
            at_key=True,
        )


@rule(
    "G006",
    "有结果的要写明结果名称和样本",
    subject=Item,
    reason="群众要知道最后拿到的是什么证、上面写些什么。",
    source="GB/T 39554.2-2020：审批结果类型不为“无”的，审批结果名称、审批结果样本必填。",
    example=Example(
        "item",
        "result:\n  type: 证照\n  name: 公共场所卫生许可证\n  specimen: 载明单位名称和有效期\n",
        "result:\n  type: 证照\n  name: 公共场所卫生许可证\n",
    ),
)
def results_are_described(item: Item, _context: Context) -> Iterator[Problem]:
    """Report results without a name or a description of the specimen."""
    if item.result.type is ResultType.NONE:
        return
    for name in ("name", "specimen"):
        if getattr(item.result, name) is None:
            title = type(item.result).model_fields[name].title
            yield Problem(
                ("result",), f"结果类型是“{item.result.type}”，缺少“{title}”（{name}）", "请补充。", at_key=True
            )


@rule(
    "G007",
    "纸质材料要写份数",
    subject=Item,
    reason="少带一份复印件，就要再跑一趟。",
    source="GB/T 39554.2-2020：材料形式为纸质的，纸质材料份数必填。",
    example=Example(
        "item",
        "materials:\n  - {name: 申请表, kind: 原件, form: 纸质, necessity: 必要, copies: 1, source: 申请人自备}\n",
        "materials:\n  - {name: 申请表, kind: 原件, form: 纸质, necessity: 必要, source: 申请人自备}\n",
    ),
)
def paper_materials_have_copies(item: Item, _context: Context) -> Iterator[Problem]:
    """Report paper materials without the number of copies."""
    for index, material in enumerate(item.materials):
        if material.form is MaterialForm.PAPER and not material.copies:
            yield Problem(("materials", index), f"纸质材料“{material.name}”没有写份数", "请写 copies: 1。")


@rule(
    "G008",
    "一句话说明不宜过长",
    subject=Item,
    reason="手机上一眼看完，群众才知道是不是找对了。",
    source="国办发〔2017〕47号：办事服务应当简明易懂；本项目规定不超过 60 字。",
    example=Example("item", "summary: 开宾馆、理发店等公共场所，开业前要取得卫生许可证。\n", f"summary: {'长' * 61}\n"),
    severity=Severity.WARNING,
)
def summaries_are_short(item: Item, _context: Context) -> Iterator[Problem]:
    """Warn about summaries of more than 60 characters."""
    if len(item.summary) > 60:
        yield Problem(("summary",), f"一句话说明有 {len(item.summary)} 个字", "请压缩到 60 字以内。")
