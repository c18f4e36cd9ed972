"""Synthetic districts: valid, the same for the same seed, and different pages."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from district.naming import draw
from districts import AS_OF, main, size_of, write_district
from gongkai.finding import Severity
from gongkai.loading import load
from gongkai.rules.engine import Context, run
from gongkai.rules.registry import RULES

_CHINESE = re.compile("[\u4e00-\u9fff]")


def _generate(folder: Path, *options: str) -> Path:
    assert main([str(folder), "--items", "100", "--cases", "60", "--articles", "2", *options]) == 0
    return folder


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _generate(tmp_path_factory.mktemp("districts") / "first")


def _errors(folder: Path) -> list[str]:
    catalogue, findings = load(folder)
    findings = [*findings, *run(RULES.values(), Context(catalogue, AS_OF))]
    return [f"{f.path} {f.code} {f.message}" for f in findings if f.severity is Severity.ERROR]


def test_a_district_has_what_was_asked_for_and_no_error(district: Path) -> None:
    assert _errors(district) == []
    catalogue, _ = load(district)
    assert len(catalogue.items) == 100
    assert sum(len(day.cases) for day in catalogue.approvals.values()) == 60
    assert len(list((district / "content/articles").glob("*.md"))) == 2
    assert {len(catalogue.listings[town].entries) for town in catalogue.towns} == {24}
    assert {len(catalogue.listings[village].entries) for village in catalogue.villages} == {12}


def test_a_district_without_villages_has_one_a_town_and_no_error(tmp_path: Path) -> None:
    folder = _generate(tmp_path / "small", "--no-villages")
    assert _errors(folder) == []
    catalogue, _ = load(folder)
    assert len(catalogue.villages) == len(catalogue.towns)
    assert not (folder / "data/listings/villages").exists()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(district: Path, tmp_path: Path) -> None:
    first = _contents(district)
    assert _contents(_generate(tmp_path / "second")) == first
    other = _contents(_generate(tmp_path / "third", "--seed", "2"))
    items = {path for path in first if path.startswith("data/items/")}
    assert not any(other.get(path) == first[path] for path in items)


def test_items_are_not_copies_of_each_other(district: Path) -> None:
    lines = [
        {line.strip() for line in path.read_text("utf-8").splitlines() if len(_CHINESE.findall(line)) >= 15}
        for path in sorted((district / "data/items").glob("*/*.yml"))
    ]
    pairs = [(a, b) for index, a in enumerate(lines) for b in lines[:index]]
    shared = [len(a & b) / min(len(a), len(b)) for a, b in pairs]
    assert sum(shared) / len(shared) < 0.15
    assert max(shared) < 0.6


def test_a_hundred_thousand_names_are_different() -> None:
    names = [named.name for named in draw(random.Random(1), 100_000)]
    assert len(set(names)) == 100_000


def test_more_names_than_there_are_words_for_are_refused() -> None:
    with pytest.raises(ValueError, match="there are only"):
        next(draw(random.Random(1), 10_000_000))


def test_lists_of_towns_and_villages_stay_short() -> None:
    size = size_of(50_000)
    assert (size.in_villages, size.in_towns) == (40, 60)


def test_more_items_in_towns_than_items_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        write_district(tmp_path / "x", size_of(10, 8, 8))


@pytest.mark.parametrize(
    ("arguments", "said"), [(["--items", "0"], "between 1 and 100000"), (["--items", "100001"], "between 1 and 100000")]
)
def test_impossible_sizes_are_refused(arguments: list[str], said: str, tmp_path: Path, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([str(tmp_path / "x"), *arguments])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, capsys) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit):
        main([str(tmp_path)])
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
