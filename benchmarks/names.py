"""How long the comparison of all names takes, and how much memory: 10,000 items, 485 lists, 1,000 pages.

Run: ``.venv/bin/python benchmarks/names.py [items …]``; prints seconds and the peak memory, on one processor.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from districts import AS_OF, Size, write_district
from gongkai.loading import load
from gongkai.rules.engine import Context, run
from gongkai.rules.registry import RULES


def measure(items: int) -> None:
    """Write a district of so many items, and print what comparing its names costs."""
    size = Size(items, in_villages=min(350, items // 4), in_towns=min(650, items // 4), pages=items // 10)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_district(folder, size)
        started = time.perf_counter()
        catalogue, _ = load(folder)
        loaded = time.perf_counter() - started
        names = sum(len(listing.entries) for listing in catalogue.listings.values())
        context = Context(catalogue, AS_OF)
        print(f"{items} items, {len(catalogue.listings)} lists, {names} names, {len(catalogue.pages)} pages")
        print(f"  reading everything       {loaded:6.2f} s")
        started = time.perf_counter()
        found = len(run([rule for rule in RULES.values() if rule.code.startswith("N")], context))
        spent = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  all rules about names    {spent:6.2f} s, {found} findings")
        print(f"  peak memory of the process {peak:.0f} MiB")


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["10000"]:
        measure(int(argument))
