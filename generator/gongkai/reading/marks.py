"""Where each value of a document stands in its file."""

from __future__ import annotations

from collections.abc import Sequence

Place = tuple[int, int]
"""Line and column, both counted from 1."""


class Mark:
    """The place of one value, and the marks of what it contains.

    ``children`` is keyed by mapping key or sequence index; ``keys`` holds the places of mapping keys.
    """

    __slots__ = ("children", "keys", "place")

    def __init__(
        self, place: Place, children: dict[str | int, Mark] | None = None, keys: dict[str, Place] | None = None
    ) -> None:
        self.place = place
        self.children = {} if children is None else children
        self.keys = {} if keys is None else keys

    @classmethod
    def of_scalar(cls, place: Place) -> Mark:
        """Return the mark of a value that contains nothing; hundreds of them are made for every file."""
        return cls(place, _NO_CHILDREN, _NO_KEYS)

    def at(self, loc: Sequence[str | int]) -> Place:
        """Return the place of the value at ``loc``, or of its nearest parent that exists."""
        mark = self
        for step in loc:
            child = mark.children.get(step)
            if child is None:
                break
            mark = child
        return mark.place

    def key_at(self, loc: Sequence[str | int]) -> Place:
        """Return the place of the key that ``loc`` ends in, or of the value when it is no key."""
        mark, place = self, self.place
        for step in loc:
            place = mark.keys.get(step, place) if isinstance(step, str) else place
            child = mark.children.get(step)
            if child is None:
                break
            mark = child
            place = place if isinstance(step, str) else child.place
        return place


_NO_CHILDREN: dict[str | int, Mark] = {}
_NO_KEYS: dict[str, Place] = {}
