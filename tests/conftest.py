"""Fixtures for all tests."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from support import copy_district

# Helpers say what differs, as tests do.
pytest.register_assert_rewrite(
    "browser.accessible",
    "building",
    "commands",
    "editing.renamed",
    "kept.read_anew",
    "publishing.building.comparing",
    "rules.families.written_cases",
)

# Whoever starts tests in the background may have them ignore Ctrl-C, and so would every command that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example takes is no matter of tests: a machine that is busy elsewhere would make them fail.
_AT_ANY_SPEED: Any = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("gate", derandomize=True, **_AT_ANY_SPEED)
settings.register_profile("explore", max_examples=1000, **_AT_ANY_SPEED)
settings.load_profile("gate")  # `pytest --hypothesis-profile explore` looks further


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A small valid project of its own."""
    return copy_district(tmp_path)
