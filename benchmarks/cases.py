"""What a year of cases costs: rules, facts, pages and feeds of 50,000 cases, the largest page, and the memory.

Run: ``.venv/bin/python benchmarks/cases.py [cases …]``. The cases are the demonstration's, moved to other days of the
year.
"""

from __future__ import annotations

import datetime
import itertools
import json
import resource
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from districts import AS_OF, ROOT
from gongkai.loading import load
from gongkai.model.approval_case import ApprovalDay
from gongkai.publishing.feeds.channels import OPML, item_channels, other_channels
from gongkai.publishing.feeds.events import Draft, moved
from gongkai.publishing.feeds.files import channel_files
from gongkai.publishing.feeds.opml import opml
from gongkai.publishing.feeds.site_feeds import SiteFeeds
from gongkai.publishing.feeds.sources import drafts_of, sources
from gongkai.publishing.feeds.window import entries
from gongkai.publishing.feeds.writer import File, Writer
from gongkai.publishing.pages.registry import make_page, page_keys
from gongkai.publishing.site import Site
from gongkai.publishing.skin.shell import Shell
from gongkai.publishing.templates.render import Renderer, environment
from gongkai.publishing.withholding import SiteOptions, site_of
from gongkai.reading.yaml_text import read_yaml
from gongkai.rules.engine import Context, run
from gongkai.rules.registry import RULES

_HEAD = "# yaml-language-server: $schema=../../../schema/approvals.json\n"
_KINDS = frozenset(["approvals", "cases-of-month", "efficiency", "efficiency-of"])
_SHELL = Shell.cut("<title>@@slot:title@@</title>@@slot:meta@@@@slot:breadcrumb@@<main>@@slot:content@@</main>")


def write_cases(folder: Path, count: int) -> None:
    """Copy the repository's data into a folder, with ``count`` cases spread over the working days of a year."""
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("approvals"))
    shutil.copytree(ROOT / "content", folder / "content")
    patterns = itertools.cycle(_patterns())
    days = [AS_OF - datetime.timedelta(days=n) for n in range(364, -1, -1)]
    days = [day for day in days if day.weekday() < 5]
    for place, day in enumerate(days):
        number = count * (place + 1) // len(days) - count * place // len(days)
        cases = [_moved(next(patterns), day, sequence) for sequence in range(1, number + 1)]
        path = folder / f"data/approvals/{day.year}/{day}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = {"date": str(day), "demonstration": True, "cases": cases}
        if cases:
            path.write_text(f"{_HEAD}{json.dumps(data, ensure_ascii=False)}\n", encoding="utf-8")


def _patterns() -> list[tuple[datetime.date, dict[str, Any]]]:
    """Return the demonstration cases, each with the day it was received on."""
    found = []
    for path in sorted((ROOT / "data/approvals").rglob("*.yml")):
        data: Any = read_yaml(path.read_bytes(), path.name).data
        found += [(datetime.date.fromisoformat(data["date"]), case) for case in data["cases"]]
    return found


def _moved(pattern: tuple[datetime.date, dict[str, Any]], day: datetime.date, sequence: int) -> dict[str, Any]:
    received, case = pattern
    moved: dict[str, Any] = _shifted(case, day - received)
    return moved | {"number": f"511703-{day:%Y%m%d}-{sequence:04}"}


def _shifted(value: Any, by: datetime.timedelta) -> Any:
    if isinstance(value, dict):
        return {key: _shifted(child, by) for key, child in value.items()}
    if isinstance(value, list):
        return [_shifted(child, by) for child in value]
    try:
        return str(datetime.date.fromisoformat(value) + by)
    except (TypeError, ValueError):
        return value


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something took, and the most memory the process has used so far."""
    started = time.perf_counter()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  {what:24}{time.perf_counter() - started:7.2f} s   peak memory {peak:5.0f} MiB")


def _feeds(site: Site) -> Iterator[File]:
    drafts = [draft for source in sources(site) for draft in drafts_of(site, source)]
    elsewhere, writer = moved(drafts), Writer(SiteFeeds(site))
    by_feed: defaultdict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        for name in draft.feeds:
            by_feed[name].append(draft)
    for channel in (*other_channels(site.catalogue), *item_channels(site.catalogue)):
        carried = entries(channel, by_feed[channel.name], elsewhere, site.as_of)
        yield from channel_files(channel, carried, site.as_of, writer)
    yield OPML, opml(site)


def measure(count: int) -> None:
    """Write so many cases, and print what publishing them costs on one process."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_cases(folder, count)
        print(f"{count} cases")
        with timed("reading everything"):
            catalogue, findings = load(folder)
        if findings or catalogue.district is None:
            raise SystemExit(f"the data are not valid: {findings[:3]}")
        with timed("rules about cases"):
            about = [rule for rule in RULES.values() if rule.subject is ApprovalDay]
            found = len(list(run(about, Context(catalogue, AS_OF))))
        site = site_of(catalogue, SiteOptions(AS_OF, "https://example.gov.cn/"))
        with timed("facts"):
            known = sum(len(site.cases.in_month(month)) for month in site.cases.months())
        renderer = Renderer(site, _SHELL, environment(ROOT))
        with timed("pages"):
            pages = [
                (len(renderer.html(page).encode()), page.address)
                for page in (make_page(site, key) for key in page_keys(site) if key[0] in _KINDS)
            ]
        with timed("feeds"):
            feeds = [(len(content), address) for address, content in _feeds(site)]
        print(f"  {found} findings, {known} facts, {len(pages)} pages, {len(feeds)} files of feeds")
        for kind, sizes in (("page", pages), ("file of a feed", feeds)):
            size, address = max(sizes)
            print(f"  largest {kind}: {address}, {size / 1024:.0f} KiB; all {sum(s for s, _ in sizes) / 2**20:.1f} MiB")


if __name__ == "__main__":
    for argument in sys.argv[1:] or ["50000"]:
        measure(int(argument))
