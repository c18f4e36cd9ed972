"""Fixtures for tests of the commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from building import lend
from support import make_buildable


@pytest.fixture
def project(district: Path) -> Path:
    """A small project that can be built."""
    return lend(make_buildable(district))
