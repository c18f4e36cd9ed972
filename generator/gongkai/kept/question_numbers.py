"""The numbers under which questions are kept: every unit names the questions that it asked by them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection

_FEW = 10_000
"""So many numbers are looked up sooner than all are read."""
_AT_ONCE = 500

Asked = tuple[str, str]
"""A register and a key of it as text."""


class QuestionNumbers:
    """The numbers of questions, looked up when they are asked for; new questions get new ones."""

    def __init__(self) -> None:
        self._known: dict[Asked, int] = {}
        self._looked_up = 0

    def of(self, connection: sqlite3.Connection, questions: Collection[Asked]) -> list[int]:
        """Return the numbers of some questions; new ones are kept inside the transaction of the connection."""
        unknown = [question for question in questions if question not in self._known]
        if unknown:
            if self._looked_up < _FEW:
                self._look_up(connection, unknown)
            for question in unknown:
                if question not in self._known:
                    self._known[question] = _new(connection, question)
        return [self._known[question] for question in questions]

    def _look_up(self, connection: sqlite3.Connection, unknown: Collection[Asked]) -> None:
        """Learn the numbers under which questions are kept, or in the end all numbers."""
        self._looked_up += len(unknown)
        if self._looked_up >= _FEW:
            rows = connection.execute("SELECT register, key, number FROM made.questions")
            self._known = {(register, key): number for register, key, number in rows}
            return
        keys: defaultdict[str, list[str]] = defaultdict(list)
        for register, key in unknown:
            keys[register].append(key)
        for register, of_register in keys.items():
            for start in range(0, len(of_register), _AT_ONCE):
                some = of_register[start : start + _AT_ONCE]
                places = ", ".join("?" * len(some))
                query = f"SELECT key, number FROM made.questions WHERE register = ? AND key IN ({places})"  # noqa: S608 - only question marks
                found = connection.execute(query, (register, *some))
                self._known.update(((register, key), number) for key, number in found)


def _new(connection: sqlite3.Connection, question: Asked) -> int:
    number = connection.execute("INSERT INTO made.questions (register, key) VALUES (?, ?)", question).lastrowid
    if number is None:
        raise sqlite3.DatabaseError("no number was given")
    return number
