"""The shell around every page: HTML with slots."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from gongkai.publishing.errors import UnpublishableError

_SLOT = re.compile(r"@@slot:([a-z]+(?::[a-z/-]+)?)@@")


@dataclass(frozen=True, slots=True)
class Shell:
    """A page cut once at its slots: ``pieces`` alternate between text and slot names."""

    pieces: tuple[str, ...]

    @classmethod
    def cut(cls, html: str) -> Shell:
        """Cut rendered HTML at its slot marks; raises ValueError when there is none."""
        pieces = tuple(_SLOT.split(html))
        if len(pieces) == 1:
            raise ValueError("the shell has no slots")
        return cls(pieces)

    def fill(self, slots: Mapping[str, str]) -> str:
        """Return the page with every slot filled; a slot that is not given stays empty."""
        filled = [*self.pieces]
        filled[1::2] = [slots.get(name, "") for name in self.pieces[1::2]]
        return "".join(filled)

    def fill_encoded(self, slots: Mapping[str, bytes]) -> bytes:
        """Return the page in UTF-8 with every slot filled, as ``fill`` does: most of a page is encoded once for all pages."""
        filled = [*_encoded(self.pieces)]
        filled[1::2] = [slots.get(name, b"") for name in self.pieces[1::2]]
        return b"".join(filled)

    @property
    def slots(self) -> frozenset[str]:
        """The names of the slots."""
        return frozenset(self.pieces[1::2])


@lru_cache(maxsize=8)
def _encoded(pieces: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(piece.encode() for piece in pieces)


class SkinError(UnpublishableError):
    """MkDocs could not render; the message says why."""


def base_of(depth: int) -> str:
    """Return the way to the site's root from a page so many folders down."""
    return "/".join([".."] * depth) or "."
