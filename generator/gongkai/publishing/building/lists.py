"""What is made of the shares of many units: the lists of all items, the index of names, the list of addresses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.publishing import open_data
from gongkai.publishing.building.units import SITEMAP
from gongkai.publishing.feeds.writer import File
from gongkai.publishing.search import names_index
from gongkai.publishing.site import Site


@dataclass(frozen=True, slots=True)
class MadeOfShares:
    """A file made of the shares of one kind, given in the order of the units' names.

    The last argument of ``make`` are the addresses of hand-written pages; ``of_hand_written`` tells whether they matter.
    """

    kind: str
    make: Callable[[Site, Sequence[str], Sequence[str]], File]
    of_hand_written: bool = False


def _sitemap(site: Site, shares: Sequence[str], hand_written: Sequence[str]) -> File:
    addresses = {address for share in shares for address in json.loads(share)}
    return open_data.sitemap(site, sorted(addresses | {*hand_written}))


LISTS: Mapping[str, MadeOfShares] = {
    "items.json": MadeOfShares(open_data.SUMMARIES, lambda site, shares, _: open_data.items_json(site, shares)),
    "items.csv": MadeOfShares(open_data.ROWS, lambda _site, shares, _: open_data.items_csv(shares)),
    "names": MadeOfShares(names_index.NAMES, lambda _site, shares, _: names_index.names_index(shares)),
    "sitemap": MadeOfShares(SITEMAP, _sitemap, of_hand_written=True),
}
"""By the names of their units."""
