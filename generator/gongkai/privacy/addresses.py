"""Home addresses below the village: group and house number, building, unit and flat.

An office has a house number too (达川区翠屏街道演示路 18 号), so a street and its number are no home address. What
stands in the same clause as a word for an office (服务站, 窗口, 村委会 …) is one; behind 家庭住址 and the like
everything with a number is a home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.privacy.hit import DataKind, Hit
from gongkai.privacy.late_pattern import late_pattern

_N = "[0-9〇零一二三四五六七八九十百]{1,5}"
_NO_THING = r"(?!\s?[窗楼线路桥井点机口门车泵厅柜台令文])"
"""What has a number without being a flat: windows, buildings, roads, bridges …"""

_GROUP = late_pattern(rf"组\s?(?:第|附)?{_N}(?:[-之－—]{_N})?\s?号")
_BEFORE_GROUP = late_pattern(rf"[\u4e00-\u9fff]{{0,8}}?第?\s?{_N}\s?(?:村民|居民)?小?\Z")
_BUILDING = late_pattern(
    r"(?:栋|幢|号楼|座)\s?(?:"
    rf"(?:{_N}\s?单元)?\s?(?:{_N}\s?[楼层])?\s?[-－—]?{_N}(?:[-－—]{_N})?\s?(?:室|号{_NO_THING})"
    rf"|[-－—]?{_N}\s?(?:单元|[-－—]{_N}[-－—]{_N}))",
    words="栋|幢|号楼|座",
)
_BEFORE_BUILDING = late_pattern(rf"[\u4e00-\u9fff]{{0,8}}?(?:{_N}|[A-Za-z])\s?\Z")
_UNIT = late_pattern(rf"单元\s?(?:{_N}\s?[楼层])?\s?[-－—]?{_N}(?:[-－—]{_N})?\s?(?:室|号{_NO_THING})", words="单元")
_BEFORE_UNIT = late_pattern(rf"[\u4e00-\u9fff]{{0,8}}?{_N}\s?\Z")
_LABELLED = late_pattern(
    r"(?:家庭(?:住址|地址|住所)|住址|户籍地址|居住地址|常住地址|居住地(?<=现居住地)|居住地(?<=常居住地)|家住|现住(?=[在于：:]))"
    r"[\s\"'”“：:为是在于=]{0,6}"
    rf"(?P<place>[\u4e00-\u9fff0-9A-Za-z（）()·\- ]{{0,30}}?{_N}\s?(?:号|组|社|栋|幢|单元|室|户))(?!窗口|\s?窗口)",
    words="家庭|住址|户籍地址|居住地|常住地址|家住|现住",
)
_OFFICE = late_pattern(
    "窗口|中心|大厅|办公|服务站|服务点|代办点|服务室|委员会|政府|村委|居委|党群|派出所|卫生[室院]|医院|学校|公司|大厦|写字楼|营业|公证处|[局院所处站]"
)
_CLAUSE_END = late_pattern('[\t-\r\x1c-\x1f。；;"”]')
_REACH = 40


def addresses(text: str) -> Iterator[Hit]:
    """Yield home addresses below village level."""
    yield from _around(text, _GROUP, _BEFORE_GROUP)
    yield from _around(text, _BUILDING, _BEFORE_BUILDING)
    yield from _around(text, _UNIT, _BEFORE_UNIT)
    for match in _LABELLED.finditer(text):
        yield Hit(*match.span("place"), DataKind.ADDRESS, _shown(match["place"]))


def _around(text: str, core: re.Pattern[str], before: re.Pattern[str]) -> Iterator[Hit]:
    """Yield the places of ``core`` that have a number in front and no office in their clause."""
    for match in core.finditer(text):
        front = before.search(text, max(0, match.start() - 16), match.start())
        if front is not None and not _OFFICE.search(_clause(text, match.start(), match.end())):
            yield Hit(front.start(), match.end(), DataKind.ADDRESS, _shown(text[front.start() : match.end()]))


def _clause(text: str, start: int, end: int) -> str:
    """Return what stands around a place, up to the ends of its clause and no farther than some words."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return _CLAUSE_END.split(before)[-1] + text[start:end] + _CLAUSE_END.split(after)[0]


def _shown(place: str) -> str:
    """Return what may be said of an address: as far as the village, or nothing."""
    village = re.match(r"\s*[\u4e00-\u9fff]{1,20}?(?:村|社区|镇|乡|街道)", place)
    return f"{village[0].strip() if village else ''}***"
