"""Pagefind's index, made the same in every run.

Pagefind 1.5 writes filters, and the values of each filter, in the order of a hash map, which changes from
run to run; everything else it writes is stable. Here filters and values are sorted, and the files that hold
them are named after what they hold, so that two builds of the same tree are byte-identical.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import cbor2

_MAGIC = b"pagefind_dcd"
_FILTERS = 3
"""Position of the list of filters, as [name, hash] pairs, in the meta file."""


def make_canonical(folder: Path) -> None:
    """Rewrite the filters of an index in place."""
    entry_path = folder / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    for language, facts in entry["languages"].items():
        meta_path = folder / f"pagefind.{facts['hash']}.pf_meta"
        meta = _read(meta_path)
        meta[_FILTERS] = sorted([name, _sort_filter(folder, language, old)] for name, old in meta[_FILTERS])
        meta_path.unlink()
        facts["hash"] = f"{language}_{_digest(meta)[:10]}"
        _write(folder / f"pagefind.{facts['hash']}.pf_meta", meta)
    entry_path.write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _sort_filter(folder: Path, language: str, old: str) -> str:
    """Sort the values of one filter and return the file's new name."""
    old_path = folder / "filter" / f"{old}.pf_filter"
    name, values = _read(old_path)
    old_path.unlink()
    content = [name, sorted(values)]
    new = f"{language}_{_digest(content)[:7]}"
    _write(folder / "filter" / f"{new}.pf_filter", content)
    return new


def _read(path: Path) -> Any:
    return cbor2.loads(gzip.decompress(path.read_bytes()).removeprefix(_MAGIC))


def _write(path: Path, content: Any) -> None:
    path.write_bytes(gzip.compress(_MAGIC + cbor2.dumps(content), mtime=0))


def _digest(content: Any) -> str:
    return hashlib.sha256(cbor2.dumps(content)).hexdigest()
