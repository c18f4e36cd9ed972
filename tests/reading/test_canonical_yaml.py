"""Reading without the parser: exactly what the parser would say, or nothing; and all files of data/ are read so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.canonical_yaml import NotCanonicalError, read_canonical
from gongkai.reading.marks import Mark
from gongkai.reading.yaml_text import parse_yaml, read_yaml

PROJECT = Path(__file__).parents[2]
FIXTURES = sorted((PROJECT / "tests/fixtures/district/data").rglob("*.yml"))
DATA = sorted((PROJECT / "data").rglob("*.yml"))


def is_canonical(text: str) -> bool:
    try:
        read_canonical(text)
    except NotCanonicalError:
        return False
    return True


def flat(mark: Mark) -> object:
    return mark.place, mark.keys, {step: flat(child) for step, child in mark.children.items()}


def assert_reads_alike(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    quick, parsed = read_yaml(content, "f.yml"), parse_yaml(content, "f.yml")
    # As text: 1 equals True and 1.0, and the order of keys counts too.
    assert repr(quick.data) == repr(parsed.data)
    assert quick.findings == parsed.findings
    assert flat(quick.marks) == flat(parsed.marks)


@pytest.mark.parametrize("folder", ["data", "tests/fixtures/district/data"])
def test_all_data_is_read_without_the_parser(folder: str) -> None:
    paths = sorted((PROJECT / folder).rglob("*.yml"))
    canonical = [path for path in paths if is_canonical(path.read_text(encoding="utf-8"))]
    assert paths and canonical == paths


@pytest.mark.parametrize("path", [*FIXTURES, *DATA[:: len(DATA) // 60]], ids=lambda path: path.name)
def test_data_reads_alike(path: Path) -> None:
    assert_reads_alike(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "a: 1",
        "\na: 1\n\n\nb: 2\n",
        "# 备注: 一\na: 1\n  # 备注\n\n      # 备注:\nb: 2\n",
        "a:\nb:\n  c:\n  d: 1\n",
        "a:\n\n  b: 1\n",
        "a:\n# 备注\n  b: 1\n",
        "a:\n  - b: 1\n    c: 2\n  - b: 3\n",
        "a:\n  - 1\n  - b: 3\n    c:\n      - d: 4\n        e: 5\n      - 6\nf: 7\n",
        "a:\n  - b:\n      c: 1\n",
        "a:\n  - b:\n  - c:\n",
        'a: "x: y # z"\nb: \'"\'\nc: "\'"\n',
        'a:\n  - "x: y"\n  - "x:"\n  - \'#\'\n',
        '"on": 1\na:\n  - "on": 2026-01-01\n',
        'a: []\nb: {}\nc: [一, "0123", 0123, null, true]\nd: {value: 5, unit: 工作日}\n',
        "a: 第 3 条；“:”或#都行 a:b a#b a-b http://x.y/?z=1&q=[1]\n",
        "a: 2026-01-31\nb: -3\nc: -3.5\nd: +1\ne: 1e3\nf: ~\ng: null\nh: Null\ni: TRUE\nj: no\nl: .5\nm: ...\n"
        "n: 1_000\no: 0x1F\np: 12:30\nq: 511703100000511703100000\n",
        "a: QQ：1\nb: 电话：1\n",
        "a: 　全角空格　\nb: \xa0x\xa0\n",
        "a: 𠮷\n",
        "y: 1\nn: 2\nnull: 3\ntrue: 4\n",
    ],
)
def test_canonical_texts_read_alike(text: str) -> None:
    assert is_canonical(text)
    assert_reads_alike(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "# 备注\n",
        "a\n",
        "- a\n",
        "- a: 1\n",
        "a: \n",
        "a: ",
        "a:  1\n",
        "a: 1 \n",
        "a: 1 # 备注\n",
        "a: 中 # 备注\n",
        "a:\nb: 1\n  c: 2\n",
        'a: "1" # 备注\n',
        "a: [1] # 备注\n",
        "a: 1:\n",
        "a: b: c\n",
        "a:\n  - b: c: d\n",
        "a:: b\n",
        "a : b\n",
        "a:b\n",
        "a: 1\na: 2\n",
        'a: 1\n"a": 2\n',
        "a: {b: 1, b: 2}\n",
        "  a: 1\n",
        "a: 1\n  b: 2\n",
        "a: x\n  y\n",
        "a:\n  x\n",
        "a:\n  b: 1\n   c: 2\n",
        "a:\n   b: 1\n",
        "a:\n    b: 1\n",
        "a:\n  b: 1\n  - c\n",
        "a:\n  - b\n  c: 1\n",
        "a:\n  - b\n    c: 1\n",
        "a:\n- b\n",
        "a:\n  -\n",
        "a:\n  - \n",
        "a:\n  - - b\n",
        "a:\n  -  b: 1\n",
        "a:\n  - b:\n    - c\n",
        "a: - b\n",
        "a: -\n",
        "a: -3号\n",
        "a: ? b\n",
        "a: |\n  x\n",
        "a: >-\n  x\n",
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "a: @x\n",
        "a: `x\n",
        "a: %x\n",
        "a: ,\n",
        "a: ]\n",
        "a: }\n",
        'a: "x\\ty"\n',
        'a: "x\n  y"\n',
        'a: "x" y\n',
        'a: "x\n',
        "a: 'it''s'\n",
        "a: 'x\n",
        "a: [x\n  , y]\n",
        "a: [x, [y]]\n",
        "a: [x,y]\n",
        "a: [x, ]\n",
        "a: [ x ]\n",
        "a: [x: 1]\n",
        "a: [&x 1]\n",
        "a: [qq：1]\n",
        "a: {x: 1}}\n",
        "a: {x: }\n",
        "a: {x}\n",
        "a: {x: {y: 1}}\n",
        "a: qq：1\n",
        "a:\n  - qq：1\n",
        "a: 1\r\nb: 2\r\n",
        "a: 1\rb: 2\n",
        "a:\n\tb: 1\n",
        "a: x\ty\n",
        "---\na: 1\n",
        "a: 1\n---\nb: 2\n",
        "a: 1\n...\n",
        "%YAML 1.2\n---\na: 1\n",
        "? a\n: 1\n",
        "甲: 1\n",
        "a-b: 1\n",
        "{a: 1}\n",
        "a" * 60 + ": 1\n",
        "".join("  " * level + "a:\n" for level in range(12)),
    ],
)
def test_what_is_not_canonical_is_left_to_the_parser(text: str) -> None:
    assert not is_canonical(text)
    assert_reads_alike(text)


@pytest.mark.parametrize(
    "text",
    ["a: ８\n", "a: Ａ级\n", "# ８\na: 1\n", "a: 甲\u200b乙\n", "a: 甲\u2028乙\n", "a: 甲\x85乙\n", "a: 甲\x00\n"],
)
def test_what_is_reported_anywhere_is_reported(text: str) -> None:
    assert_reads_alike(text)
    assert (
        read_yaml(f"\ufeff{text}".encode(), "f.yml").findings == parse_yaml(f"\ufeff{text}".encode(), "f.yml").findings
    )


def test_two_readings_share_nothing_that_can_change() -> None:
    text = "a: {x: 1}\nb: {x: 1}\nc: [x]\nd: [x]\n"
    data = read_canonical(text)
    data["a"]["y"] = 2
    data["c"].append("y")
    assert data["b"] == {"x": 1} and data["d"] == ["x"]
    assert read_canonical(text) == {"a": {"x": 1}, "b": {"x": 1}, "c": ["x"], "d": ["x"]}


def test_a_byte_order_mark_does_not_move_places() -> None:
    assert_reads_alike("\ufeffa:\n  b: 1\n")


def mostly(usual: list[str], odd: list[str]) -> st.SearchStrategy[str]:
    """Draw what is usual often enough that a whole text has a chance to be canonical."""
    return st.integers(0, 11).flatmap(lambda number: st.sampled_from(usual if number else odd))


WORDS = mostly(
    ["中文", "x", "a b", "1", "0123", "-1", "1.5", "2026-01-31", "true", "Null", "~", "“：”", '"x"', '"x: y"', "'x'", '""',
     "[]", "{}", "[x, y]", '[x, "1"]', "{x: 1, y: 二}"],
    ["", "+1", "-", "- x", "：", "qq：1", "qq： x", "a: b", "a:", "#", " # x", "x #y", "x#y", "?", "? x", "|", ">", "|-", "&a",
     "*a", "!a", "%", "@", "`", '"', "'", "''", '"a" b', '"a": b', "'it''s'", '"\\n"', "[", "]", "{", "}", "[[x]]", "[x,y]",
     "[x, ]", "[x: 1]", "[-, x]", "[null, ~]", "[x y, 1]", "[?]", "{x}", "{x: 1, x: 2}", "{x: }", "...", "---", "=", "<<",
     "\t", "　", "８", "\u2028", "\xa0", "𠮷", "\\"],
)  # fmt: skip
KEYS = mostly([*"abcdefghijkl", '"on"'], ["null", "甲", "a b", "'a'", "<<", "?", "a:", "", "-1", "---", "#"])
ENDS = mostly([""], [" ", "\r", " # x", " x", ": x", "\n", "\n  ", "\n# x"])


@st.composite
def texts_of_lines(draw: st.DrawFn) -> str:
    """Draw lines of which each could follow the one before it, mostly."""
    lines: list[str] = []
    open_indents = [""]
    for _ in range(draw(st.integers(1, 9))):
        indent = draw(mostly(open_indents, [" ", "  ", "   ", "      "]))
        dash = draw(mostly(["", "", "- "] if indent else [""], ["- ", "-", "-  ", "- - ", "# "]))
        begins = draw(st.booleans())
        key, colon = draw(KEYS), draw(mostly([":" if begins else ": "], [":", "", ":  ", " : ", "： "]))
        line = draw(mostly([key + colon] * 3 + ([""] if dash else []), [""]))
        lines.append(indent + dash + line + ("" if begins and line else draw(WORDS)) + draw(ENDS))
        here = indent + "  " * len(dash.split())
        open_indents = [*(other for other in open_indents if len(other) <= len(indent)), here]
        open_indents += [here + "  "] * 3 if begins else []
    return "\n".join(lines)


@given(texts_of_lines(), st.sampled_from(["", "\n"]))
def test_lines_like_those_of_data_read_alike(text: str, end: str) -> None:
    assert_reads_alike(text + end)


NODES = st.recursive(
    WORDS,
    lambda children: (
        st.lists(children, min_size=1, max_size=3) | st.dictionaries(KEYS, children, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


def written(node: object, indent: str = "") -> list[str]:
    """Return the lines of a node as data files would have them, whatever its scalars look like."""
    if isinstance(node, dict):
        found = []
        for key, value in node.items():
            inner = written(value, indent + "  ")
            found += [f"{indent}{key}: {value}"] if isinstance(value, str) else [f"{indent}{key}:", *inner]
        return found
    if isinstance(node, list):
        lines = [written(value, indent + "  ") or [indent + "  "] for value in node]
        return [line for inner in lines for line in (f"{indent}- {inner[0][len(indent) + 2 :]}", *inner[1:])]
    return [f"{indent}{node}"]


@given(st.dictionaries(KEYS, NODES, min_size=1, max_size=3))
def test_structures_like_those_of_data_read_alike(data: dict[str, object]) -> None:
    assert_reads_alike("\n".join(written(data)) + "\n")


SIGNS = st.sampled_from(
    [*" -:#,[]{}&*!|>'\"%@`?~\\\n\t\r=<.+_0123aZ中：，。８Ａ", "\n\n", "\n  ", "\n- ", ": ", " #", "- ", "  ", "\ufeff",
     "\u2028", "\x85", "\u200b", "\xa0", "　", "---\n", "...\n", "\n# ", "[a]", "{a: 1}", '"', "''", "null", "true"]
)  # fmt: skip


@st.composite
def damaged_files(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from([*FIXTURES, *DATA[:: len(DATA) // 60]])).read_text(encoding="utf-8")
    starts = [match.start() for match in re.finditer(r"(?m)^(?=[a-z])", text)]
    first = draw(st.integers(0, len(starts) - 1))
    # A part of a file is as good as the whole, and leaves more to what is damaged.
    text = text[starts[first] :][: draw(st.integers(20, 600))]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 3))
        text = text[:at] + draw(st.just("") | SIGNS) + text[at + gone :]
    return text


@given(damaged_files())
def test_damaged_files_read_alike(text: str) -> None:
    assert_reads_alike(text)


def test_lines_that_files_share_share_no_lists() -> None:
    text = "levels: [县级]\nlimit: {value: 3}\nnames:\n  - 甲\n"
    first = read_canonical(text)
    for value, more in ((first["levels"], "市级"), (first["names"], "乙")):
        value.append(more)
    first["limit"]["value"] = 4
    assert read_canonical(text) == {"levels": ["县级"], "limit": {"value": 3}, "names": ["甲"]}
