"""Whatever files hold and are called, no command lets it steer the terminal that shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from gongkai.cli import main
from gongkai.invisible import INVISIBLE
from repository import commit
from support import BASE

CODE = "510123001000"
STEERING = "\x9b31m\x07\x1b]0;"
OLD = "公共场所卫生许可（除饭馆、咖啡馆、酒吧、茶座等）"
RENAME = ["rename", CODE, "公共场所卫生许可（住宿）", "--on", "2026-11-01", "--basis", "川办发〔2026〕9号"]


@pytest.fixture
def project(district: Path) -> Path:
    """A project in git with steering characters in values, pages and the names of files."""
    commit(district)
    item = district / BASE["item"]
    text = item.read_text(encoding="utf-8")
    assert text.count("\nsummary: 开") == 1 and text.count("\naudience") == 1
    text = text.replace("\nsummary: 开", '\nsummary: "\\x9b31m\\a开"\nsummary：开').replace(
        "\naudience", "\naudience\\a"
    )
    item.write_text(text.replace("一年内有效", '"\\e[31m１年"'), encoding="utf-8")
    listing = district / BASE["listing"]
    listing.write_text(listing.read_text(encoding="utf-8").replace("phone: ", "phone："), encoding="utf-8")
    (district / f"data/laws/{STEERING}.yml").write_text("a: [", encoding="utf-8")
    (district / f"content/{STEERING}.txt").write_text("", encoding="utf-8")
    (district / f"{STEERING}.csv").write_text(f"事项名称{STEERING}\n甲\n", encoding="utf-8")
    return district


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--format", "github"],
        ["check", "--fix", "--dry-run"],
        ["check", "--fix"],
        ["build", "--no-search"],
        ["diff", "HEAD"],
        ["diff", STEERING],
        ["rule", STEERING],
        ["audit", f"{STEERING}.csv", f"{STEERING}.pdf"],
        ["check", f"--{STEERING}"],
        [STEERING],
    ],
)
def test_no_command_prints_what_would_steer(
    arguments: list[str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    result = CliRunner().invoke(main, arguments, color=True)
    assert not isinstance(result.exception, Exception), result.exception
    assert "〈U+009B〉" in result.output
    assert INVISIBLE.findall(result.output) == []


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_rename_prints_nothing_that_would_steer(dry_run: bool, district: Path) -> None:
    page = f"---\ntitle: 一\n---\n\n办理{OLD}，依照《{OLD}办法》。\n"
    (district / f"content/{STEERING}.md").write_text(page, encoding="utf-8")
    options = ["--as-of", "2026-11-23", "--root", str(district), *["--dry-run"] * dry_run]
    result = CliRunner().invoke(main, [*RENAME, *options], color=True)
    assert result.exit_code == 0
    assert result.output.count("〈U+009B〉") == (3 if dry_run else 2)
    assert INVISIBLE.findall(result.output) == []
