"""E: exceptions that records grant themselves."""

from __future__ import annotations

from gongkai.model.item import Item
from gongkai.rules.engine import Example, Rule, declare

_NEEDED = """\
questions: []
exceptions:
  - rule: G004
    reason: 新划入事项，窗口正在收集常见问题
    until: 2099-12-31
"""

declare(
    Rule(
        "E001",
        "例外不能是多余的",
        "例外掩盖问题；问题已经解决而例外还在，以后再出同样的问题就没有人知道。",
        "本项目规定：例外必须写明规则、理由和截止日期，不再需要的应当删去。",
        Example(
            "item",
            good=_NEEDED,
            bad="exceptions:\n  - rule: G004\n    reason: 新划入事项\n    until: 2099-12-31\n",
        ),
        subject=Item,
    )
)

declare(
    Rule(
        "E002",
        "例外不能过期",
        "例外是有期限的承诺：到期而没有解决，就要重新说明理由。",
        "本项目规定：例外必须写明规则、理由和截止日期。",
        Example("item", good=_NEEDED, bad=_NEEDED.replace("2099-12-31", "2020-01-31")),
        subject=Item,
    )
)

declare(
    Rule(
        "E003",
        "有些规则不允许例外",
        "编码、引用和数据格式是网页和链接的骨架，错一处就打不开页面；占位内容不能当真发布。",
        "本项目规定：只有少数规则允许例外，其余一律不允许。",
        Example("item", good=_NEEDED, bad=_NEEDED.replace("G004", "R002").replace("questions: []\n", "")),
        subject=Item,
    )
)
