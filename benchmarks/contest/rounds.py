"""Rounds: every contestant once, in another order each time, so that nobody always runs on a warm machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from contest.contestants import Contestant
from contest.measuring import Memory, memory, seconds

Say = Callable[[str], None]


def order(contestants: Sequence[Contestant], number: int) -> list[Contestant]:
    """Return the order of one round: turned by one each time, and backwards every second time."""
    start = number // 2 % len(contestants)
    turned = [*contestants[start:], *contestants[:start]]
    return turned[::-1] if number % 2 else turned


def times(contestants: Sequence[Contestant], rounds: int, folder: Path, say: Say) -> dict[str, list[float]]:
    """Return the seconds of every step in every round, after one round that only warms up; raises RunError."""
    found: dict[str, list[float]] = {step.key: [] for each in contestants for step in each.steps}
    for number in range(-1, rounds):
        for contestant in order(contestants, number + 1):
            for step in contestant.steps:
                step.before()
                spent = seconds(step.commands(), folder)
                say(f"{'warm-up' if number < 0 else f'round {number + 1}'}: {step.title} {spent:.2f} s")
                if number >= 0:
                    found[step.key].append(spent)
    return found


def memories(contestants: Sequence[Contestant], folder: Path, say: Say) -> dict[str, Memory]:
    """Return the peak memory of every step, each run once more for it; raises RunError."""
    found = {}
    for contestant in contestants:
        for step in contestant.steps:
            step.before()
            if step.weighs_memory:
                found[step.key] = memory(step.commands(), folder)
                say(f"memory: {step.title} {found[step.key].together / 2**20:.0f} MiB")
    return found
