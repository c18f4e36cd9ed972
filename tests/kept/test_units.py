"""Units are made again when an answer changes that they asked for, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.kept.store import Store, open_store
from gongkai.kept.units import Outcome, Stage, as_json, hashes_of, mark_stale
from gongkai.tracing import ALL, KEYS, Question


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def outcome(unit: str, *asked: Question, made: str = "", **shares: str | None) -> Outcome:
    return Outcome(unit, made, hashes_of(asked), shares)


def touch(store: Store, *questions: Question) -> None:
    with store.writing() as connection:
        mark_stale(connection, questions)


A, B = ("item", "a"), ("item", "b")


def test_a_unit_is_fresh_once_it_was_made(store: Store) -> None:
    stage = Stage(store, "site", "1")
    assert (stage.known(), stage.fresh()) == (set(), set())
    stage.keep([outcome("x", A, made="one"), outcome("y")])
    assert stage.known() == stage.fresh() == {"x", "y"}
    assert stage.made(None) == {"x": "one", "y": ""}
    assert stage.made({"x", "z"}) == {"x": "one"}
    stage.keep([outcome("x", A, made="two")])
    assert stage.made({"x"}) == {"x": "two"}
    assert stage.name == "site"


def test_what_is_made_comes_in_the_order_of_the_units(store: Store) -> None:
    stage = Stage(store, "site", "1")
    stage.keep([outcome(unit, title=unit.upper()) for unit in ("b", "c", "a")])
    assert list(stage.made(None)) == list(stage.made({"c", "b", "a"})) == ["a", "b", "c"]
    assert stage.shares("title") == ["A", "B", "C"]


def test_some_of_very_many_units(store: Store) -> None:
    stage = Stage(store, "site", "1")
    stage.keep([outcome(f"{number:04}", made=str(number)) for number in range(1_500)])
    wanted = {f"{number:04}" for number in range(0, 3_000, 2)}
    assert stage.made(wanted) == {f"{number:04}": str(number) for number in range(0, 1_500, 2)}


@pytest.mark.parametrize(
    ("touched", "stale"),
    [
        ([A], {"one", "both"}),
        ([B], {"both"}),
        ([("item", KEYS)], {"which"}),
        ([("item", ALL)], {"all"}),
        ([("index", ("a", "b"))], {"pair"}),
        ([("index", ("a", "c"))], set()),
        ([("index", '\1["a","b"]')], {"pair"}),
        ([("index", 7)], {"number"}),
        ([("law", "a")], set()),
        ([], set()),
        ([A, ("item", ALL), ("law", "a")], {"one", "both", "all"}),
    ],
)
@pytest.mark.parametrize("others", [0, 50])
def test_only_what_asked_is_stale(others: int, touched: list[Question], stale: set[str], store: Store) -> None:
    """Among few questions as among many."""
    stage = Stage(store, "site", "1")
    asked = {
        "none": [],
        "one": [A],
        "both": [A, B],
        "which": [("item", KEYS)],
        "all": [("item", ALL)],
        "pair": [("index", ("a", "b"))],
        "number": [("index", 7)],
    }
    stage.keep([outcome(unit, *questions) for unit, questions in asked.items()])
    touch(store, *touched, *(("law", str(number)) for number in range(others)))
    assert stage.known() - stage.fresh() == stale
    assert stage.known() == asked.keys()


def test_what_is_made_again_is_fresh_again_and_depends_on_what_it_asked_then(store: Store) -> None:
    stage = Stage(store, "site", "1")
    stage.keep([outcome("x", A, made="one")])
    touch(store, A)
    assert stage.fresh() == set() and stage.made({"x"}) == {"x": "one"}
    stage.keep([outcome("x", B, made="two")])
    touch(store, A)
    assert stage.fresh() == {"x"}
    touch(store, B)
    assert stage.fresh() == set()


def test_units_of_every_stage_are_stale(store: Store) -> None:
    site, check = Stage(store, "site", "1"), Stage(store, "check", "1")
    site.keep([outcome("x", A), outcome("y", B)])
    check.keep([outcome("x", A), outcome("z", A, B)])
    site.keep([], touched=[A])
    assert (site.fresh(), check.fresh()) == ({"y"}, set())


def test_what_is_kept_together_with_what_it_touches_is_fresh(store: Store) -> None:
    stage = Stage(store, "site", "1")
    stage.keep([outcome("x", A), outcome("y", A)])
    stage.keep([outcome("x", A)], touched=[A])
    assert stage.fresh() == {"x"}


def test_stages_that_ask_in_turn_do_not_mix_up_their_questions(store: Store) -> None:
    site, check = Stage(store, "site", "1"), Stage(store, "check", "1")
    site.keep([outcome("x", A)])
    check.keep([outcome("x", ("law", "a"))])
    site.keep([outcome("y", B)])
    check.keep([outcome("y", B), outcome("z", ("law", "b"))])
    touch(store, B)
    assert (site.fresh(), check.fresh()) == ({"x"}, {"x", "z"})


def test_units_that_are_gone_are_forgotten(store: Store) -> None:
    stage = Stage(store, "site", "1")
    stage.keep([outcome("x", made="one", title="X"), outcome("y", title="Y")])
    stage.keep([], gone=["x", "never"])
    assert stage.known() == {"y"} and stage.made({"x"}) == {}
    assert (stage.share("title", "x"), stage.shares("title")) == (None, ["Y"])


def test_shares_come_and_go(store: Store) -> None:
    stage = Stage(store, "site", "1")
    stage.keep([outcome("x", names="X", rows="1"), outcome("y", names="Y", rows=None)])
    assert stage.shares_by_unit("names") == {"x": "X", "y": "Y"}
    assert stage.shares_by_unit("rows") == {"x": "1"} and stage.share("rows", "y") is None
    assert stage.shares_of("names", ["y", "z", "x"]) == {"x": "X", "y": "Y"} and stage.shares_of("rows", ["y"]) == {}
    assert stage.shares_of("names", []) == {}
    stage.keep([outcome("x", names=None), outcome("y", names="Z", rows="2")])
    assert stage.shares_by_unit("names") == {"y": "Z"}
    assert stage.shares_by_unit("rows") == {"x": "1", "y": "2"}
    assert Stage(store, "check", "1").shares("names") == []


def test_other_circumstances_forget_everything_of_the_stage(store: Store) -> None:
    Stage(store, "site", "1").keep([outcome("x", title="X")])
    Stage(store, "check", "1").keep([outcome("x")])
    assert Stage(store, "site", "1").fresh() == {"x"}
    stage = Stage(store, "site", "2")
    assert stage.known() == set() and stage.shares("title") == []
    assert Stage(store, "check", "1").fresh() == {"x"}
    assert Stage(store, "site", "1").known() == set()


def test_a_reader_reads_under_any_circumstances(store: Store) -> None:
    Stage(store, "site", "1").keep([outcome("x", made="one", title="X")])
    reader = Stage.reader(store, "site")
    assert reader.share("title", "x") == "X" and reader.made(None) == {"x": "one"} and reader.name == "site"
    assert Stage(store, "site", "1").fresh() == {"x"}


def test_clearing_leaves_other_stages(store: Store) -> None:
    site, check = Stage(store, "site", "1"), Stage(store, "check", "1")
    site.keep([outcome("x", title="X")])
    check.keep([outcome("x", title="Y")])
    site.clear()
    assert (site.known(), site.shares("title")) == (set(), [])
    assert (check.known(), check.shares("title")) == ({"x"}, ["Y"])


def test_what_does_not_count_yet_counts_when_it_is_refreshed(store: Store) -> None:
    stage = Stage(store, "site", "1")
    stage.keep([outcome("x", A), outcome("y", B)], fresh=False)
    assert stage.known() == {"x", "y"} and stage.fresh() == set()
    stage.keep([outcome("z")], refreshed=["x", "y"], notes={"place": "here"})
    assert stage.fresh() == {"x", "y", "z"} and store.note("place") == "here"
    touch(store, A)
    assert stage.fresh() == {"y", "z"}


def test_on_failure_nothing_is_kept(store: Store) -> None:
    stage = Stage(store, "site", "1")
    stage.keep([outcome("x", A, made="one")])

    def failing() -> Iterator[Outcome]:
        yield outcome("x", A, made="two")
        yield outcome("y", B)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        stage.keep(failing(), gone=["x"], touched=[A], notes={"place": "here"})
    assert stage.fresh() == {"x"} and stage.made(None) == {"x": "one"} and store.note("place") is None
    stage.keep([outcome("y", B), outcome("z", ("law", "a"))])
    touch(store, B)
    assert stage.fresh() == {"x", "z"}


def test_it_is_all_there_the_next_time(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    Stage(store, "site", "1").keep([outcome("x", A, made="one", title="X"), outcome("y", B)])
    store.close()
    store = open_store(tmp_path)
    stage = Stage(store, "site", "1")
    assert stage.fresh() == {"x", "y"} and stage.share("title", "x") == "X"
    stage.keep([outcome("z", B, ("law", "a"))])
    touch(store, B)
    assert stage.fresh() == {"x"}
    store.close()


def test_hashes_of_questions() -> None:
    questions: list[Question] = [
        A,
        B,
        ("law", "a"),
        ("cases", ("a", "b")),
        ("cases", ("a", "c")),
        ("item", KEYS),
        ("it", "ema"),
    ]
    hashes = {hashes_of([question]) for question in questions}
    assert len(hashes) == len(questions) and {len(one) for one in hashes} == {8}
    assert hashes_of(questions) == b"".join(map(hashes_of, ([question] for question in questions)))
    assert hashes_of(()) == b""
    assert hashes_of([("item", "\ud800")]) != hashes_of([("item", "\ud801")])


def test_plain_data_are_short() -> None:
    assert as_json(["事项", {"a": 1}]) == '["事项",{"a":1}]'
