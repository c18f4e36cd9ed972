"""Unified social credit codes (统一社会信用代码, GB 32100-2015) as published lists write them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from gongkai.auditing.faults import FaultKind
from gongkai.rules.families.codes import credit_code_fault

_WELL_FORMED = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}\Z")
_ONE_CHARACTER = re.compile(r"(.)\1{7,}")
_TOO_SHORT = 8
"""Nobody loses ten characters of eighteen by mistake: so short a code was made up."""


def is_valid(code: str) -> bool:
    """Tell whether a credit code is well formed and its check digit right."""
    return credit_problem(code) is None


def credit_problem(code: str) -> tuple[FaultKind, str] | None:
    """Return what is wrong with a credit code by itself, None when nothing is."""
    if _ONE_CHARACTER.search(code) or len(code) <= _TOO_SHORT:
        return FaultKind.PLACEHOLDER, f"“{code}”是占位的假代码"
    if re.fullmatch(r"[0-9]{19}", code):
        return FaultKind.INTERNAL_NUMBER, f"“{code}”像是平台的内部编号，不是统一社会信用代码"
    if len(code) != 18:
        return FaultKind.CREDIT_LENGTH, f"统一社会信用代码“{code}”有 {len(code)} 位，应当是 18 位"
    if not _WELL_FORMED.match(code):
        return FaultKind.STRUCTURE, f"统一社会信用代码“{code}”里有不该有的字符（没有字母 I、O、S、V、Z）"
    if fault := credit_code_fault(code):
        return FaultKind.CHECK_DIGIT, f"统一社会信用代码“{code}”{fault}"
    return None


def usual_codes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return, for each department, the valid code it has most often among (department, code) pairs.

    A department that has several equally often has none.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for department, code in pairs:
        if department and code and is_valid(code):
            counts[department][code] += 1
    usual = {}
    for department, counted in counts.items():
        best = counted.most_common(2)
        if len(best) == 1 or best[0][1] > best[1][1]:
            usual[department] = best[0][0]
    return usual
