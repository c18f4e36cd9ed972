"""Numbers that belong to one person: identity cards, mobile phones, bank cards, passports; and personal mailboxes.

Every pattern begins with a plain character, and looks back only after it: that is what lets the expression
engine run over megabytes. Numbers stand alone: a letter or a digit before or after makes them part of a
longer code (31-digit 实施编码, credit codes, hashes).

A case number (511703-20260105-0001) has the digits of an identity number, so hyphens are no separators there.
A passport number has no check digit. The shapes that only ordinary passports have (E or G and eight digits, E, a
letter and seven digits) are refused wherever they stand alone; all other shapes only after a word that says
what they are, because window numbers, licence numbers and codes look the same.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from gongkai.privacy.hit import DataKind, Hit, keep_ends
from gongkai.privacy.late_pattern import late_pattern

_ALONE = r"(?<![0-9A-Za-z].)"
_END = r"(?![0-9A-Za-z])"
_BLANK = "[ \u00a0\u3000\t]"
_SEPARATOR = "[ \u00a0\u3000.·•‐‑–—－/_-]"
_DATE = "(?:19|20)[0-9]{2}"
HAN_DIGITS = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖"

_IDENTITY = late_pattern(
    rf"[0-9]{_ALONE}[0-9]{{5}}{_BLANK}?(?:18|19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])[0-9]{{2}}{_BLANK}?[0-9]{{3}}[0-9Xx]{_END}",
    re.DOTALL,
)
_LABELLED_IDENTITY = late_pattern(
    r"(?:身份证|身份号码|证件号)(?:件|号|码|号码)*[\s\"'”“：:为是=|]{0,6}"
    rf"(?P<number>[0-9]{{6}}[0-9]{{2}}(?:0[1-9]|1[0-2])[0-3][0-9]{{4}}|(?:[0-9][ .-]?){{6}}[12](?:[ .-]?[0-9]){{10}}[ .-]?[0-9Xx]){_END}",
    words="身份证|身份号码|证件号",
)
_COUNTRY = r"(?:(?<![0-9A-Za-z].)|(?<=\+861)|(?<=00861)|(?<=[^0-9A-Za-z]861)|(?<=\A861)|(?<=[Tt][Ee][Ll]1))"
_MOBILE = late_pattern(
    rf"1{_COUNTRY}(?<![0-9]\.1)"
    r"(?:[3-9][0-9]{9}"
    rf"|[3-9][0-9](?P<a>{_SEPARATOR}| {{2}})[0-9]{{4}}(?P=a)[0-9]{{4}}"
    rf"|[3-9][0-9]{{2}}(?P<b>{_SEPARATOR}| {{2}})[0-9]{{3}}(?P=b)[0-9]{{4}}"
    rf"|[3-9][0-9][ -](?!{_DATE}[01])[0-9]{{8}}"
    rf"|[3-9][0-9]{{5}}[ -](?!{_DATE})[0-9]{{4}}"
    rf"|[3-9][0-9][）)]{_SEPARATOR}?[0-9]{{4}}{_SEPARATOR}?[0-9]{{4}}"
    rf"|(?P<c>[ \u00a0\u3000-])[3-9](?:(?P=c)[0-9]){{9}}"
    rf"){_END}(?!\.[0-9])"
)
_HAN_MOBILE = late_pattern(f"[一壹][{HAN_DIGITS[4:11]}{HAN_DIGITS[13:]}][{HAN_DIGITS}]{{9}}(?![{HAN_DIGITS}])")
_UNION_PAY = late_pattern(
    rf"62(?<![0-9A-Za-z]62)[0-9]{{2}}(?P<s>{_SEPARATOR}?)[0-9]{{4}}(?P=s)[0-9]{{4}}(?P=s)[0-9]{{4}}(?:(?P=s)[0-9]{{1,3}})?{_END}"
)
_CARD_LABELS = "银行卡|社保卡|储蓄卡|信用卡|一卡通|卡号|存折"
_LABELLED_CARD = late_pattern(
    rf"(?:{_CARD_LABELS})[号账户码]*[\s\"'”“：:为是=|]{{0,6}}"
    rf"(?P<number>[0-9]{{4}}[ -]?[0-9]{{4}}[ -]?[0-9]{{4}}[ -]?[0-9]{{3,4}}(?:[ -]?[0-9]{{1,3}})?){_END}",
    words=_CARD_LABELS,
)
_PASSPORT = late_pattern(r"[EG](?<![0-9A-Za-z_./#=&%+-].)(?:[0-9]|(?<=E)[A-HJ-NP-Z])[0-9]{7}(?![0-9A-Za-z_/-])")
_LABELLED_DOCUMENT = late_pattern(
    r"(?:护照|台胞证|回乡证|居留证|居住证|军官证|士兵证|港澳通行证|台湾通行证|内地通行证|证件(?<!执法证件))(?:号|号码)?[\s\"'”“：:为是=|]{0,6}"
    rf"(?P<number>[A-Za-z]{{1,2}}[0-9]{{6,10}}|(?!(?:19|20)[0-9]{{2}}[01])[0-9]{{8}}){_END}",
    words="证|护照",
)
PROVIDERS = (
    "qq|foxmail|163|126|yeah|188|263|139|189|wo|sina|sohu|aliyun|tom|21cn|gmail|googlemail|outlook|"
    "hotmail|live|msn|icloud|me|mac|yahoo|ymail|proton|protonmail|gmx|zoho|yandex|mail"
)
_PERSONAL_DOMAINS = rf"(?:[a-z]{{2,6}}\.)?(?:{PROVIDERS})\.(?:com\.cn|com|cn|net|cc|me|ru|de|co\.jp)"
_MAILBOX = late_pattern(
    rf"[@(\[（【](?:(?<=@)|at[)\]）】]){_BLANK}?{_PERSONAL_DOMAINS}(?![A-Za-z0-9-])",
    re.IGNORECASE,
    words="|".join(("@", *(bracket + at for bracket in "([（【" for at in ("at", "At", "aT", "AT")))),
)
_LOCAL_PART = late_pattern(rf"[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}{_BLANK}?\Z")


def identities(text: str) -> Iterator[Hit]:
    """Yield identity numbers: 18 characters with their check digit; 15, or a wrong one, after 身份证 and the like."""
    for match in _IDENTITY.finditer(text):
        from stdnum.cn import ric  # noqa: PLC0415 - takes longer to import than most checks need for all numbers

        number = re.sub(_BLANK, "", match[0]).upper()
        if _is_date(number[6:14]) and ric.calc_check_digit(number) == number[-1]:
            yield Hit(match.start(), match.end(), DataKind.IDENTITY, keep_ends(number, 3, 2))
    for match in _LABELLED_IDENTITY.finditer(text):
        yield Hit(*match.span("number"), DataKind.IDENTITY, keep_ends(match["number"], 3, 2))


def _is_date(digits: str) -> bool:
    try:
        datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def mobiles(text: str) -> Iterator[Hit]:
    """Yield mobile numbers, whole or in groups, with or without +86; office phones begin with 0 or are shorter."""
    for match in _MOBILE.finditer(text):
        yield Hit(match.start(), match.end(), DataKind.MOBILE, keep_ends(match[0], 3, 4))
    for match in _HAN_MOBILE.finditer(text):
        yield Hit(match.start(), match.end(), DataKind.MOBILE, keep_ends(match[0], 3, 4))


def bank_cards(text: str) -> Iterator[Hit]:
    """Yield bank cards: 62… with its check digit (ISO/IEC 7812-1), or any number of that length after 卡号."""
    for match in _UNION_PAY.finditer(text):
        from stdnum import luhn  # noqa: PLC0415 - likewise

        if luhn.is_valid(re.sub(r"[^0-9]", "", match[0])):
            yield Hit(match.start(), match.end(), DataKind.BANK_CARD, keep_ends(match[0], 4, 3))
    for match in _LABELLED_CARD.finditer(text):
        yield Hit(*match.span("number"), DataKind.BANK_CARD, keep_ends(match["number"], 4, 3))


def passports(text: str) -> Iterator[Hit]:
    """Yield numbers of passports and travel documents."""
    for match in _PASSPORT.finditer(text):
        yield Hit(match.start(), match.end(), DataKind.PASSPORT, keep_ends(match[0], 1, 2))
    for match in _LABELLED_DOCUMENT.finditer(text):
        yield Hit(*match.span("number"), DataKind.PASSPORT, keep_ends(match["number"], 1, 2))


def mailboxes(text: str) -> Iterator[Hit]:
    """Yield mailboxes at providers where people, not offices, have theirs."""
    for match in _MAILBOX.finditer(text):
        local = _LOCAL_PART.search(text, max(0, match.start() - 66), match.start())
        if local is not None:
            domain = re.sub(r"[^A-Za-z0-9.]|\bat\b", "", match[0])
            yield Hit(local.start(), match.end(), DataKind.MAILBOX, f"{local[0][0]}***@{domain}")
