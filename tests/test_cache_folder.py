"""What is kept stays in the project, whatever somebody has put into its .cache/."""

from __future__ import annotations

from pathlib import Path

import pytest

from building import opened
from gongkai.cache_folder import cache_folder


def test_a_link_is_no_cache(district: Path, tmp_path: Path) -> None:
    folder = tmp_path / "outside"
    folder.mkdir()
    (district / ".cache").symlink_to(folder)
    with pytest.raises(OSError, match="是链接，不是文件夹"):
        cache_folder(district)
    with opened(district) as project:
        assert not project.store.file.is_relative_to(tmp_path)
    assert [path.name for path in folder.iterdir()] == []


def test_the_note_for_git_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / ".gitignore").symlink_to(tmp_path / "new")
    cache_folder(tmp_path)
    assert not (tmp_path / "new").exists()
