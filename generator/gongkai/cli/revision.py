"""What the commands need that compare with an earlier version: its files and its catalogue, or an ending."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.catalogue import Catalogue
from gongkai.cli.common import stop
from gongkai.finding import Finding
from gongkai.loading import load
from gongkai.os_errors import reason, told
from gongkai.revisions import RevisionError, tree_at, working_tree, write_tree


def files_at(root: Path, revision: str) -> dict[str, bytes]:
    """Return the files of a revision, or end the program with status 2 and a message."""
    try:
        return tree_at(root, revision)
    except RevisionError as error:
        stop(str(error))


def files_now(root: Path) -> dict[str, bytes]:
    """Return the files as they are on disk, or end the program with status 2 and a message."""
    try:
        return working_tree(root)
    except OSError as error:
        stop(f"读不了 {told(error)}。")


def catalogue_of(files: Mapping[str, bytes]) -> tuple[Catalogue, list[Finding]]:
    """Return the catalogue that the files of a revision make, and what was wrong with them."""
    with TemporaryDirectory(prefix="gongkai-") as folder:
        try:
            write_tree(files, Path(folder))
            return load(Path(folder))
        except OSError as error:
            stop(f"以前的版本写不进临时文件夹：{reason(error)}。")
