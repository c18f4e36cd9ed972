"""The text of a YAML file as a tree of nodes that know where they stand, for changing single values.

The file must be one that :func:`gongkai.reading.yaml_text.read_yaml` can read: no aliases, bounded depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from gongkai.editing.mentions import FindMentions, Left, Replacing
from gongkai.editing.text_edits import Edit, end_of_line, line_end
from gongkai.editing.yaml_scalar import is_plain, quoted, scalar

Loc = tuple[str | int, ...]


@dataclass(slots=True)
class Node:
    """A value in the source: from ``start`` up to ``end``.

    ``style`` is that of a scalar: empty for a plain one, or its first sign. ``flow`` tells whether the node
    is a collection between brackets or braces, ``in_flow`` whether it stands inside one. A block collection
    ends where its last value ends. ``keys`` holds where the keys of a mapping start.
    """

    start: int
    end: int
    value: str | None = None
    style: str = ""
    flow: bool = False
    in_flow: bool = False
    children: dict[str | int, Node] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    def at(self, *loc: str | int) -> Node | None:
        """Return the node at a location below this one, or None."""
        node: Node | None = self
        for step in loc:
            node = node.children.get(step) if node is not None else None
        return node


def parse_source(text: str) -> Node:
    """Return the tree of a YAML text; raises yaml.YAMLError for a text that cannot be read."""
    # The parser leaves a byte-order mark out of its count.
    shift = len(text) - len(text.removeprefix("\ufeff"))
    events: Iterator[Any] = yaml.parse(text[shift:], Loader=yaml.CSafeLoader)
    next(events)
    next(events)
    return _node(next(events), events, text, shift, in_flow=False)


def _node(event: Any, events: Iterator[Any], text: str, shift: int, *, in_flow: bool) -> Node:
    node = Node(event.start_mark.index + shift, event.end_mark.index + shift, in_flow=in_flow)
    if isinstance(event, yaml.ScalarEvent):
        node.value, node.style = event.value, event.style or ""
        if node.style in ("|", ">"):
            node.end = node.start + len(text[node.start : node.end].rstrip())
        return node
    node.flow = bool(event.flow_style)
    inside = in_flow or node.flow
    is_mapping = isinstance(event, yaml.MappingStartEvent)
    event = next(events)
    while not isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
        key: str | int = len(node.children)
        if is_mapping:
            key = str(event.value)
            node.keys[str(key)] = event.start_mark.index + shift
            node.end = event.end_mark.index + shift
            event = next(events)
        child = _node(event, events, text, shift, in_flow=inside)
        node.children[key] = child
        node.end = max(node.end, child.end)
        event = next(events)
    closing: Any = event
    if node.flow:
        node.end = closing.end_mark.index + shift
    return node


def set_scalar(node: Node, value: str) -> Edit:
    """Return the edit that gives a scalar another value, in the quotation marks it has."""
    return Edit(node.start, node.end, _written(node, value))


def _written(node: Node, value: str) -> str:
    if node.style == "'" and not any(sign in value for sign in "'\r\n"):
        return f"'{value}'"
    return quoted(value) if node.style == '"' else scalar(value, in_flow=node.in_flow)


def replace_in_value(text: str, node: Node, find: FindMentions) -> Replacing:
    """Replace the mentions in a scalar's value; those that stay are placed at the scalar's beginning."""
    if node.value is None:
        return Replacing()
    mentions = list(find(node.value))
    spans = [(mention.start, mention.end, mention.replacement) for mention in mentions if mention.replacement]
    left = [Left(node.start, mention.reason) for mention in mentions if mention.replacement is None]
    return Replacing(replace_in_scalar(text, node, spans) if spans else [], left)


def replace_in_scalar(text: str, node: Node, spans: list[tuple[int, int, str]]) -> list[Edit]:
    """Return the edits that replace parts of a scalar: ``spans`` are places in its value, and what comes there.

    Where the value stands in the source as it is, only those parts change; where it is written with escapes,
    or would be read otherwise without quotation marks, the whole scalar is written anew.
    """
    assert node.value is not None  # noqa: S101 - the caller found text in it
    value = _spliced(node.value, spans)
    edits = _edits_in_source(text, node, spans)
    if not edits or (not node.style and not is_plain(value.replace("\n", " "), in_flow=node.in_flow)):
        return [set_scalar(node, value)]
    return edits


def _spliced(value: str, spans: list[tuple[int, int, str]]) -> str:
    for start, end, replacement in sorted(spans, reverse=True):
        value = value[:start] + replacement + value[end:]
    return value


def _edits_in_source(text: str, node: Node, spans: list[tuple[int, int, str]]) -> list[Edit]:
    """Find each part in the source by counting; returns nothing where source and value do not agree."""
    assert node.value is not None  # noqa: S101 - see the caller
    source = text[node.start : node.end]
    edits = []
    for start, end, replacement in spans:
        part = node.value[start:end]
        if source.count(part) != node.value.count(part):
            return []
        place = -1
        for _ in range(node.value.count(part, 0, start) + 1):
            place = source.find(part, place + 1 if place < 0 else place + len(part))
        edits.append(Edit(node.start + place, node.start + place + len(part), replacement))
    return edits


def append_mapping(text: str, root: Node, key: str, after: tuple[str, ...], entry: dict[str, str]) -> Edit:
    """Return the edit that adds a mapping at the end of the list ``key`` of the root mapping.

    Where there is no such list it is made after the last of the keys ``after``, one of which must be there.
    """
    present = root.at(key)
    if present is not None and present.flow:
        separator = ", " if present.children else ""
        return Edit(present.end - 1, present.end - 1, separator + _in_braces(entry, text, root))
    end = line_end(text)
    if present is not None and present.children:
        first = present.children[0]
        bullet = text.rindex("-", 0, first.start)
        lines = _bulleted(entry, " " * _column(text, bullet), " " * (first.start - bullet - 1))
        place = end_of_line(text, present.end)
        return Edit(place, place, end + end.join(lines))
    anchor = max((node for name in after if (node := root.at(name)) is not None), key=lambda node: node.start)
    if root.flow:
        addition = f", {quoted(key)}: [{_in_braces(entry, text, root)}]"
        return Edit(anchor.end, anchor.end, addition)
    place = end_of_line(text, anchor.end)
    margin = " " * _column(text, min(root.keys.values()))
    lines = [f"{margin}{key}:", *_bulleted(entry, margin + "  ", " ")]
    return Edit(place, place, end.join(["", *lines]))


def _column(text: str, position: int) -> int:
    return position - 1 - max(text.rfind("\n", 0, position), text.rfind("\r", 0, position))


def _bulleted(entry: dict[str, str], margin: str, gap: str) -> list[str]:
    heads = [f"{margin}-{gap}", *[margin + " " + " " * len(gap)] * (len(entry) - 1)]
    return [f"{head}{key}: {scalar(value)}" for head, (key, value) in zip(heads, entry.items(), strict=True)]


def _in_braces(entry: dict[str, str], text: str, root: Node) -> str:
    """Return a mapping in braces, with all quotation marks where the whole file is written so."""
    if root.flow and text[min(root.keys.values())] == '"':
        return "{" + ", ".join(f"{quoted(key)}: {quoted(value)}" for key, value in entry.items()) + "}"
    return "{" + ", ".join(f"{key}: {scalar(value, in_flow=True)}" for key, value in entry.items()) + "}"
