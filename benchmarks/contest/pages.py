"""What is on the pages: their bytes, raw and compressed, and the words that a reader sees."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

_ARTICLE = re.compile(r"<article [^>]*>(.*?)</article>", re.DOTALL)
_CASES = re.compile(r'<section aria-labelledby="cases">.*?</section>', re.DOTALL)
_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.DOTALL)
_BLANK = re.compile(r"\s+")
_SAMPLE = 200
"""How many pages stand for all of them."""


@dataclass(frozen=True, slots=True)
class Weight:
    """The average page: its bytes, its bytes compressed with gzip, and the bytes of its article's words."""

    raw: int
    gzip: int
    words: int


def words_of(html: str) -> str:
    """Return the words of a page's article without markup and blanks; of the whole page when it has no article."""
    match = _ARTICLE.search(html)
    return _BLANK.sub("", unescape(_MARKUP.sub("", match.group(1) if match else html)))


def sample(pages: Sequence[Path]) -> list[Path]:
    """Return some of the pages, always the same ones of the same pages."""
    ordered = sorted(pages)
    return ordered if len(ordered) <= _SAMPLE else random.Random(1).sample(ordered, _SAMPLE)


def weigh(pages: Iterable[Path]) -> Weight:
    """Return the average of some pages; raises ValueError when there are none."""
    raw = packed = words = count = 0
    for page in pages:
        html = page.read_bytes()
        raw += len(html)
        packed += len(gzip.compress(html, 6, mtime=0))
        words += len(words_of(html.decode("utf-8")).encode("utf-8"))
        count += 1
    if not count:
        raise ValueError("no page was written")
    return Weight(raw // count, packed // count, words // count)


def different_words(ours: Path, theirs: Path, codes: Iterable[str]) -> list[str]:
    """Return the codes of the items whose pages say different things in two folders of ``CODE/index.html``.

    The section about cases is left out: it is derived from events and calendars, which only gongkai reads.
    """
    return [code for code in codes if _comparable(ours / code) != _comparable(theirs / code)]


def _comparable(folder: Path) -> str:
    return words_of(_CASES.sub("", (folder / "index.html").read_text(encoding="utf-8")))
