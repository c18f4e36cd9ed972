"""A project whose site was built."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from building import build_site
from support import copy_district, make_buildable


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small district, whose site was built there; nobody changes it."""
    root = make_buildable(copy_district(tmp_path_factory.mktemp("pristine")))
    build_site(root, root / "site")
    return root


@pytest.fixture
def project(pristine: Path, tmp_path: Path) -> Path:
    """A project of the test's own, whose site was built there."""
    root = tmp_path / "district"
    shutil.copytree(pristine, root)
    build_site(root, root / "site")
    return root
