"""Work is shared out, and its results come in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from gongkai import workers
from gongkai.workers import LocalCrew, beside, in_portions, spread, spread_in_turns


def with_process(things: Sequence[str]) -> list[tuple[str, int]]:
    return [(thing, os.getpid()) for thing in things]


def kind(thing: str) -> str:
    return thing[0]


THINGS = [f"{letter}{number}" for letter in "abc" for number in range(9)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_portions(jobs: int) -> None:
    told: list[int] = []
    made = [*spread(LocalCrew(jobs), with_process, in_portions(THINGS, 5), 0, told.append)]
    assert [thing for portion in made for thing, _ in portion] == THINGS
    assert [len(portion) for portion in made] == [5, 5, 5, 5, 5, 2] and told == [5, 10, 15, 20, 25, 27]
    assert (os.getpid() in {process for portion in made for _, process in portion}) is (jobs == 1)


def test_few_things_are_worked_on_here() -> None:
    made = [*spread(LocalCrew(2), with_process, in_portions(THINGS, 5), len(THINGS), lambda _: None)]
    assert {process for portion in made for _, process in portion} == {os.getpid()}


@pytest.mark.parametrize(
    ("least", "turns"), [(1, ["a", "b", "c"]), (9, ["a", "b", "c"]), (10, ["ab", "c"]), (99, ["abc"])]
)
def test_other_kinds_get_other_processes(least: int, turns: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_A_TURN", least)
    told: list[int] = []
    made = [*spread_in_turns(LocalCrew(2), with_process, THINGS, kind, lambda _: 4, 0, told.append)]
    assert [thing for portion in made for thing, _ in portion] == THINGS
    assert told == sorted(told) and told[-1] == len(THINGS)
    processes = [{process for portion in made for thing, process in portion if thing[0] in turn} for turn in turns]
    assert os.getpid() not in set.union(*processes)
    assert sum(map(len, processes)) == len(set.union(*processes))


def test_portions_hold_one_kind_and_as_many_as_that_kind_allows() -> None:
    sizes = {"a": 4, "b": 100, "c": 1}
    made = [*spread_in_turns(LocalCrew(1), with_process, THINGS, kind, sizes.__getitem__, 0, lambda _: None)]
    assert [len(portion) for portion in made] == [4, 4, 1, 9, *[1] * 9]
    assert [thing for portion in made for thing, _ in portion] == THINGS


def test_nothing_to_do() -> None:
    assert [*spread_in_turns(LocalCrew(2), with_process, [], kind, lambda _: 4, 0, lambda _: None)] == []


def write_late(file: Path, seconds: float) -> None:
    time.sleep(seconds)
    file.write_text(str(os.getpid()), encoding="utf-8")


def test_another_process_works_beside(tmp_path: Path) -> None:
    file = tmp_path / "written"
    with beside(partial(write_late, file, 0.2)):
        assert not file.exists()
    assert int(file.read_text(encoding="utf-8")) != os.getpid()


def test_work_beside_may_fail(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with beside(partial(os._exit, 3)):
        pass
    with beside(partial(os.rmdir, tmp_path / "nothing")):
        pass
    assert capfd.readouterr() == ("", "")


def test_what_work_beside_says_is_said_at_the_end(capfd: pytest.CaptureFixture[str]) -> None:
    with beside(partial(print, "准备好了")):
        time.sleep(0.2)
        print("here", end="")
        assert capfd.readouterr() == ("here", "")
    assert capfd.readouterr() == ("", "准备好了\n")


def test_without_another_process_the_work_goes_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def no_process() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", no_process)
    with beside(partial(write_late, tmp_path / "written", 0)):
        pass
    assert not (tmp_path / "written").exists()


def test_work_beside_ends_when_waiting_for_it_is_interrupted(tmp_path: Path) -> None:
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt), beside(partial(write_late, tmp_path / "written", 60)):
        pass
    assert multiprocessing.active_children() == [] and not (tmp_path / "written").exists()


def test_work_beside_ends_when_this_fails(tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(KeyError), beside(partial(write_late, tmp_path / "written", 60)):
        raise KeyError
    assert time.monotonic() - started < 30 and not (tmp_path / "written").exists()
