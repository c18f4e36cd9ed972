"""A file is replaced at once, and nothing outside is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.editing import atomic_write
from gongkai.editing.atomic_write import write_at_once


def test_a_file_is_replaced_with_its_mode_and_a_link_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"old")
    (tmp_path / "a.yml").chmod(0o640)
    write_at_once(tmp_path / "a.yml", b"new")
    (tmp_path / "b.yml").symlink_to("a.yml")
    write_at_once(tmp_path / "b.yml", b"other")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.yml": b"new", "b.yml": b"other"}
    assert (tmp_path / "a.yml").stat().st_mode & 0o777 == 0o640


def test_not_even_a_link_at_the_name_for_the_new_content_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_write.secrets, "token_hex", lambda _: "guessed")
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / ".gongkai-guessed.new").symlink_to("victim")
    with pytest.raises(FileExistsError):
        write_at_once(tmp_path / "a.yml", b"new")
    assert (tmp_path / "victim").read_bytes() == b"mine" and not (tmp_path / "a.yml").exists()
