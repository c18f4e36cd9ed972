"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from support import copy_district


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A small valid project of its own."""
    return copy_district(tmp_path)
