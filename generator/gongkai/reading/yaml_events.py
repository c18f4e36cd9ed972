"""YAML from the C parser's events: it is read whatever it is like, and all that is wrong with it is found.

Scalars follow the YAML 1.2 core schema, except that a number with a leading zero stays text, because
in this field it is a code. What makes a YAML file dangerous or ambiguous (aliases, tags, duplicate
keys, great depth) is refused while the events pass, before anything is built from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import yaml

from gongkai.finding import Finding
from gongkai.invisible import INVISIBLE
from gongkai.reading.encoding import invisible_finding
from gongkai.reading.marks import Mark, Place
from gongkai.reading.yaml_document import MAX_DEPTH, Document
from gongkai.reading.yaml_words import FULL_WIDTH_COLON_KEY, NULLS, meaning

_FULL_WIDTH_ALNUM = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_CUT_OFF = re.compile(r"[ \t]+#([^\s#].*)")
"""What YAML takes for a comment, and nobody meant as one who leaves a blank after the sign."""
_MOST_SHOWN = 20
_SPACE_IN_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef] +[\u4e00-\u9fff\uff08《]")


_BLOCKS = ("|", ">")
"""Styles whose text begins on the next line, where “#” is a sign like any other."""


class _RefusedError(Exception):
    """Reading stops here; the finding has been written down."""


def parse(text: str, path: str, document: Document) -> None:
    """Fill a document from the parser's events; what is wrong with the text goes to its findings."""
    try:
        document.data, document.places = _Builder(path, text, document.findings).build()
    except _RefusedError:
        document.data = None
    except yaml.YAMLError as error:
        document.findings.append(_explain(error, path, text))


class _Builder:
    """Builds values and marks from the event stream of one document."""

    def __init__(self, path: str, text: str, findings: list[Finding]) -> None:
        self._path = path
        self._text = text
        self._findings = findings
        # The event loop is the hot path of every build: full-width characters are looked for in
        # each scalar only when the file has any at all.
        self._has_full_width = bool(_FULL_WIDTH_ALNUM.search(text))
        self._has_full_width_colon = "：" in text
        self._has_cut_off = bool(_CUT_OFF.search(text))

    def build(self) -> tuple[Any, Mark]:
        """Return the document's value and its mark."""
        events = yaml.parse(self._text, Loader=yaml.CSafeLoader)
        next(events)
        start = next(events)
        if isinstance(start, yaml.StreamEndEvent):
            self._refuse((1, 1), "Y013", "文件是空的", "请填写内容，或者删去这个文件。")
        event = next(events)
        if isinstance(event, yaml.ScalarEvent) and not event.style and event.value in NULLS:
            self._refuse((1, 1), "Y013", "文件里没有内容", "请填写内容，或者删去这个文件。")
        value, mark = self._node(event, events)
        next(events)
        following = next(events)
        if not isinstance(following, yaml.StreamEndEvent):
            self._refuse(
                _place(following),
                "Y012",
                "一个文件里写了不止一份文档（中间有 ---）",
                "请删去多余的 ---，或者分成几个文件。",
            )
        return value, mark

    def _node(self, first: Any, events: Iterator[Any]) -> tuple[Any, Mark]:
        """Build one node, without recursion: depth is bounded, but so should the stack be."""
        root_holder: list[Any] = []
        root = Mark(_place(first))
        # A frame is (container, its mark, pending key or None, place of pending key).
        stack: list[tuple[Any, Mark]] = [(root_holder, root)]
        keys: list[str | None] = [None]
        event = first
        while True:
            kind = type(event)
            if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
                keys.pop()
                if len(stack) == 1:
                    break
                event = next(events)
                continue
            if event.anchor is not None or kind is yaml.AliasEvent or event.tag is not None:
                self._refuse_decorations(event)
            container, mark = stack[-1]
            in_mapping = type(container) is dict
            if in_mapping and keys[-1] is None:
                keys[-1] = self._key(event, container, mark)
                event = next(events)
                continue
            start = event.start_mark
            place = (start.line + 1, start.column + 1)
            value: Any
            if kind is yaml.ScalarEvent:
                child = Mark.of_scalar(place)
                value = self._scalar(event)
            else:
                child = Mark(place)
                if len(stack) > MAX_DEPTH:
                    self._refuse(place, "Y007", f"嵌套超过 {MAX_DEPTH} 层", "正常的数据不会这么深，请检查括号和缩进。")
                value = {} if kind is yaml.MappingStartEvent else []
            if in_mapping:
                key = keys[-1]
                assert key is not None  # noqa: S101 - set above for every mapping
                container[key] = value
                mark.children[key] = child
                keys[-1] = None
            else:
                mark.children[len(container)] = child
                container.append(value)
            if kind is not yaml.ScalarEvent:
                stack.append((value, child))
                keys.append(None)
            elif len(stack) == 1:
                break
            event = next(events)
        return root_holder[0], root.children[0]

    def _key(self, event: Any, container: dict[str, Any], mark: Mark) -> str:
        place = _place(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._refuse(place, "Y011", "键不能是列表或映射", "请检查花括号和方括号是否成对。")
        key: str = event.value
        if key in container:
            first_line = mark.keys[key][0]
            self._findings.append(
                Finding(
                    self._path,
                    place[0],
                    place[1],
                    "Y004",
                    f"“{key}”写了两遍，第一遍在第 {first_line} 行",
                    "同一层里每个键只能写一次，请删去一处。",
                )
            )
        mark.keys[key] = place
        return key

    def _scalar(self, event: Any) -> Any:
        value: str = event.value
        if self._has_full_width and (match := _FULL_WIDTH_ALNUM.search(value)):
            self._full_width(event, match.group())
        style = event.style
        if self._has_cut_off and style not in _BLOCKS:
            self._look_behind(event.end_mark)
        if not style and " " not in value and "：" not in value:
            return meaning(value)
        if style != "|" and event.end_mark.line > event.start_mark.line and (_SPACE_IN_CHINESE.search(value)):
            line, column = _place(event)
            self._findings.append(
                Finding(
                    self._path,
                    line,
                    column,
                    "Y014",
                    "这段文字折成了几行，读出来时换行处的汉字之间会多出空格",
                    "请写在一行里；确实要分行的，用竖线“|”开头。",
                )
            )
        if style == '"' and (match := INVISIBLE.search(value)):
            self._findings.append(invisible_finding(self._path, _place(event), match.group()))
        if style:
            return value
        if self._has_full_width_colon and (match := self._key_with_full_width_colon(event)):
            self._full_width_colon(self._locate(event, match.group(1) + "："), match.group(1))
        return meaning(value)

    @staticmethod
    def _key_with_full_width_colon(event: Any) -> re.Match[str] | None:
        """Return a key at the start of a scalar, or, where lines were folded into one, inside it."""
        folded = event.end_mark.line > event.start_mark.line
        return FULL_WIDTH_COLON_KEY.search(event.value) if folded else FULL_WIDTH_COLON_KEY.match(event.value)

    def _full_width(self, event: Any, character: str) -> None:
        line, column = self._locate(event, character)
        self._findings.append(
            Finding(
                self._path,
                line,
                column,
                "Y010",
                f"有全角的数字或字母“{character}”",
                "数字和英文字母一律用半角，请切换输入法后重新输入。",
            )
        )

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    def _locate(self, event: Any, needle: str) -> Place:
        """Return where in a scalar's source a piece of its text stands, or where the scalar starts."""
        start, end = event.start_mark, event.end_mark
        for offset, line in enumerate(self._lines[start.line : end.line + 1]):
            column = line.find(needle, 0 if offset else start.column)
            if column >= 0:
                return start.line + offset + 1, column + 1
        return _place(event)

    def _look_behind(self, end: Any) -> None:
        """Report text behind a scalar that reads like more of it."""
        match = _CUT_OFF.match(self._lines[end.line], end.column)
        if match is not None:
            rest = match[1].rstrip()
            shown = rest if len(rest) <= _MOST_SHOWN else f"{rest[:_MOST_SHOWN]}…"
            self._findings.append(
                Finding(
                    self._path,
                    end.line + 1,
                    match.start(1),
                    "Y016",
                    f"空格和“#”后面的“{shown}”不算内容，网站上不会有",
                    "是内容的，请给整个内容加引号，或者删去“#”前面的空格；是备注的，请在“#”后面空一格。",
                )
            )

    def _full_width_colon(self, place: Place, key: str) -> None:
        self._findings.append(_full_width_colon_finding(self._path, place, key))

    def _refuse_decorations(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._refuse(
                _place(event),
                "Y005",
                "用了锚点或别名（& 或 *）",
                "为了让每个文件单独可读，不允许引用；请把内容写出来。文字里要用 & 或 * 开头的，请加引号。",
            )
        if event.tag is not None:
            self._refuse(
                _place(event),
                "Y006",
                f"用了标签“{event.tag}”",
                "数据里不允许带类型标签；文字里要用 ! 开头的，请加引号。",
            )

    def _refuse(self, place: Place, code: str, message: str, advice: str) -> None:
        self._findings.append(Finding(self._path, place[0], place[1], code, message, advice))
        raise _RefusedError


def _place(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _full_width_colon_finding(path: str, place: Place, key: str) -> Finding:
    return Finding(
        path,
        place[0],
        place[1],
        "Y009",
        f"“{key}”后面的冒号是全角的“：”",
        f"键后面要用半角冒号加一个空格，例如“{key}: 内容”。",
    )


_PROBLEMS = {
    "could not find expected ':'": "这一行像是缺了冒号，或者上一行的引号没有收尾。",
    "mapping values are not allowed in this context": "冒号的位置不对：检查缩进；内容里有“: ”的请加引号。",
    "did not find expected key": "缩进不整齐，或者引号、括号没有成对。",
    "did not find expected '-' indicator": "列表项的“-”没有对齐。",
    "did not find expected ',' or ']'": "方括号没有收尾，或者中间缺逗号（要用半角逗号）。",
    "did not find expected ',' or '}'": "花括号没有收尾，或者中间缺逗号（要用半角逗号）。",
    "found unexpected end of stream": "引号没有收尾。",
    "found character that cannot start any token": "这个字符不能出现在开头，请给整个内容加引号。",
    "block sequence entries are not allowed in this context": "“-”的位置不对：列表要另起一行。",
}


def _explain(error: yaml.YAMLError, path: str, text: str) -> Finding:
    """Turn a parser error into advice; the commonest causes in Chinese offices come first."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    context = getattr(error, "context_mark", None)
    suspects = [context.line if context else line - 1, line - 1, line - 2]
    for index in suspects:
        if not 0 <= index < len(lines):
            continue
        source = lines[index]
        indentation = source[: len(source) - len(source.lstrip(" \t"))]
        if "\t" in indentation:
            return Finding(
                path,
                index + 1,
                indentation.index("\t") + 1,
                "Y003",
                "缩进用了制表符（Tab）",
                "YAML 的缩进只能用空格，请把这一行开头的 Tab 换成两个空格一级。",
            )
        match = re.match(r"[\s\-]*([A-Za-z_][A-Za-z0-9_]*)：", source)
        if match:
            return _full_width_colon_finding(path, (index + 1, match.start(1) + 1), match.group(1))
    if quote := _unclosed_quote(lines, line):
        return Finding(path, *quote, "Y011", "引号没有收尾，读到这里读不下去", "请在内容末尾补上引号。")
    problem = str(getattr(error, "problem", "") or "")
    advice = _PROBLEMS.get(problem, "请检查缩进、引号和括号。")
    return Finding(path, line, column, "Y011", "YAML 写法有误，读到这里读不下去", advice)


def _unclosed_quote(lines: list[str], last: int) -> Place | None:
    """Return the place of the first quotation mark without a partner, up to a line; comments do not count."""
    for number, line in enumerate(lines[:last], 1):
        code = line.split(" #", 1)[0].replace('\\"', "")
        if code.count('"') % 2:
            return number, code.rindex('"') + 1
    return None
