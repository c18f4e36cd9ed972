"""Personal data planted everywhere is refused with file and line; thousands of other numbers are not."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from stdnum.cn import uscc

from gongkai.privacy.attachments import in_attachment
from gongkai.privacy.findings import CODES, in_name, in_text
from gongkai.privacy.hit import DataKind
from gongkai.privacy.personal_data import find
from gongkai.publishing.gates.privacy_gate import examine
from privacy.samples import IDENTITY, PERSONAL
from support import DISTRICT

PLANTED = {
    DataKind.IDENTITY: IDENTITY,
    DataKind.MOBILE: "13800000000",
    DataKind.BANK_CARD: "6222 0200 0000 0000 000",
    DataKind.PASSPORT: "护照E12345678",
    DataKind.MAILBOX: "zhang@qq.com",
    DataKind.ADDRESS: "金银村3组12号",
    DataKind.MINOR: "李某某，8岁",
    DataKind.PERSON: "申请人：张三",
}
SOURCES = sorted(path for path in DISTRICT.rglob("*") if path.suffix in (".yml", ".md"))
_VALUE = re.compile(r"(\s*(?:- )?[a-z_]+: )(?=[\"\u4e00-\u9fff]).*")


def plantings(text: str, sample: str) -> Iterator[tuple[int, str]]:
    """Yield a text with something planted in each of its fields, and in a comment, with the line where."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        field = _VALUE.fullmatch(line)
        if field:
            yield number + 1, "\n".join([*lines[:number], f"{field[1]}{sample}", *lines[number + 1 :]])
    yield 2, "\n".join([lines[0], f"# {sample}", *lines[1:]])


@pytest.mark.parametrize("kind", PLANTED)
def test_in_every_field_of_every_record(kind: DataKind) -> None:
    planted = 0
    for path in SOURCES:
        for line, text in plantings(path.read_text(encoding="utf-8"), PLANTED[kind]):
            planted += 1
            assert [(f.code, f.line) for f in in_text(text, path.name)] == [(CODES[kind], line)], (path, text)
    assert planted > 200


ADDRESSES = [
    *(
        "index.html",
        "a.htm",
        "api/v1/a.json",
        "api/v1/a.csv",
        "feeds/a.rss",
        "feeds/a.atom",
        "feeds/a.json",
        "feeds/a.opml",
    ),
    *(
        "sitemap.xml",
        "assets/a.js",
        "assets/a.svg",
        "assets/a.css",
        "schema/a.json",
        "robots.txt",
        ".well-known/a",
        "a.md",
    ),
]


@pytest.mark.parametrize("kind", PLANTED)
def test_in_every_kind_of_published_file(kind: DataKind) -> None:
    for address in ADDRESSES:
        assert not examine([(address, "一\n二\n三\n".encode())])
    files = [(address, f"一\n二\n{PLANTED[kind]}\n".encode()) for address in ADDRESSES]
    assert [(leak.address, leak.line, leak.kind) for leak in examine(files)] == [
        (address, 3, kind.value) for address in ADDRESSES
    ]


@pytest.mark.parametrize("kind", PLANTED)
def test_in_names_and_attachments(kind: DataKind, tmp_path: Path) -> None:
    for address in (f"content/{PLANTED[kind]}.pdf", f"content/{PLANTED[kind]}/a.png"):
        assert [f.code for f in in_name(address)] == [CODES[kind]]
    for part in ("word/document.xml", "word/comments.xml", "docProps/custom.xml", "ppt/slides/slide1.xml"):
        file = tmp_path / "通知.docx"
        file.write_bytes(package(part, f"<w:p><w:t>{PLANTED[kind]}</w:t></w:p>"))
        assert [(f.code, f.line) for f in in_attachment(file, "content/通知.docx")] == [(CODES[kind], 1)], part


def package(part: str, xml: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        written.writestr(part, xml)
    return target.getvalue()


@pytest.mark.parametrize("name", ["creator", "lastModifiedBy"])
def test_authors_of_documents_are_people_too(name: str, tmp_path: Path) -> None:
    prefix = "dc" if name == "creator" else "cp"
    file = tmp_path / "通知.docx"
    file.write_bytes(package("docProps/core.xml", f"<{prefix}:{name}>张三</{prefix}:{name}>"))
    (found,) = in_attachment(file, "content/通知.docx")
    assert found.code == "X008" and "张*" in found.message and "张三" not in found.message
    file.write_bytes(package("docProps/core.xml", f"<{prefix}:{name}>区行政审批局</{prefix}:{name}>"))
    assert list(in_attachment(file, "content/通知.docx")) == []


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("a.md", "一\n电话 1&#51;800000000", 2),
        ("a.md", "一\n电话 **138**0000**0000**", 2),
        ("a.md", "一\n138\\-0000\\-0000", 2),
        ("a.md", "一\n138<!-- 隐藏 -->00000000", 2),
        ("a.md", "一\n<b>138</b>00000000", 2),
        ("a.yml", 'a: 一\nphone: "\\x3138000\\u00300000"', 2),
    ],
)
def test_what_another_notation_hides(path: str, text: str, line: int) -> None:
    assert [(f.code, f.line) for f in in_text(text, path)] == [("X002", line)]


def test_samples_are_told_once_in_markdown() -> None:
    """A second look at what the first one found does not tell it again."""
    for text, kind, _ in PERSONAL:
        assert len(list(in_text(text, "a.md"))) == 1, (text, kind)


def harmless() -> Iterator[str]:
    """Yield two thousand numbers and dates of offices."""
    random_ = random.Random(2026)

    def digits(count: int) -> str:
        return "".join(str(random_.randrange(10)) for _ in range(count))

    for number in range(250):
        yield f"电话：0818-2{digits(6)}"
        yield f"咨询电话（028）8{digits(7)} 转 {digits(4)}，热线 400-{digits(3)}-{digits(4)}"
        yield f"达川府办〔20{random_.randrange(10, 27)}〕{number + 1}号"
        yield f"事项编码 51{digits(10)}，办件编号 511703-2026{random_.randrange(1, 13):02}{random_.randrange(1, 29):02}-{number:04}"
        body = f"11511703{digits(9)}"
        yield f"统一社会信用代码 {body}{uscc.calc_check_digit(body)}"
        yield f"实施编码 11511703000000166U4{digits(12)}"
        yield f"{random_.randrange(2015, 2027)}年{random_.randrange(1, 13)}月{random_.randrange(1, 29)}日 {random_.randrange(24)}:{random_.randrange(60):02}"
        yield f"受理时间 2026-{random_.randrange(1, 13):02}-{random_.randrange(1, 29):02}T{random_.randrange(24):02}:30:00+08:00，共 {digits(7)} 元"


def test_two_thousand_numbers_of_offices_pass() -> None:
    texts = list(harmless())
    assert len(texts) == 2000
    assert [(text, [hit.kind for hit in find(text)]) for text in texts if any(find(text))] == []
    assert list(in_text("\n".join(texts), "a.md")) == []
