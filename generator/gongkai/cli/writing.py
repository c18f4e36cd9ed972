"""Writing changes to source files from a command, or an ending that says why not."""

from __future__ import annotations

from pathlib import Path

from gongkai.cli.common import stop
from gongkai.editing.changeset import ChangeSet, FileChangedError, write
from gongkai.os_errors import told


def write_or_stop(root: Path, changes: ChangeSet) -> None:
    """Write all changes, or none, and then end the program with status 2 and a message."""
    try:
        write(root, changes)
    except FileChangedError as error:
        stop(f"{error} 刚才被别人改过，什么也没有改。请再运行一次。")
    except OSError as error:
        stop(f"写文件出错（{told(error)}），已恢复原样，什么也没有改。")
