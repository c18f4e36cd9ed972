"""The YAML that data files are written in becomes plain data line by line, many times faster than by a parser.

Canonical are block mappings and sequences indented by two spaces, with keys of ASCII letters, and scalars, quoted or
not, and short lists and mappings in brackets on one line. Whatever else YAML allows, and whatever a finding of the family
Y could be about, is not read here: then the parser reads the whole file. What is read here has no such finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from gongkai.reading.yaml_words import FULL_WIDTH_COLON_KEY, meaning

_MOST_HEADS = 2000
_MOST_LINES = 10_000
_LONGEST_KEPT = 60

_KEY = "[A-Za-z_][A-Za-z0-9_]{0,50}"
_HEAD = re.compile(rf'((?:  ){{0,8}})(- )?(?:({_KEY})|"({_KEY})")\Z')
_ITEM = re.compile(r"((?:  ){0,8})- (.+)\Z")
_COMMENT = re.compile(r" *#")
_NEGATIVE = re.compile(r"-[0-9.]+\Z")
_DOUBLE_QUOTED = re.compile(r'"([^"\\]*)"\Z')
_SINGLE_QUOTED = re.compile(r"'([^']*)'\Z")

_INSIDE = r"""[^\n,:：#?\[\]{}&*!|>'"%@`\\"""
_MEMBER = rf"""(?:\w(?:{_INSIDE}]*{_INSIDE} ])?|"[^"\\,:]*")"""
"""A scalar between brackets: none of the signs that part it from others, or mean something else there."""
_LIST = re.compile(rf"\[(?:{_MEMBER}(?:, {_MEMBER})*)?\]\Z")
_MAPPING = re.compile(rf"\{{(?:{_KEY}: {_MEMBER}(?:, {_KEY}: {_MEMBER})*)?\}}\Z")


class NotCanonicalError(Exception):
    """This may be YAML, but not as data files are written."""


def read_canonical(text: str) -> dict[str, Any]:
    """Return what a YAML text says that has no full-width letters or digits, and nothing invisible.

    Raises NotCanonicalError when only the parser can say it.
    """
    if "\t" in text or "\r" in text:
        raise NotCanonicalError
    mapping: dict[str, Any] = {}
    # One container for each level of indentation. This loop is the hot path of every build.
    containers: list[Any] = [mapping]
    depth = 0
    waiting: str | None = None
    for line in text.split("\n"):
        level, is_item, key, value = _LINES[line]
        if key is None:
            if is_item:
                _container(containers, level, waiting, list).append(value)
                depth, waiting = _IN_SEQUENCE, None
            continue
        if is_item:
            mapping = {}
            _container(containers, level - 1, waiting, list).append(mapping)
            containers.append(mapping)
            depth = level
        elif level != depth:
            mapping = _container(containers, level, waiting, dict)
            depth = level
        if key in mapping:
            raise NotCanonicalError
        if value is _FOLLOWS:
            mapping[key] = None
            waiting = key
        else:
            mapping[key] = value
            waiting = None
    if not containers[0]:
        raise NotCanonicalError
    root: dict[str, Any] = containers[0]
    return root


_IN_SEQUENCE = -1
"""A depth at which no key stands."""

_FOLLOWS = object()
"""The value of a key whose value stands in the lines below it."""

_Line = tuple[int, bool, str | None, Any]
"""The level of a key or an item, whether an item begins, the key, and the value; no key and no item for a comment."""

_NOTHING: _Line = (0, False, None, None)


class _Lines(dict[str, _Line]):
    """What lines say. Files share most of their short lines: those with words of closed lists, and those with nothing but a key."""

    def __missing__(self, line: str) -> _Line:
        found = _read_line(line)
        if len(line) <= _LONGEST_KEPT and len(self) < _MOST_LINES and not isinstance(found[3], list | dict):
            self[line] = found
        return found


_LINES = _Lines()


def _read_line(line: str) -> _Line:
    head, colon, value = line.partition(": ")
    if not colon:
        head = line[:-1] if line[-1:] == ":" else ""
    found = _HEADS[head]
    if found is not None:
        return *found, _scalar(value) if colon else _FOLLOWS
    if not line or _COMMENT.match(line):
        return _NOTHING
    item = _ITEM.match(line)
    if item is None:
        raise NotCanonicalError
    return len(item[1]) // 2, True, None, _scalar(item[2])


class _Heads(dict[str, "tuple[int, bool, str] | None"]):
    """What the beginnings of lines say: the level of a key, whether it begins an item, and the key; None for no key."""

    def __missing__(self, head: str) -> tuple[int, bool, str] | None:
        match = _HEAD.match(head)
        if match is None:
            return None
        is_item = match[2] is not None
        found = (len(match[1]) // 2 + is_item, is_item, match[3] or match[4])
        if len(self) < _MOST_HEADS:
            self[head] = found
        return found


_HEADS = _Heads({"": None})


def _container(containers: list[Any], level: int, waiting: str | None, kind: type) -> Any:
    """Return the innermost container that is open at a level; one level further in, it begins as the waiting key's value."""
    if level == len(containers) and waiting is not None:
        begun = kind()
        containers[-1][waiting] = begun
        containers.append(begun)
        return begun
    if level >= len(containers) or type(containers[level]) is not kind:
        raise NotCanonicalError
    del containers[level + 1 :]
    return containers[level]


def _scalar(text: str) -> Any:
    read = _READERS.get(text[:1])
    if read is not None:
        return read(text)
    if ": " in text or " #" in text or text[-1] in ": ":
        raise NotCanonicalError
    return text


@lru_cache(maxsize=1024)
def _word(text: str) -> Any:
    if ": " in text or " #" in text or text[-1] in ": " or ("：" in text and FULL_WIDTH_COLON_KEY.match(text)):
        raise NotCanonicalError
    return meaning(text)


def _negative(text: str) -> Any:
    if not _NEGATIVE.match(text):
        raise NotCanonicalError
    return meaning(text)


def _double_quoted(text: str) -> str:
    return _first_group(_DOUBLE_QUOTED, text)


def _single_quoted(text: str) -> str:
    return _first_group(_SINGLE_QUOTED, text)


def _first_group(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    if match is None:
        raise NotCanonicalError
    return match[1]


def _list(text: str) -> list[Any]:
    return list(_members(text))


@lru_cache(maxsize=1024)
def _members(text: str) -> tuple[Any, ...]:
    if not _LIST.match(text):
        raise NotCanonicalError
    return tuple(_member(member) for member in text[1:-1].split(", ") if member)


def _mapping(text: str) -> dict[str, Any]:
    return _pairs(text).copy()


@lru_cache(maxsize=1024)
def _pairs(text: str) -> dict[str, Any]:
    if not _MAPPING.match(text):
        raise NotCanonicalError
    found: dict[str, Any] = {}
    for pair in text[1:-1].split(", ") if len(text) > 2 else ():
        key, _, member = pair.partition(": ")
        if key in found:
            raise NotCanonicalError
        found[key] = _member(member)
    return found


def _member(text: str) -> Any:
    return text[1:-1] if text[0] == '"' else meaning(text)


def _refuse(text: str) -> Any:
    raise NotCanonicalError


_READERS: dict[str, Callable[[str], Any]] = {
    "": _refuse,
    **dict.fromkeys(" ,]}#&*!|>%@`?:", _refuse),
    **dict.fromkeys("+~0123456789abcdefghijklmnopqrstuvwxyzTFN", _word),
    "-": _negative,
    '"': _double_quoted,
    "'": _single_quoted,
    "[": _list,
    "{": _mapping,
}
"""What reads a scalar, by its first character; what is not here begins text."""
