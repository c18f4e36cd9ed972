"""Which elements are of substance (实质变化): a change of one makes a new version of the item.

达川府办〔2015〕69号 asks that every adjustment of an item (name, basis, conditions, materials, procedure, time
limit, fee, authority) be recorded and published; GB/T 39554.2-2020 numbers the versions of an item by its
elements. What only helps to find, read or reach is corrected without a new version.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Substance:
    """Whether a change of an element is of substance, and why, in Chinese."""

    major: bool
    reason: str


_MAJOR = {
    "name": "名称是公众认这个事项的依据",
    "type": "类型决定适用哪些法律规定",
    "status": "关系到还能不能办",
    "cancellation": "关系到还能不能办、到哪里去办",
    "secrecy": "关系到公开不公开",
    "department": "主管部门变了",
    "authority": "由谁实施变了",
    "joint_organizations": "由谁共同办理变了",
    "power_source": "权力的来源变了",
    "exercise_levels": "由哪一级行使变了",
    "legal_basis": "依据变了",
    "audiences": "谁可以办变了",
    "acceptance": "在哪里受理变了",
    "conditions": "符合什么才能办变了",
    "prohibitions": "什么情形不予办理变了",
    "quantity_limit": "数量限制变了",
    "materials": "要交的材料变了",
    "procedure": "办理的环节变了",
    "prior_reviews": "前置审查变了",
    "referrals": "转外和上报变了",
    "special_procedures": "特别程序变了",
    "intermediary_services": "中介服务变了",
    "handling": "办件类型变了",
    "time_limits": "多久办好变了",
    "fees": "收费变了",
    "forms": "怎么办理变了",
    "visits": "跑几次变了",
    "hall": "到哪里办变了",
    "online": "网上怎么办变了",
    "express_delivery": "怎么办理变了",
    "appointment": "怎么办理变了",
    "self_service": "怎么办理变了",
    "cross_region": "在哪里能办变了",
    "result": "办成以后得到什么变了",
    "remedies": "向谁申请救济变了",
    "rights": "申请人的权利变了",
    "obligations": "申请人的义务变了",
    "penalty_range": "处罚的幅度变了",
}
_MINOR = {
    "former_names": "曾用名随更名记录，补记不改变办理",
    "everyday_names": "只帮助搜索",
    "summary": "只是说明的文字",
    "updated_on": "记的是修改的日期",
    "planned_cancellation_on": "取消以前照常办理",
    "local_code": "平台的编码，不影响办理",
    "local_implementation_code": "平台的编码，不影响办理",
    "handling_code": "平台的编码，不影响办理",
    "themes": "只影响归到哪一类",
    "fees.online_payment": "付费的办法，不影响收多少",
    "online.url": "网址",
    "consultation": "联系方式",
    "supervision": "联系方式",
    "remedies.reconsideration.address": "联系方式",
    "remedies.reconsideration.phone": "联系方式",
    "remedies.reconsideration.online": "联系方式",
    "remedies.litigation.address": "联系方式",
    "remedies.litigation.phone": "联系方式",
    "remedies.litigation.online": "联系方式",
    "questions": "解答的文字，办理的要求写在别的要素里",
    "exceptions": "检查规则的例外",
}
ITEM_ELEMENTS = {
    **{path: Substance(True, reason) for path, reason in _MAJOR.items()},
    **{path: Substance(False, reason) for path, reason in _MINOR.items()},
}
"""The elements of an item; the longest path that an element's path begins with decides."""

ORGANIZATION_ELEMENTS = {
    "name": Substance(True, "机构更名要公告"),
    "short_name": Substance(True, "机构更名要公告"),
}
"""The elements of a department or town that make an adjustment; all others are kept up without one."""

VERSION_KEYS = frozenset({"version", "effective_on"})
"""Keys of an item that say which version it is: they are what a change makes, not what changes."""


def item_substance(path: str) -> Substance:
    """Return what a change of an item's element means; an element that the table does not name is of substance."""
    return _longest(path, ITEM_ELEMENTS) or Substance(True, "要素变了")


def organization_substance(path: str) -> Substance:
    """Return what a change of a department's or town's element means."""
    return _longest(path, ORGANIZATION_ELEMENTS) or Substance(False, "机构资料")


def _longest(path: str, table: dict[str, Substance]) -> Substance | None:
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        found = table.get(".".join(steps[:length]))
        if found is not None:
            return found
    return None
