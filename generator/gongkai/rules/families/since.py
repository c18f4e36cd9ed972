"""A, continued: what must come with a change; found by comparing the catalogue with an earlier one.

These rules need two versions of the catalogue, so ``check --since`` runs them and an ordinary check does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongkai.catalogue import Catalogue
from gongkai.finding import Finding
from gongkai.model.item import Item
from gongkai.model.organization import Organization
from gongkai.rules.engine import Example, Problem, Rule, declare, to_finding
from gongkai.rules.families.adjustments import SOURCE
from gongkai.versions.elements import ElementChange, compare_items, compare_organizations, plain, title_of
from gongkai.versions.history import changes_of, versions

_SHOWN = 3

_RAISED = declare(
    Rule(
        "A009",
        "有实质变化的，事项版本要加 1",
        "内容变了版本不变，引用旧版本的人不知道自己看的已经不是原来那一版。",
        SOURCE,
        Example(
            "item", "summary: 开宾馆、理发店、浴室等公共场所，开业前要取得卫生许可证。\n", "rights: [要求说明理由]\n"
        ),
    )
)
_RECORDED = declare(
    Rule(
        "A010",
        "有实质变化的，要有动态调整记录",
        "调整的依据、日期和内容要向社会公布；没有记录，以前的版本也重建不出来。",
        SOURCE,
        Example(
            "item",
            "summary: 开宾馆、理发店、浴室等公共场所，开业前要取得卫生许可证。\n",
            "version: 3\neffective_on: 2026-03-01\nrights: [要求说明理由]\n",
        ),
    )
)
_KEPT = declare(
    Rule(
        "A011",
        "公布过的编码不得消失",
        "网址、订阅和别处的引用都用编码；事项取消了，编码和网页也要留着，说明取消了、转到哪里。",
        "国发〔2022〕5号：事项编码唯一、稳定；" + SOURCE,
        Example("item", 'code: "510123001000"\n', 'code: "510123001001"\n'),
    )
)
_NOT_LOWERED = declare(
    Rule(
        "A012",
        "版本号不得降低",
        "版本号变小，新版就成了旧版，历史接不上。",
        SOURCE,
        Example("item", "version: 2\n", "version: 1\n"),
    )
)
SINCE_RULES = (_RAISED, _RECORDED, _KEPT, _NOT_LOWERED)


@dataclass(frozen=True, slots=True)
class Between:
    """Two versions of the catalogue: how it was, and how it is."""

    before: Catalogue
    after: Catalogue


def since_findings(between: Between) -> list[Finding]:
    """Return what a change of the catalogue lacks, in order of place.

    A code that disappeared is reported in the file that it stood in.
    """
    findings = list(_disappeared(between))
    for code, item in between.after.items.items():
        old = between.before.items.get(code)
        found = _about_changed(old, item, between) if old is not None else _about_added(item, between)
        findings += [to_finding(rule, item, problem) for rule, problem in found]
    for organization in (*between.after.departments.values(), *between.after.towns.values()):
        findings += [to_finding(_RECORDED, organization, p) for p in _about_organization(organization, between)]
    return sorted(findings)


def _disappeared(between: Between) -> Iterator[Finding]:
    after = between.after
    published: list[tuple[str, str, str, Item | Organization, Callable[[str], bool]]] = [
        ("item", "code", "事项编码", item, after.items.__contains__) for item in between.before.items.values()
    ]
    published += [
        ("department", "id", "部门编号", d, after.departments.__contains__) for d in between.before.departments.values()
    ]
    published += [
        ("town", "id", "乡镇（街道）编号", t, after.towns.__contains__) for t in between.before.towns.values()
    ]
    for kind, key, noun, record, stands in published:
        identity = str(getattr(record, key))
        if stands(identity) or (kind, identity) in after.unreadable:
            continue
        message = f"{noun} {identity}（{record.name}）公布过，现在没有了"
        advice = "请恢复这个文件。"
        if kind == "item":
            advice = "请恢复这个文件；不再办理的，把状态（status）改为“取消”，写明取消信息。"
        yield to_finding(_KEPT, record, Problem((key,), message, advice))


def _about_changed(old: Item, item: Item, between: Between) -> Iterator[tuple[Rule, Problem]]:
    if item.version < old.version:
        message = f"版本号由 {old.version} 降到了 {item.version}"
        yield _NOT_LOWERED, Problem(("version",), message, f"请改为 {old.version} 或者更大的版本号。")
        return
    major = [change for change in compare_items(plain(old), plain(item)) if change.major]
    if not major:
        return
    if item.version == old.version:
        message = f"{_named(major)}有实质变化，版本还是 {item.version}"
        yield _RAISED, Problem(("version",), message, "请运行 gongkai adjust，它把版本加 1、写好动态调整记录。")
    known = versions(item, between.after.adjustments_of(item.code))
    rebuilt = next((version for version in known if version.number == old.version), None)
    if item.version == old.version or rebuilt is None:
        missing = major
    else:
        missing = [c for c in compare_items(plain(old), plain(rebuilt.item)) if c.major]
    for change in missing:
        title = title_of(Item, change.path)
        message = f"“{title}”（{change.path}）有实质变化，没有动态调整记录"
        loc = tuple(change.path.split("."))
        yield _RECORDED, Problem(loc, message, _ADVICE, at_key=True)


_ADVICE = "请运行 gongkai adjust 写好记录；已经写了又改过的，删去还没有提交的记录文件再运行。"


def _about_added(item: Item, between: Between) -> Iterator[tuple[Rule, Problem]]:
    """Report an item that is new, and that no record says anything of."""
    if ("item", item.code) in between.before.unreadable or between.after.adjustments_of(item.code):
        return
    yield _RECORDED, Problem(("code",), f"新增了事项 {item.code}，没有动态调整记录", _ADVICE)


def _about_organization(organization: Organization, between: Between) -> Iterator[Problem]:
    """Report an organisation's new name that no record mentions."""
    old = between.before.organization(organization.id)
    if old is None or type(old) is not type(organization):
        return
    recorded = changes_of(organization.id, between.after.adjustments_of(organization.id))
    said = {(e.path, e.new) for _, _, change in recorded for e in change.elements}
    for change in compare_organizations(plain(old), plain(organization), type(organization)):
        if change.major and (change.path, change.new) not in said:
            message = f"机构“{title_of(type(organization), change.path)}”改了，没有动态调整记录"
            yield Problem((change.path,), message, _ADVICE)


def _named(changes: list[ElementChange]) -> str:
    """Name the first elements that changed."""
    titles = list(dict.fromkeys(title_of(Item, change.path) for change in changes))
    more = f"等 {len(titles)} 项" if len(titles) > _SHOWN else ""
    return "、".join(f"“{title}”" for title in titles[:_SHOWN]) + more
