"""On several processes, rules find what they find on one."""

from __future__ import annotations

import pytest
from gongkai.rules.parallel import run_all

from gongkai.loading import load
from gongkai.rules import parallel
from gongkai.rules.engine import Context, run
from gongkai.rules.registry import RULES
from support import AS_OF, FIXTURES


@pytest.mark.parametrize("production", [False, True])
def test_the_same_findings_in_the_same_order(production: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_FEW", 0)
    monkeypatch.setattr(parallel, "_CHUNK", 7)
    catalogue, _ = load(FIXTURES / "broken")
    expected = run(RULES.values(), Context(catalogue, AS_OF), production=production)
    assert len(expected) > 50
    seen: list[tuple[str, int, int]] = []
    found = run_all(Context(catalogue, AS_OF), 2, production=production, progress=lambda *step: seen.append(step))
    assert found == expected
    assert seen[0][1] == 0 and seen[-1][1] == seen[-1][2]
