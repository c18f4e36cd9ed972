"""Names of items, unique and drawn with a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from district.words import FAMILIES, QUALIFIED, Family, Style


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and the words that it was made of."""

    family: Family
    qualifier: str
    subject: str
    department: str
    action: str
    style: Style
    suffix: str

    @property
    def name(self) -> str:
        """The name as the catalogue writes it."""
        return f"{self.qualifier}{self.subject}{self.action}{self.suffix}"

    @property
    def matter(self) -> str:
        """What it is about, as a sentence names it."""
        return f"{self.qualifier}{self.subject}"


def draw(
    chance: random.Random, count: int, families: Sequence[Family] = FAMILIES, taken: set[str] | None = None
) -> Iterator[Named]:
    """Yield ``count`` names that are neither equal to each other nor among ``taken``; raises ValueError for too many."""
    taken = set() if taken is None else taken
    parts = [_Parts(family) for family in families]
    weights = [part.size for part in parts]
    if count + len(taken) > sum(weights) * 3 // 4:
        raise ValueError(f"there are only {sum(weights)} names, and {count} are wanted")
    found = 0
    while found < count:
        named = chance.choices(parts, weights)[0].draw(chance)
        if named.name not in taken:
            taken.add(named.name)
            found += 1
            yield named


class _Parts:
    """The words of a family, laid out to be drawn from."""

    def __init__(self, family: Family) -> None:
        self._family = family
        self._subjects = [(word, department) for department, words in family.subjects.items() for word in words]
        self._actions = [(word, style) for style, words in family.actions.items() for word in words]
        self.size = len(family.qualifiers) * len(self._subjects) * len(self._actions) * len(set(QUALIFIED))

    def draw(self, chance: random.Random) -> Named:
        subject, department = chance.choice(self._subjects)
        action, style = chance.choice(self._actions)
        qualifier = chance.choice(self._family.qualifiers)
        return Named(self._family, qualifier, subject, department, action, style, chance.choice(QUALIFIED))
