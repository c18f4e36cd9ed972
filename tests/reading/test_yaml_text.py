"""What the YAML reader makes of good and of bad files."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.encoding import MAX_BYTES
from gongkai.reading.yaml_text import read_yaml


def read(text: str):
    return read_yaml(text.encode(), "f.yml")


def found(content: bytes | str) -> list[tuple[str, int, int]]:
    raw = content if isinstance(content, bytes) else content.encode()
    return [(f.code, f.line, f.column) for f in read_yaml(raw, "f.yml").findings]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 12", 12),
        ("a: -3", -3),
        ("a: 0", 0),
        ("a: 0123", "0123"),
        ("a: 1_000", "1_000"),
        ("a: 12:30", "12:30"),
        ("a: 12:30:45", "12:30:45"),
        ("a: no", "no"),
        ("a: yes", "yes"),
        ("a: on", "on"),
        ("a: true", True),
        ("a: False", False),
        ("a: 1.5", 1.5),
        ("a: .5", ".5"),
        ("a: 0x1F", "0x1F"),
        ("a: 2026-01-31", "2026-01-31"),
        ("a: 511703100000", 511703100000),
        ("a: 511703100000511703100000", "511703100000511703100000"),
        ("a:", None),
        ("a: ~", None),
        ("a: null", None),
        ("a: 'null'", "null"),
        ('a: "12"', "12"),
        ("a: |\n  一行\n  两行\n", "一行\n两行\n"),
    ],
)
def test_scalars_follow_yaml_1_2(text: str, value: object) -> None:
    document = read(text)
    assert document.findings == []
    assert document.data == {"a": value}
    assert type(document.data["a"]) is type(value)


def test_every_value_has_its_place() -> None:
    document = read("a: 1\nb:\n  - x\n  - c: 二\n    d: [三, 四]\n")
    assert document.data == {"a": 1, "b": ["x", {"c": "二", "d": ["三", "四"]}]}
    at = document.marks.at
    assert at(("a",)) == (1, 4)
    assert at(("b", 0)) == (3, 5)
    assert at(("b", 1, "c")) == (4, 8)
    assert at(("b", 1, "d", 1)) == (5, 12)
    assert document.marks.key_at(("b", 1, "d")) == (5, 5)


def test_a_missing_place_is_the_nearest_parent() -> None:
    marks = read("a:\n  b: 1\n").marks
    assert marks.at(("a", "missing", "deeper")) == (2, 3)
    assert marks.at(("missing",)) == (1, 1)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("中文".encode("gb18030"), [("Y001", 1, 1)]),
        ("a: 1\nb: 中文".encode()[:-1], [("Y001", 2, 5)]),
        ("a: 中".encode("utf-16"), [("Y001", 1, 1)]),
        ("\ufeffa: 1", [("Y002", 1, 1)]),
        ("a:\n\tb: 1\n", [("Y003", 2, 1)]),
        ("a:\n  - x\n \t- y\n", [("Y003", 3, 2)]),
        ("a: 1\nb: 2\na: 3\n", [("Y004", 3, 1)]),
        ("a: &x 1\nb: *x\n", [("Y005", 1, 4)]),
        ("a: 1\nb: *x\n", [("Y005", 2, 4)]),
        ("a: {<<: *x}\n", [("Y005", 1, 9)]),
        ("a: !!python/object/apply:os.system ['x']\n", [("Y006", 1, 4)]),
        ("[" * 100_000, [("Y007", 1, 21)]),
        ("a: " + "{b: " * 30 + "1" + "}" * 30, [("Y007", 1, 80)]),
        (b"a: " + b"x" * MAX_BYTES, [("Y008", 1, 1)]),
        ("code: 1\nname：张三\ntype: x\n", [("Y009", 2, 1)]),
        ("name：张三\n", [("Y009", 1, 1)]),
        ("list:\n  - name：张三\n", [("Y009", 2, 5)]),
        ("a: 1\n  name：张三\n", [("Y009", 2, 3)]),
        ("phone: ０８１８\n", [("Y010", 1, 8)]),
        ('phone: "电话 ０818"\n', [("Y010", 1, 12)]),
        ("name: Ａ级\n", [("Y010", 1, 7)]),
        ('a: "x\n', [("Y011", 1, 4)]),
        ('a: 1\nb: "没有收尾\nc: 3\nd: "好的"\n', [("Y011", 2, 4)]),
        ("a: b: c\n", [("Y011", 1, 5)]),
        ("a: [1, 2\nb: 3\n", [("Y011", 2, 2)]),
        ("? [a]\n: 1\n", [("Y011", 1, 3)]),
        ("a: 1\n---\nb: 2\n", [("Y012", 2, 1)]),
        ("", [("Y013", 1, 1)]),
        ("# 只有注释\n", [("Y013", 1, 1)]),
        ("null\n", [("Y013", 1, 1)]),
        ("a: >-\n  中国\n  人民\n", [("Y014", 1, 4)]),
        ("a: 中国\n  人民\n", [("Y014", 1, 4)]),
        ("a: 1\nb: 控\x07制\n", [("Y015", 2, 5)]),
        ("a: 1\nb: 公共 #场所\n", [("Y016", 2, 7)]),
        ("a:\n  - 在达川区 #，属于住宿\n  - 好的\n", [("Y016", 2, 10)]),
        ("a: #场所\n", [("Y016", 1, 4)]),
        ('a: "公共"  #场所\nb: 1 #（二）\n', [("Y016", 1, 10), ("Y016", 2, 6)]),
        ("a:\n  - 中国\n    人民 #共和\n", [("Y016", 3, 8), ("Y014", 2, 5)]),
    ],
)
def test_faults_have_their_place(content: bytes | str, expected: list[tuple[str, int, int]]) -> None:
    assert found(content) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# yaml-language-server: $schema=x\n #备注\na: 公共  # 备注\n",
        "a: 公共#场所\n",
        'a: "公共 #场所"\n',
        "a: |\n  公共 #场所\n",
        "a: |  #备注\n  公共\n",
        "a: #\n",
        "a: 1  ## 备注 #备注\n",
        "a:  #备注\n  - 1\n",
        "a: [1]  #备注\n",
    ],
)
def test_a_comment_is_no_fault(text: str) -> None:
    assert read(text).findings == []


@pytest.mark.parametrize(
    "text", ["a: 咨询 QQ：12345\n", "- APP：用手机申请\n", "a: 电话：0818\n", "a: 用 wifi：密码\n"]
)
def test_a_full_width_colon_in_a_sentence_is_no_fault(text: str) -> None:
    assert read(text).findings == []


@pytest.mark.parametrize(
    "content",
    [
        'a: "甲\\0乙"\n',
        'a: "\\e[2J"\n',
        "a: 甲\u202e乙\n",
        "a: 甲\u200b乙\n",
        "# 备注\u2028b: 1\na: 1\n",
        "a: 甲\ufeff乙\n",
        "a: 甲\x85乙\n",
    ],
)
def test_nothing_invisible_passes(content: str) -> None:
    assert [f.code for f in read(content).findings] == ["Y015"]


def test_many_faults_are_found_in_time_that_grows_with_their_number() -> None:
    document = read("a:\n" + "  - １\n" * 20_000)
    assert len(document.findings) == 20_000


def test_messages_are_for_clerks() -> None:
    finding = read("code: 1\nname：张三\n").findings[0]
    assert finding.message == "“name”后面的冒号是全角的“：”"
    assert finding.help == "键后面要用半角冒号加一个空格，例如“name: 内容”。"
    finding = read_yaml("中文".encode("gbk"), "f.yml").findings[0]
    assert "另存为 UTF-8" in finding.help and "ANSI" in finding.help


def test_harmless_faults_come_with_data() -> None:
    assert read("\ufeffa: 1").data == {"a": 1}
    assert read("a: ０8").data == {"a": "０8"}


def test_hanging_merge_keys_are_refused() -> None:
    text = "a: &a {x: 1}\n" + "".join(f"b{n}: &b{n} {{<<: [{', '.join(['*a'] * 9)}]}}\n" for n in range(9))
    assert found(text) == [("Y005", 1, 4)]


def test_english_folded_text_is_allowed() -> None:
    document = read("a: >-\n  plain\n  words\n")
    assert document.findings == [] and document.data == {"a": "plain words"}


plain_data = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text("甲乙丙abc 123:#-，。", max_size=12),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(st.text("abc甲乙", min_size=1, max_size=4), children, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abc甲乙", min_size=1, max_size=4), plain_data, min_size=1, max_size=4))
def test_reads_what_yaml_writes(data: dict[str, object]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, width=10_000, default_style='"')
    text = text.replace('!!null "null"', "null").replace("!!bool ", "").replace("!!int ", "")
    text = text.replace('"true"', "true").replace('"false"', "false")
    document = read_yaml(text.encode(), "f.yml")
    assert document.findings == []
    assert _as_text(document.data) == _as_text(data)


def _as_text(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _as_text(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_as_text(child) for child in value]
    return str(value)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_raise(content: bytes) -> None:
    document = read_yaml(content, "f.yml")
    assert document.data is not None or document.findings
    for finding in document.findings:
        assert finding.line >= 1 and finding.column >= 1 and finding.message
