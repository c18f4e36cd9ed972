"""gongkai side by side with Hugo, MkDocs and Zensical over the same synthetic districts.

Run by ``make bench``; ``benchmarks/README.md`` says what is compared, why it is fair, and what it cannot tell.
"""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from contest import contestants as who
from contest import pages, plot, report
from contest.edits import Edits
from contest.hugo import ShellError
from contest.measuring import RunError, seconds
from contest.rounds import memories, times
from contest.serving import save_to_reload
from districts import AS_OF, ROOT, Size, size_of, write_district

RESULTS = ROOT / "benchmarks/results"
_DAY = AS_OF.isoformat()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for, print it, and write it down."""
    given = _parser().parse_args(arguments)
    try:
        tools = _tools(given.environment)
        results = {
            "date": datetime.date.today().isoformat(),
            "machine": report.machine(),
            "versions": _versions(given.environment),
            "sizes": {str(items): _measure(items, tools, given) for items in sorted(given.sizes)},
        }
    except (RunError, ShellError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    given.results.mkdir(parents=True, exist_ok=True)
    path = given.results / f"{results['date']}.json"
    results = report.merged(path, results)
    path.write_text(report.as_json(results), encoding="utf-8")
    path.with_suffix(".svg").write_text(plot.draw(results["sizes"]), encoding="utf-8")
    text = report.as_markdown(results)
    print(f"\n{text}\n\nWritten to {path} and {path.with_suffix('.svg').name}")
    if given.update_readme:
        readme = ROOT / "README.md"
        picture = f"![Seconds against items]({path.with_suffix('.svg').relative_to(ROOT).as_posix()})"
        readme.write_text(report.replace_block(readme.read_text("utf-8"), f"{text}\n\n{picture}"), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Compare gongkai with Hugo, MkDocs and Zensical.")
    parser.add_argument("sizes", nargs="*", type=int, default=[500, 2000, 10_000], help="numbers of items")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count, after one that does not (5)")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the districts (1)")
    parser.add_argument("--cases", type=int, default=0, help="approval cases in the district (0)")
    parser.add_argument("--no-villages", action="store_true", help="districts with one village a town")
    parser.add_argument("--slow-limit", type=int, default=2000, help="MkDocs and Zensical up to so many items (2000)")
    parser.add_argument(
        "--only", nargs="+", metavar="KEY", help="measure only these steps: keys as in the JSON; Hugo always takes part"
    )
    parser.add_argument("--no-serve", action="store_true", help="leave gongkai serve out")
    parser.add_argument("--work", type=Path, default=None, help="where to work (a folder in memory, if there is one)")
    parser.add_argument("--environment", type=Path, default=ROOT / ".cache/bench-venv", help="where the others are")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where to write the results")
    parser.add_argument("--update-readme", action="store_true", help="put the tables into README.md")
    return parser


def _measure(items: int, tools: who.Tools, given: argparse.Namespace) -> dict[str, Any]:
    """Return everything about one size; what was written for it is removed afterwards."""
    place = given.work or (Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=place) as name:
        work = Path(name)
        district = work / "district"
        small = size_of(items, villages=not given.no_villages)
        size = Size(small.items, small.in_villages, small.in_towns, 0, given.cases, small.villages)
        _say(f"{items} items: writing the district")
        write_district(district, size, given.seed)
        _say(f"{items} items: building once, for the shell and the words of the others")
        us = who.ours(tools, district, work, _DAY)
        us.steps[0].before()
        seconds(us.steps[0].commands(), work)
        others = _others(items, tools, district, work, us, given)
        different = _differences(us, others, work)
        us, *others = _chosen([us, *others], given.only)
        found = times([us, *others], given.rounds, work, _say)
        measured = memories([us, *others], work, _say)
        return {
            "rounds": given.rounds,
            "titles": {step.key: step.title for each in [us, *others] for step in each.steps},
            "seconds": found,
            "memory": {key: asdict(memory) for key, memory in measured.items()},
            **_pages(us, others),
            "different_words": different,
            "serve": [] if given.no_serve else _serve(tools, district, given.rounds),
        }


def _others(
    items: int, tools: who.Tools, district: Path, work: Path, us: who.Contestant, given: argparse.Namespace
) -> list[who.Contestant]:
    assert us.pages is not None
    built = sorted(us.pages.glob("[0-9]*/index.html"))
    others = who.hugos(tools, district, work, built[0].read_text(encoding="utf-8"))
    if items <= given.slow_limit:
        others += who.markdown_readers(tools, work, us.pages)
    else:
        _say(f"MkDocs and Zensical are left out above {given.slow_limit} items; --slow-limit changes that")
    return others


def _chosen(everybody: Sequence[who.Contestant], only: Sequence[str] | None) -> list[who.Contestant]:
    """Return the contestants with the steps that were asked for; what ratios refer to stays."""
    if only is None:
        return list(everybody)
    keys = {*only, "cold", "hugo-front-matter", "hugo-data", "hugo-pagefind"}
    if "check" in keys:
        keys.add("python")
    chosen = [replace(each, steps=tuple(step for step in each.steps if step.key in keys)) for each in everybody]
    return [each for each in chosen if each.steps]


def _pages(us: who.Contestant, others: Sequence[who.Contestant]) -> dict[str, Any]:
    """Return how many pages each wrote and what they weigh."""
    counts: dict[str, int] = {}
    weights: dict[str, Any] = {}
    for each in [us, *others]:
        if each.pages is None:
            continue
        written = list(each.pages.glob("[0-9]*/index.html"))
        weight = asdict(pages.weigh(pages.sample(written)))
        for step in each.steps[:1] if each is us else each.steps:
            counts[step.key], weights[step.key] = len(written), weight
    assert us.pages is not None
    total = sum(1 for _ in us.pages.parent.rglob("index.html"))
    counts.update({step.key: total for step in us.steps if step.key not in ("check", "python")})
    return {"pages": counts, "weights": weights}


def _differences(us: who.Contestant, others: Sequence[who.Contestant], work: Path) -> dict[str, int]:
    """Return how many of the pages that Hugo makes say something else than ours, before anything is edited."""
    found = {}
    for each in others:
        if each.key.startswith("hugo") and each.pages is not None and us.pages is not None:
            seconds(each.steps[0].commands(), work)
            codes = [page.parent.name for page in pages.sample(list(each.pages.glob("[0-9]*/index.html")))]
            found[each.key] = len(pages.different_words(us.pages, each.pages, codes))
            _say(f"{found[each.key]} of {len(codes)} pages by {each.key} say something else than ours")
    return found


def _serve(tools: who.Tools, district: Path, rounds: int) -> list[float]:
    found = save_to_reload(tools.gongkai, district, Edits(district), rounds, _DAY)
    _say(f"from save to reload: {', '.join(f'{value:.2f} s' for value in found)}")
    return found


def _tools(environment: Path) -> who.Tools:
    """Return the programs; Hugo and Pagefind directly, without the Python that would start them."""
    packages = next(environment.glob("lib/python*/site-packages"), environment)
    tools = who.Tools(
        gongkai=Path(sys.executable).parent / "gongkai",
        hugo=next(packages.glob("hugo/binaries/hugo*"), packages / "hugo"),
        mkdocs=environment / "bin/mkdocs",
        zensical=environment / "bin/zensical",
        pagefind=packages / "pagefind_bin_extended/pagefind_extended",
    )
    for path in asdict(tools).values():
        if not path.exists():
            raise FileNotFoundError(f"{path} is missing: run this with make bench, which installs it")
    return tools


def _versions(environment: Path) -> dict[str, str]:
    """Return the versions of what is compared."""
    names = ("hugo", "mkdocs", "mkdocs-material", "zensical", "pagefind")
    code = f"import importlib.metadata as m; print(*(m.version(n) for n in {names!r}))"
    done = subprocess.run([environment / "bin/python", "-c", code], capture_output=True, text=True, check=True)
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return {"gongkai": commit.stdout.strip() or "?", **dict(zip(names, done.stdout.split(), strict=True))}


_STARTED = time.monotonic()


def _say(message: str) -> None:
    """Tell on standard error what is being done."""
    print(f"[{time.monotonic() - _STARTED:6.0f} s] {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if shutil.which("git") is None:
        raise SystemExit("git is needed")
    raise SystemExit(main())
