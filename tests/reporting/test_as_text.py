"""Findings as a clerk sees them, and as they stand in a log."""

from __future__ import annotations

import re
import sys

import pytest

from gongkai.finding import Finding, Severity
from gongkai.reporting import as_github, as_text

FINDINGS = [
    Finding("data/甲.yml", 3, 5, "N001", "名称“[bold]甲”差 100%", "请改为“乙”。"),
    Finding("data/甲.yml", 9, 1, "G008", "太长\r\x07，" * 40, severity=Severity.WARNING),
    Finding("data/乙.yml", 20, 1, "G008", "太长 :smile:", severity=Severity.WARNING),
]
HOSTILE = Finding("data/\x1b[2J丙.yml", 1, 1, "S004", "不能填“\x9b31m”", "填\n  错误 X999 第 1 行\x1b]0;名\x07")
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
        f"  警告 G008 第 9 行第 1 列：{'太长 〈U+0007〉，' * 40}",
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


@pytest.mark.parametrize("colours", ["", "1"])
def test_what_a_file_holds_steers_no_terminal(
    colours: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {"FORCE_COLOR": colours, "TTY_COMPATIBLE": "", "TERM": "xterm-256color"}.items():
        monkeypatch.setenv(name, value)
    as_text.write([HOSTILE])
    assert STYLE.sub("", capsys.readouterr().out).splitlines() == [
        "data/〈U+001B〉[2J丙.yml",
        "  错误 S004 第 1 行第 1 列：不能填“〈U+009B〉31m”",
        "       填   错误 X999 第 1 行〈U+001B〉]0;名〈U+0007〉",
        "",
    ]


def test_what_a_file_holds_steers_no_log() -> None:
    first, _ = as_github.render([HOSTILE]).splitlines()
    assert first == (
        "::error file=data/〈U+001B〉[2J丙.yml,line=1,col=1,title=S004::"
        "不能填“〈U+009B〉31m”。填%0A  错误 X999 第 1 行〈U+001B〉]0;名〈U+0007〉"
    )
