"""Whatever the program imports is declared: what others happen to need may go with their next version."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from support import ROOT


def normalized(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


def imported() -> set[str]:
    """Return the names of all top-level modules that the program imports."""
    names: set[str] = set()
    for path in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"gongkai"}


def test_every_import_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    declared = {normalized(re.split(r"[\[<>=!~; ]", line)[0]) for line in lines}
    distributions = packages_distributions()
    missing = {name for name in imported() if not {normalized(one) for one in distributions[name]} & declared}
    assert missing == set()
