"""What is on the pages: their bytes, raw and compressed, and the words that a reader sees."""

from __future__ import annotations

import gzip
import os
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
    """Return the words of a page's article without markup and blanks; of the whole page when it has no article.

    The section about cases is left out: it is derived from events and calendars, which only gongkai reads.
    """
    match = _ARTICLE.search(html)
    return _BLANK.sub("", unescape(_MARKUP.sub("", _CASES.sub("", match.group(1) if match else html))))


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
        packed += len(gzip.compress(html, 9, mtime=0))
        words += len(words_of(html.decode("utf-8")).encode("utf-8"))
        count += 1
    if not count:
        raise ValueError("no page was written")
    return Weight(raw // count, packed // count, words // count)


def numbers(site: Path) -> tuple[int, int]:
    """Return how many pages and how many files a site has."""
    names = [name for _, _, found in os.walk(site) for name in found]
    return sum(name.endswith(".html") for name in names), len(names)
