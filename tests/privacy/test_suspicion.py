"""The quick look never overlooks what the finders find, however it is written; and it lets ordinary texts pass."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.privacy import findings, suspicion
from gongkai.privacy.hit import Finder
from gongkai.privacy.personal_data import FINDERS, find, half_width
from gongkai.privacy.suspicion import suspects
from gongkai.publishing.gates.published_text import texts_of
from privacy.samples import CARD, HARMLESS, IDENTITY, PERSONAL


def found(address: str, content: str) -> dict[Finder, str]:
    """Return the finders that find something in a published file, with what they find."""
    hits = {}
    for published in texts_of(address, content.encode()):
        plain = half_width(published.text)
        for finder in FINDERS:
            for hit in finder(plain):
                hits.setdefault(finder, plain[hit.start : hit.end])
    return hits


def overlooked(address: str, content: str) -> list[tuple[str, str]]:
    suspected = suspects(content.encode())
    return [(finder.__name__, hit) for finder, hit in found(address, content).items() if finder not in suspected]


WAYS = {
    "plain": lambda text: text,
    "escaped": html.escape,
    "twice escaped": lambda text: html.escape(f"<p>{html.escape(text)}</p>"),
    "in tags": lambda text: "".join(f"<b>{html.escape(character)}</b>" for character in text),
    "in long tags": lambda text: "<i\nclass=x>".join(html.escape(text)),
    "in escaped tags": lambda text: "&lt;b&gt;".join(html.escape(text)),
    "by number": lambda text: "".join(f"&#{ord(character)};" for character in text),
    "by number, doubled": lambda text: "".join(f"&amp;#x{ord(character):x};" for character in text),
    "invisible": lambda text: "\u200b".join(text),
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c != "|" else c for c in text),
    "JSON": lambda text: "".join(f"\\u{ord(character):04x}" for character in text),
    "table": lambda text: "<table>" + "".join(f"<tr><td>{c}</td></tr>" for c in html.escape(text).split("\n")),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("text", "_kind", "_shown"), PERSONAL)
def test_nothing_is_overlooked(text: str, _kind: object, _shown: str, way: str) -> None:
    for address in ("a.html", "a.json"):
        assert overlooked(address, WAYS[way](text)) == []
        assert overlooked(address, f"编码 1234，{WAYS[way](text)}，甲\n乙") == []


def test_the_comparison_can_fail() -> None:
    assert len(found("a.html", "<b>138</b>00000000")) == 1 and found("a.html", "13") == {}


PIECES = st.sampled_from(
    [
        *(
            "姓名",
            "申请人",
            "户主",
            "学生",
            "儿童",
            "联系人",
            "身份证",
            "住址",
            "出生日期",
            "名单",
            "班级",
            "我叫",
            "护照",
            "卡号",
        ),
        *(
            "：",
            ":",
            "=",
            '"',
            "，",
            ",",
            "|",
            "\t",
            "\n",
            " ",
            "、",
            "。",
            "（",
            "）",
            "*",
            "**",
            "-",
            ".",
            "·",
            "&quot;",
            "&#39;",
        ),
        *("张三", "欧阳小明", "安全", "张*", "李某某", "王五", "高龄", "买买提", "艾力", "同志", "男", "回族"),
        *(
            IDENTITY,
            CARD,
            "13800000000",
            "1380",
            "138",
            "0000",
            "1",
            "3",
            "8",
            "0",
            "62",
            "E1234567",
            "A",
            "x",
            "86",
            "+",
            "tel:",
        ),
        *("岁", "8", "十二", "年级", "三", "班", "2016", "年", "5", "月", "01", "日", "出生", "生", "未满", "就读"),
        *(
            "村",
            "组",
            "号",
            "栋",
            "单元",
            "室",
            "家住",
            "座",
            "楼",
            "社",
            "@",
            "＠",
            "(at)",
            "qq.com",
            "163.com",
            "zhang",
        ),
        *(
            "<b>",
            "</b>",
            "<p>",
            "</p>",
            "<td>",
            "</td>",
            "</th>",
            "</tr>",
            "<dt>",
            "</dt>",
            "<dd>",
            "</label>",
            "<",
            ">",
            "<a\nb=c>",
        ),
        *("&lt;", "&gt;", "&amp;", "&lt;b&gt;", "&nbsp;", "&#49;", "\u200b", "\u3000", "\x1c", "\\u0031"),
    ]
)


@given(st.lists(PIECES, max_size=24).map("".join), st.sampled_from(["a.html", "a.xml", "a.json", "a.md"]))
@settings(max_examples=400)
def test_nothing_is_overlooked_in_any_mixture(text: str, address: str) -> None:
    assert overlooked(address, text) == []
    assert list(find(text, suspects(text.encode()))) == list(find(text))


def texts(*choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices)


BLANKS = (
    "",
    " ",
    "\n",
    "\u3000",
    '"',
    "“",
    "”",
    "*",
    "**",
    "_",
    "＊",
    "\x1c",
    "&quot;",
    "&quot",
    "&#39;",
    "&#34",
    "&#X27;",
)
TAGS = ("<b>", "</b>", "<p>", "</td>", "<a\nb=c>", "&lt;i&gt;", "&lt;/dd&gt;", "</w:p>", "<br/>")
TERMS = (
    "</dt>",
    "</DT >",
    "</label>",
    "</Label\n>",
    "</dt</w:p>>",
    "&lt;/dt&gt;",
    "&lt;/label >",
    "</dt><dd>",
    "</label><b>",
)
SIGNS = ("：", ":", "=", "（", "(", ": ", "：\n")
BETWEEN = st.lists(texts(*BLANKS, *BLANKS, *TAGS), max_size=3).map("".join)
LABELLED = st.tuples(
    texts("姓名", "姓 名", "姓　名", "申请人", "户主姓名", "监护人名字", "我叫", "学生", "学生姓名", "孩子名字", "名单", "花名册"),
    texts("", "", "", "（代办）", "（<b>单位</b>）", "（&amp;甲）", '（<span class="much-longer-than-the-remark">甲</span>）', "如下", "为"),
    BETWEEN,
    texts(*SIGNS, *TERMS),
    BETWEEN,
    texts("张三", "欧阳小明", "张　三", "买买提·艾力", "张*", "李某某", "张三、李四", "张三，李四; 王五", "张三\n李四"),
    texts("", "。", "同志", "</b>", "<br>同志", "电话", "，", '"', "&quot;", "</td><td>", "\n"),
).map("".join)  # fmt: skip


@given(LABELLED, st.sampled_from(["a.html", "a.xml", "a.json", "a.md"]), st.sampled_from(sorted(WAYS)))
@settings(max_examples=1000)
def test_nobody_behind_a_label_is_overlooked(text: str, address: str, way: str) -> None:
    for written in (text, WAYS[way](text)):
        assert overlooked(address, written) == []
        assert overlooked(address, f"<p>甲{written}乙</p>") == []


@pytest.mark.parametrize("term", TERMS)
def test_the_end_of_a_term_is_taken_for_a_colon(term: str) -> None:
    for written in (f"申请人{term}张三，", f"<dt>学生姓名 {term}\n<dd>张*</dd>", f"花名册{term}张三、李四。"):
        assert found("a.html", written) != {} and overlooked("a.html", written) == []


@pytest.mark.parametrize(
    "text",
    [
        "<li>申请人</p>\n  <p>向二楼窗口提出",
        "<p>申请人 “向二楼”</p>",
        "<li>花名册和证书</li></ul><small>在这里交：安全责任书",
        "<p>学生</p><p>向二楼</p>",
    ],
)
def test_a_label_and_words_without_a_colon_are_not_suspected(text: str) -> None:
    assert suspects(text.encode()) == ()


@pytest.mark.parametrize("path", ["data/a.yml", "content/a.md"])
@pytest.mark.parametrize("way", WAYS)
def test_source_files_are_looked_at_alike_with_and_without_the_quick_look(
    way: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"编码 1234，{WAYS[way](text)}，甲\n乙" for text, _, _ in PERSONAL]
    names = [f"data/{text.split()[0]}.yml" for text, _, _ in PERSONAL]
    found = []
    for pays_off in (10**9, 0):
        monkeypatch.setattr(findings, "PAYS_OFF", pays_off)
        monkeypatch.setattr(findings, "_quick_look", findings.QuickLook())
        found.append(
            [
                *(list(findings.in_text(text, path)) for text in texts),
                *(list(findings.in_name(name)) for name in names),
                *(list(findings.in_file(text, path)) for text in texts),
                *(list(findings.in_file("甲", name)) for name in names),
            ]
        )
    assert found[0] == found[1] and any(found[0])


def test_the_quick_look_is_made_ready_when_it_pays_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "PAYS_OFF", 10)
    look = findings.QuickLook()
    assert [len(look.finders("没有什么，")) for _ in range(3)] == [len(FINDERS), len(FINDERS), 0]
    assert look.finders("手机13800000000") != ()


def test_the_quick_look_can_be_made_ready_before() -> None:
    look = findings.QuickLook()
    assert not look.all_clean([b"a"])
    look.make_ready()
    assert look.all_clean([b"a"])
    assert look.finders("没有什么") == ()


def test_the_harmless_is_seldom_suspected() -> None:
    """The quick look may be wrong with yes, but were it so often, it would be of no use."""
    suspected = [text for text in HARMLESS if suspects(html.escape(f"<p>{text}</p>").encode())]
    assert len(suspected) < len(HARMLESS) / 3, suspected


def test_what_could_not_be_looked_through_is_suspected(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoRoom:
        def Match(self, content: bytes) -> None:  # noqa: N802 - the name in RE2
            return None

    monkeypatch.setattr(suspicion, "_together", lambda patterns: NoRoom())
    assert suspects("公开".encode()) == FINDERS
