"""A name is told from the same characters inside another name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.editing.markdown_edits import replace_in_page
from gongkai.editing.mentions import Mentions
from support import full_file_of

OLD, NEW = "取水许可", "用水许可"


def search(*others: str, ambiguous: bool = False) -> Mentions:
    return Mentions({OLD: NEW}, others, may_be_documents=True, ambiguous=ambiguous)


def replaced(text: str, find: Mentions) -> str:
    for mention in sorted(find(text), key=lambda mention: -mention.start):
        if mention.replacement is not None:
            text = text[: mention.start] + mention.replacement + text[mention.end :]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("先办取水许可，再开工", "先办用水许可，再开工"),
        ("取水许可和取水许可", "用水许可和用水许可"),
        ("取水许可书面答复、取水许可单位、取水许可表明", "用水许可书面答复、用水许可单位、用水许可表明"),
        ("取水许可取水许可证", "用水许可取水许可证"),
        ("𠮷取水许可𠮷", "𠮷用水许可𠮷"),
        ("“取水许可”", "“用水许可”"),
        ("《须知》说的取水许可", "《须知》说的用水许可"),
    ],
)
def test_mentions_are_replaced(text: str, expected: str) -> None:
    assert replaced(text, search()) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("领取取水许可证", "“取水许可证”是另一个名称"),
        ("领取取水许可证书", "“取水许可证”是另一个名称"),
        ("填写取水许可申请书", "“取水许可申请书”是另一个名称"),
        ("收到取水许可受理通知书", "“取水许可受理通知书”是另一个名称"),
        ("区取水许可岗", "“取水许可岗”是另一个名称"),
        ("国家实行取水许可制度", "“取水许可制度”是另一个名称"),
        ("依照《取水许可和水资源费征收管理条例》", "在书名号里"),
        ("办理取水许可变更", "是“取水许可变更”的一部分"),
        ("取用取水许可", "是“取用取水”的一部分"),
    ],
)
def test_parts_of_other_names_stay(text: str, reason: str) -> None:
    (mention,) = search("取水许可变更", "取用取水")(text)
    assert (mention.replacement, mention.reason) == (None, reason)


def test_the_longest_old_name_wins() -> None:
    find = Mentions(
        {"达川区卫健局": "达川区卫健委", "区卫健局": "区卫健委员会"}, ["区卫健局办公室"], may_be_documents=False
    )
    assert replaced("达川区卫健局、区卫健局", find) == "达川区卫健委、区卫健委员会"


def test_a_new_name_that_holds_the_old_one_is_not_touched_again() -> None:
    find = Mentions({OLD: "取水许可（含变更）"}, [], may_be_documents=True)
    text = "取水许可（含变更）和取水许可"
    assert replaced(text, find) == "取水许可（含变更）和取水许可（含变更）"
    assert replaced(replaced(text, find), find) == replaced(text, find)


def test_what_only_a_clerk_can_tell_stays() -> None:
    (mention,) = search(ambiguous=True)("持有取水许可")
    assert mention.replacement is None
    assert "分不清指哪一个" in mention.reason


PAGE = """\
---
title: 怎样办取水许可 # 标题
template: home.html
keywords: "取水许可,取水许可证"
---
# 取水许可

[[510119001000]]、[[510119001000|取水许可]]、[[510119001000|取水许可证]]，又叫**取水许可**。

`取水许可`和``a`取水许可``

```
取水许可
```

!!! tip "取水许可"
    ~~~
    取水许可
    ~~~
    取水许可

<!-- 取水许可 --> [取水许可](a.md#取水许可) <span title='取水许可'>取水许可</span> https://a.cn/取水许可
"""
CHANGED = """\
---
title: 怎样办用水许可 # 标题
template: home.html
keywords: "用水许可,取水许可证"
---
# 用水许可

[[510119001000]]、[[510119001000|用水许可]]、[[510119001000|取水许可证]]，又叫**用水许可**。

`取水许可`和``a`取水许可``

```
取水许可
```

!!! tip "用水许可"
    ~~~
    取水许可
    ~~~
    用水许可

<!-- 取水许可 --> [用水许可](a.md#取水许可) <span title='取水许可'>用水许可</span> https://a.cn/取水许可
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_pages_change_in_prose_only(end: str) -> None:
    page = PAGE.replace("\n", end)
    done = replace_in_page(page, "510119001000", search())
    assert done.text(page) == CHANGED.replace("\n", end)
    assert {page[left.position :][:5] for left in done.left} == {"取水许可证", '"取水许可'}


def test_words_of_a_reference_change_even_where_prose_is_unclear() -> None:
    page = "---\ntitle: 一\n---\n\n[[510119001000|取水许可]]和取水许可\n"
    done = replace_in_page(page, "510119001000", search(ambiguous=True))
    assert done.text(page) == "---\ntitle: 一\n---\n\n[[510119001000|用水许可]]和取水许可\n"


NO_PROSE = re.compile(r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)|<!--.*?-->")


@given(st.lists(st.sampled_from(["`", "``", "```", "<!--", "-->", "，取水许可，", "。"]), max_size=40).map("".join))
def test_code_spans_and_comments_end_where_they_are_closed(text: str) -> None:
    expected = re.sub(f"({NO_PROSE.pattern})|取水许可", lambda match: match[1] or "用水许可", text)
    page = f"---\ntitle: 一\n---\n。{text}"
    assert replace_in_page(page, "510119001000", search()).text(page) == f"---\ntitle: 一\n---\n。{expected}"


@pytest.mark.parametrize("piece", ["`", "<!--", "取水许可，", "《取水许可》", "取水许可变更", "`取水许可`", "[[a|"])
def test_hostile_pages_are_searched_once(piece: str) -> None:
    """Time that grew with the square of a page's length would be hours here."""
    page = full_file_of(piece)
    done = replace_in_page(page, "510119001000", search("取水许可变更"))
    assert len(done.edits) == (page.count(piece) if piece == "取水许可，" else 0)


def test_runs_of_backticks_of_any_length_are_searched_once() -> None:
    page = "".join(f"{'`' * length}取水许可" for length in range(1, 1400))
    assert len(replace_in_page(page, "510119001000", search()).edits) == 1399
