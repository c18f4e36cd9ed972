"""The project as it was at a revision that git keeps.

Only commands that ask use this: ``diff``, ``adjust``, ``check --since``. A site is built without git.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from gongkai.sources import FOLDERS, hidden, is_own_file, source_files

MAX_BYTES = 512 * 1024 * 1024
"""How much of one revision is read at most; a district's data is a hundredth of it."""

_SECONDS = 120
_FILE_MODES = ("100644", "100755")
_LONGEST_NAME = 200


class RevisionError(Exception):
    """A revision cannot be read; the message says in Chinese why, and what to do."""


def tree_at(root: Path, revision: str) -> dict[str, bytes]:
    """Return the files below data/ and content/ at a revision, by path below the project root.

    Links, submodules and what nobody looks at are left out. Raises RevisionError when there is no git, no repository, no such
    revision, no data in it, or more of it than anybody needs.
    """
    commit = _commit(root, revision)
    files = list(_listed(root, commit))
    if not any(path.startswith("data/") for path, _, _ in files):
        raise RevisionError(f"版本“{revision}”里没有 data/，不能比较；请换一个有数据的版本。")
    if sum(size for _, _, size in files) > MAX_BYTES:
        raise RevisionError(f"版本“{revision}”的数据超过 {MAX_BYTES // 1024 // 1024} MB，不予读取。")
    contents = _contents(root, revision, [identity for _, identity, _ in files])
    return {path: contents[identity] for path, identity, _ in files}


def working_tree(root: Path) -> dict[str, bytes]:
    """Return the files below data/ and content/ as they are on disk, by path below the project root.

    Links are left out, and what nobody looks at; raises OSError for what cannot be read.
    """
    return {path: (root / path).read_bytes() for path in source_files(root) if is_own_file(root, path)}


def write_tree(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of a revision below an empty folder, so that they can be loaded like a project."""
    # Git keeps no empty folders, and a project has both.
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _commit(root: Path, revision: str) -> str:
    if not revision or revision.startswith("-") or len(revision) > _LONGEST_NAME or not revision.isprintable():
        raise RevisionError(f"“{revision[:_LONGEST_NAME]}”不是版本的写法，例如：HEAD、HEAD~1、main、提交编号。")
    inside = _git(root, "rev-parse", "--is-inside-work-tree")
    if inside.returncode:
        raise RevisionError(_no_repository(root, inside))
    found = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not found.returncode:
        return found.stdout.decode("ascii", "replace").strip()
    if _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        raise RevisionError(
            f"这是浅克隆，没有版本“{revision}”；请先运行 git fetch --unshallow 取回全部历史（CI 里把取回的深度设为全部）。"
        )
    raise RevisionError(f"没有版本“{revision}”；用 git log --oneline 可以看到有哪些版本。")


def _no_repository(root: Path, answer: subprocess.CompletedProcess[bytes]) -> str:
    """Say why git finds no repository, by what it answered."""
    owned = re.search(rb"dubious ownership in repository at '(.+)'", answer.stderr)
    if owned is not None:
        trust = f"git config --global --add safe.directory {shlex.quote(os.fsdecode(owned[1]))}"
        return (
            f"{root} 的 git 仓库属于另一个用户，git 不肯读，没有以前的版本可以比较。信得过这个仓库，请先运行：{trust}"
        )
    if b"not a git repository" in answer.stderr:
        return f"{root} 不在 git 仓库里，没有以前的版本可以比较。"
    return f"读不了 {root} 的 git 仓库，没有以前的版本可以比较：{_said(answer)}"


def _listed(root: Path, commit: str) -> Iterator[tuple[str, str, int]]:
    """Yield path, object and size of every file of a commit that is read."""
    listed = _git(root, "ls-tree", "-r", "-z", "-l", commit, "--", *FOLDERS)
    if listed.returncode:
        raise RevisionError(f"读不出版本 {commit[:12]} 的文件：{_said(listed)}")
    for line in listed.stdout.split(b"\0"):
        head, _, name = line.partition(b"\t")
        if not name:
            continue
        mode, _, identity, size = head.decode("ascii").split()
        path = os.fsdecode(name)
        if mode in _FILE_MODES and ".." not in path.split("/") and not hidden(path):
            if not size.isdigit():
                raise RevisionError(f"版本 {commit[:12]} 有的内容不在仓库里（{path}）。请取回完整的仓库再试。")
            yield path, identity, int(size)


def _contents(root: Path, revision: str, identities: list[str]) -> dict[str, bytes]:
    """Return the contents of objects; raises RevisionError when one is not there (a partial clone)."""
    wanted = list(dict.fromkeys(identities))
    answer = _git(root, "cat-file", "--batch", given="".join(f"{identity}\n" for identity in wanted).encode())
    found, rest = {}, memoryview(answer.stdout)
    position = 0
    for identity in wanted:
        end = answer.stdout.find(b"\n", position)
        head = answer.stdout[position:end].split() if end >= 0 else []
        if len(head) != 3 or head[1] != b"blob":
            raise RevisionError(f"版本“{revision}”的内容不全：{_said(answer)}请取回完整的仓库再试。")
        start, size = end + 1, int(head[2])
        found[identity] = bytes(rest[start : start + size])
        position = start + size + 1
    return found


def _said(ran: subprocess.CompletedProcess[bytes]) -> str:
    said = ran.stderr.decode("utf-8", "replace").strip().splitlines()
    return f"git 说“{said[0][:200]}”。" if said else "git 没有说明原因。"


def _git(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in the project's folder; never fetches from elsewhere, never asks a question."""
    program = shutil.which("git")
    if program is None:
        raise RevisionError("没有找到 git 程序；比较以前的版本要用它，请先安装 git。")
    quiet = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        return subprocess.run(  # noqa: S603 - no shell; the only foreign argument is checked by _commit
            [program, *arguments],
            cwd=root,
            env={**os.environ, **quiet},
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RevisionError(f"git {arguments[0]} 超过 {_SECONDS} 秒没有完成，已停止。") from None
