"""A consistent district, damaged: what was damaged is found at its line, and nothing else is."""

from __future__ import annotations

import random
from functools import lru_cache

import pytest

from damage import DAMAGES
from damage_base import Base
from gongkai import sources
from gongkai.model.hand_written import read_page
from gongkai.model.validation import read_record
from support import check

CATALOGUES = 1000
BATCHES = 20
QUICK = 1


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return Base(tmp_path_factory.mktemp("consistent") / "district")


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the same bytes at the same path again gives the same record: a thousand catalogues share most files."""
    monkeypatch.setattr(sources, "read_record", lru_cache(maxsize=None)(read_record))
    monkeypatch.setattr(sources, "read_page", lru_cache(maxsize=None)(read_page))


def test_the_undamaged_district_is_clean(base: Base) -> None:
    assert base.findings == [] and check(base.root) == []
    assert len(base.items()) >= 50


@pytest.mark.parametrize(
    "batch", [pytest.param(n, marks=pytest.mark.slow if n >= QUICK else ()) for n in range(BATCHES)]
)
def test_every_damage_is_found_and_nothing_else(batch: int, base: Base) -> None:
    ways = list(DAMAGES)
    for number in range(batch, CATALOGUES, BATCHES):
        way = ways[number % len(ways)]
        damage = DAMAGES[way](base, random.Random(number))
        kept = {path: (base.root / path).read_bytes() for path in damage.files}
        try:
            for path, text in damage.files.items():
                if text is None:
                    (base.root / path).unlink()
                else:
                    assert text.encode() != kept[path], (number, way)
                    (base.root / path).write_text(text, encoding="utf-8")
            found = {(f.code, f.path, f.line) for f in check(base.root)}
        finally:
            for path, content in kept.items():
                (base.root / path).write_bytes(content)
        assert found == damage.expected, (number, way)
