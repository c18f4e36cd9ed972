"""Files of approval cases, written line by line, and what the rules about cases say of them."""

from __future__ import annotations

import datetime
from pathlib import Path

from gongkai.finding import Finding
from support import BASE, check

DAY = BASE["approvals"]
PERMIT = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
ALLOWANCE = "80周岁以上老年人高龄津贴发放"
REVIEW = {
    "name": "消防安全检查",
    "organization": "区消防救援大队",
    "limit": {"value": 5, "unit": "工作日"},
    "deemed_approval": True,
    "basis": {"law": "gonggongchangsuoweishengguanlitiaoli", "article": "第四条"},
}


RECEIVED, ACCEPTED, DECIDED = "2026-03-02, kind: 收件", "2026-03-03, kind: 受理", "2026-03-06, kind: 办结"
ASKED = "2026-03-04, kind: 征求前置审查意见, review: 消防安全检查, organization: 区消防救援大队, reply_by: 2026-03-11"
GRANTED = [
    "result: 出证办结",
    "document_number: 达川卫许〔2026〕12号",
    "published_on: 2026-03-09",
    "permit: {kind: 普通, document_name: 准予行政许可决定书, content: 住宿, valid_from: 2026-03-06, valid_until: 2030-03-05}",
]


def one_case(*events: str, decision: list[str] | None = None, **keys: str) -> str:
    """A file whose case begins on line 5, with the applicant on line 9 and the events from line 11."""
    lines = ["# yaml-language-server: $schema=../../../schema/approvals.json"]
    lines += [f"date: {keys.pop('date', '2026-03-02')}", "demonstration: true", "cases:"]
    lines.append(f"  - number: {keys.pop('number', '511703-20260302-0001')}")
    lines.append(f'    code: "{keys.pop("code", "510123001000")}"')
    lines.append(f"    name: {keys.pop('name', PERMIT)}")
    lines.append(f"    organization: {keys.pop('organization', 'weijian')}")
    applicant = keys.pop("applicant", "{kind: 企业法人, name: 达州市达川区演示宾馆有限公司}")
    lines += [f"    applicant: {applicant}"] if applicant else []
    lines += ["    events:", *(f"      - {{on: {event}}}" for event in events)]
    lines += ["    decision:", *(f"      {line}" for line in decision)] if decision else []
    lines += [f"    {key}: {value}" for key, value in keys.items()]
    return "\n".join(lines) + "\n"


def found(district: Path, text: str, *, as_of: str = "2026-11-23") -> list[Finding]:
    """What the rules about cases say; names, privacy and the like are other families' business."""
    (district / DAY).write_text(text, encoding="utf-8")
    findings = check(district, as_of=datetime.date.fromisoformat(as_of))
    return [finding for finding in findings if finding.code[0] == "K"]


def told(findings: list[Finding]) -> list[tuple[str, int, str]]:
    return [(finding.code, finding.line, finding.message) for finding in findings]


def changed(old: str, new: str) -> list[str]:
    """The decision with one text changed; an empty line is left out."""
    return [line for line in "\n".join(GRANTED).replace(old, new).split("\n") if line]
