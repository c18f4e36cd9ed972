"""Registers that are made of others, and answer from them when they are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from gongkai.memo import Memo
from gongkai.model.organization import Town, Village

K = TypeVar("K", bound=str)
V = TypeVar("V")


class _View(Mapping[K, V], Generic[K, V]):
    """Has the keys of a register."""

    def __init__(self, register: Mapping[K, Any]) -> None:
        self._register = register

    def __contains__(self, key: object) -> bool:
        return key in self._register

    def __iter__(self) -> Iterator[K]:
        return iter(self._register)

    def __len__(self) -> int:
        return len(self._register)


class Overlaid(_View[str, V]):
    """A register with other values for some of its keys."""

    def __init__(self, others: Mapping[str, V], register: Mapping[str, V]) -> None:
        super().__init__(register)
        self._others = others

    def __getitem__(self, key: str) -> V:
        return self._others[key] if key in self._others else self._register[key]


class Villages(_View[str, tuple[Village, Town]]):
    """Villages and communities by division code, each with its town."""

    def __init__(self, towns_by_village: Mapping[str, list[str]], towns: Mapping[str, Town], memo: Memo) -> None:
        super().__init__(towns_by_village)
        self._towns = towns
        self._memo = memo

    def __getitem__(self, code: str) -> tuple[Village, Town]:
        identity = self._register[code][-1]
        villages = self._memo.once(_by_code, self._towns, identity, key=identity)
        return villages[code], self._towns[identity]


def _by_code(towns: Mapping[str, Town], identity: str) -> dict[str, Village]:
    return {village.code: village for village in towns[identity].villages}
