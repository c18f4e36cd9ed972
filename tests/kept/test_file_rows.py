"""What files say is the same whether they are read one by one or many in one go."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gongkai.kept.file_rows import findings_of, read_rows
from gongkai.privacy import findings
from gongkai.sources import source_files

FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.mark.parametrize("pays_off", [0, 10**9])
@pytest.mark.parametrize("district", ["district", "broken"])
def test_rows_are_the_same_one_by_one_and_together(
    district: str, pays_off: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = FIXTURES / district
    paths = source_files(root)
    monkeypatch.setattr(findings, "_quick_look", findings.QuickLook())
    alone = [read_rows(root, [path])[0] for path in paths]
    monkeypatch.setattr(findings, "PAYS_OFF", pays_off)
    assert read_rows(root, paths) == alone and len(paths) > 5


def test_one_leak_among_clean_files_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "PAYS_OFF", 0)
    shutil.copytree(FIXTURES / "district", tmp_path, dirs_exist_ok=True)
    page = tmp_path / "content" / "leak.md"
    page.write_text("# 通知\n\n申请人：张三\n", encoding="utf-8")
    named = tmp_path / "content" / "13800000000.md"
    named.write_text("# 通知\n", encoding="utf-8")
    rows = read_rows(tmp_path, source_files(tmp_path))
    told = {(row.path, finding.code) for row in rows for finding in findings_of(row.findings)}
    assert {("content/leak.md", "X008"), ("content/13800000000.md", "X002")} <= told
    page.unlink()
    named.unlink()
    rows = read_rows(tmp_path, source_files(tmp_path))
    assert not any(finding.code.startswith("X") for row in rows for finding in findings_of(row.findings))
