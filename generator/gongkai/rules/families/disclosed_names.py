"""N, in disclosures: cases and exposures name items as the catalogue named them on that day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gongkai.model.approval_case import ApprovalDay
from gongkai.model.base import NamedItem, Record
from gongkai.model.supervision import Exposure
from gongkai.naming.difference import difference
from gongkai.rules.engine import Context, Example, Loc, Problem, rule


def _named_items(record: Record) -> Iterator[tuple[Loc, NamedItem, datetime.date]]:
    """Yield the items that a disclosure names, each with the day whose name is the right one."""
    if isinstance(record, ApprovalDay):
        for index, case in enumerate(record.cases):
            yield ("cases", index), case, record.date
    elif isinstance(record, Exposure):
        for index, item in enumerate(record.items):
            yield ("items", index), item, record.published_on


@rule(
    "N006",
    "办件和曝光里的事项名称，必须是当天的名称",
    subject=Record,
    reason="同一个编码在目录里叫一个名称、在办件里叫另一个，公众就无法把结果和指南对上。",
    source="国发〔2022〕5号：同一事项的名称全国统一；达川府办〔2015〕69号：公布的名称统一、完整、准确。",
    example=Example(
        "exposure",
        'items:\n  - code: "512011001000"\n    name: 80周岁以上老年人高龄津贴发放\n',
        'items:\n  - code: "512011001000"\n    name: 高龄津贴发放\n',
    ),
)
def disclosures_use_the_name_of_the_day(record: Record, context: Context) -> Iterator[Problem]:
    """Report items of cases and exposures under another name than the catalogue's of that day."""
    for loc, named, day in _named_items(record):
        right = context.catalogue.name_on(named.code, day)
        if right is not None and named.name != right:
            message = f"“{named.name}”与区级目录 {day} 的名称不一致：{difference(named.name, right)}"
            yield Problem((*loc, "name"), message, f"请改为“{right}”。")
