"""Exceptions, dates and the order of findings."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from gongkai.rules.engine import Example, Rule, declare
from support import BASE, change_record, check, places

ITEM = BASE["item"]
EXCEPTION = {"rule": "G004", "reason": "新划入事项，正在收集常见问题", "until": "2026-12-31"}


def test_an_exception_silences_its_rule_until_its_day(district: Path) -> None:
    change_record(district, ITEM, questions=[], exceptions=[EXCEPTION])
    assert check(district, as_of=datetime.date(2026, 12, 31)) == []
    found = check(district, as_of=datetime.date(2027, 1, 1))
    assert [f.code for f in found] == ["G004", "E002"]


def test_a_needless_exception_is_a_finding(district: Path) -> None:
    change_record(district, ITEM, exceptions=[EXCEPTION])
    found = check(district)
    assert [f.code for f in found] == ["E001"]
    lines = (district / ITEM).read_text(encoding="utf-8").splitlines()
    assert '"rule": "G004"' in lines[found[0].line - 1]


def test_an_exception_silences_no_other_rule(district: Path) -> None:
    change_record(district, ITEM, questions=[], visits={"count": 1}, exceptions=[EXCEPTION])
    assert [f.code for f in check(district)] == ["V001", "V004"]


def test_findings_are_in_order_of_place(district: Path) -> None:
    change_record(district, ITEM, conditions=[], questions=[], visits={"count": 1})
    found = places(check(district))
    assert found == sorted(found, key=lambda row: row[1:])


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match="T001"):
        declare(Rule("T001", "又一条", "理由。", "依据", Example(None, "", "")))


def test_findings_depend_on_the_day(district: Path) -> None:
    change_record(
        district, "data/laws/gonggongchangsuoweishengguanlitiaoli.yml", repealed_on="2026-06-01", status="已废止"
    )
    assert "L003" not in {f.code for f in check(district, as_of=datetime.date(2026, 5, 31))}
    assert "L003" in {f.code for f in check(district, as_of=datetime.date(2026, 6, 1))}
