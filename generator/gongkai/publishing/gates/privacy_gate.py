"""The last gate before publication: no file that is about to be published holds personal data.

The sources were checked before; this looks at what came of them, so that nothing gets by that a template, a setting or
two harmless sources make together. Every file is looked through once: those of pages and data by whoever makes them, those of
MkDocs when they are rendered, all others where they lie in the finished folder, whatever the build believes to have written.
What kinds of file are looked into is said in ``published_text``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from operator import attrgetter
from pathlib import Path

from gongkai.collector import waiting_collector
from gongkai.privacy.findings import in_name, names_suspected
from gongkai.privacy.hit import Finder
from gongkai.privacy.personal_data import FINDERS, find, mask
from gongkai.privacy.suspicion import suspects
from gongkai.publishing.errors import UnpublishableError
from gongkai.publishing.gates.published_text import UnknownFileError, is_opaque, plain_text, texts_of
from gongkai.rules.registry import RULES
from gongkai.sources import CONTENT, FOLDERS, SKIN
from gongkai.workers import Crew, in_portions, spread

_SHOWN = 20
_PORTION = 200
_FEW = 400
"""So few files are sooner looked through than other processes start."""
_LONG = 1_000_000
"""No more bytes of text are looked at together, so that not too much is in memory at once."""
_RULE_PAGE = re.compile(r"rules/(X[0-9]{3})/index\.html\Z")


@dataclass(frozen=True, slots=True)
class Leak:
    """Personal data in a file: where, of which kind, and its masked form; ``text`` is never shown."""

    address: str
    line: int
    kind: str
    shown: str
    text: str = field(default="", repr=False)


class PersonalDataError(UnpublishableError):
    """Files about to be published hold personal data, or cannot be looked into; ``leaks`` lists where."""

    def __init__(self, leaks: list[Leak], root: Path) -> None:
        self.leaks = leaks
        lines = [f"  {_said(leak)}，{_origin(leak, root)}" for leak in leaks[:_SHOWN]]
        more = f"\n  ……共 {len(leaks)} 处" if len(leaks) > _SHOWN else ""
        super().__init__("要发布的文件里有个人信息：\n" + "\n".join(lines) + more)


def verify(site: Path, root: Path, addresses: Sequence[str], crew: Crew, progress: Callable[[int], None]) -> None:
    """Raise PersonalDataError when any of some files below ``site`` hold personal data or cannot be looked into.

    ``root`` is the project's folder: the message says where in it the data probably comes from. ``progress`` is told how
    many files were looked through. Raises WorkerLostError, too.
    """
    portions = in_portions(addresses, _PORTION)
    found = spread(crew, partial(_examine_below, site), portions, _FEW, progress)
    leaks = sorted((leak for portion in found for leak in portion), key=attrgetter("address", "line"))
    if leaks:
        raise PersonalDataError(leaks, root)


@waiting_collector()
def _examine_below(site: Path, addresses: Sequence[str]) -> list[Leak]:
    """Return the personal data in some files below a folder; short texts are looked at together, see ``examine_all``."""
    leaks: list[Leak] = []
    together: list[tuple[str, bytes]] = []
    texts: list[bytes] = []
    size = 0
    for address in addresses:
        content = b"" if is_opaque(address) else (site / address).read_bytes()
        text = _short_text(content)
        if text is None:
            leaks += examine([(address, content)])
            continue
        if size + len(text) > _LONG:
            leaks += examine(together, b"\n".join(texts))
            together, texts, size = [], [], 0
        together.append((address, content))
        texts.append(text)
        size += len(text)
    return leaks + examine(together, b"\n".join(texts))


def _short_text(content: bytes) -> bytes | None:
    """Return what a file says; None where that is long, cannot be read, or must be looked for."""
    if len(content) > _LONG:
        return None
    try:
        text = plain_text(content)
    except UnknownFileError:
        return None
    return text if text is not None and len(text) <= _LONG else None


def examine_all(units: Sequence[tuple[Sequence[tuple[str, bytes]], bytes]]) -> list[Leak]:
    """Return the personal data in the files of many units, each given with its essence (see ``examine``).

    The automaton that tells clean files is large: one look at many texts takes a third of the time of as many looks
    between other work.
    """
    named = names_suspected([address for files, _ in units for address, _ in files])
    if not named and not suspects(b"\n".join(essence for _, essence in units)):
        return []
    return [leak for files, essence in units for leak in examine(files, essence)]


def examine(files: Iterable[tuple[str, bytes]], essence: bytes | None = None) -> list[Leak]:
    """Return the personal data in some files, given by address and content.

    ``essence`` is text of the files that anything personal in them must be in: if it is clean, so are they.
    """
    files = list(files)
    named = names_suspected([address for address, _ in files])
    if essence is not None and not named and not suspects(essence):
        return []
    return [leak for address, content in files for leak in _examine_file(address, content, named)]


def _examine_file(address: str, content: bytes, named: bool) -> Iterator[Leak]:
    if named:
        yield from (Leak(address, 1, finding.message, "") for finding in in_name(address))
    if is_opaque(address):
        return
    try:
        plain = plain_text(content)
        finders = FINDERS if plain is None else suspects(plain)
        if finders:
            yield from _look_closely(address, content, finders)
    except UnknownFileError as error:
        yield Leak(address, 1, f"核对不了的内容（{error}）", "")


def _look_closely(address: str, content: bytes, finders: Sequence[Finder]) -> Iterator[Leak]:
    """Yield what is found in a file; raises UnknownFileError for one that cannot be read."""
    seen: set[tuple[int, str]] = set()
    permitted = _permitted(address)
    for published in texts_of(address, content):
        for hit in find(published.text, finders):
            text, line = published.text[hit.start : hit.end], published.lines.line_of(hit.start)
            if text not in permitted and (line, hit.shown) not in seen:
                seen.add((line, hit.shown))
                yield Leak(address, line, hit.kind.value, hit.shown, text)


@lru_cache(maxsize=1)
def _permitted(address: str) -> frozenset[str]:
    """Return the invented data that the page of a rule about personal data shows as its own example: the only exception."""
    page = _RULE_PAGE.match(address)
    if page is None or page[1] not in RULES:
        return frozenset()
    example = RULES[page[1]].example.bad
    return frozenset(example[hit.start : hit.end] for hit in find(example))


def _said(leak: Leak) -> str:
    shown = f"“{leak.shown}”" if leak.shown else ""
    return f"{mask(leak.address)} 第 {leak.line} 行：{leak.kind}{shown}"


def _origin(leak: Leak, root: Path) -> str:
    """Say where a leak probably comes from: the source that has the same text, or what files of its kind are made of."""
    if leak.text:
        for path in _source_files(root):
            before, found, _ = path.read_bytes().decode("utf-8", "replace").partition(leak.text)
            if found:
                line = before.count("\n") + 1
                return f"多半来自 {mask(path.relative_to(root).as_posix())} 第 {line} 行"
    if (root / CONTENT / leak.address).is_file():
        return f"来自附件 content/{mask(leak.address)}"
    return "源文件里没有一样的文字，请检查 theme/ 里的网页模板和程序"


def _source_files(root: Path) -> Iterator[Path]:
    for name in (*FOLDERS, *SKIN):
        source = root / name
        yield from (path for path in [source, *sorted(source.rglob("*"))] if path.is_file())
