"""Approval cases for the examples of rules: a whole day's file with one case, as short as a case can be."""

from __future__ import annotations

NUMBER = "511703-20260302-0101"
RECEIVED = "{on: 2026-03-02, kind: 收件}"
ACCEPTED = "{on: 2026-03-03, kind: 受理}"
DECIDED = "{on: 2026-03-06, kind: 办结}"
PERMIT = "{kind: 普通, document_name: 准予行政许可决定书, content: 公共场所卫生许可, valid_from: 2026-03-06}"
GRANTED = (
    f'{{result: 出证办结, document_number: "达川卫许〔2026〕101号", published_on: 2026-03-09,\n      permit: {PERMIT}}}'
)

_KEYS = {
    "number": NUMBER,
    "code": '"510123001000"',
    "name": "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）",
    "organization": "weijian",
    "applicant": "{kind: 企业法人, name: 达州市达川区演示宾馆有限公司}",
}


def case(*events: str, **keys: str) -> str:
    """Return a file with one case as YAML; ``keys`` replace or add keys, an empty text removes one."""
    lines = [f"{key}: {value}" for key, value in {**_KEYS, **keys}.items() if value]
    lines += ["events:", *(f"  - {event}" for event in events or (RECEIVED, ACCEPTED))]
    return "cases:\n  - " + "\n    ".join(lines) + "\n"


def decided(decision: str = GRANTED, **keys: str) -> str:
    """Return a file with one case that was decided on 2026-03-06."""
    return case(RECEIVED, ACCEPTED, DECIDED, decision=decision, **keys)


def both(first: str, second: str) -> str:
    """Return one file with the cases of two."""
    return first + second.removeprefix("cases:\n")
