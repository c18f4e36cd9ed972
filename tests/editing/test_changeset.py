"""Several files change together or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.editing.changeset import Change, FileChangedError, unified_diff, write

CHANGES = {
    "a.yml": Change(b"one\r\ntwo", b"one\r\nthree"),
    "b/b.yml": Change(b"x\n", b"y\n"),
    "new/deep/c.yml": Change(None, b"c\n"),
    "d.yml": Change(b"d\n", b"e\n"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, change in CHANGES.items():
        if change.before is not None:
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(change.before)
    (tmp_path / "a.yml").chmod(0o640)
    return tmp_path


def tree(root: Path) -> dict[str, bytes | None]:
    return {p.relative_to(root).as_posix(): p.read_bytes() if p.is_file() else None for p in root.rglob("*")}


def test_all_files_are_written_and_nothing_else(root: Path) -> None:
    write(root, CHANGES)
    folders = {"b": None, "new": None, "new/deep": None}
    assert tree(root) == {path: change.after for path, change in CHANGES.items()} | folders
    assert (root / "a.yml").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("method", ["write_bytes", "replace"])
@pytest.mark.parametrize("attempt", [1, 2, 3, 4])
def test_a_failure_midway_leaves_everything_as_it_was(
    method: str, attempt: int, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root)
    real = getattr(Path, method)
    calls = 0

    def fail(path: Path, *args: object) -> object:
        nonlocal calls
        calls += 1
        if calls == attempt:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return real(path, *args)

    monkeypatch.setattr(Path, method, fail)
    with pytest.raises(OSError, match="No space left"):
        write(root, CHANGES)
    assert tree(root) == before


def test_being_interrupted_leaves_everything_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(root)
    real = Path.replace

    def interrupt(path: Path, target: Path) -> Path:
        if target.name == "d.yml":
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(root, CHANGES)
    assert tree(root) == before


KILLED = """
import os, sys
from pathlib import Path
from gongkai.editing.changeset import Change, write
real, left = Path.replace, [int(sys.argv[2])]
def replace(path, target):
    if not left[0]:
        os._exit(9)
    left[0] -= 1
    return real(path, target)
Path.replace = replace
write(Path(sys.argv[1]), {"a.yml": Change(b"one\\r\\ntwo", b"1"), "d.yml": Change(b"d\\n", b"2")})
"""


@pytest.mark.parametrize("exchanged", [0, 1])
def test_a_killed_process_leaves_no_litter(exchanged: int, root: Path) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED, str(root), str(exchanged)], check=False).returncode == 9
    assert (root / "a.yml").read_bytes() == (b"1" if exchanged else b"one\r\ntwo")
    assert (root / "d.yml").read_bytes() == b"d\n"
    (stage,) = root.glob(".cache/changes-*")
    assert (root / ".cache/.gitignore").read_text(encoding="utf-8") == "*\n"
    beside = {path.relative_to(root).as_posix() for path in root.rglob("*") if ".cache" not in path.parts}
    assert beside == {"a.yml", "b", "b/b.yml", "d.yml"}
    os.utime(stage, (0, 0))
    write(root, {"d.yml": CHANGES["d.yml"]})
    assert not list(root.glob(".cache/changes-*"))


@pytest.mark.parametrize(
    ("path", "content"), [("d.yml", b"other\n"), ("new/deep/c.yml", b"other\n"), ("b/b.yml", None)]
)
def test_what_somebody_else_changed_meanwhile_stays(path: str, content: bytes | None, root: Path) -> None:
    (root / "new/deep").mkdir(parents=True)
    if content is None:
        (root / path).unlink()
        (root / path).symlink_to(root / "a.yml")
    else:
        (root / path).write_bytes(content)
    before = tree(root)
    with pytest.raises(FileChangedError, match=path):
        write(root, CHANGES)
    assert tree(root) == before


def test_the_diff_is_a_patch(root: Path) -> None:
    patch = unified_diff(CHANGES)
    assert "--- a/a.yml\n+++ b/a.yml\n@@ -1,2 +1,2 @@\n one\r\n-two\n\\ No newline at end of file\n+three\n" in patch
    assert "--- /dev/null\n+++ b/new/deep/c.yml\n" in patch
    (root / "patch").write_bytes(patch.encode())
    subprocess.run(["git", "apply", "patch"], cwd=root, check=True)
    (root / "patch").unlink()
    assert {path: (root / path).read_bytes() for path in CHANGES} == {path: c.after for path, c in CHANGES.items()}
