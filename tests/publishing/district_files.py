"""The files of the small district while they are being edited: which there are, what they say, and what of it is in them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from support import data_of

DAMAGED = "name: [\n"


def below(root: Path, folder: str) -> list[str]:
    """Return the paths of the records below a folder that can be read."""
    paths = sorted((root / folder).rglob("*.yml"))
    return [path.relative_to(root).as_posix() for path in paths if path.read_text(encoding="utf-8") != DAMAGED]


def one_of(root: Path, folder: str, n: int) -> str | None:
    """Return the path of one of the records below a folder."""
    paths = below(root, folder)
    return paths[n % len(paths)] if paths else None


def read(root: Path, path: str) -> dict[str, Any]:
    """Return what a record says."""
    found: dict[str, Any] = data_of((root / path).read_text(encoding="utf-8"))
    return found


def turned(value: Any, one: Any, other: Any) -> Any:
    """Return the other one of two values."""
    return other if value == one else one


def items(root: Path) -> list[str]:
    """Return the codes of the items."""
    return [Path(path).stem for path in below(root, "data/items")]


def item_path(root: Path, code: str) -> str:
    """Return where an item stands."""
    return next(path for path in below(root, "data/items") if Path(path).stem == code)


def listings_of(root: Path, code: str) -> Iterator[str]:
    """Yield the listings that name an item."""
    for path in below(root, "data/listings"):
        if any(entry["code"] == code for entry in read(root, path)["entries"]):
            yield path


def edit_every_file(root: Path, old: str, new: str) -> None:
    """Replace a text everywhere."""
    for path in (root / "data").rglob("*.yml"):
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new), encoding="utf-8")
