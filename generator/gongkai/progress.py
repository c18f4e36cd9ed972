"""How long work says how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many of it are done, and how many there are."""


def unseen(_stage: str, _done: int, _total: int) -> None:
    """Show nothing."""
