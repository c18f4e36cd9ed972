"""Codes of items as lists write them: national ones of 12, 31 or 33 digits, and those of the Sichuan platform.

National (GB/T 39554.1-2020): 基本编码 12 = area 2, type 2, department 2, main item 3, sub-item 3; 实施编码 31 = credit
code 18, level 1, 基本编码; 业务办理项编码 33 = 实施编码 and 2. Sichuan (decoded from published lists): catalogue code 14
or 12 - area 12 - extension 3 - credit code 18 - version 1 - task 2; old catalogue codes look like ``Z-000045-001``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from gongkai.auditing.columns import Meaning
from gongkai.auditing.credit_codes import credit_problem
from gongkai.auditing.faults import Fault, FaultKind
from gongkai.invisible import INVISIBLE
from gongkai.naming.look_alikes import plain
from gongkai.rules.families.codes import STRUCTURE

_BASIC = re.compile(r"[0-9]{2}(?:0[1-9]|10|20)[0-9]{8}\Z")
_CATALOGUE = re.compile(r"(?:[0-9]{3}[A-Z](?:[0-9]{10}|[0-9]{8})|[0-9]{14}|[0-9]{12}|[A-Z]-[0-9]{6}-[0-9]{3})\Z")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+\Z", re.IGNORECASE)
_SEGMENTS = ("目录码", "区划", "扩展码", "实施主体", "版本号", "业务项号")
_LAST = {2: re.compile(r"[0-9]{3}\Z"), 4: re.compile(r"[0-9]\Z"), 5: re.compile(r"[0-9]{2}\Z")}
_HINT = f"应当是 {STRUCTURE}"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the codes of a row should say: the area's digits without zeros at the end, the organisation's code."""

    area: str
    credit: str | None = None
    credit_source: str = ""
    credit_is_certain: bool = False

    @property
    def area12(self) -> str:
        """Return the area code as platforms write it."""
        return self.area.ljust(12, "0")


@dataclass
class CheckedCode:
    """A code that was looked at: its faults, the parts that could be told, and what it should be, if that is known."""

    faults: list[Fault] = field(default_factory=list)
    item: str = ""
    area: str = ""
    credit: str = ""
    should: str = ""


class _Check:
    """Collects the faults of one code while it is mended."""

    def __init__(self, meaning: Meaning) -> None:
        self.meaning = meaning
        self.faults: list[Fault] = []
        self.mended = True

    def report(self, kind: FaultKind, message: str, *, mended: bool) -> None:
        """Add a fault; one that was not mended leaves the right code unknown."""
        self.faults.append(Fault(kind, self.meaning, message))
        self.mended = self.mended and mended

    def result(self, should: str, item: str = "", area: str = "", credit: str = "") -> CheckedCode:
        """Return the outcome; ``should`` counts only when there were faults and all were mended."""
        known = should if self.faults and self.mended else ""
        return CheckedCode(self.faults, item, area, credit, known)


def check_code(text: str, meaning: Meaning, expected: Expected) -> CheckedCode:
    """Return what is wrong with the code of an item, whatever its form."""
    check = _Check(meaning)
    if _SCIENTIFIC.match(text):
        message = f"“{text}”丢了位数：编码被当成数字存了，请把这一列设为“文本”格式，重新填写完整的编码"
        check.report(FaultKind.LOST_DIGITS, message, mended=False)
        return check.result("")
    code = _tidy(text, check)
    if "-" in code:
        return _sichuan(code, check, expected)
    if meaning is Meaning.BASIC_CODE or len(code) <= 14:
        return _basic(code, check, expected)
    return _national(code, check, expected)


def check_credit(text: str, expected: Expected) -> CheckedCode:
    """Return what is wrong with the credit code in the column of the department's code."""
    check = _Check(Meaning.DEPARTMENT_CODE)
    if _SCIENTIFIC.match(text):
        message = f"“{text}”丢了位数：代码被当成数字存了，请把这一列设为“文本”格式，重新填写"
        check.report(FaultKind.LOST_DIGITS, message, mended=expected.credit is not None)
        return check.result(expected.credit or "")
    code = _tidy(text, check)
    return check.result(_credit(code, check, expected), credit=code)


def check_area(text: str, expected: Expected) -> CheckedCode:
    """Return what is wrong with the area code in a column of its own."""
    check = _Check(Meaning.AREA)
    code = _tidy(text, check)
    return check.result(_area(code, check, expected), area=code)


def _tidy(text: str, check: _Check) -> str:
    """Return a code without blanks, full-width characters and small letters, reporting each kind."""
    code = plain(INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    if code != text:
        check.report(FaultKind.CHARACTERS, f"“{text}”里有空格、全角或者看不见的字符", mended=True)
    if code != code.upper():
        check.report(FaultKind.LOWER_CASE, f"“{code}”里有小写字母，编码的字母一律大写", mended=True)
    return code.upper()


def _sichuan(code: str, check: _Check, expected: Expected) -> CheckedCode:
    parts = code.split("-")
    if len(parts[0]) == 1 and len(parts) > 3:
        parts[:3] = ["-".join(parts[:3])]
    if len(parts) != len(_SEGMENTS):
        message = f"“{code}”有 {len(parts)} 段，应当有 {len(_SEGMENTS)} 段：{_HINT.removeprefix('应当是 ')}"
        check.report(FaultKind.SEGMENTS, message, mended=False)
        return _fragments(parts, check, expected)
    item, area, _, credit, _, _ = parts
    if not _CATALOGUE.match(item):
        check.report(FaultKind.STRUCTURE, f"目录码“{item}”的结构不对，应当是 14 位或 12 位", mended=False)
    for index, pattern in _LAST.items():
        if not pattern.match(parts[index]):
            message = f"“{code}”的{_SEGMENTS[index]}“{parts[index]}”不对，{_HINT}"
            check.report(FaultKind.STRUCTURE, message, mended=False)
    parts[1] = _area(area, check, expected)
    parts[3] = _credit(credit, check, expected)
    return check.result("-".join(parts), item, area, credit)


def _fragments(parts: list[str], check: _Check, expected: Expected) -> CheckedCode:
    """Look at the segments that are left, told apart by their form."""
    area = next((part for part in parts[1:] if re.fullmatch(r"[0-9]{12}", part)), "")
    credit = next((part for part in parts[1:] if part != area and len(part) >= 10), "")
    if area:
        _area(area, check, expected)
    if credit:
        _credit(credit, check, expected)
    return check.result("", parts[0], area, credit)


def _basic(code: str, check: _Check, expected: Expected) -> CheckedCode:
    if len(code) in (10, 11) and code.isdigit():
        message = f"“{code}”只有 {len(code)} 位，应当是 12 位，开头的 0 多半丢了：请把这一列设为“文本”格式"
        check.report(FaultKind.LOST_DIGITS, message, mended=bool(_BASIC.match(code.zfill(12))))
        return check.result(code.zfill(12), code.zfill(12))
    known = _BASIC if len(code) == 12 and code.isdigit() else _CATALOGUE
    if not known.match(code):
        message = (
            f"“{code}”不是基本编码：应当是 12 位数字（区划 2、类型 2、部门 2、主项 3、子项 3），或者省平台的目录码"
        )
        check.report(FaultKind.STRUCTURE, message, mended=False)
    elif code[:2].isdigit() and code[:2] not in ("00", expected.area[:2]):
        message = f"“{code}”的前两位是 {code[:2]}，应当是 00（国家）或者 {expected.area[:2]}（本省）"
        check.report(FaultKind.AREA, message, mended=False)
    return check.result(code, code)


def _national(code: str, check: _Check, expected: Expected) -> CheckedCode:
    if len(code) not in (31, 33):
        message = f"“{code}”有 {len(code)} 位，实施编码应当是 31 位，业务办理项编码 33 位，省平台的编码用“-”分成 6 段"
        check.report(FaultKind.STRUCTURE, message, mended=False)
        return check.result("")
    credit, level, item, rest = code[:18], code[18], code[19:31], code[31:]
    if level not in "1234567":
        check.report(FaultKind.STRUCTURE, f"“{code}”第 19 位（行使层级）是 {level}，应当是 1 到 7", mended=False)
    if not _BASIC.match(item) or (rest and not rest.isdigit()):
        check.report(FaultKind.STRUCTURE, f"“{code}”后面的基本编码“{item}”结构不对", mended=False)
    elif item[:2] not in ("00", expected.area[:2]):
        message = f"“{code}”里基本编码的前两位是 {item[:2]}，应当是 00（国家）或者 {expected.area[:2]}（本省）"
        check.report(FaultKind.AREA, message, mended=False)
    right = _credit(credit, check, expected)
    return check.result(right + level + item + rest, item, credit=credit)


def _area(area: str, check: _Check, expected: Expected) -> str:
    """Return the area code that should stand there, reporting one that is another."""
    if not re.fullmatch(r"[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?)?", area):
        check.report(FaultKind.STRUCTURE, f"区划“{area}”不是 12 位数字", mended=True)
    elif not area.startswith(expected.area):
        check.report(FaultKind.AREA, f"区划 {area} 不是本区的（{expected.area}）", mended=True)
    else:
        return area
    return expected.area12[: len(area)] if len(area) in (6, 9) else expected.area12


def _credit(credit: str, check: _Check, expected: Expected) -> str:
    """Return the credit code that should stand there, reporting a faulty one and that of another organisation."""
    problem = credit_problem(credit)
    if problem is not None:
        kind, message = problem
        advice = f"，{expected.credit_source} {expected.credit}" if expected.credit else ""
        check.report(kind, message + advice, mended=expected.credit is not None)
        return expected.credit or credit
    if expected.credit is not None and credit != expected.credit:
        message = f"实施主体 {credit} 不是本部门的代码，{expected.credit_source} {expected.credit}"
        check.report(FaultKind.OTHER_DEPARTMENT, message, mended=expected.credit_is_certain)
        return expected.credit
    return credit
