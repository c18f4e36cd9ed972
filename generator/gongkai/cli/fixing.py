"""``gongkai check --fix``: faults that have one right answer are corrected in the files, or shown as a patch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from gongkai.cli.common import say, stop
from gongkai.editing.atomic_write import write_at_once
from gongkai.editing.changeset import Change, ChangeSet, unified_diff
from gongkai.editing.fix import FIXABLE, fix_text
from gongkai.finding import Finding
from gongkai.invisible import visible
from gongkai.kept.project import Project
from gongkai.os_errors import reason
from gongkai.rules.checking import Checked


def mended(project: Project, look: Callable[[Project], Checked], *, dry_run: bool) -> Checked:
    """Correct what has one right answer, or show how; returns what was found last.

    What was done is said on standard error: standard output holds findings, which may be for a program.
    """
    found = look(project)
    while changes := _changes(project.root, found.findings):
        if dry_run:
            say(unified_diff(changes), nl=False, err=True)
            break
        _write(project.root, changes)
        # A repaired file can be read further, and may then show what can be repaired too.
        found = look(project)
    return found


def _changes(root: Path, findings: list[Finding]) -> ChangeSet:
    changes = {}
    for path in sorted({finding.path for finding in findings if finding.code in FIXABLE}):
        before = (root / path).read_bytes()
        after = fix_text(before.decode("utf-8"), path, findings).encode("utf-8")
        if after != before:
            changes[path] = Change(before, after)
    return changes


def _write(root: Path, changes: ChangeSet) -> None:
    for path, change in changes.items():
        try:
            write_at_once(root / path, change.after)
        except OSError as error:
            stop(f"写不了 {path}：{reason(error)}。前面列出的文件已经改好，其余的没有改。")
        say(visible(f"已改好 {path}"), err=True)
