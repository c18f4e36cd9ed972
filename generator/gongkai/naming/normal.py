"""The form under which two names that say the same are equal.

What may differ: characters that look alike, blanks, a note on the level at the end (「（县级）」, 「(县级行使）」), the sign
between the members of a list (、 和 及 与 或). Source: 四川省一体化政务服务平台 lists, where all of these occur.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.naming.look_alikes import look_alikes, plain

_LEVEL = r"(?:国家级|省级|市级|地市级|县级|区级|县区级|区县级|区（县）级|乡级|镇级|乡镇级|村级|本级)"
_NOTE = rf"（{_LEVEL}(?:行使|权限|初审|初审转报|审批|办理|受理|代办|部分)?）"
LEVEL_NOTE = re.compile(rf"{_NOTE}\Z")
"""A note on the level, in plain characters, at the end of a name: it is no part of the name."""

LEVEL_NOTE_AFTER = re.compile(_NOTE)
"""The same at the beginning of what follows a name."""

_JOINING = re.compile(r"以及|或者|并且|[和及与或]")


@lru_cache(maxsize=500_000)
def normal(name: str) -> str:
    """Return the normal form of a name; two names with the same one are the same name badly written."""
    text = plain(name)
    shorter = LEVEL_NOTE.sub("", text)
    while shorter != text:
        text, shorter = shorter, LEVEL_NOTE.sub("", shorter)
    return _JOINING.sub("、", text)


def reasons(given: str, canonical: str) -> list[str]:
    """Say, in Chinese, which kinds of noise make ``given`` differ from ``canonical``; empty when it is another name."""
    if given == canonical or normal(given) != normal(canonical):
        return []
    said = []
    if plain(given) == plain(canonical):
        said.append(_look_alike_reason(given, canonical))
    else:
        if LEVEL_NOTE.search(plain(given)) or LEVEL_NOTE.search(plain(canonical)):
            said.append("多了或少了层级说明")
        if _JOINING.sub("、", plain(given)) != plain(given) or _JOINING.sub("、", plain(canonical)) != plain(canonical):
            said.append("连接词不同")
    return said or ["字形或标点不同"]


def _look_alike_reason(given: str, canonical: str) -> str:
    expected = {(fault.character, fault.kind) for fault in look_alikes(canonical)}
    kinds = [fault.kind for fault in look_alikes(given) if (fault.character, fault.kind) not in expected]
    return "、".join(dict.fromkeys(kinds)) or "标点或全半角不同"
