"""Long lists in parts: numbered pages, so that none is too long for a phone, and an edit changes few of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from gongkai.catalogue import Catalogue, Listed
from gongkai.publishing.site import by_pinyin

A_PAGE = 200
"""How many entries of a list stand on one page."""

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ListPart:
    """One page of a list that has ``of`` pages and ``total`` entries; ``first`` is the address of its first page."""

    number: int
    of: int
    total: int
    first: str

    @property
    def previous(self) -> str | None:
        """The address of the page before."""
        return self._address(self.number - 1) if self.number > 1 else None

    @property
    def next(self) -> str | None:
        """The address of the page after."""
        return self._address(self.number + 1) if self.number < self.of else None

    @property
    def address(self) -> str:
        """The address of this page; the first one has no number."""
        return self._address(self.number)

    def _address(self, number: int) -> str:
        return self.first if number == 1 else f"{self.first}{number}/"

    def of_list(self, entries: Sequence[V]) -> Sequence[V]:
        """Return the entries of the whole list that stand on this page."""
        return entries[(self.number - 1) * A_PAGE : self.number * A_PAGE]

    def titled(self, title: str) -> str:
        """Return a title with the number of the page, where there is more than one."""
        return title if self.of == 1 else f"{title}（第 {self.number} 页）"


def number_of_parts(total: int) -> int:
    """Return how many pages a list has; an empty one has a page that says so."""
    return max(1, -(-total // A_PAGE))


def part_keys(key: str, total: int) -> Iterator[str]:
    """Yield the keys of the pages of a list: that of the list, and for all but the first page the number."""
    yield key
    yield from (f"{key}/{number}" for number in range(2, number_of_parts(total) + 1))


def split_key(key: str) -> tuple[str, int]:
    """Return the key of a list and the number of the page."""
    whole, slash, number = key.rpartition("/")
    return (whole, int(number)) if slash else (key, 1)


def in_order(catalogue: Catalogue, index: str, key: str) -> list[Listed]:
    """Return code and name of all items under a key of an index, in the order of their names."""
    return catalogue.memo.once(_in_order, catalogue, index, key, key=(index, key))


def _in_order(catalogue: Catalogue, index: str, key: str) -> list[Listed]:
    return by_pinyin(catalogue.listed(index, key))
