"""Findings as a clerk sees them, and as they stand in a log."""

from __future__ import annotations

import re
import sys

import pytest

from gongkai.finding import Finding, Severity
from gongkai.reporting import as_text

FINDINGS = [
    Finding("data/甲.yml", 3, 5, "N001", "名称“[bold]甲”差 100%", "请改为“乙”。"),
    Finding("data/甲.yml", 9, 1, "G008", "太长\r\x07，" * 40, severity=Severity.WARNING),
    Finding("data/乙.yml", 20, 1, "G008", "太长 :smile:", severity=Severity.WARNING),
]
STYLE = re.compile(r"\x1b\[[0-9;]*m")


def test_plain_lines_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("TTY_COMPATIBLE", raising=False)
    monkeypatch.setitem(sys.modules, "rich.console", None)
    as_text.write(FINDINGS)
    printed = capsys.readouterr().out
    assert printed.splitlines()[:4] == [
        "data/甲.yml",
        "  错误 N001 第 3 行第 5 列：名称“[bold]甲”差 100%",
        "       请改为“乙”。",
        f"  警告 G008 第 9 行第 1 列：{'太长，' * 40}",
    ]
    assert printed.endswith("\ndata/乙.yml\n  警告 G008 第 20 行第 1 列：太长 :smile:\n\n")
    as_text.write(FINDINGS, as_error=True)
    assert capsys.readouterr() == ("", printed)


def test_the_same_words_with_colours(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("TTY_COMPATIBLE", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    as_text.write(FINDINGS)
    plain = capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    as_text.write(FINDINGS)
    coloured = capsys.readouterr().out
    assert coloured != plain
    assert STYLE.sub("", coloured) == plain


def test_nothing_is_said_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    as_text.write([])
    assert capsys.readouterr() == ("", "")
