"""Findings in the formats that programs read."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from gongkai.finding import Finding, Severity
from gongkai.invisible import INVISIBLE
from gongkai.reporting import as_github, as_gitlab, as_json, as_sarif

FINDINGS = [
    Finding("data/a,b:c.yml", 3, 5, "N001", "名称差 100%\n两行", "请改为“甲”。"),
    Finding("data/x.yml", 9, 1, "G008", "太长", severity=Severity.WARNING),
    Finding("data/x.yml", 20, 1, "G008", "太长", severity=Severity.WARNING),
]


def test_json() -> None:
    document = json.loads(as_json.render(FINDINGS))
    assert document["counts"] == {"error": 1, "warning": 2}
    assert document["findings"][0] == {
        "code": "N001", "severity": "error", "path": "data/a,b:c.yml", "line": 3, "column": 5,
        "message": "名称差 100%\n两行", "help": "请改为“甲”。", "fixable": False,
    }  # fmt: skip
    assert json.loads(as_json.render([])) == {"findings": [], "counts": {"error": 0, "warning": 0}}


@pytest.mark.parametrize(
    "render",
    [as_json.render, as_gitlab.render, lambda findings: as_sarif.render(findings, {"N001": "名称一致"}, "1.0")],
)
def test_nothing_steers_a_terminal(render: Callable[[list[Finding]], str]) -> None:
    steering = "名\u009b31m称\u202e反\u200b了\U000e0041"
    text = render([Finding("data/x.yml", 1, 1, "N001", steering, steering)])
    assert not INVISIBLE.search(text) and "\\u009b31m" in text
    assert steering in json.dumps(json.loads(text), ensure_ascii=False)


def test_github_escapes_what_would_end_the_command() -> None:
    lines = as_github.render(FINDINGS).splitlines()
    assert lines[0] == ("::error file=data/a%2Cb%3Ac.yml,line=3,col=5,title=N001::名称差 100%25%0A两行。请改为“甲”。")
    assert lines[1] == "::warning file=data/x.yml,line=9,col=1,title=G008::太长"
    assert lines[-1] == "::notice title=gongkai check::共 1 个错误、2 个警告"


def test_gitlab_fingerprints_do_not_come_from_lines() -> None:
    rows = json.loads(as_gitlab.render(FINDINGS))
    moved = [Finding(f.path, f.line + 7, f.column, f.code, f.message, f.help, f.severity) for f in FINDINGS]
    assert [r["fingerprint"] for r in rows] == [r["fingerprint"] for r in json.loads(as_gitlab.render(moved))]
    assert len({r["fingerprint"] for r in rows}) == 3
    assert rows[0]["severity"] == "critical" and rows[1]["severity"] == "minor"
    assert rows[1]["location"] == {"path": "data/x.yml", "lines": {"begin": 9}}


def test_sarif() -> None:
    log = json.loads(as_sarif.render(FINDINGS, {"N001": "名称一致", "G008": "不宜过长"}, "1.0"))
    run = log["runs"][0]
    assert log["version"] == "2.1.0" and run["tool"]["driver"]["version"] == "1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["G008", "N001"]
    first = run["results"][0]
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "N001"
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "data/a%2Cb%3Ac.yml"}, "region": {"startLine": 3, "startColumn": 5}}
    assert {result["level"] for result in run["results"]} == {"error", "warning"}
