"""The numbers under which questions are kept: every unit names the questions that it asked by them."""

from __future__ import annotations

import sqlite3

_FEW = 2_000
"""So many numbers are looked up one by one sooner than all are read."""


class QuestionNumbers:
    """The numbers of questions, those of register and key as text; new questions get new ones."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}
        self._looked_up = 0

    def number(self, connection: sqlite3.Connection, register: str, key: str) -> int:
        """Return the number of a question; a new one is kept inside the transaction of the connection."""
        question = (register, key)
        number = self._known.get(question)
        if number is None:
            number = self._known[question] = self._kept(connection, question) or _new(connection, question)
        return number

    def _kept(self, connection: sqlite3.Connection, question: tuple[str, str]) -> int | None:
        """Return the number under which a question is kept that is not known yet, if there is one."""
        if self._looked_up == _FEW:
            return None
        self._looked_up += 1
        if self._looked_up == _FEW:
            rows = connection.execute("SELECT register, key, number FROM made.questions")
            self._known = {(register, key): number for register, key, number in rows}
            return self._known.get(question)
        query = "SELECT number FROM made.questions WHERE register = ? AND key = ?"
        return next((number for (number,) in connection.execute(query, question)), None)


def _new(connection: sqlite3.Connection, question: tuple[str, str]) -> int:
    number = connection.execute("INSERT INTO made.questions (register, key) VALUES (?, ?)", question).lastrowid
    if number is None:
        raise sqlite3.DatabaseError("no number was given")
    return number
