"""What several tests need: small projects on disk, and what a check of them finds."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path
from typing import Any

from gongkai.catalogue import Catalogue
from gongkai.finding import Finding
from gongkai.loading import load
from gongkai.model.kinds import KINDS, schema_comment
from gongkai.reading.encoding import MAX_BYTES
from gongkai.reading.yaml_text import read_yaml
from gongkai.rules.engine import Context, run
from gongkai.rules.registry import RULES

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "fixtures"
DISTRICT = FIXTURES / "district"
AS_OF = datetime.date(2026, 11, 23)

BASE = {
    "district": "data/organizations/district.yml",
    "department": "data/organizations/departments/weijian.yml",
    "town": "data/organizations/towns/tingzi.yml",
    "law": "data/laws/gonggongchangsuoweishengguanlitiaoli.yml",
    "item": "data/items/weijian/510123001000.yml",
    "listing": "data/listings/departments/weijian.yml",
    "calendar": "data/calendar/2027.yml",
    "approvals": "data/approvals/2026/2026-03-02.yml",
    "adjustment": "data/adjustments/2025/2025-001.yml",
    "inspection": "data/supervision/inspections/2026-001.yml",
    "exposure": "data/supervision/exposures/2026-001.yml",
    "interview": "data/supervision/interviews/2026-001.yml",
    "appraisal": "data/supervision/appraisals/2026-001.yml",
    "page": "content/index.md",
    "abolished-divisions": "data/organizations/abolished.yml",
}
"""The valid record of each kind that examples change."""


def copy_district(folder: Path) -> Path:
    """Copy the small valid district into a folder; returns the project's root."""
    root = folder / "district"
    shutil.copytree(DISTRICT, root, ignore=shutil.ignore_patterns(".cache"))
    return root


def copy_shipped(folder: Path) -> Path:
    """Copy the shipped district into a folder, so that nothing is kept beside it; returns the project's root."""
    root = folder / "shipped"
    for name in ("data", "content", "theme", "schema"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


def make_buildable(root: Path, *, dated: datetime.date | None = None) -> Path:
    """Give a small project the shipped skin, and hand-written pages that say little; returns the project.

    The pages but the home page are ``dated``, where a day is given: only then feeds tell of those that are policies.
    """
    for name in ("mkdocs.yml", "theme", "content", "schema"):
        target = root / name
        if target.is_dir():
            shutil.rmtree(target)
        elif target.exists():
            target.unlink()
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    # The shipped pages refer to the shipped catalogue; these few refer to nothing.
    for page in (root / "content").rglob("*.md"):
        home = page == root / "content" / "index.md"
        front = "title: 首页\ntemplate: home.html" if home else f"title: {page.stem}{page.parent.name}"
        if dated is not None and not home:
            front += f"\ndate: {dated}"
        page.write_text(f"---\n{front}\n---\n\n# 标题\n\n一段文字。\n", encoding="utf-8")
    return root


def check(root: Path, *, as_of: datetime.date = AS_OF, production: bool = False) -> list[Finding]:
    """Return every finding of a project."""
    return check_catalogue(root, as_of=as_of, production=production)[1]


def check_catalogue(
    root: Path, *, as_of: datetime.date = AS_OF, production: bool = False
) -> tuple[Catalogue, list[Finding]]:
    """Return a project's catalogue and every finding."""
    catalogue, findings = load(root)
    findings += run(RULES.values(), Context(catalogue, as_of), production=production)
    return catalogue, sorted(findings)


def places(findings: list[Finding]) -> list[tuple[str, str, int, int]]:
    """Return (code, path, line, column) of each finding."""
    return [(f.code, f.path, f.line, f.column) for f in findings]


def codes(findings: list[Finding]) -> set[str]:
    """Return the codes of the findings."""
    return {finding.code for finding in findings}


def full_file_of(piece: str) -> str:
    """Return a piece as often as goes into the largest file that is read."""
    return piece * (MAX_BYTES // len(piece.encode()))


def data_of(text: str) -> Any:
    """Return what a YAML text says; the text must be readable."""
    document = read_yaml(text.encode(), "example.yml")
    assert document.data is not None, document.findings
    return document.data


def write_record(root: Path, path: str, data: dict[str, Any]) -> None:
    """Write a record as JSON, which is YAML, below its schema comment."""
    kind = next(kind for kind in KINDS if kind.pattern.match(path))
    text = schema_comment(kind, path) + "\n" + json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def change_record(root: Path, path: str, **changes: Any) -> None:
    """Replace top-level keys of a record; None removes a key."""
    data = data_of((root / path).read_text(encoding="utf-8"))
    for key, value in changes.items():
        if value is None:
            data.pop(key, None)
        else:
            data[key] = value
    write_record(root, path, data)
