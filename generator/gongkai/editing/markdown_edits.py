"""Mentions in hand-written pages: in prose and in what the front matter says, never in code or addresses."""

from __future__ import annotations

import re

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
    | (?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)              # code spans
    | <!--.*?-->                                              # comments
    | <[A-Za-z/][^<>]*>                                       # tags and addresses in angle brackets
    | (?<=\])\([^()\n]*\)                                     # addresses of links and pictures
    | ^[ ]{0,3}\[[^\[\]\n]+\]:.*?$                            # addresses of reference links
    | \{[^{}\n]*\}                                            # attributes
    | https?://[^\s<>“”（）()]+                               # bare addresses
    """,
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)


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
    references = [match for match in REFERENCE.finditer(text, position) if _names(match, target, find)]
    for match in sorted([*_NO_PROSE.finditer(text, position), *references], key=lambda match: match.start()):
        _in_prose(text, position, match.start(), find, done)
        if match.re is REFERENCE and match.start() >= position:
            done.edits.append(Edit(match.start("text"), match.end("text"), find.renamed[match["text"]]))
        position = max(position, match.end())
    _in_prose(text, position, len(text), find, done)
    return done


def _names(reference: re.Match[str], target: str, find: Mentions) -> bool:
    return reference["target"] == target and reference["text"] in find.renamed


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
