"""Who is compared: what each runs, and what has to be put back before."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from contest import hugo, markdown
from contest.edits import Edits
from contest.measuring import Command
from contest.tools import Tools
from contest.verification import OURS


def nothing() -> None:
    """Put nothing back."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is measured; ``before`` is done first and its time does not count.

    ``commands`` is asked after that, because an edit decides which file is checked.
    """

    key: str
    title: str
    commands: Callable[[], list[Command]]
    before: Callable[[], None] = nothing
    weighs_memory: bool = True


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program: the steps it goes through in every round, in this order, the site it writes, and where in it what is.

    ``kinds`` are patterns by kind of file, as in ``verification.OURS``: those that it writes.
    """

    key: str
    steps: tuple[Step, ...]
    site: Path
    kinds: Mapping[str, str] = field(default_factory=dict)


def ours(tools: Tools, district: Path, work: Path, as_of: str) -> Contestant:
    """Return gongkai: cold, unchanged, after an edit and a new name, with search, and the check of one edited file.

    Cold means that neither its cache nor a site is there.
    """
    output, edits = work / "gongkai-site", Edits(district)
    edited: list[Path] = []

    def clean() -> None:
        shutil.rmtree(district / ".cache", ignore_errors=True)
        shutil.rmtree(output, ignore_errors=True)

    def edit() -> None:
        edited[:] = [edits.make()[0]]

    def rename() -> None:
        edits.rename()

    def build(*more: str) -> Callable[[], list[Command]]:
        command: Command = [tools.gongkai, "build", "--root", district, "--output", output, "--as-of", as_of, *more]
        return lambda: [command]

    def check() -> list[Command]:
        return [[tools.gongkai, "check", "--root", district, "--as-of", as_of, edited[0]]]

    def bare() -> list[Command]:
        return [[sys.executable, "-c", "pass"]]

    plain = build("--no-search")
    return Contestant(
        "gongkai",
        (
            Step("cold", "gongkai, cold", plain, clean),
            Step("unchanged", "gongkai, nothing changed", plain),
            Step("edit", "gongkai, one edited item", plain, edit),
            # Before hundreds of listings get a new name: the check after that reads all of them to see what they say.
            Step("check", "gongkai check of one edited file", check, edit),
            Step("rename", "gongkai, one new name", plain, rename),
            Step("search-cold", "gongkai with search, cold", build(), clean),
            Step("search-unchanged", "gongkai with search, nothing changed", build()),
            Step("search-edit", "gongkai with search, one edited item", build(), edit),
            Step("python", "Python's own start", bare, weighs_memory=False),
        ),
        output,
        OURS,
    )


def hugos(tools: Tools, district: Path, work: Path, built: Path) -> list[Contestant]:
    """Return Hugo in both of its forms, and Pagefind over its pages."""
    found = []
    # One site for both forms: with 50,000 items, two would fill the memory that the work is done in.
    output = work / "hugo-site"
    for key, title, from_data in (
        ("hugo-front-matter", "Hugo, items as front matter", False),
        ("hugo-data", "Hugo, items as data", True),
    ):
        folder = work / key
        folder.mkdir()
        hugo.prepare(folder, district, built, from_data=from_data)
        build = hugo.command(tools.hugo, folder, output)
        search: Command = [tools.pagefind, "--site", output, "--force-language", "zh", "--quiet"]
        steps = [_only(key, title, [build], output)]
        if not from_data:
            steps.append(_only("hugo-pagefind", "Hugo and Pagefind extended", [build, search], output))
        found.append(Contestant(key, tuple(steps), output, hugo.KINDS))
    return found


def markdown_readers(tools: Tools, work: Path, built: Path) -> list[Contestant]:
    """Return MkDocs with Material, and Zensical, over the same Markdown."""
    found = []
    for key, title, binary in (
        ("mkdocs", "MkDocs with Material", tools.mkdocs),
        ("zensical", "Zensical", tools.zensical),
    ):
        folder = work / key
        folder.mkdir()
        markdown.prepare(folder, built / "items")
        command: Command = [binary, "build", "-f", folder / "mkdocs.yml"]
        step = _only(key, title, [command], folder / "site", folder / ".cache")
        found.append(Contestant(key, (step,), folder / "site", {"item": OURS["item"]}))
    return found


def _only(key: str, title: str, commands: list[Command], *outputs: Path) -> Step:
    def clean() -> None:
        for output in outputs:
            shutil.rmtree(output, ignore_errors=True)

    return Step(key, title, lambda: commands, clean)


def chosen(everybody: Sequence[Contestant], only: Sequence[str] | None) -> list[Contestant]:
    """Return the contestants with the steps that were asked for, and with those that their ratios refer to."""
    if only is None:
        return list(everybody)
    keys = {*only, "cold", "hugo-front-matter", "hugo-data"}
    if "search-cold" in keys:
        # It needs several times as much memory as Hugo alone: not every machine has that for every size.
        keys.add("hugo-pagefind")
    if "check" in keys:
        keys.add("python")
    found = [replace(each, steps=tuple(step for step in each.steps if step.key in keys)) for each in everybody]
    return [each for each in found if each.steps]
