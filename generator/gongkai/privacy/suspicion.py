"""Which files could hold personal data: a quick look that may be wrong with yes, and never with no.

Almost every file of a site is clean, and looking closely costs fifty times as much as reading. So each family of finders
has a pattern here that matches wherever one of them could, and all of a family's patterns are looked for in one pass
over the bytes, by RE2, whose automaton takes no longer for many words than for one. A pattern steps over tags between
any two characters, as if they had been removed, and takes every tag for a separator, too; so the source of a page need
not be turned into its visible text first. What is written so that it hides from this (references to characters,
invisible characters) is looked at closely by every finder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html.entities import html5
from typing import Any

import re2

from gongkai.privacy import minors, people, tables
from gongkai.privacy.addresses import addresses
from gongkai.privacy.hit import Finder
from gongkai.privacy.numbers import HAN_DIGITS, PROVIDERS, bank_cards, identities, mailboxes, mobiles, passports
from gongkai.privacy.personal_data import FINDERS, is_foreign_digit
from gongkai.privacy.surnames import COMPOUND, DOUBTFUL, IN_WORDS, LAST_OF_WORDS, MASK, SINGLE

_MEMORY = 128 << 20

_TAG = r"<[^<>]*(?:<[^<>]*>[^<>]*)*>|(?:<|&lt;)(?:[^<>&]|&[^lg]|<[^<>]*>)*(?:>|&gt;)"
_QUOTE = "&(?:quot|apos|#34|#39|#[xX]27);?"
_T = f"(?:{_TAG})*"
_SPACE = r"\s\x0b\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_HAN = r"[\x{4e00}-\x{9fff}]"
_NOT_HAN = rf"(?:$|[^\x{{4e00}}-\x{{9fff}}]|{_T}$)"
_D = "[0-9０-９]"
_LETTERS = "A-Za-zＡ-Ｚａ-ｚ"
_BEFORE = rf"(?:^|[^0-9０-９{_LETTERS}]){_T}"
_END = rf"{_T}(?:$|[^0-9０-９{_LETTERS}])"
_BLANK = rf"(?:[ \x{{a0}}\x{{3000}}\t]|{_TAG})*"
_SEPARATOR = r"[ \x{a0}\x{3000}.．·•‐‑–—－/_＿-]"
_SOFT = rf"(?:[{_SPACE}]|{_TAG})*"
_APART = f"(?:{_SEPARATOR}| {_T} )"
_GAP = rf"(?:[{_SPACE}\"'”“：:为是于在=＝|，,、（(*＊_＿]|{_QUOTE}|{_TAG})*"
_PARTED = rf"(?:[{_SPACE}\"'”“：:=＝|，,、（(*＊_＿]|{_QUOTE}|{_TAG})+"
_BESIDE_COLON = rf"(?:[{_SPACE}\"'”“*＊_＿]|{_QUOTE}|{_TAG})*"
_COLON_TAG = f"(?:<|&lt;)/(?i:dt|label){_SOFT}(?:>|&gt;)"
"""The end of a term, which becomes a colon in the visible text."""
_COLON = f"{_BESIDE_COLON}(?:[：:=（(]|{_COLON_TAG}){_BESIDE_COLON}"
_NUMERAL = f"(?:{_D}|[〇零一二三四五六七八九十百])"


def _row(*parts: str) -> str:
    """Return a pattern of parts with any tags between them."""
    return _T.join(parts)


def _times(part: str, number: int) -> str:
    return _row(*[part] * number)


def _word(word: str) -> str:
    return _row(*(re.escape(character) for character in word))


def _latin(word: str) -> str:
    """Return a word in Latin letters, whatever their case and width."""
    return _row(*(f"[{c}{c.upper()}{chr(ord(c) + 0xFEE0)}{chr(ord(c.upper()) + 0xFEE0)}]" for c in word))


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(_word, words))})"


def _characters(excluded: Iterable[str]) -> str:
    """Return the class of Chinese characters without some."""
    points = sorted(map(ord, excluded))
    edges = zip([0x4E00, *(point + 1 for point in points)], [*(point - 1 for point in points), 0x9FFF], strict=True)
    return "[" + "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in edges if first <= last) + "]"


_INNER, _LAST = _characters(IN_WORDS), _characters(IN_WORDS | LAST_OF_WORDS)
_DOTTED = _row(_HAN, "·", _HAN)


def _name(surnames: Iterable[str]) -> str:
    family = f"(?:{_any(COMPOUND)}|[{''.join(surnames)}])"
    return f"(?:{family}{_T}(?:{_INNER}{_T})?{_LAST}|{family}{_T}[ \\x{{3000}}]{_T}(?:[ \\x{{3000}}]{_T})?{_LAST}|(?:{_HAN}{_T}){{0,7}}{_DOTTED}(?:{_T}[·{_HAN[1:-1]}])*)"


_FULL = _name(SINGLE)
_CERTAIN = _name(set(SINGLE) - DOUBTFUL)
_FAMILY = f"(?:{_any(COMPOUND)}|[{SINGLE}])"
_MASKED = _row(_FAMILY, f"(?:{MASK}|{_row(_HAN, MASK)})")
_NEAR = r"(?:" + _T + r"(?:[^。；;|]|&[#0-9a-z]{1,6};)){0,40}" + _T
_TELLING = (
    f"(?:{_any(['岁', '月龄', '年级', '班', '小学', '中学', '未成年', '幼儿园', '就读', '出生', '日生', '月生'])}"
    f"|{_row('[初高]', '[一二三]')}|{_D}{_BLANK}生)"
)
_ROLES = _any(people.ROLES.split("|"))
_CHILD = _any(minors.CHILD.split("|"))
_YEAR = _row("[2２]", "[0０]", "[12１２]", _D)

_IDENTITY = _row(
    _BEFORE + _times(_D, 6), f"{_BLANK}(?:[1１]{_T}[89８９]|[2２]{_T}[0０])", _times(_D, 2), f"[01０１]{_T}{_D}",
    _times(_D, 2), f"{_BLANK}{_times(_D, 3)}", "[0-9０-９XxＸｘ]",
) + _END  # fmt: skip
_LABELLED_IDENTITY = (
    f"{_any(['身份证', '身份号码', '证件号'])}{_T}(?:[件号码]{_T})*{_GAP}{_D}(?:{_T}[ .．-]?{_T}{_D}){{14}}"
)
_COUNTRY = rf"(?:{_BEFORE}|[8８]{_T}[6６]{_T}|[TtＴｔ]{_T}[EeＥｅ]{_T}[LlＬｌ]{_T})"
_MOBILE = f"{_COUNTRY}[1１]{_T}(?:" + "|".join(
    (
        _row("[3-9３-９]", _times(_D, 9)),
        _row("[3-9３-９]", _D, _APART, _times(_D, 4), _APART, _times(_D, 4)),
        _row("[3-9３-９]", _times(_D, 2), _APART, _times(_D, 3), _APART, _times(_D, 4)),
        _row("[3-9３-９]", _D, "[ -]", _times(_D, 8)),
        _row("[3-9３-９]", _times(_D, 5), "[ -]", _times(_D, 4)),
        _row("[3-9３-９]", _D, "[）)]", f"{_SEPARATOR}?", _times(_D, 4), f"{_SEPARATOR}?", _times(_D, 4)),
        _row(_SEPARATOR, "[3-9３-９]", *[_SEPARATOR, _D] * 9),
    )
) + f"){_END}"  # fmt: skip
_CARD = _BEFORE + _row("[6６]", "[2２]", _D, _D, *[f"{_SEPARATOR}?", _times(_D, 4)] * 3)
_LABELLED_CARD = (
    f"{_any(['银行卡', '社保卡', '储蓄卡', '信用卡', '一卡通', '卡号', '存折'])}{_T}(?:[号账户码]{_T})*{_GAP}"
    f"{_row(_times(_D, 4), '[ -]?', _times(_D, 4), '[ -]?', _times(_D, 4))}"
)
_PASSPORT = (
    rf"(?:^|[^0-9０-９{_LETTERS}_./#=&%+-]){_T}"
    + _row("[EGＥＧ]", "[0-9０-９A-HJ-NP-ZＡ-ＨＪ-ＮＰ-Ｚ]", _times(_D, 7))
    + _END
)
_LABELLED_DOCUMENT = (
    f"{_any(['护照', '台胞证', '回乡证', '居留证', '居住证', '军官证', '士兵证', '港澳通行证', '台湾通行证', '内地通行证', '证件'])}"
    f"{_T}(?:[号码]{_T})*{_GAP}(?:{_row(f'[{_LETTERS}]', _times(_D, 6))}|{_row(f'[{_LETTERS}]', f'[{_LETTERS}]', _times(_D, 6))}|{_times(_D, 8)})"
)
_AT = rf"(?:[@＠]|[(\[（【]{_T}[aAａＡ]{_T}[tTｔＴ]{_T}[)\]）】])"
_MAILBOX = rf"{_AT}{_BLANK}{_T}(?:(?:[{_LETTERS}]{_T}){{2,6}}[.．]{_T})?(?:{'|'.join(map(_latin, PROVIDERS.split('|')))}){_T}[.．]"

_THING = _any(["室", "号", "单元"])
_FLAT = rf"(?:[-－—{_SPACE}单元楼层]|{_NUMERAL}|{_TAG}){{1,24}}"
_ROOM = "|".join((f"{_FLAT}{_THING}", _row("[-－—]?", _NUMERAL, "[-－—]", _NUMERAL, "[-－—]", _NUMERAL)))
_GROUP = f"{_NUMERAL}{_SOFT}(?:[村居]{_T}民{_T})?(?:小{_T})?组{_SOFT}(?:[第附]{_T})?(?:{_NUMERAL}{_T}|[-－之—]{_T}){{1,12}}{_SOFT}号"
_BUILDING = f"(?:{_NUMERAL}|[{_LETTERS}]){_SOFT}(?:{_any(['栋', '幢', '号楼', '座'])}){_SOFT}(?:{_ROOM})"
_UNIT = f"{_NUMERAL}{_SOFT}{_word('单元')}{_SOFT}(?:{_ROOM})"
_HOME = (
    f"{_any(['家庭住址', '家庭地址', '家庭住所', '住址', '户籍地址', '居住地址', '常住地址', '居住地', '家住', '现住'])}{_GAP}"
    rf"(?:[\x{{4e00}}-\x{{9fff}}0-9A-Za-z０-９Ａ-Ｚａ-ｚ（）()·\- ]|{_TAG}){{0,40}}{_NUMERAL}{_SOFT}(?:{_any(['号', '组', '社', '栋', '幢', '单元', '室', '户'])})"
)

_SOMEBODY = f"{_FULL}{_T}(?:$|[^{_HAN[1:-1]}]|[同先女电身等男])"
_REMARK = rf"(?:（(?:[^（）]|{_TAG})*）)"
_LABELLED_PERSON = (
    rf"(?:姓{_SOFT}名|{_ROLES}|{_word('我叫')}){_T}(?:{_any(['姓名', '名字'])}{_T})?{_REMARK}?{_COLON}{_SOMEBODY}"
)
_BESIDE = f"(?:{_ROLES}|{_any(['村民', '居民', '群众'])}){_T}{_CERTAIN}{_T}(?:$|[^{_HAN[1:-1]}]|[同先女的因于向提系等])"
_LIST = rf"{_any(['名单', '花名册', '人员名册'])}{_T}(?:{_REMARK}|{_word('如下')}|为)?{_COLON}{_FULL}"

_LABELLED_CHILD = f"{_CHILD}{_T}(?:{_any(['姓名', '名字'])}{_T})?{_COLON}(?:{_FULL}|{_MASKED})"
_CHILD_MASKED = f"(?:{_CHILD}|{_any(['小学生', '中学生'])}){_T}{_FAMILY}{_T}[*＊×某]"
_CHILD_TOLD = f"{_CHILD}{_T}{_CERTAIN}{_PARTED}{_NEAR}{_TELLING}"
_MASKED_TOLD = f"{_MASKED}{_NEAR}{_TELLING}"
_AGE = (
    f"(?:[1１]?{_T}{_D}|[一二三四五六七八九十]{_T}[一二三四五六七]?){_SOFT}(?:个{_T})?(?:周{_T})?{_any(['岁', '月龄'])}"
)
_BORN = f"(?:{_YEAR}{_T}[年./-](?:[0-9０-９年月日./{_SPACE}-]|{_TAG}){{1,24}}(?:出{_T})?生|{_word('出生')})"
_NAMED_AGE = f"{_CERTAIN}{_PARTED}(?:[男女]{_PARTED})?(?:{_HAN}{_T}族{_PARTED})?(?:{_AGE}|{_BORN})"
_BIRTH = f"{_any(['出生日期', '出生年月日', '出生年月'])}{_GAP}{_YEAR}"

_PAD = rf"(?:[{_SPACE}\"'”“\[\]`*＊_＿]|{_QUOTE}|{_TAG})*"
_SIDE = r"[|\t,，]|(?:<|&lt;)/(?i:t[dh]|w:tc)"


def _cell(content: str) -> str:
    """Return the pattern of a whole cell: one of its sides at least is no end of a line."""
    begin, end = rf"(?:^|[\n|\t,，>\x1c]|&gt;){_PAD}", rf"{_PAD}(?:$|[\n|\t,，<\x1c]|&lt;)"
    return f"(?:{begin}(?:{content}){_PAD}(?:{_SIDE})|(?:{_SIDE}){_PAD}(?:{content}){end})"


def _spaced(words: Iterable[str]) -> str:
    """Return the pattern of words as headings have them, with any blanks between their characters."""
    return f"(?:{'|'.join(_SOFT.join(word) for word in words)})"


_HEADING_REMARK = rf"(?:{_SOFT}（[^\n]{{0,40}})?"
_ROLE_HEADING = _spaced(people.ROLES.split("|"))
_PEOPLE_HEADING = _cell(
    f"(?:{_ROLE_HEADING}|(?:(?:{_ROLE_HEADING}|{_spaced(['本人', '人员', '职工', '学员', '对象'])}){_SOFT})?(?:的{_SOFT})?姓{_SOFT}名)"
    f"{_HEADING_REMARK}|{_spaced(tables.CHILDREN.split('|'))}{_SOFT}(?:姓{_SOFT}名)?"
)
_NAME_CELL = _cell(f"{_FULL}|{_FAMILY}{_T}(?:(?:{MASK}{_T}){{1,3}}{_HAN}?|{_row(_HAN, MASK)})")
_IDENTITY_CELL = _cell(
    f"{_times(_D, 15)}(?:{_T}{_D}{_T}{_D}{_T}[0-9０-９XxＸｘ])?"
    f"|{_row(f'[{_LETTERS}]', f'[{_LETTERS}]?', _times(_D, 6))}(?:{_T}{_D}){{0,4}}"
)
_IDENTITY_HEADING = _spaced(["身份证", "证件号", "身份号码"])
_ADDRESS_HEADING = _spaced(["住址", "家庭地址", "家庭住所"])
_BELOW_VILLAGE = f"{_NUMERAL}{_SOFT}{_any(['号', '组', '社', '栋', '幢', '单元', '室', '户'])}"

_INVISIBLE = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{80}-\x{9f}\x{ad}\x{34f}\x{61c}\x{115f}\x{1160}\x{17b4}\x{17b5}\x{180b}-\x{180e}"
    r"\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}\x{fff9}-\x{fffc}"
    r"\x{fffe}\x{ffff}\x{e0000}-\x{e0fff}]"
)
_PLAIN = ("lt", "gt", "amp", "quot", "apos", "para", "copy")
"""Named references that hide nothing."""
_NAMED = "|".join(name for name in html5 if name.rstrip(";") not in _PLAIN)
_NUMBERED = "#(?:[0-24-9]|3(?:[0-35-8]|[49][0-9])|[xX](?:[013-9A-Fa-f]|2[0-689A-Fa-f]|27[0-9A-Fa-f]))"
_CUT = "&[#0-9A-Za-z]{0,9}(?:<|&lt;)"
"""A reference that a tag cuts in two."""
_FOREIGN_DIGITS = "".join(filter(is_foreign_digit, map(chr, (*range(0x80, 0x10000), *range(0x1D7CE, 0x1D800)))))
_HIDING = rf"{_INVISIBLE}|[{_FOREIGN_DIGITS}]|{_CUT}|&(?:amp;)*(?:{_NUMBERED}|{_NAMED})|\\u[0-9A-Fa-f]{{4}}"

_NUMBERS: dict[str, Finder] = {
    f"{_IDENTITY}|{_LABELLED_IDENTITY}": identities,
    f"{_MOBILE}|{_times(f'[{HAN_DIGITS}]', 11)}": mobiles,
    f"{_CARD}|{_LABELLED_CARD}": bank_cards,
    f"{_PASSPORT}|{_LABELLED_DOCUMENT}": passports,
    _MAILBOX: mailboxes,
    f"{_GROUP}|{_BUILDING}|{_UNIT}|{_HOME}": addresses,
}
_PEOPLE: dict[str, Finder] = {f"{_LABELLED_PERSON}|{_BESIDE}|{_LIST}": people.people}
_MINORS: dict[str, Finder] = {
    f"{_LABELLED_CHILD}|{_CHILD_MASKED}|{_CHILD_TOLD}|{_MASKED_TOLD}|{_NAMED_AGE}|{_BIRTH}": minors.minors
}
_TABLES = ((_PEOPLE_HEADING, _NAME_CELL), (_IDENTITY_CELL, _IDENTITY_HEADING), (_ADDRESS_HEADING, _BELOW_VILLAGE))
"""A heading and a cell that belong together; the rarer first."""

_FINDERS = _NUMBERS | _PEOPLE | _MINORS
_PASSES: tuple[tuple[str, ...], ...] = (
    (_HIDING, *_NUMBERS, *_PEOPLE, *(rare for rare, _ in _TABLES)),
    tuple(_MINORS),
)
"""What is looked for together.

All in one would have an automaton of twice as many states, and take longer; in three, a third longer than in two.
"""

_BOTTOM = "\U0010ffff"
"""Put on a line below every text, and looked for in it: where even this is not found, nothing was looked for.

So ``$`` matches nowhere: whatever may stand at the end of a text must take a line break for its end, too.
"""


@cache
def _together(patterns: tuple[str, ...]) -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    # A set tells only which patterns there are: to tell where would take as large an automaton once more.
    together = re2.Set.SearchSet(options)
    for pattern in (*patterns, _BOTTOM):
        together.Add(pattern)
    together.Compile()
    return together


def _found(patterns: tuple[str, ...], content: bytes) -> list[str]:
    """Return those of some patterns that a text has; all of them when there is no room to look for them."""
    found = _together(patterns).Match(content + b"\n" + _BOTTOM.encode()) or ()
    if len(patterns) not in found:
        return [*patterns]
    return [patterns[index] for index in found if index < len(patterns)]


def suspects(content: bytes) -> tuple[Finder, ...]:
    """Return the finders that could find something in a file's text (UTF-8), whatever its format; none for most files."""
    found = {pattern for patterns in _PASSES for pattern in _found(patterns, content)}
    if _HIDING in found:
        return FINDERS
    suspected = {_FINDERS[pattern] for pattern in found if pattern in _FINDERS}
    if any(rare in found and _found((other,), content) for rare, other in _TABLES):
        suspected.add(tables.tables)
    return tuple(finder for finder in FINDERS if finder in suspected)
