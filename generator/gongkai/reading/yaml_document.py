"""What one YAML file says, however it was read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from gongkai.finding import Finding
from gongkai.reading.marks import Mark

MAX_DEPTH = 20
"""So deep may lists and mappings stand in one another."""


@dataclass(slots=True)
class Document:
    """What one YAML file says.

    ``data`` is None when nothing could be built; ``findings`` then says why. Findings that did not
    prevent reading (a byte-order mark, a full-width digit) come together with data. ``places`` are the
    places of the values, or what finds them: few files are ever asked for a place.
    """

    data: Any = None
    places: Mark | Callable[[], Mark] = field(default_factory=lambda: Mark((1, 1)))
    findings: list[Finding] = field(default_factory=list)

    @property
    def marks(self) -> Mark:
        """The places of all values."""
        if not isinstance(self.places, Mark):
            self.places = self.places()
        return self.places
