"""gongkai side by side with Hugo, MkDocs and Zensical over the same synthetic districts.

Run by ``make bench``; ``benchmarks/README.md`` says what is compared, why it is fair, and what it cannot tell.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from contest import contestants as who
from contest import pages, plot, report, tools
from contest.edits import Edits
from contest.hugo import ShellError
from contest.measuring import RunError, seconds
from contest.rounds import memories, times
from contest.serving import save_to_reload
from contest.verification import WITHOUT_CASES, UnfairError, verify
from districts import AS_OF, ROOT, Size, size_of, write_district

RESULTS = ROOT / tools.RESULTS
_DAY = AS_OF.isoformat()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for, print it, and write it down; 1 when that cannot be done fairly."""
    given = _parser().parse_args(arguments)
    given.results.mkdir(parents=True, exist_ok=True)
    path = given.results / f"{datetime.date.today()}.json"
    try:
        found = tools.find(given.environment)
        about = {
            "date": path.stem,
            "machine": report.machine(),
            "versions": tools.versions(given.environment, ROOT),
        }
        if given.update_readme and about["versions"]["gongkai"].endswith("-dirty"):
            print("commit first: the README says what was measured of which version", file=sys.stderr)
            return 1
        for items in sorted(given.sizes):
            # Written size by size, so that a failure at a large one does not lose the small ones.
            _record(path, {**about, "sizes": {str(items): _measure(items, found, given)}})
    except (RunError, ShellError, UnfairError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    text = report.as_markdown(json.loads(path.read_text(encoding="utf-8")))
    picture = path.with_suffix(".svg")
    print(f"\n{text}\n\nWritten to {path} and {picture.name}")
    if given.update_readme:
        readme = ROOT / "README.md"
        block = f"{text}\n\n![Seconds against items]({os.path.relpath(picture, ROOT)})"
        readme.write_text(report.replace_block(readme.read_text("utf-8"), block), encoding="utf-8")
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
        "--only",
        nargs="+",
        metavar="KEY",
        help="measure only these steps: keys as in the JSON, and what their ratios refer to",
    )
    parser.add_argument("--no-serve", action="store_true", help="leave gongkai serve out")
    parser.add_argument("--work", type=Path, default=None, help="where to work (a folder in memory, if there is one)")
    parser.add_argument("--environment", type=Path, default=ROOT / ".cache/bench-venv", help="where the others are")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where to write the results")
    parser.add_argument("--update-readme", action="store_true", help="put the tables into README.md")
    return parser


def _record(path: Path, results: report.Results) -> None:
    """Write results, joined with those of other sizes of the same day, as JSON and as a plot."""
    results = report.merged(path, results)
    path.write_text(report.as_json(results), encoding="utf-8")
    path.with_suffix(".svg").write_text(plot.draw(results["sizes"]), encoding="utf-8")


def _measure(items: int, found: tools.Tools, given: argparse.Namespace) -> dict[str, Any]:
    """Return everything about one size; what was written for it is removed afterwards."""
    place = given.work or (Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None)
    _set_environment(place)
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-", dir=place) as name:
        work = Path(name)
        district = work / "district"
        small = size_of(items, villages=not given.no_villages)
        size = Size(small.items, small.in_villages, small.in_towns, 0, given.cases, small.villages)
        _say(f"{items} items: writing the district")
        write_district(district, size, given.seed)
        us = who.ours(found, district, work, _DAY)
        outputs, same = {us.key: _built(us, work)}, {}
        others = who.chosen(_others(items, found, district, work, us, given), given.only)
        for each in others:
            outputs[each.key] = _built(each, work)
            same[each.key] = _same(us, each, with_cases=given.cases > 0)
        chosen = [*who.chosen([us], given.only), *others]
        measured = times(chosen, given.rounds, work, _say)
        peaks = memories(chosen, work, _say)
        return {
            "rounds": given.rounds,
            "titles": {step.key: step.title for each in chosen for step in each.steps},
            "contestants": {step.key: each.key for each in chosen for step in each.steps},
            "seconds": measured,
            "memory": {key: asdict(memory) for key, memory in peaks.items()},
            "outputs": outputs,
            "same": same,
            "serve": [] if given.no_serve else _serve(found, district, given.rounds),
        }


def _set_environment(place: Path | None) -> None:
    """Let all programs find what they find on anybody's machine: kept bytecode, and temporary files where the work is done."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if place is not None:
        os.environ["TMPDIR"] = str(place)


def _built(contestant: who.Contestant, work: Path) -> dict[str, Any]:
    """Let a contestant write its site, and return how many pages and files it wrote and what its pages of items weigh."""
    first = contestant.steps[0]
    first.before()
    _say(f"building once, not measured: {first.title}")
    seconds(first.commands(), work)
    number, files = pages.numbers(contestant.site)
    weight = asdict(pages.weigh(pages.sample(list(contestant.site.glob("items/[0-9]*/index.html")))))
    return {"pages": number, "files": files, "item_page": weight}


def _others(
    items: int, found: tools.Tools, district: Path, work: Path, us: who.Contestant, given: argparse.Namespace
) -> list[who.Contestant]:
    others = who.hugos(found, district, work, us.site)
    if items <= given.slow_limit:
        others += who.markdown_readers(found, work, us.site)
    else:
        _say(f"MkDocs and Zensical are left out above {given.slow_limit} items; --slow-limit changes that")
    return others


def _same(us: who.Contestant, other: who.Contestant, *, with_cases: bool) -> dict[str, Any]:
    """Return what comparing the output of another contestant with ours found, by kind of file; raises UnfairError."""
    kinds = {kind: where for kind, where in other.kinds.items() if not with_cases or kind in WITHOUT_CASES}
    found = verify(us.site, other.site, kinds)
    for kind, result in found.items():
        _say(
            f"{other.key}, {kind}: {result.files} files; {result.sample} of them hold {result.theirs} bytes of content, "
            f"ours {result.ours}; {result.different} say something else"
        )
    return {kind: asdict(result) for kind, result in found.items()}


def _serve(found: tools.Tools, district: Path, rounds: int) -> list[float]:
    measured = save_to_reload(found.gongkai, district, Edits(district), rounds, _DAY)
    _say(f"from save to reload: {', '.join(f'{value:.2f} s' for value in measured)}")
    return measured


_STARTED = time.monotonic()


def _say(message: str) -> None:
    """Tell on standard error what is being done."""
    print(f"[{time.monotonic() - _STARTED:6.0f} s] {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
