"""A project becomes a catalogue, on several processes, and without reading again what has not changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from gongkai.catalogue import Catalogue
from gongkai.collector import waiting_collector
from gongkai.finding import Finding
from gongkai.loading import link
from gongkai.model.kinds import DATA
from gongkai.progress import Progress, unseen
from gongkai.reading_cache import ReadingCache, key_of
from gongkai.sources import PlainReading, Reading, is_own_file, plain, read_content, read_source, restored, source_files
from gongkai.workers import process_pool

_CHUNK = 50
_FEW = 200
"""So few files are read sooner than other processes start."""

_STAGE = "读取数据"


@waiting_collector()
def load_quickly(root: Path, jobs: int, progress: Progress = unseen) -> tuple[Catalogue, list[Finding]]:
    """Return what ``loading.load`` returns.

    Raises FileNotFoundError when there is no data folder, OSError when a file cannot be read.
    """
    if not (root / DATA).is_dir():
        raise FileNotFoundError(root / DATA)
    paths = source_files(root)
    progress(_STAGE, 0, len(paths))
    cached = [path for path in paths if _is_cached(path) and is_own_file(root, path)]
    keys = {path: key_of(path, (root / path).read_bytes()) for path in cached}
    cache = ReadingCache(root)
    known = cache.get(keys.values())
    readings: dict[str, Reading] = {}
    for path, key in keys.items():
        if key in known:
            try:
                readings[path] = restored(known[key], root)
            except ValidationError:
                del known[key]
    progress(_STAGE, len(readings), len(paths))
    fresh = dict(_read(root, [path for path in keys if path not in readings], jobs))
    if fresh or len(known) != len(keys):
        # A file that changed since it was hashed is not kept under the hash of what it was.
        kept = {keys[path]: reading for path, (key, reading) in fresh.items() if key == keys[path]}
        cache.put(kept, [key for key in keys.values() if key in known])
    readings |= {path: restored(reading, root) for path, (_, reading) in fresh.items()}
    found = [readings[path] if path in readings else read_source(root, path) for path in paths]
    progress(_STAGE, len(paths), len(paths))
    findings = [finding for reading in found for finding in reading.findings]
    catalogue, linked = link(found)
    return catalogue, [*findings, *linked]


def _is_cached(path: str) -> bool:
    return path.endswith((".yml", ".md"))


Fresh = tuple[str, tuple[bytes, PlainReading]]
"""A path, and what was read there with the key of its bytes."""


def _read(root: Path, paths: Sequence[str], jobs: int) -> Iterator[Fresh]:
    if jobs <= 1 or len(paths) < _FEW:
        yield from _read_chunk(root, paths)
        return
    chunks = [paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK)]
    with process_pool(jobs) as pool:
        for read in pool.map(_read_chunk, [root] * len(chunks), chunks):
            yield from read


@waiting_collector()
def _read_chunk(root: Path, paths: Sequence[str]) -> list[Fresh]:
    found = []
    for path in paths:
        content = (root / path).read_bytes()
        found.append((path, (key_of(path, content), plain(read_content(content, path)))))
    return found
