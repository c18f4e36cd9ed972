"""L: what may be demanded has a law behind it, and the law is in force."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.model.item import Item
from gongkai.model.law import Law
from gongkai.model.vocabulary import LawStatus
from gongkai.rules.contents import contents
from gongkai.rules.engine import Context, Example, Problem, citations, rule

_PERMIT_LAW = "《行政许可法》第十四条至第十八条：没有法律依据不得增设许可条件"
_REVIEW = """\
prior_reviews:
  - name: 消防安全意见
    organization: 区消防救援大队
    limit: {value: 5, unit: 工作日}
    deemed_approval: true
"""
_BASIS = "    basis: {law: gonggongchangsuoweishengguanlitiaoli, article: 第四条}\n"


@rule(
    "L001",
    "前置审查要有法律依据",
    subject=Item,
    reason="没有依据的前置审查，是变相增设许可条件。",
    source=_PERMIT_LAW + "；国办发〔2015〕31号清理前置审批的要求。",
    example=Example("item", _REVIEW + _BASIS, _REVIEW),
)
def prior_reviews_have_a_basis(item: Item, _context: Context) -> Iterator[Problem]:
    """Report prior reviews without a citation."""
    for index, review in enumerate(item.prior_reviews):
        if review.basis is None:
            yield Problem(
                ("prior_reviews", index),
                f"前置审查“{review.name}”没有法律依据",
                "请写明依据（basis）；没有依据的应当取消这项前置审查。",
            )


_STEP = "procedure:\n  - kind: 听证\n    actor: 区卫生健康局法规股\n    action: 组织听证会\n"


@rule(
    "L002",
    "前置审查、专家评审、检验检测、听证环节要有法律依据",
    subject=Item,
    reason="这些环节增加申请人的时间和费用，法律、法规没有规定的不能设。",
    source="《行政许可法》第四十五条至第四十八条、第五十五条；" + _PERMIT_LAW + "。",
    example=Example("item", _STEP + _BASIS, _STEP),
)
def steps_have_a_basis(item: Item, _context: Context) -> Iterator[Problem]:
    """Report steps of a kind that only a law may demand, without a citation."""
    for index, step in enumerate(item.procedure):
        if step.basis is None and step.kind.needs_legal_basis:
            yield Problem(
                ("procedure", index),
                f"“{step.kind}”环节没有法律依据",
                "请写明依据（basis）；没有依据的应当取消这个环节。",
            )


@rule(
    "L003",
    "不能引用已经废止的法律文件",
    subject=Item,
    reason="依据废止了，事项就可能失去依据，要么改引新法，要么取消事项。",
    source="《立法法》；国办发〔2022〕2号：设定依据应当现行有效。",
    example=Example(
        "item",
        "legal_basis:\n  - law: gonggongchangsuoweishengguanlitiaoli\n    article: 第四条\n",
        "legal_basis:\n  - law: hetongfa\n    article: 第二条\n",
    ),
)
def cited_laws_are_in_force(item: Item, context: Context) -> Iterator[Problem]:
    """Report citations of laws that are repealed on the day of the check."""
    laws = context.catalogue.laws
    cited = {citation.law: laws.get(citation.law) for citation in contents(item, context).citations}
    repealed = {code for code, law in cited.items() if law is not None and is_repealed(law, context)}
    if not repealed:
        return
    for loc, citation in citations(item, context):
        if citation.law not in repealed:
            continue
        law = laws[citation.law]
        since = f"，{law.repealed_on} 起废止" if law.repealed_on else "，已经废止"
        successors = "、".join(f"《{laws[s].short_title}》" for s in law.successors if s in laws)
        advice = f"现行的是{successors}，请核对条款后改引。" if successors else "请改引现行的法律文件。"
        yield Problem((*loc, "law"), f"引用了《{law.short_title}》{since}", advice)


def is_repealed(law: Law, context: Context) -> bool:
    """Tell whether a law is no longer in force on the day of the check."""
    if law.repealed_on is not None:
        return law.repealed_on <= context.as_of
    return law.status is LawStatus.REPEALED


@rule(
    "L004",
    "废止的法律文件要写明废止日期",
    subject=Law,
    reason="有了日期，才能判断旧文件当时引用得对不对。",
    source="本项目规定。",
    example=Example("law", "status: 已废止\nrepealed_on: 2021-01-01\n", "status: 已废止\n"),
)
def repealed_laws_have_a_date(law: Law, _context: Context) -> Iterator[Problem]:
    """Report laws whose status and date of repeal contradict each other."""
    if law.status is LawStatus.REPEALED and law.repealed_on is None:
        yield Problem(("status",), "时效性是“已废止”，没有写废止日期（repealed_on）", "请补充废止日期。")
    if law.repealed_on is not None and law.status is not LawStatus.REPEALED:
        yield Problem(("repealed_on",), f"写了废止日期，时效性却是“{law.status}”", "请核对时效性。")
