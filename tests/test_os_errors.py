"""What the operating system refuses is said in Chinese."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from gongkai.os_errors import reason, told


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "site"), "磁盘已满"),
        (OSError(errno.EACCES, os.strerror(errno.EACCES)), "没有权限"),
        (OSError(errno.ESTALE, "读了以后又改动了"), "读了以后又改动了"),
        (OSError(errno.EIO, "自己的话"), "自己的话"),
        (OSError("没有编号"), "没有编号"),
        (OSError(errno.ENOANO, os.strerror(errno.ENOANO)), os.strerror(errno.ENOANO)),
    ],
)
def test_the_reason_is_chinese_where_it_is_known(error: OSError, said: str) -> None:
    assert reason(error) == said


def test_a_missing_file_is_one() -> None:
    with pytest.raises(FileNotFoundError) as missing:
        Path("/nowhere").stat()
    assert reason(missing.value) == "没有这个文件或文件夹"
    assert told(missing.value) == "/nowhere：没有这个文件或文件夹"
    assert told(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == "磁盘已满"
