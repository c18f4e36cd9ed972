"""Every rule's good example keeps it, and its bad example breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.finding import Finding
from gongkai.loading import load
from gongkai.model.kinds import KINDS, schema_comment
from gongkai.rules.engine import Rule
from gongkai.rules.families.since import SINCE_RULES, Between, since_findings
from gongkai.rules.registry import FAMILIES, RULES
from support import BASE, DISTRICT, check, codes, data_of, write_record

ITEM = BASE["item"]


def as_file(rule: Rule, text: str, root: Path) -> None:
    """Put an example that is a whole file where the item is."""
    content = text.encode()
    if text == rule.example.bad:
        if rule.code == "Y001":
            content = text.encode("gb18030")
        elif rule.code == "Y008":
            content += b"#" * (1024 * 1024)
        elif rule.code == "R006":
            kept = (root / ITEM).read_bytes()
            (root / "data/items/minzheng/510123001000.yml").write_bytes(kept)
            return
    if rule.code == "S011":
        if text == rule.example.bad:
            (root / BASE["district"]).unlink()
        return
    if rule.code == "S007":
        path = text.removeprefix("name: ").strip()
        content = (root / ITEM).read_bytes()
        (root / ITEM).unlink()
        (root / path).write_bytes(content)
        return
    (root / ITEM).write_bytes(content)


def apply(rule: Rule, text: str, root: Path) -> None:
    """Put an example into a project."""
    if rule.example.kind is None:
        as_file(rule, text, root)
        return
    path = BASE[rule.example.kind]
    if rule.example.kind == "page":
        (root / path).write_text(text, encoding="utf-8")
        return
    data = data_of((root / path).read_text(encoding="utf-8"))
    data.update(data_of(text))
    write_record(root, path, data)


def findings_for(rule: Rule, root: Path) -> list[Finding]:
    """Check a project; for a rule about what changed, against the district as it was."""
    if rule in SINCE_RULES:
        return since_findings(Between(load(DISTRICT)[0], load(root)[0]))
    return check(root, production=rule.production_only)


@pytest.mark.parametrize("code", RULES)
def test_bad_example_breaks_the_rule(code: str, district: Path) -> None:
    rule = RULES[code]
    apply(rule, rule.example.bad, district)
    findings = findings_for(rule, district)
    mine = [finding for finding in findings if finding.code == code]
    assert mine, f"{code} was not reported, but {codes(findings)}"
    assert all(finding.severity is rule.severity for finding in mine)
    assert all(finding.message and finding.line >= 1 for finding in mine)


@pytest.mark.parametrize("code", RULES)
def test_good_example_keeps_the_rule(code: str, district: Path) -> None:
    rule = RULES[code]
    apply(rule, rule.example.good, district)
    findings = findings_for(rule, district)
    path = BASE.get(rule.example.kind or "item")
    assert [f for f in findings if f.code == code and f.path == path] == []


def test_the_district_of_the_tests_is_valid(district: Path) -> None:
    assert check(district) == []


def test_rules_are_documented() -> None:
    for rule in RULES.values():
        assert rule.code[0] in FAMILIES
        assert rule.title and rule.reason.endswith("。") and rule.source.rstrip("。") != ""
        assert not rule.title.endswith("。")


def test_every_schema_comment_is_right() -> None:
    for kind in KINDS:
        assert schema_comment(kind, "data/items/x/y.yml") == (
            f"# yaml-language-server: $schema=../../../schema/{kind.name}.json"
        )
