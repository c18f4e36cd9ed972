"""Mentions in hand-written pages: in prose and in what the front matter says, never in code or addresses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gongkai.editing.mentions import FindMentions, Left, Mentions, Replacing
from gongkai.editing.text_edits import Edit
from gongkai.editing.yaml_source import parse_source, replace_in_value
from gongkai.reading.markdown_text import REFERENCE

_FRONT_MATTER = re.compile(r"---\r?\n(?P<block>.*?\n)---\r?\n", re.DOTALL)
_SPOKEN_KEYS = ("title", "description", "keywords", "source")
"""Keys of the front matter whose values are words about the page; the others are dates and templates."""

_NO_PROSE = re.compile(
    r"""
    ^[ \t>]*(?P<fence>```+|~~~+).*?(?:^[ \t>]*(?P=fence)|\Z)  # fenced code
    | (?P<ticks>`+)                                           # what may open a code span
    | (?P<comment><!--)                                       # what may open a comment
    | <[A-Za-z/][^<>]*>                                       # tags and addresses in angle brackets
    | (?<=\])\([^()\n]*\)                                     # addresses of links and pictures
    | ^[ ]{0,3}\[[^\[\]\n]+\]:.*?$                            # addresses of reference links
    | \{[^{}\n]*\}                                            # attributes
    | https?://[^\s<>“”（）()]+                               # bare addresses
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
_TICKS = re.compile("`+")


def replace_in_page(text: str, target: str, find: Mentions) -> Replacing:
    """Replace the mentions in a page.

    ``target`` is how references name what is renamed: in ``[[target|words]]`` words that are an old name give way
    even where in prose a clerk would have to decide. Raises yaml.YAMLError for a front matter that cannot be
    read.
    """
    done = Replacing()
    front = _FRONT_MATTER.match(text)
    if front is not None:
        _in_front_matter(front, find, done)
    position = front.end() if front else 0
    references = {m.start(): m for m in REFERENCE.finditer(text, position) if _names(m, target, find)}
    spans = [*_no_prose(text, position), *(match.span() for match in references.values())]
    for start, end in sorted(spans):
        _in_prose(text, position, start, find, done)
        reference = references.get(start)
        if reference is not None and start >= position:
            words = reference.span("text")
            done.edits.append(Edit(*words, find.renamed[reference["text"]]))
        position = max(position, end)
    _in_prose(text, position, len(text), find, done)
    return done


def _names(reference: re.Match[str], target: str, find: Mentions) -> bool:
    return reference["target"] == target and reference["text"] in find.renamed


def _no_prose(text: str, position: int) -> Iterator[tuple[int, int]]:
    """Yield where what is no prose begins and ends, in order."""
    runs: defaultdict[int, list[int]] = defaultdict(list)
    for run in _TICKS.finditer(text):
        runs[len(run.group())].append(run.start())
    last_comment_end = text.rfind("-->")
    while match := _NO_PROSE.search(text, position):
        start, position = match.span()
        if match["ticks"]:
            start, position = _code_span(position, len(match["ticks"]), runs)
        elif match["comment"]:
            if last_comment_end < position:
                continue
            position = text.index("-->", position) + len("-->")
        if start < position:
            yield start, position


def _code_span(end: int, length: int, runs: Mapping[int, Sequence[int]]) -> tuple[int, int]:
    """Return where the code span begins and ends that a run of backticks before ``end`` opens; nothing where it opens none.

    A run as long closes it. Where there is none below, the run's first backticks are text, and the others open it.
    """
    for size in range(length, 0, -1):
        closing = runs.get(size, ())
        index = bisect_left(closing, end)
        if index < len(closing):
            return end - size, closing[index] + size
    return end, end


def _in_front_matter(front: re.Match[str], find: FindMentions, done: Replacing) -> None:
    block, shift = front["block"], front.start("block")
    root = parse_source(block)
    for key in _SPOKEN_KEYS:
        node = root.at(key)
        if node is None or node.value is None:
            continue
        found = replace_in_value(block, node, find)
        done.edits += [Edit(edit.start + shift, edit.end + shift, edit.replacement) for edit in found.edits]
        done.left += [Left(left.position + shift, left.reason) for left in found.left]


def _in_prose(text: str, start: int, end: int, find: FindMentions, done: Replacing) -> None:
    for mention in find(text[start:end]):
        place = start + mention.start
        if mention.replacement is None:
            done.left.append(Left(place, mention.reason))
        else:
            done.edits.append(Edit(place, start + mention.end, mention.replacement))
