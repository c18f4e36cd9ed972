"""What is handed to the processes in small portions is there."""

from __future__ import annotations

from gongkai.publishing.building import setting
from gongkai.publishing.building.units import PAGE
from gongkai.publishing.pages.registry import PAGE_KINDS


def test_pages_of_many_items_come_in_small_portions() -> None:
    sizes = {name: setting._portion_of(f"{PAGE}{name}") for name in PAGE_KINDS}
    assert {name for name, size in sizes.items() if size < setting._PORTION} == {"department", "theme"}
