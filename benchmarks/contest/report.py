"""The results: as JSON, as a table, and as a block of the README."""

from __future__ import annotations

import json
import os
import platform
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contest.numbers import cost_per_page, median, ratio

OPENING, CLOSING = "<!-- bench -->", "<!-- /bench -->"
Results = dict[str, Any]
"""What one day measured: ``date``, ``machine``, ``versions``, ``sizes`` (by number of items, as text)."""

_HUGOS = ("hugo-front-matter", "hugo-data")


def machine() -> dict[str, Any]:
    """Return what the numbers depend on."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    match = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    return match.group(1) if match else platform.machine()


def fastest_hugo(size: Mapping[str, Any]) -> list[float]:
    """Return the seconds of the faster of Hugo's two forms."""
    return min((size["seconds"][key] for key in _HUGOS), key=median)


def reference(size: Mapping[str, Any], key: str) -> list[float]:
    """Return what a step is compared with: Hugo with Pagefind where a search index is built from nothing."""
    return size["seconds"]["hugo-pagefind"] if key in ("search-cold", "hugo-pagefind") else fastest_hugo(size)


def merged(path: Path, results: Results) -> Results:
    """Return the results with those of other sizes that the same day's file on the same machine holds already."""
    if not path.exists():
        return results
    earlier = json.loads(path.read_text(encoding="utf-8"))
    if any(earlier.get(key) != results[key] for key in ("date", "machine", "versions")):
        return results
    sizes = {**earlier["sizes"], **results["sizes"]}
    return {**results, "sizes": dict(sorted(sizes.items(), key=lambda pair: int(pair[0])))}


def as_json(results: Results) -> str:
    """Return everything that was measured, every single run of it."""
    return json.dumps(results, ensure_ascii=False, indent=1) + "\n"


def table(size: Mapping[str, Any]) -> str:
    """Return one size as a Markdown table, medians with ratios to Hugo's faster form."""
    lines = [
        "| | seconds: median (least to most) | ratio to Hugo | pages | files | ms a page | peak memory "
        "| an item's page: HTML / gzip / words |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for key, values in size["seconds"].items():
        if key == "python":
            continue
        peak = size["memory"].get(key)
        mebibytes = f"{peak['together'] / 2**20:.0f} MiB" if peak else ""
        lines.append(
            f"| {size['titles'][key]} | {median(values):.2f} ({min(values):.2f} to {max(values):.2f}) "
            f"| {ratio(values, reference(size, key)):.2f} | {_output(size, key)} | {mebibytes} | {_weight(size, key)} |"
        )
    return "\n".join(lines)


def _output(size: Mapping[str, Any], key: str) -> str:
    """Return the cells about what a step wrote: pages, files, and what a page costs; a check writes nothing."""
    if key == "check":
        return " |  | "
    output = size["outputs"][size["contestants"][key]]
    return f"{output['pages']:,} | {output['files']:,} | {cost_per_page(size['seconds'][key], output['pages']):.2f}"


def _weight(size: Mapping[str, Any], key: str) -> str:
    """Return the cell about an item's page, once a contestant."""
    contestant = size["contestants"][key]
    if key != next(step for step, name in size["contestants"].items() if name == contestant):
        return ""
    weight = size["outputs"][contestant]["item_page"]
    return " / ".join(f"{weight[part] / 1024:.1f}" for part in ("raw", "gzip", "words")) + " KiB"


def remarks(results: Results, number: str) -> list[str]:
    """Return what a size's table does not show, a sentence each."""
    size = results["sizes"][number]
    said = [_sameness(size, key, kinds) for key, kinds in size["same"].items()]
    if "check" in size["seconds"]:
        more = median(size["seconds"]["check"]) - median(size["seconds"]["python"])
        said.append(f"`gongkai check` of one edited file takes {more:.2f} s more than Python's own start.")
    if size["serve"]:
        said.append(f"`gongkai serve` shows an edit {median(size['serve']):.2f} s after it was saved.")
    smaller = results["sizes"].get("2000")
    if int(number) > 2000 and smaller:
        growth = _cost(size) / _cost(smaller)
        said.append(f"A page of gongkai's cold build costs {growth:.2f} times what it costs at 2,000 items.")
    return said


def _sameness(size: Mapping[str, Any], key: str, kinds: Mapping[str, Any]) -> str:
    """Return in a sentence what the comparison of a contestant's output with ours found."""
    title = next(size["titles"][step] for step, name in size["contestants"].items() if name == key)
    files, sample = sum(kind["files"] for kind in kinds.values()), sum(kind["sample"] for kind in kinds.values())
    content = sum(kind["theirs"] for kind in kinds.values()) / sum(kind["ours"] for kind in kinds.values())
    different = [
        f"{kind['different']} of {kind['sample']} ({name})" for name, kind in kinds.items() if kind["different"]
    ]
    return (
        f"{title}: {files:,} files of {len(kinds)} kinds, as many as ours; {sample} of them hold {content:.3f} times the "
        f"content of ours, none less; in other words: {', '.join(different) or 'none'}."
    )


def _cost(size: Mapping[str, Any]) -> float:
    return cost_per_page(size["seconds"]["cold"], size["outputs"]["gongkai"]["pages"])


def as_markdown(results: Results) -> str:
    """Return all sizes, with the day and the machine they were measured on."""
    on = results["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    parts = [
        f"Measured on {results['date']}: {on['processor']}, {on['cores']} cores, {on['memory_gib']} GiB, "
        f"{on['system']}, Python {on['python']}; {versions}. Process start included."
    ]
    for number, size in results["sizes"].items():
        parts.append(f"**{int(number):,} items** ({size['rounds']} {'round' if size['rounds'] == 1 else 'rounds'})")
        parts.append(table(size))
        parts.append("\n".join(f"- {sentence}" for sentence in remarks(results, number)))
    return "\n\n".join(part for part in parts if part)


def replace_block(text: str, block: str) -> str:
    """Return a README with the marked block replaced; raises ValueError when the marks are missing or wrong."""
    if text.count(OPENING) != 1 or text.count(CLOSING) != 1 or text.index(OPENING) > text.index(CLOSING):
        raise ValueError(f"the text needs {OPENING} and {CLOSING} once each, in this order")
    before, rest = text.split(OPENING)
    after = rest.split(CLOSING)[1]
    return f"{before}{OPENING}\n{block}\n{CLOSING}{after}"
