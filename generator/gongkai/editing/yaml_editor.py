"""Changes to the values of one YAML file, checked by reading the result."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from gongkai.editing.mentions import FindMentions, Left
from gongkai.editing.text_edits import Edit, apply
from gongkai.editing.yaml_source import Loc, Node, append_mapping, parse_source, replace_in_value, set_scalar


class CannotEditError(Exception):
    """A file is written in a way in which a value cannot be changed for certain."""


class YamlEditor:
    """Collects changes to a file's values; comments and layout stay."""

    def __init__(self, text: str) -> None:
        """Take the text of a file that can be read; raises yaml.YAMLError for another."""
        self._text = text
        self._root = parse_source(text)
        self._edits: list[Edit] = []
        self._expected = dict(_leaves(self._root))

    @property
    def changed(self) -> bool:
        """Whether anything changes."""
        return bool(self._edits)

    def differs(self, loc: Loc) -> bool:
        """Tell whether a scalar changes."""
        return self._expected[loc] != self._node(loc).value

    def position(self, loc: Loc) -> int:
        """Return where a scalar begins in the text."""
        return self._node(loc).start

    def set_text(self, loc: Loc, value: str) -> None:
        """Give a scalar another text, in the quotation marks it has."""
        self._replace(loc, value, set_scalar(self._node(loc), value))

    def set_number(self, loc: Loc, value: int) -> None:
        """Give a scalar another number."""
        node = self._node(loc)
        self._replace(loc, str(value), Edit(node.start, node.end, str(value)))

    def _replace(self, loc: Loc, value: str, edit: Edit) -> None:
        if self._expected[loc] != value:
            self._expected[loc] = value
            self._edits.append(edit)

    def replace_mentions(self, loc: Loc, find: FindMentions) -> list[Left]:
        """Replace the mentions in a scalar; returns those that stay."""
        node = self._node(loc)
        found = replace_in_value(self._text, node, find)
        self._edits += found.edits
        if found.edits:
            value = self._expected[loc]
            self._expected[loc] = apply(
                value, [Edit(m.start, m.end, m.replacement) for m in find(value) if m.replacement]
            )
        return found.left

    def append(self, key: str, after: tuple[str, ...], entry: dict[str, str]) -> None:
        """Add a mapping at the end of a list of the root mapping, which is made where it is missing."""
        present = self._root.at(key)
        number = len(present.children) if present is not None else 0
        self._edits.append(append_mapping(self._text, self._root, key, after, entry))
        self._expected |= {(key, number, name): value for name, value in entry.items()}
        self._expected.pop((key,), None)

    def result(self) -> str:
        """Return the changed text.

        Raises CannotEditError when reading it does not give exactly the values that were asked for.
        """
        text = apply(self._text, self._edits)
        try:
            found = dict(_leaves(parse_source(text)))
        except yaml.YAMLError as error:
            raise CannotEditError from error
        if found != self._expected:
            raise CannotEditError
        return text

    def _node(self, loc: Loc) -> Node:
        node = self._root.at(*loc)
        if node is None or node.value is None:
            raise CannotEditError
        return node


def _leaves(node: Node, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Yield every scalar with its location; an empty collection counts as one without text."""
    if node.value is not None:
        yield loc, node.value
    elif not node.children:
        yield loc, ""
    for key, child in node.children.items():
        yield from _leaves(child, (*loc, key))
